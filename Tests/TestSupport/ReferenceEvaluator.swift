// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// Decides by looking at every completion one by one: the oracle for the evaluator, slow and obvious.
///
/// It reads the packs as their authors wrote them (conditions, names, clauses and exceptions by its own few lines) and
/// shares with the engine nothing but the numbers of the variables, the calendar and the words for statuses.
///
/// A class, since in a debug build every call of a structure's method copies all that it holds.
public final class ReferenceEvaluator {
  /// What is left of some variables, as plain ranges.
  public typealias Said = [Int: [ClosedRange<Int>]]

  let generation: Generation
  private(set) var assessedOn: Int
  private(set) var testimony: Testimony
  /// The most values and completions that are tried for one question; beyond it there is no answer.
  let patience: Int
  /// The variant of each reading, by the reading's name.
  private let followed: [String: String]
  /// The account that is believed of a variable, where one account is enough.
  private var believed: [Int: Testimony.Account] = [:]
  /// The day of conduct that is looked at, where it went on for days.
  private var day: (variable: Int, number: Int)?
  private var slots: [Looked] = []
  private var slotNumbers: [Looked: Int] = [:]
  private var declared: [(pack: RulePack, rule: Rule)] = []
  private var days: [Int] = []
  private var laws: [Law] = []
  private var lawNumbers: [LawUnder: Int] = [:]
  private var ties: [Tie] = []
  private var governingDays: Set<Int> = []
  private var reaches: [Reach] = []

  /// A variable under the standard of who looks at it: under two standards it is two.
  private struct Looked: Hashable {
    var variable: Int
    var standard: Standard?
  }

  /// A rule under the standard of who rests on it.
  private struct LawUnder: Hashable {
    var rule: Int
    var standard: Standard?
  }

  /// A rule as its author wrote it.
  private struct Law {
    var day: Int
    var isIncriminating: Bool
    var grounds: [Provision]
    var stronger: [Int] = []
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
    /// A variable that a reading decides, if nobody states it; every variant is reached, one is followed.
    case drawn(Int, (Int) -> Bool, followed: Question?, variants: [Question])
    /// A condition that a reading puts another in place of; every variant is reached, one is followed.
    case replaced(followed: Question, variants: [Question])
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
  public init(
    _ generation: Generation, assessedOn: CivilDate, saying testimony: Testimony,
    reading variants: [String: String] = [:], patience: Int = 4_000
  ) {
    self.generation = generation
    self.assessedOn = assessedOn.dayNumber
    self.testimony = testimony
    self.patience = patience
    var followed: [String: String] = [:]
    for pack in generation.packs {
      for reading in pack.readings {
        let id = pack.id + "." + reading.name
        followed[id] = variants[id] ?? reading.standing.text
      }
    }
    self.followed = followed
    declared = generation.packs.flatMap { pack in pack.rules.map { (pack, $0) } }
    days = declared.map { governingDay(of: $0.rule, in: $0.pack) }
    governingDays = Set(days).subtracting([Generation.assessedOn])
    for variable in generation.variables.indices { _ = slot(variable, nil) }
    for (number, (_, rule)) in declared.enumerated() {
      lawNumbers[.init(rule: number, standard: rule.standard)] = number
      laws.append(Law(day: 0, isIncriminating: false, grounds: []))
    }
    for (number, (_, rule)) in declared.enumerated() { laws[number] = law(number, under: rule.standard) }
    for standard in Set(slots.map(\.standard)) { tieAges(under: standard) }
    reaches = laws.indices.map { reach(ofRule: $0) }
  }

  /// Looks up every name once, for a case in which everything is found as surely as anybody asks.
  public convenience init(
    _ generation: Generation, assessedOn: CivilDate, saying said: Said, patience: Int = 4_000
  ) {
    let testimony = Testimony(said, foundTo: .beyondReasonableDoubt)
    self.init(generation, assessedOn: assessedOn, saying: testimony, patience: patience)
  }

  private init(copying other: ReferenceEvaluator) {
    (generation, assessedOn, testimony) = (other.generation, other.assessedOn, other.testimony)
    (patience, followed, believed, day) = (other.patience, other.followed, other.believed, other.day)
    (slots, slotNumbers, ties, reaches) = (other.slots, other.slotNumbers, other.ties, other.reaches)
    (declared, days, governingDays) = (other.declared, other.days, other.governingDays)
    (laws, lawNumbers) = (other.laws, other.lawNumbers)
  }

  /// The same packs and another case.
  public func asked(on day: CivilDate, saying testimony: Testimony) -> ReferenceEvaluator {
    let other = ReferenceEvaluator(copying: self)
    other.assessedOn = day.dayNumber
    other.testimony = testimony
    return other
  }

  private func slot(_ variable: Int, _ standard: Standard?) -> Int {
    let isDay = variable == Generation.assessedOn || governingDays.contains(variable)
    let looked = Looked(variable: variable, standard: isDay ? nil : standard)
    if let number = slotNumbers[looked] { return number }
    slotNumbers[looked] = slots.count
    slots.append(looked)
    return slots.count - 1
  }

  private func tieAges(under standard: Standard?) {
    for pack in generation.packs {
      for fact in pack.facts {
        guard let asOf = fact.asOf, let since = fact.since else { continue }
        let isNow = asOf.text == "assessed_on"
        let day = isNow ? Generation.assessedOn : self.fact(asOf.text, in: pack).variables.lowerBound
        ties.append(
          Tie(
            age: slot(self.fact(fact.name, in: pack).variables.lowerBound, standard),
            asOf: slot(day, standard),
            since: slot(self.fact(since.text, in: pack).variables.lowerBound, standard)))
      }
    }
  }

  // MARK: What the answer is

  /// The status of a rule, by design section 6; nil if there are too many completions to look at.
  public func status(ofRule number: Int) -> Status? { statuses()[number] }

  /// The status of every rule; nil for those with too many completions to look at.
  ///
  /// Rules that reach the same variables have the same completions, and each completion is looked at once for all.
  public func statuses() -> [Status?] {
    var statuses: [Status?] = declared.map { _ in nil }
    for (reach, rules) in Dictionary(grouping: declared.indices, by: { reaches[$0] }) {
      guard let found = self.statuses(of: rules, over: reach) else { continue }
      for (rule, status) in zip(rules, found) { statuses[rule] = status }
    }
    for rule in declared.indices {
      if let days = daysOfConduct(rule) {
        statuses[rule] = together(
          days.map { day in
            let asked = ReferenceEvaluator(copying: self)
            asked.day = day
            return asked.statuses(of: [rule], over: reaches[rule]).flatMap {
              asked.believing(rule, joint: $0[0])
            }
          })
      } else if let joint = statuses[rule] {
        statuses[rule] = believing(rule, joint: joint)
      }
    }
    return statuses
  }

  /// Each day on which conduct went on, if the file says so of a day that the rule reaches.
  private func daysOfConduct(_ rule: Int) -> [(variable: Int, number: Int)]? {
    for variable in testimony.throughout.sorted()
    where reaches[rule].variables.contains(where: { slots[$0].variable == variable }) {
      return testimony.accounts[variable, default: []].flatMap(\.ranges).joined().map { (variable, $0) }
    }
    return nil
  }

  /// One day on which it holds is enough, and it must fail on all.
  private func together(_ days: [Status?]) -> Status? {
    if days.contains(.holds) { return .holds }
    if days.contains(nil) { return nil }
    let looked = days.filter { $0 != .notInForce && $0 != .contradictory }
    if looked.isEmpty { return days.contains(.notInForce) ? .notInForce : .contradictory }
    return looked.allSatisfy { $0 == .fails } ? .fails : .undetermined
  }

  /// The answer with everybody heard together; but where one account is enough, any that makes it hold.
  private func believing(_ rule: Int, joint: Status) -> Status? {
    if joint == .holds { return joint }
    let low = reaches[rule].variables.filter { slots[$0].standard?.isMetByOneAccount == true }
    let contested = Set(low.map { slots[$0].variable }).filter { testimony.isContested($0) }.sorted()
    let ways = contested.reduce([[Int: Testimony.Account]()]) { ways, variable in
      ways.flatMap { way in
        testimony.accounts[variable, default: []].map { way.merging([variable: $0]) { first, _ in first } }
      }
    }
    if ways.count > 12 { return nil }
    let asked = ReferenceEvaluator(copying: self)
    var isKnown = true
    for way in ways where !way.isEmpty {
      asked.believed = way
      let status = asked.statuses(of: [rule], over: reaches[rule])?[0]
      if status == .holds { return .holds }
      if status == nil { isKnown = false }
    }
    return isKnown ? joint : nil
  }

  private func statuses(of rules: [Int], over reach: Reach) -> [Status]? {
    var tallies = rules.map { _ in Tally() }
    let isDone = forEachCompletion(of: reach) { completion in
      for (place, rule) in rules.enumerated() where !tallies[place].isOpen {
        tallies[place].isPossible = true
        guard isInForceAtAll(rule, completion) else {
          if laws[rule].isIncriminating, isStated(laws[rule].day) { tallies[place].canFail = true }
          continue
        }
        tallies[place].isInForce = true
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
    /// There is one on a day with law.
    var isInForce = false
    /// On a day with law, the rule is met in one.
    var canHold = false
    /// On a day with law, or any that counts, it is not met in one.
    var canFail = false

    var isOpen: Bool { canHold && canFail }

    var status: Status {
      if !isPossible { return .contradictory }
      if !isInForce { return .notInForce }
      return isOpen ? .undetermined : canHold ? .holds : .fails
    }
  }

  /// True if two completions that differ in one variable alone give a rule different answers; nil if too many.
  public func canChange(rule number: Int, by variable: Int) -> Bool? {
    let looked = reaches[number].variables.filter { slots[$0].variable == variable }
    let changes = looked.map { canChange(number, $0) }
    return changes.contains(true) ? true : changes.contains(nil) ? nil : false
  }

  private func canChange(_ number: Int, _ variable: Int) -> Bool? {
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
    let untied = reaches[number].variables.filter { variable in
      variable != Generation.assessedOn
        && !reaches[number].ties.contains { [$0.age, $0.asOf, $0.since].contains(variable) }
    }
    return Set(untied.map { slots[$0].variable }).sorted()
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
    var completion = Array(repeating: Int.min, count: slots.count)
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

  private func candidates(for slot: Int, _ ties: [Tie]) -> [ClosedRange<Int>] {
    let variable = slots[slot].variable
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
    for tie in ties
    where tie.since == slot && (generation.variables[slots[tie.age].variable].domain.least ?? 0) >= 0 {
      let last = candidates(for: tie.asOf, []).map(\.upperBound).max() ?? CivilDate.first.dayNumber
      allowed = allowed.clamped(to: allowed.lowerBound...max(last, allowed.lowerBound))
    }
    return (said(slot) ?? [allowed]).filter { $0.overlaps(allowed) }.map { $0.clamped(to: allowed) }
  }

  /// Who is heard on a variable by who looks at it: all together, or the one that is believed.
  private func heard(_ slot: Int) -> [Testimony.Account] {
    let looked = slots[slot]
    let isLow = looked.standard?.isMetByOneAccount == true
    if isLow, let one = believed[looked.variable] { return [one] }
    return testimony.accounts[looked.variable, default: []]
  }

  /// True if something is said of a variable, and found as surely as who looks at it asks.
  private func isStated(_ slot: Int) -> Bool {
    guard let found = heard(slot).map(\.foundTo).max() else { return false }
    return slots[slot].standard.map { $0 <= found } ?? true
  }

  private func said(_ slot: Int) -> [ClosedRange<Int>]? {
    if let day, day.variable == slots[slot].variable, isStated(slot) { return [day.number...day.number] }
    return isStated(slot) ? heard(slot).flatMap(\.ranges) : nil
  }

  /// The variables that a rule can reach and the ties among them.
  private func reach(ofRule number: Int) -> Reach {
    var reached: Set<Int> = []
    func walk(_ question: Question) {
      switch question {
      case .variable(let variable, _): reached.insert(variable)
      case .drawn(let variable, _, _, let variants):
        reached.insert(variable)
        variants.forEach(walk)
      case .replaced(_, let variants): variants.forEach(walk)
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
      for stronger in law.stronger { walk(laws[stronger]) }
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
      && !laws[number].stronger.contains { isMet(rule: $0, completion) }
  }

  private func isMet(_ provision: Provision, on day: Int, _ completion: [Int]) -> Bool {
    isInForce(provision, on: day) && isTrue(provision.question, completion)
      && !provision.exceptions.contains { isMet($0, on: day, completion) }
  }

  private func isTrue(_ question: Question, _ completion: [Int]) -> Bool {
    switch question {
    case .variable(let variable, let test): test(completion[variable])
    case .drawn(let variable, let test, let followed, _):
      if let followed, !isStated(variable) {
        test(isTrue(followed, completion) ? 1 : 0)
      } else {
        test(completion[variable])
      }
    case .replaced(let followed, _): isTrue(followed, completion)
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
    case .atom(let atom): atom.values.contains(value(of: atom.variable, completion))
    case .rule(let number): isMet(rule: self.number(ofLinked: number), completion)
    case .all(let parts): parts.allSatisfy { isTrue($0, completion) }
    case .any(let parts): parts.contains { isTrue($0, completion) }
    case .not(let part): !isTrue(part, completion)
    case .atLeast(let count, let parts): parts.count { isTrue($0, completion) } >= count
    case .exactly(let count, let parts): parts.count { isTrue($0, completion) } == count
    }
  }

  /// What a variable of a linked formula is.
  private func value(of variable: Int, _ completion: [Int]) -> Int {
    let linked = generation.variables[variable]
    func slot(_ base: Int) -> Int? {
      slotNumbers[.init(variable: base, standard: linked.standard)]
    }
    switch linked.role {
    case .assessedOn, .fact: return slot(linked.base).map { completion[$0] } ?? .min
    case .isStated(let base): return slot(base).map(isStated) == true ? 1 : 0
    case .choice(let number):
      let reading = generation.readings[number]
      return reading.declaration.variants.firstIndex { $0.name == followed[reading.id] } ?? .min
    }
  }

  private func number(ofLinked number: Int) -> Int {
    let linked = generation.rules[number]
    let rule = declared.firstIndex { $0.pack.id + "." + $0.rule.name == linked.id } ?? number
    return lawNumbers[.init(rule: rule, standard: linked.standard)] ?? rule
  }

  // MARK: Names

  private func governingDay(of rule: Rule, in pack: RulePack) -> Int {
    for other in generation.packs {
      for law in other.lawInTime {
        let names = law.rules.map { qualified($0.text, in: other) }
        guard names.contains(pack.id + "." + rule.name) else { continue }
        if law.day.text == "assessed_on" { return Generation.assessedOn }
        return fact(law.day.text, in: other).variables.lowerBound
      }
    }
    for id in [pack.id] + pack.imports.map(\.pack) {
      let fact = generation.facts.first { $0.id == id + ".act_date" && $0.declaration.type == .date }
      if let fact { return fact.variables.lowerBound }
    }
    return Generation.assessedOn
  }

  private func number(ofRule id: String) -> Int? {
    declared.firstIndex { $0.pack.id + "." + $0.rule.name == id }
  }

  /// A rule by the standard of who rests on it; one that names its own keeps it.
  private func lawNumber(_ rule: Int, under standard: Standard?) -> Int {
    let key = LawUnder(rule: rule, standard: declared[rule].rule.standard ?? standard)
    if let number = lawNumbers[key] { return number }
    let number = laws.count
    lawNumbers[key] = number
    laws.append(Law(day: 0, isIncriminating: false, grounds: []))
    laws[number] = law(rule, under: key.standard)
    return number
  }

  private func law(_ number: Int, under standard: Standard?) -> Law {
    let (pack, rule) = declared[number]
    var law = Law(day: days[number], isIncriminating: rule.isIncriminating, grounds: [])
    let id = pack.id + "." + rule.name
    for ground in rule.grounds {
      var provision = provision(ground.clause, ground.condition, ground.exceptions, in: pack, standard)
      if let (owner, reading) = reading(of: {
        if case .named(let name) = $0 { qualified(name.text, in: $1) == id } else { false }
      }) {
        let variants = reading.variants.map { variant in
          variant.condition.map { question($0, in: owner, standard) } ?? provision.question
        }
        provision.question = .replaced(
          followed: variants[place(of: reading, in: owner)], variants: variants)
      }
      law.grounds.append(provision)
    }
    for name in rule.yieldsTo {
      guard let other = self.number(ofRule: qualified(name.text, in: pack)) else { continue }
      law.stronger.append(lawNumber(other, under: standard))
    }
    return law
  }

  private func reading(of decides: (Reading.Decides, RulePack) -> Bool) -> (RulePack, Reading)? {
    for pack in generation.packs {
      for reading in pack.readings where decides(reading.decides, pack) { return (pack, reading) }
    }
    return nil
  }

  private func place(of reading: Reading, in pack: RulePack) -> Int {
    reading.variants.firstIndex { $0.name == followed[pack.id + "." + reading.name] } ?? 0
  }

  /// A variable that is asked about, or what a reading makes of it.
  private func ask(_ variable: Int, _ standard: Standard?, _ test: @escaping (Int) -> Bool)
    -> Question
  {
    let slot = slot(variable, standard)
    let found = reading { decides, pack in
      switch decides {
      case .named(let name):
        generation.facts.contains {
          $0.id == qualified(name.text, in: pack) && $0.variables.lowerBound == variable
            && $0.declaration.type == .yesNo
        }
      case .member(let member, of: let name):
        generation.facts.contains { fact in
          fact.id == qualified(name.text, in: pack)
            && fact.declaration.type.members.firstIndex(of: member.text)
              .map { fact.variables.lowerBound + $0 == variable } == true
        }
      }
    }
    guard let (pack, reading) = found else { return .variable(slot, test) }
    let variants = reading.variants.map { $0.condition.map { question($0, in: pack, standard) } }
    return .drawn(
      slot, test, followed: variants[place(of: reading, in: pack)], variants: variants.compactMap { $0 })
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
    _ clause: Name, _ condition: Condition, _ exceptions: [Exception], in pack: RulePack,
    _ standard: Standard?
  ) -> Provision {
    let wanted = qualified(clause.text, in: pack)
    let found = generation.packs.flatMap { pack in pack.clauses.filter { pack.id + "." + $0.name == wanted } }
    return Provision(
      intervals: found.flatMap(\.inForce), question: question(condition, in: pack, standard),
      exceptions: exceptions.map { provision($0.clause, $0.condition, $0.exceptions, in: pack, standard) })
  }

  private func question(
    _ condition: Condition, in pack: RulePack, _ standard: Standard?
  ) -> Question {
    func each(_ parts: [Condition]) -> [Question] { parts.map { question($0, in: pack, standard) } }
    switch condition.kind {
    case .named(let name):
      if let rule = number(ofRule: qualified(name.text, in: pack)) {
        return .rule(lawNumber(rule, under: standard))
      }
      return ask(fact(name.text, in: pack).variables.lowerBound, standard) { $0 == 1 }
    case .all(let parts): return .all(each(parts))
    case .any(let parts): return .any(each(parts))
    case .not(let part): return .not(question(part, in: pack, standard))
    case .atLeast(let count, let parts): return .atLeast(count, each(parts))
    case .exactly(let count, let parts): return .exactly(count, each(parts))
    case .ifThen(let premise, let conclusion):
      return .ifThen(question(premise, in: pack, standard), question(conclusion, in: pack, standard))
    case .compare(let name, let comparison):
      return question(comparison, about: fact(name.text, in: pack), standard)
    }
  }

  private func question(
    _ comparison: Condition.Comparison, about fact: Generation.LinkedFact, _ standard: Standard?
  ) -> Question {
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
    case .hasAny: return .any(fact.variables.map { ask($0, standard) { $0 == 1 } })
    case .has(let names): return .all(names.map { ask(variable + number($0), standard) { $0 == 1 } })
    case .isValue(let value):
      let wanted = number(value)
      return ask(variable, standard) { $0 == wanted }
    case .oneOf(let values):
      let wanted = values.map(number)
      return ask(variable, standard) { wanted.contains($0) }
    case .below(let value), .before(let value):
      let bound = number(value)
      return ask(variable, standard) { $0 < bound }
    case .atMost(let value):
      let bound = number(value)
      return ask(variable, standard) { $0 <= bound }
    case .atLeastAs(let value):
      let bound = number(value)
      return ask(variable, standard) { $0 >= bound }
    case .above(let value), .after(let value):
      let bound = number(value)
      return ask(variable, standard) { $0 > bound }
    case .between(let first, let last):
      let (low, high) = (number(first), number(last))
      return ask(variable, standard) { low <= $0 && $0 <= high }
    }
  }
}
