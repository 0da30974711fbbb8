// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// Which law governs a rule: its day, and the clause that says so.
struct Governing {
  var day: Int
  var clause: Generation.LawInTimeReference?
}

extension Linker {
  /// Finds the day that governs each rule, before any is linked: a governing day counts at every standard.
  mutating func findGoverningDays() {
    for (number, pack) in generation.packs.enumerated() {
      let usual = usualDay(of: number)
      for rule in pack.rules {
        governing.append(Governing(day: usual))
        ruleDeclarations.append((number, rule))
      }
    }
    for pack in generation.packs {
      var named: Set<Int> = []
      for law in pack.lawInTime {
        let clause = resolve(law.clause, "clause", clauseNumbers, in: pack)
        guard let day = day(law.day, in: pack), let clause else { continue }
        for name in law.rules {
          guard let rule = resolve(name, "rule", ruleNumbers, in: pack) else { continue }
          if !named.insert(rule).inserted { report(.governedTwice(name.text), at: name.location) }
          governing[rule] = .init(day: day, clause: .init(clause: clause, flagsMilder: law.flagsMilder))
        }
      }
    }
    generation.governingDays = Set(governing.map(\.day)).subtracting([Generation.assessedOn])
  }

  /// Where a pack does not say: `act_date`, its own or an import's; else the day of assessment.
  private func usualDay(of number: Int) -> Int {
    let pack = generation.packs[number]
    for candidate in [pack.id] + pack.imports.map(\.pack) {
      guard let fact = factNumbers[candidate + ".act_date"].map({ generation.facts[$0] }) else { continue }
      if fact.declaration.type == .date { return fact.variables.lowerBound }
    }
    return Generation.assessedOn
  }

  func declaration(ofRule number: Int) -> Rule { ruleDeclarations[number].rule }

  func ownStandard(of number: Int) -> Standard? { declaration(ofRule: number).standard }

  mutating func linkRules() {
    for number in 0..<generation.ownRules {
      let linked = link(rule: number, under: ownStandard(of: number))
      generation.rules.append(linked)
    }
  }

  /// Links what stands beneath, which may bring more of it.
  mutating func linkWhatStandsBeneath() {
    var next = 0
    while next < views.waiting.count {
      switch views.waiting[next] {
      case .rule(let number, let standard): generation.rules.append(link(rule: number, under: standard))
      case .condition(let condition, let name, let pack, let clause):
        generation.rules.append(link(condition, name, pack: pack, clause: clause))
      }
      next += 1
    }
  }

  private mutating func link(rule number: Int, under standard: Standard?) -> Generation.LinkedRule {
    let (owner, rule) = (ruleDeclarations[number].pack, ruleDeclarations[number].rule)
    let grounds = grounds(ofRule: number, under: standard)
    return .init(
      id: generation.packs[owner].id + "." + rule.name, pack: owner, declaration: rule,
      day: governing[number].day, lawInTime: governing[number].clause, standard: standard, grounds: grounds,
      window: ValueSet(union: grounds.map(\.days)), formula: .any(grounds.map(\.formula)))
  }

  /// The grounds of a rule; those of the rules it yields to are exceptions to each of them.
  private mutating func grounds(ofRule number: Int, under standard: Standard?) -> [Generation.LinkedGround] {
    let (owner, rule) = (ruleDeclarations[number].pack, ruleDeclarations[number].rule)
    let pack = generation.packs[owner]
    if let start = rulesUnderWay.firstIndex(of: number) {
      let circle = rulesUnderWay[start...] + [number]
      report(.cycle(circle.map { declaration(ofRule: $0).name }, "rule"), at: rule.location)
      return []
    }
    rulesUnderWay.append(number)
    defer { rulesUnderWay.removeLast() }
    let stronger = rule.yieldsTo.compactMap { resolve($0, "rule", ruleNumbers, in: pack) }.flatMap {
      self.grounds(ofRule: $0, under: ownStandard(of: $0) ?? standard)
    }
    let view = View(standard: standard, day: governing[number].day, pack: pack)
    return rule.grounds.compactMap { ground in
      var linked = link(clause: ground.clause, ground.condition, ground.exceptions, view, ofRule: number)
      linked?.yield(to: stronger)
      return linked
    }
  }

  /// A condition that is asked by itself: no conclusion, but what a presumption, a caution or a reading waits for.
  private mutating func link(
    _ condition: Condition, _ name: Name, pack number: Int, clause: Generation.ClauseReference?
  ) -> Generation.LinkedRule {
    let pack = generation.packs[number]
    let condition = link(condition, in: pack, under: nil) ?? .never
    let inForce = clause.map {
      Formula.atom(.init(variable: Generation.assessedOn, values: generation.clause($0).days))
    }
    let law = lawBeneath(condition)
    let declaration = Rule(name: name.text, about: nil, grounds: [], location: name.location)
    return .init(
      id: name.text, pack: number, declaration: declaration, day: law.day, lawInTime: nil, standard: nil,
      grounds: [], window: law.window, formula: inForce.map { .all([$0, condition]) } ?? condition)
  }

  /// The day that governs the rules a condition names, if it is one day, and the days on which any of them is in force:
  /// an unknown day is one on which the law was there, as for the rules themselves.
  private func lawBeneath(_ condition: Formula) -> (day: Int, window: ValueSet) {
    var rules: [Int] = []
    condition.forEachLeaf({ _ in }, rule: { rules.append($0) })
    let dated = rules.filter {
      $0 < generation.rules.count && generation.rules[$0].day != Generation.assessedOn
    }
    let days = Set(dated.map { generation.rules[$0].day })
    guard days.count == 1, let day = days.first else { return (Generation.assessedOn, .days) }
    return (day, ValueSet(union: dated.map { generation.rules[$0].window }))
  }

  /// How a rule looks at what it rests on.
  private struct View {
    let standard: Standard?
    let day: Int
    let pack: RulePack
  }

  /// A ground and an exception are one shape: a clause in force, a condition, and what defeats it.
  private mutating func link(
    clause name: Name, _ condition: Condition, _ exceptions: [Exception], _ view: View,
    ofRule rule: Int? = nil
  ) -> Generation.LinkedGround? {
    let clause = resolve(name, "clause", clauseNumbers, in: view.pack)
    let written = link(condition, in: view.pack, under: view.standard)
    let defeats = exceptions.compactMap { exception in
      link(clause: exception.clause, exception.condition, exception.exceptions, view)
    }
    guard let clause, let written else { return nil }
    let formula = rule.map { read(written, ofRule: $0, under: view.standard) } ?? written
    let days = generation.clause(clause).days
    let inForce = Formula.atom(.init(variable: view.day, values: days))
    let undefeated = defeats.map { Formula.not($0.formula) }
    return .init(
      clause: clause, days: days, written: written, condition: formula, exceptions: defeats,
      formula: .all([inForce, formula] + undefeated))
  }

  mutating func link(_ condition: Condition, in pack: RulePack, under standard: Standard? = nil) -> Formula? {
    switch condition.kind {
    case .named(let name): return link(name, in: pack, under: standard)
    case .all(let parts): return link(parts, in: pack, under: standard).map(Formula.all)
    case .any(let parts): return link(parts, in: pack, under: standard).map(Formula.any)
    case .not(let part): return link(part, in: pack, under: standard).map(Formula.not)
    case .atLeast(let count, let parts):
      return link(parts, in: pack, under: standard).map { .atLeast(count, $0) }
    case .exactly(let count, let parts):
      return link(parts, in: pack, under: standard).map { .exactly(count, $0) }
    case .ifThen(let premise, let conclusion):
      let parts = link([premise, conclusion], in: pack, under: standard)
      return parts.map { .any([.not($0[0]), $0[1]]) }
    case .compare(let name, let comparison): return link(name, comparison, in: pack, under: standard)
    }
  }

  private mutating func link(
    _ parts: [Condition], in pack: RulePack, under standard: Standard?
  ) -> [Formula]? {
    let formulas = parts.compactMap { link($0, in: pack, under: standard) }
    return formulas.count == parts.count ? formulas : nil
  }

  private mutating func link(_ name: Name, in pack: RulePack, under standard: Standard?) -> Formula? {
    let qualified = name.text.contains(".") ? name.text : pack.id + "." + name.text
    if let rule = ruleNumbers[qualified] {
      guard resolve(name, "name", ruleNumbers, in: pack) != nil else { return nil }
      return .rule(self.rule(rule, under: standard))
    }
    var names = factNumbers
    names.merge(ruleNumbers) { first, _ in first }
    guard let number = resolve(name, "name", names, in: pack) else { return nil }
    let fact = generation.facts[number]
    guard fact.declaration.type == .yesNo else {
      report(.notYesNo(name.text), at: name.location)
      return nil
    }
    return atom(fact.variables.lowerBound, .yes, under: standard)
  }

  private mutating func link(
    _ name: Name, _ comparison: Condition.Comparison, in pack: RulePack, under standard: Standard?
  ) -> Formula? {
    let qualified = name.text.contains(".") ? name.text : pack.id + "." + name.text
    if ruleNumbers[qualified] != nil {
      report(.comparesRule(name.text), at: name.location)
      return nil
    }
    guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
    let fact = generation.facts[number]
    if case .set(let members) = fact.declaration.type {
      return link(fact, members, comparison, name, under: standard)
    }
    guard let values = values(comparison, of: fact.declaration, name) else { return nil }
    return atom(fact.variables.lowerBound, values, under: standard)
  }

  private mutating func link(
    _ fact: Generation.LinkedFact, _ members: [String], _ comparison: Condition.Comparison, _ name: Name,
    under standard: Standard?
  ) -> Formula? {
    let first = fact.variables.lowerBound
    switch comparison {
    case .hasAny: return .any(members.indices.map { atom(first + $0, .yes, under: standard) })
    case .has(let names):
      let numbers = names.map { member($0, among: members, of: name.text) }
      let found = numbers.compactMap { $0 }
      guard found.count == numbers.count else { return nil }
      return .all(found.map { atom(first + $0, .yes, under: standard) })
    default:
      report(.comparisonDoesNotFit(name.text, type: "set", known: ["has"]), at: name.location)
      return nil
    }
  }

  private mutating func member(_ name: Name, among members: [String], of fact: String) -> Int? {
    if let number = members.firstIndex(of: name.text) { return number }
    report(.unknownMember(name.text, of: fact, known: members), at: name.location)
    return nil
  }

  /// The values that make a comparison true, for every type but sets.
  private mutating func values(_ comparison: Condition.Comparison, of fact: Fact, _ name: Name) -> ValueSet? {
    switch fact.type {
    case .yesNo:
      guard case .isValue(let value) = comparison else { return unfit(name, "yes_no", ["is"]) }
      if value.text == "yes" || value.text == "no" { return value.text == "yes" ? .yes : .no }
      report(.badYesNo("`is`"), at: value.location)
      return nil
    case .oneOf(let known):
      let names: [Name]
      switch comparison {
      case .isValue(let value): names = [value]
      case .oneOf(let values): names = values
      default: return unfit(name, "one_of", ["is", "one_of"])
      }
      return ValueSet(
        union: names.compactMap { member($0, among: known, of: name.text).map { ValueSet($0) } })
    case .quantity(let unit, let low, let high):
      return span(comparison, low, high) { $0.quantity($1, unit: unit) }
        ?? unfit(comparison, name, "quantity", ["is", "below", "at_least_as", "above", "at_most", "between"])
    case .date:
      return span(comparison, CivilDate.first.dayNumber, CivilDate.last.dayNumber) { $0.dayNumber($1) }
        ?? unfit(comparison, name, "date", ["is", "before", "after", "between"])
    case .set: return nil
    }
  }

  private mutating func unfit(_ name: Name, _ type: String, _ known: [String]) -> ValueSet? {
    report(.comparisonDoesNotFit(name.text, type: type, known: known), at: name.location)
    return nil
  }

  /// Reports a comparison that the type does not know; one whose number could not be read has been reported.
  private mutating func unfit(
    _ comparison: Condition.Comparison, _ name: Name, _ type: String, _ known: [String]
  ) -> ValueSet? {
    known.contains(comparison.word) ? nil : unfit(name, type, known)
  }

  private mutating func span(
    _ comparison: Condition.Comparison, _ low: Int, _ high: Int, number: (inout Linker, Name) -> Int?
  ) -> ValueSet? {
    switch comparison {
    case .isValue(let value): number(&self, value).map { ValueSet($0) }
    case .below(let value), .before(let value): number(&self, value).map { ValueSet(low, $0 - 1) }
    case .atMost(let value): number(&self, value).map { ValueSet(low, $0) }
    case .atLeastAs(let value): number(&self, value).map { ValueSet($0, high) }
    case .above(let value), .after(let value): number(&self, value).map { ValueSet($0 + 1, high) }
    case .between(let first, let last): ends(number(&self, first), number(&self, last), at: first.location)
    case .oneOf, .hasAny, .has: nil
    }
  }

  private mutating func ends(_ first: Int?, _ last: Int?, at location: SourceLocation) -> ValueSet? {
    guard let first, let last else { return nil }
    if first <= last { return ValueSet(first, last) }
    report(.twoEnds, at: location)
    return nil
  }

  private mutating func quantity(_ name: Name, unit: String) -> Int? {
    if let number = quantityNumber(name.text, unit: unit) { return number }
    report(.badQuantity(name.text, unit: unit), at: name.location)
    return nil
  }

  private mutating func dayNumber(_ name: Name) -> Int? {
    if let day = CivilDate(name.text) { return day.dayNumber }
    report(.badDate("the value"), at: name.location)
    return nil
  }
}

/// Reads `18 years`; nil if it is not a whole number of that unit.
package func quantityNumber(_ text: String, unit: String) -> Int? {
  let parts = text.split(separator: " ", omittingEmptySubsequences: true).map(String.init)
  guard parts.count == 2, parts[1] == unit else { return nil }
  return wholeNumber(parts[0])
}

extension Condition.Comparison {
  /// The word that the author wrote.
  var word: String {
    switch self {
    case .isValue: "is"
    case .oneOf: "one_of"
    case .below: "below"
    case .atLeastAs: "at_least_as"
    case .above: "above"
    case .atMost: "at_most"
    case .before: "before"
    case .after: "after"
    case .between: "between"
    case .hasAny, .has: "has"
    }
  }
}
