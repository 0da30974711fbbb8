// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// Decides by looking at every completion one by one: the oracle for the evaluator, slow and obvious.
///
/// It reads the packs as their authors wrote them (conditions, names, clauses and exceptions by its own few lines) and
/// shares with the engine nothing but the numbers of the variables, the calendar and the words for statuses.
public struct ReferenceEvaluator {
  /// What a case says about variables: the values that are left, as plain ranges.
  public typealias Said = [Int: [ClosedRange<Int>]]

  let generation: Generation
  private(set) var assessedOn: Int
  private(set) var said: Said
  /// The most values and completions that are tried for one question; beyond it there is no answer.
  let patience: Int
  private var laws: [Law] = []
  private var ties: [Tie] = []
  private var governingDays: Set<Int> = []
  private var reaches: [Reach] = []

  /// A rule as its author wrote it.
  private struct Law {
    var day: Int
    var grounds: [Provision]
  }

  /// A ground or an exception.
  private struct Provision {
    var intervals: [Clause.Interval]
    var question: Question
    var exceptions: [Provision]
  }

  /// A condition with its names looked up.
  private indirect enum Question {
    case variable(Int, (Int) -> Bool)
    case rule(Int)
    case all([Question])
    case any([Question])
    case not(Question)
    case atLeast(Int, [Question])
    case exactly(Int, [Question])
    case ifThen(Question, Question)
  }

  private struct Tie: Hashable {
    var age: Int
    var asOf: Int
    var since: Int
  }

  /// What a rule can reach: days and dates first, then ages, so that ties are looked at early.
  private struct Reach: Hashable {
    var variables: [Int]
    var ties: [Tie]
  }

  /// Looks up every name once.
  public init(_ generation: Generation, assessedOn: CivilDate, saying said: Said, patience: Int = 4_000) {
    self.generation = generation
    self.assessedOn = assessedOn.dayNumber
    self.said = said
    self.patience = patience
    for pack in generation.packs {
      let day = governingDay(of: pack)
      if day != Generation.assessedOn { governingDays.insert(day) }
      for rule in pack.rules {
        let grounds = rule.grounds.map { provision($0.clause, $0.condition, $0.exceptions, in: pack) }
        laws.append(Law(day: day, grounds: grounds))
      }
      for fact in pack.facts {
        guard let asOf = fact.asOf, let since = fact.since else { continue }
        let day =
          asOf.text == "assessed_on"
          ? Generation.assessedOn : self.fact(asOf.text, in: pack).variables.lowerBound
        ties.append(
          Tie(
            age: self.fact(fact.name, in: pack).variables.lowerBound, asOf: day,
            since: self.fact(since.text, in: pack).variables.lowerBound))
      }
    }
    reaches = laws.indices.map { reach(ofRule: $0) }
  }

  /// The same packs and another case.
  public func asked(on day: CivilDate, saying said: Said) -> ReferenceEvaluator {
    var other = self
    other.assessedOn = day.dayNumber
    other.said = said
    return other
  }

  // MARK: What the answer is

  /// The status of a rule, by design section 6; nil if there are too many completions to look at.
  public func status(ofRule number: Int) -> Status? {
    statuses(of: [number], over: reaches[number])?.first
  }

  /// The status of every rule; nil for those with too many completions to look at.
  ///
  /// Rules that reach the same variables have the same completions, and each completion is looked at once for all.
  public func statuses() -> [Status?] {
    var statuses: [Status?] = laws.map { _ in nil }
    for (reach, rules) in Dictionary(grouping: laws.indices, by: { reaches[$0] }) {
      guard let found = self.statuses(of: rules, over: reach) else { continue }
      for (rule, status) in zip(rules, found) { statuses[rule] = status }
    }
    return statuses
  }

  private func statuses(of rules: [Int], over reach: Reach) -> [Status]? {
    var tallies = rules.map { _ in Tally() }
    let isDone = forEachCompletion(of: reach) { completion in
      for (place, rule) in rules.enumerated() where !tallies[place].isOpen {
        tallies[place].isPossible = true
        guard isInForceAtAll(rule, completion) else { continue }
        if isMet(rule: rule, completion) {
          tallies[place].canHold = true
        } else {
          tallies[place].canFail = true
        }
      }
      return !tallies.allSatisfy(\.isOpen)
    }
    return isDone ? tallies.map(\.status) : nil
  }

  /// What the completions of a rule that have been looked at say of it.
  private struct Tally {
    /// There is a completion at all.
    var isPossible = false
    /// On a day with law, the rule is met in one.
    var canHold = false
    /// On a day with law, it is not met in one.
    var canFail = false

    var isOpen: Bool { canHold && canFail }

    var status: Status {
      if !isPossible { return .contradictory }
      if isOpen { return .undetermined }
      return canHold ? .holds : canFail ? .fails : .notInForce
    }
  }

  /// True if two completions that differ in one variable alone give a rule different answers; nil if too many.
  public func canChange(rule number: Int, by variable: Int) -> Bool? {
    var answers: [[Int]: Bool] = [:]
    var changes = false
    let isDone = forEachCompletion(of: reaches[number]) { completion in
      guard isInForceAtAll(number, completion) else { return true }
      var others = completion
      others[variable] = .min
      let answer = isMet(rule: number, completion)
      if let other = answers.updateValue(answer, forKey: others), other != answer { changes = true }
      return !changes
    }
    return isDone ? changes : nil
  }

  /// The answers that a linked formula has over the completions of a rule on days with law; nil if too many.
  public func answers(of formula: Formula, within number: Int) -> Set<Bool>? {
    var answers: Set<Bool> = []
    let isDone = forEachCompletion(of: reaches[number]) { completion in
      if isInForceAtAll(number, completion) { answers.insert(isTrue(formula, completion)) }
      return answers.count < 2
    }
    return isDone ? answers : nil
  }

  /// The variables that no age ties to another, among those that a rule can reach.
  public func untied(ofRule number: Int) -> [Int] {
    reaches[number].variables.filter { variable in
      variable != Generation.assessedOn
        && !reaches[number].ties.contains { [$0.age, $0.asOf, $0.since].contains(variable) }
    }
  }

  // MARK: Completions

  /// Calls a function for every completion that agrees with the file; it returns false to stop.
  ///
  /// - Returns: False if there are too many.
  private func forEachCompletion(of reach: Reach, _ body: ([Int]) -> Bool) -> Bool {
    let (variables, ties) = (reach.variables, reach.ties)
    let candidates = variables.map { self.candidates(for: $0, ties) }
    guard candidates.allSatisfy({ $0.reduce(0) { $0 + $1.count } <= patience }) else { return false }
    let places = Dictionary(uniqueKeysWithValues: variables.enumerated().map { ($1, $0) })
    // A tie is looked at as soon as its three variables have values.
    let checks = variables.indices.map { place in
      ties.filter { tie in [tie.age, tie.asOf, tie.since].compactMap { places[$0] }.max() == place }
    }
    var completion = Array(repeating: Int.min, count: generation.variables.count)
    var tried = 0
    func assign(_ place: Int) -> Bool {
      tried += 1
      if tried > patience { return false }
      if place == variables.count { return body(completion) }
      for range in candidates[place] {
        for value in range {
          completion[variables[place]] = value
          if checks[place].allSatisfy({ agrees($0, completion) }), !assign(place + 1) { return false }
        }
      }
      return true
    }
    _ = assign(0)
    return tried <= patience
  }

  private func agrees(_ tie: Tie, _ completion: [Int]) -> Bool {
    let (born, day) = (
      CivilDate(dayNumber: completion[tie.since]), CivilDate(dayNumber: completion[tie.asOf])
    )
    let (birth, on) = (born.parts, day.parts)
    let hadBirthday = (on.month, on.day) >= (birth.month, birth.day)
    return completion[tie.age] == on.year - birth.year - (hadBirthday ? 0 : 1)
  }

  private func candidates(for variable: Int, _ ties: [Tie]) -> [ClosedRange<Int>] {
    if variable == Generation.assessedOn { return [assessedOn...assessedOn] }
    guard let number = generation.variables[variable].fact else { return [] }
    var allowed: ClosedRange<Int>
    switch generation.facts[number].declaration.type {
    case .yesNo, .set: allowed = 0...1
    case .oneOf(let values): allowed = 0...(values.count - 1)
    case .quantity(_, let low, let high): allowed = low...high
    case .date: allowed = CivilDate.first.dayNumber...CivilDate.last.dayNumber
    }
    if governingDays.contains(variable) {
      allowed = allowed.clamped(to: CivilDate.first.dayNumber...assessedOn)
    }
    // Nobody has completed zero years or more before being born: no day of birth after the last day of counting.
    for tie in ties where tie.since == variable && (generation.variables[tie.age].domain.least ?? 0) >= 0 {
      let last = candidates(for: tie.asOf, []).map(\.upperBound).max() ?? CivilDate.first.dayNumber
      allowed = allowed.clamped(to: allowed.lowerBound...max(last, allowed.lowerBound))
    }
    return (said[variable] ?? [allowed]).filter { $0.overlaps(allowed) }.map { $0.clamped(to: allowed) }
  }

  /// The variables that a rule can reach and the ties among them.
  private func reach(ofRule number: Int) -> Reach {
    var reached: Set<Int> = []
    func walk(_ question: Question) {
      switch question {
      case .variable(let variable, _): reached.insert(variable)
      case .rule(let number): walk(laws[number])
      case .not(let part): walk(part)
      case .ifThen(let premise, let conclusion): [premise, conclusion].forEach(walk)
      case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
        parts.forEach(walk)
      }
    }
    func walk(_ provision: Provision) {
      walk(provision.question)
      provision.exceptions.forEach(walk)
    }
    func walk(_ law: Law) {
      reached.insert(law.day)
      law.grounds.forEach(walk)
    }
    walk(laws[number])
    var found: [Tie] = []
    for _ in ties {
      found = ties.filter { reached.contains($0.age) || reached.contains($0.since) }
      for tie in found { reached.formUnion([tie.age, tie.asOf, tie.since]) }
    }
    let isTied = { (variable: Int) in found.contains { [$0.age, $0.asOf, $0.since].contains(variable) } }
    let isAge = { (variable: Int) in found.contains { $0.age == variable } }
    let dates = reached.filter { isTied($0) && !isAge($0) }.sorted()
    let rest = reached.filter { !isTied($0) }
    return Reach(variables: dates + reached.filter(isAge).sorted() + rest.sorted(), ties: found)
  }

  // MARK: What the law says of one completion

  private func isInForceAtAll(_ number: Int, _ completion: [Int]) -> Bool {
    laws[number].grounds.contains { isInForce($0, on: completion[laws[number].day]) }
  }

  private func isInForce(_ provision: Provision, on day: Int) -> Bool {
    provision.intervals.contains { $0.from.dayNumber <= day && ($0.until.map { day < $0.dayNumber } ?? true) }
  }

  private func isMet(rule number: Int, _ completion: [Int]) -> Bool {
    laws[number].grounds.contains { isMet($0, on: completion[laws[number].day], completion) }
  }

  private func isMet(_ provision: Provision, on day: Int, _ completion: [Int]) -> Bool {
    isInForce(provision, on: day) && isTrue(provision.question, completion)
      && !provision.exceptions.contains { isMet($0, on: day, completion) }
  }

  private func isTrue(_ question: Question, _ completion: [Int]) -> Bool {
    switch question {
    case .variable(let variable, let test): test(completion[variable])
    case .rule(let number): isMet(rule: number, completion)
    case .all(let parts): parts.allSatisfy { isTrue($0, completion) }
    case .any(let parts): parts.contains { isTrue($0, completion) }
    case .not(let part): !isTrue(part, completion)
    case .atLeast(let count, let parts): parts.count { isTrue($0, completion) } >= count
    case .exactly(let count, let parts): parts.count { isTrue($0, completion) } == count
    case .ifThen(let premise, let conclusion): !isTrue(premise, completion) || isTrue(conclusion, completion)
    }
  }

  private func isTrue(_ formula: Formula, _ completion: [Int]) -> Bool {
    switch formula {
    case .atom(let atom): atom.values.contains(completion[atom.variable])
    case .rule(let number): isMet(rule: number, completion)
    case .all(let parts): parts.allSatisfy { isTrue($0, completion) }
    case .any(let parts): parts.contains { isTrue($0, completion) }
    case .not(let part): !isTrue(part, completion)
    case .atLeast(let count, let parts): parts.count { isTrue($0, completion) } >= count
    case .exactly(let count, let parts): parts.count { isTrue($0, completion) } == count
    }
  }

  // MARK: Names

  private func governingDay(of pack: RulePack) -> Int {
    for id in [pack.id] + pack.imports.map(\.pack) {
      let fact = generation.facts.first { $0.id == id + ".act_date" && $0.declaration.type == .date }
      if let fact { return fact.variables.lowerBound }
    }
    return Generation.assessedOn
  }

  private func qualified(_ name: String, in pack: RulePack) -> String {
    name.contains(".") ? name : pack.id + "." + name
  }

  private func fact(_ name: String, in pack: RulePack) -> Generation.LinkedFact {
    let found = generation.facts.first { $0.id == qualified(name, in: pack) }
    guard let found else { preconditionFailure("a linked generation names no fact that is not there") }
    return found
  }

  private func provision(
    _ clause: Name, _ condition: Condition, _ exceptions: [Exception], in pack: RulePack
  ) -> Provision {
    let wanted = qualified(clause.text, in: pack)
    let found = generation.packs.flatMap { pack in pack.clauses.filter { pack.id + "." + $0.name == wanted } }
    return Provision(
      intervals: found.flatMap(\.inForce), question: question(condition, in: pack),
      exceptions: exceptions.map { provision($0.clause, $0.condition, $0.exceptions, in: pack) })
  }

  private func question(_ condition: Condition, in pack: RulePack) -> Question {
    func each(_ parts: [Condition]) -> [Question] { parts.map { question($0, in: pack) } }
    switch condition.kind {
    case .named(let name):
      let rules = generation.packs.flatMap { pack in pack.rules.map { pack.id + "." + $0.name } }
      if let rule = rules.firstIndex(of: qualified(name.text, in: pack)) { return .rule(rule) }
      return .variable(fact(name.text, in: pack).variables.lowerBound) { $0 == 1 }
    case .all(let parts): return .all(each(parts))
    case .any(let parts): return .any(each(parts))
    case .not(let part): return .not(question(part, in: pack))
    case .atLeast(let count, let parts): return .atLeast(count, each(parts))
    case .exactly(let count, let parts): return .exactly(count, each(parts))
    case .ifThen(let premise, let conclusion):
      return .ifThen(question(premise, in: pack), question(conclusion, in: pack))
    case .compare(let name, let comparison): return question(comparison, about: fact(name.text, in: pack))
    }
  }

  private func question(_ comparison: Condition.Comparison, about fact: Generation.LinkedFact) -> Question {
    let variable = fact.variables.lowerBound
    let members = fact.declaration.type.members
    func number(_ name: Name) -> Int {
      switch fact.declaration.type {
      case .yesNo: name.text == "yes" ? 1 : 0
      case .oneOf, .set: members.firstIndex(of: name.text) ?? .min
      case .quantity: Int(name.text.prefix { $0 != " " }) ?? .min
      case .date: CivilDate(name.text)?.dayNumber ?? .min
      }
    }
    switch comparison {
    case .hasAny: return .any(fact.variables.map { .variable($0) { $0 == 1 } })
    case .has(let names): return .all(names.map { .variable(variable + number($0)) { $0 == 1 } })
    case .isValue(let value):
      let wanted = number(value)
      return .variable(variable) { $0 == wanted }
    case .oneOf(let values):
      let wanted = values.map(number)
      return .variable(variable) { wanted.contains($0) }
    case .below(let value), .before(let value):
      let bound = number(value)
      return .variable(variable) { $0 < bound }
    case .atMost(let value):
      let bound = number(value)
      return .variable(variable) { $0 <= bound }
    case .atLeastAs(let value):
      let bound = number(value)
      return .variable(variable) { $0 >= bound }
    case .above(let value), .after(let value):
      let bound = number(value)
      return .variable(variable) { $0 > bound }
    case .between(let first, let last):
      let (low, high) = (number(first), number(last))
      return .variable(variable) { low <= $0 && $0 <= high }
    }
  }
}
