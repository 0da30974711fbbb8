// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// What can be true of one conclusion in one case, asked in SMT-LIB 2 (Barrett, Fontaine and Tinelli, version 2.6).
///
/// A solver answers with four lines of `sat` or `unsat`: whether the file leaves a completion; whether one on a day with
/// law; whether the conclusion is true in one of these; whether it is false in one. It is the same question as design
/// section 6 puts to the evaluator, in a language of which the evaluator knows nothing.
public struct SMTQuestion: Sendable {
  /// The script, in the logic QF_LIA; it ends with a reset, so that several may follow each other.
  public let text: String

  /// States the question.
  ///
  /// - Parameters:
  ///   - rule: The conclusion, by its number in the generation.
  ///   - file: The case.
  ///   - generation: The packs under which the case was read.
  public init(of rule: Int, in file: Case, under generation: Generation) {
    var writer = SMTWriter(file: file, generation: generation)
    text = writer.script(of: rule)
  }

  /// The status that a solver's answers amount to; nil if they are no four answers, or one is `unknown`.
  public static func status(from answers: some Collection<String>) -> Status? {
    let answers = Array(answers)
    guard answers.count == 4, answers.allSatisfy({ $0 == "sat" || $0 == "unsat" }) else { return nil }
    let (isPossible, isInForce) = (answers[0] == "sat", answers[1] == "sat")
    guard isPossible else { return .contradictory }
    guard isInForce else { return .notInForce }
    switch (answers[2] == "sat", answers[3] == "sat") {
    case (true, true): return .undetermined
    case (true, false): return .holds
    case (false, true): return .fails
    case (false, false): return nil  // a completion on a day with law makes a conclusion true or false
    }
  }
}

/// Writes the parts of a question.
struct SMTWriter {
  /// The case; nil if every case there could be is asked about, in which a fact has one value under every standard.
  let file: Case?
  let generation: Generation
  /// What is known of each variable.
  let known: [ValueSet?]
  var lines: [String] = []
  /// The variables of which a second case has its own, and what stands behind their names there.
  var own: (variables: Set<Int>, mark: String) = ([], "")

  init(everyCaseUnder generation: Generation) {
    file = nil
    self.generation = generation
    known = Array(repeating: nil, count: generation.variables.count)
  }

  init(file: Case, generation: Generation) {
    self.file = file
    self.generation = generation
    known = generation.known(in: file)
  }

  mutating func script(of number: Int) -> String {
    let rule = generation.rules[number]
    lines = ["; \(rule.id)", "(set-logic QF_LIA)"]
    let relations = rule.relations.map { generation.relations[$0] }
    let reach = Set(rule.reach).union(relations.flatMap { [$0.age, $0.asOf, $0.since] }).sorted()
    for variable in reach { declare(variable) }
    for day in Set(relations.flatMap { [$0.asOf, $0.since] }).sorted() { splitIntoParts(day) }
    for relation in relations { tie(relation) }
    var defined: Set<Int> = []
    define(number, &defined)

    lines.append("(check-sat) ; does the file leave a completion?")
    let keepsEveryDay = rule.declaration.isIncriminating && known[rule.day] != nil
    if keepsEveryDay { lines.append("(push 1)") }
    lines.append("(assert \(isIn(rule.window, rule.day)))")
    lines.append("(check-sat) ; on a day with law?")
    if keepsEveryDay { lines.append("(pop 1) ; an uncertain day before the law counts as false") }
    lines.append("(push 1) (assert \(name(ofRule: number))) (check-sat) (pop 1) ; can it be true?")
    lines.append("(push 1) (assert (not \(name(ofRule: number)))) (check-sat) (pop 1) ; can it be false?")
    return lines.joined(separator: "\n") + "\n(reset)\n"
  }

  // MARK: Variables

  func name(of variable: Int) -> String {
    let variable = file == nil ? generation.whole(variable) : variable
    return name(of: variable, mark: own.variables.contains(variable) ? own.mark : "")
  }

  private func name(of variable: Int, mark: String) -> String {
    let standard = (generation.variables[variable].standard.map { "@\($0.rawValue)" } ?? "") + mark
    switch generation.variables[variable].role {
    case .assessedOn: return "|assessed_on\(mark)|"
    case .choice(let reading): return "|reading \(generation.readings[reading].id)\(mark)|"
    case .isStated(let base): return "|stated \(name(of: base, mark: "").dropFirst().dropLast())\(standard)|"
    case .fact(let number, let place):
      let fact = generation.facts[number]
      let member = place.map { "." + fact.declaration.type.members[$0] } ?? ""
      return "|\(fact.id)\(member)\(standard)|"
    }
  }

  /// True for what is either `no` or `yes`: a yes_no fact, or a member of a set.
  private func isTruthValue(_ variable: Int) -> Bool {
    switch generation.variables[variable].role {
    case .assessedOn, .choice: return false
    case .isStated: return true
    case .fact(let fact, _):
      switch generation.facts[fact].declaration.type {
      case .yesNo, .set: return true
      case .date, .quantity, .oneOf: return false
      }
    }
  }

  /// Declares a variable with its type, what the file says of it, and that no governing day lies ahead.
  mutating func declare(_ variable: Int) {
    lines.append("(declare-const \(name(of: variable)) \(isTruthValue(variable) ? "Bool" : "Int"))")
    lines.append("(assert \(isIn(generation.variables[variable].domain, variable)))")
    let assessedOn = file?.assessedOn.dayNumber
    if variable == Generation.assessedOn, let assessedOn {
      lines.append("(assert \(isIn(ValueSet(assessedOn), variable)))")
    }
    if generation.governingDays.contains(variable) {
      let last = assessedOn.map(literal) ?? name(of: Generation.assessedOn)
      lines.append("(assert (<= \(name(of: variable)) \(last)))")
    }
    if let values = known[variable] { lines.append("(assert \(isIn(values, variable)))") }
  }

  func isIn(_ values: ValueSet, _ variable: Int) -> String {
    let name = name(of: variable)
    if isTruthValue(variable) {
      switch (values.contains(0), values.contains(1)) {
      case (true, true): return "true"
      case (true, false): return "(not \(name))"
      case (false, true): return name
      case (false, false): return "false"
      }
    }
    let spans = values.spans.map { span in
      span.low == span.high
        ? "(= \(name) \(literal(span.low)))" : "(<= \(literal(span.low)) \(name) \(literal(span.high)))"
    }
    return joined("or", spans, empty: "false")
  }

  // MARK: The calendar

  /// Year, month and day of the month of a day number, in the proleptic Gregorian calendar.
  ///
  /// The days before a year are 365 for each earlier one and a leap day for each fourth, less each hundredth, plus each
  /// four hundredth; 0001-01-01 is day -719162.
  mutating func splitIntoParts(_ variable: Int) {
    let (year, month, day) = (
      part("year", of: variable), part("month", of: variable), part("day", of: variable)
    )
    for part in [year, month, day] { lines.append("(declare-const \(part) Int)") }
    let isLeap = "(and (= (mod \(year) 4) 0) (or (not (= (mod \(year) 100) 0)) (= (mod \(year) 400) 0)))"
    let lengths = (1...12).map {
      [4, 6, 9, 11].contains($0) ? "30" : $0 == 2 ? "(ite \(isLeap) 29 28)" : "31"
    }
    let starts = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334].map(String.init)
    lines.append("(assert (and (<= 1 \(year) 9999) (<= 1 \(month) 12)))")
    lines.append("(assert (<= 1 \(day) \(pick(month, lengths))))")
    let before = "(- \(year) 1)"
    let leapDays = "(+ (- (div \(before) 4) (div \(before) 100)) (div \(before) 400))"
    let thisLeapDay = "(ite (and (> \(month) 2) \(isLeap)) 1 0)"
    lines.append(
      "(assert (= \(name(of: variable)) (+ (- 719163) (* 365 \(before)) \(leapDays) \(pick(month, starts)) "
        + "\(thisLeapDay) \(day))))")
  }

  /// What belongs to a month, of twelve things.
  private func pick(_ month: String, _ values: [String]) -> String {
    values.indices.dropLast().reversed().reduce(values[11]) { rest, place in
      "(ite (= \(month) \(place + 1)) \(values[place]) \(rest))"
    }
  }

  private func part(_ part: String, of variable: Int) -> String {
    "|\(name(of: variable).dropFirst().dropLast()) \(part)|"
  }

  /// An age is the completed years: one less than the years between before the birthday's month and day.
  mutating func tie(_ relation: Generation.AgeRelation) {
    func on(_ part: String) -> String { self.part(part, of: relation.asOf) }
    func born(_ part: String) -> String { self.part(part, of: relation.since) }
    let isBeforeBirthday =
      "(or (< \(on("month")) \(born("month"))) "
      + "(and (= \(on("month")) \(born("month"))) (< \(on("day")) \(born("day")))))"
    lines.append(
      "(assert (= \(name(of: relation.age)) (- \(on("year")) \(born("year")) (ite \(isBeforeBirthday) 1 0))))"
    )
  }

  // MARK: Rules

  /// A rule may be there once for each standard that looks at it, all by one id.
  private func name(ofRule number: Int) -> String {
    let rule = generation.rules[number]
    return "|rule \(number) \(rule.id)\(rule.standard.map { "@\($0.rawValue)" } ?? "")\(own.mark)|"
  }

  /// Defines a rule after those it stands on.
  mutating func define(_ number: Int, _ defined: inout Set<Int>) {
    guard defined.insert(number).inserted else { return }
    for rule in rules(in: generation.rules[number].formula) { define(rule, &defined) }
    lines.append("(define-fun \(name(ofRule: number)) () Bool \(term(generation.rules[number].formula)))")
  }

  func rules(in formula: Formula) -> [Int] {
    switch formula {
    case .atom: []
    case .rule(let number): [number]
    case .not(let part): rules(in: part)
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      parts.flatMap(rules)
    }
  }

  func term(_ formula: Formula) -> String {
    switch formula {
    case .atom(let atom): isIn(atom.values, atom.variable)
    case .rule(let number): name(ofRule: number)
    case .not(let part): "(not \(term(part)))"
    case .all(let parts): joined("and", parts.map(term), empty: "true")
    case .any(let parts): joined("or", parts.map(term), empty: "false")
    case .atLeast(let count, let parts): "(>= \(number(of: parts)) \(count))"
    case .exactly(let count, let parts): "(= \(number(of: parts)) \(count))"
    }
  }

  private func number(of parts: [Formula]) -> String {
    joined("+", parts.map { "(ite \(term($0)) 1 0)" }, empty: "0")
  }

  private func joined(_ operation: String, _ terms: [String], empty: String) -> String {
    terms.count > 1 ? "(\(operation) \(terms.joined(separator: " ")))" : terms.first ?? empty
  }

  private func literal(_ number: Int) -> String { number < 0 ? "(- \(number.magnitude))" : String(number) }
}
