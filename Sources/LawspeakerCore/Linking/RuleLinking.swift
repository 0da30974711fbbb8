// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension Linker {
  mutating func linkRules() {
    for (number, pack) in generation.packs.enumerated() {
      let day = governingDay(of: number)
      generation.governingDays.formUnion(day == Generation.assessedOn ? [] : [day])
      for rule in pack.rules {
        let grounds = rule.grounds.compactMap { ground in
          link(clause: ground.clause, ground.condition, ground.exceptions, day: day, in: pack)
        }
        generation.rules.append(
          .init(
            id: pack.id + "." + rule.name, pack: number, declaration: rule, day: day, grounds: grounds,
            window: ValueSet(union: grounds.map(\.days)), formula: .any(grounds.map(\.formula))))
      }
    }
  }

  /// The day whose law governs a pack's rules: `act_date`, its own or an import's; else the day of assessment.
  private func governingDay(of number: Int) -> Int {
    let pack = generation.packs[number]
    for candidate in [pack.id] + pack.imports.map(\.pack) {
      guard let fact = factNumbers[candidate + ".act_date"].map({ generation.facts[$0] }) else { continue }
      if fact.declaration.type == .date { return fact.variables.lowerBound }
    }
    return Generation.assessedOn
  }

  /// A ground and an exception are one shape: a clause in force, a condition, and what defeats it.
  private mutating func link(
    clause name: Name, _ condition: Condition, _ exceptions: [Exception], day: Int, in pack: RulePack
  ) -> Generation.LinkedGround? {
    let clause = resolve(name, "clause", clauseNumbers, in: pack)
    let formula = link(condition, in: pack)
    let defeats = exceptions.compactMap { exception in
      link(clause: exception.clause, exception.condition, exception.exceptions, day: day, in: pack)
    }
    guard let clause, let formula else { return nil }
    let days = generation.clause(clause).days
    let inForce = Formula.atom(.init(variable: day, values: days))
    let undefeated = defeats.map { Formula.not($0.formula) }
    return .init(
      clause: clause, days: days, condition: formula, exceptions: defeats,
      formula: .all([inForce, formula] + undefeated))
  }

  mutating func link(_ condition: Condition, in pack: RulePack) -> Formula? {
    switch condition.kind {
    case .named(let name): return link(name, in: pack)
    case .all(let parts): return link(parts, in: pack).map(Formula.all)
    case .any(let parts): return link(parts, in: pack).map(Formula.any)
    case .not(let part): return link(part, in: pack).map(Formula.not)
    case .atLeast(let count, let parts): return link(parts, in: pack).map { .atLeast(count, $0) }
    case .exactly(let count, let parts): return link(parts, in: pack).map { .exactly(count, $0) }
    case .ifThen(let premise, let conclusion):
      let parts = link([premise, conclusion], in: pack)
      return parts.map { .any([.not($0[0]), $0[1]]) }
    case .compare(let name, let comparison): return link(name, comparison, in: pack)
    }
  }

  private mutating func link(_ parts: [Condition], in pack: RulePack) -> [Formula]? {
    let formulas = parts.compactMap { link($0, in: pack) }
    return formulas.count == parts.count ? formulas : nil
  }

  private mutating func link(_ name: Name, in pack: RulePack) -> Formula? {
    let qualified = name.text.contains(".") ? name.text : pack.id + "." + name.text
    if let rule = ruleNumbers[qualified] {
      return resolve(name, "name", ruleNumbers, in: pack) == nil ? nil : .rule(rule)
    }
    var names = factNumbers
    names.merge(ruleNumbers) { first, _ in first }
    guard let number = resolve(name, "name", names, in: pack) else { return nil }
    let fact = generation.facts[number]
    guard fact.declaration.type == .yesNo else {
      report(.notYesNo(name.text), at: name.location)
      return nil
    }
    return .atom(.init(variable: fact.variables.lowerBound, values: .yes))
  }

  private mutating func link(_ name: Name, _ comparison: Condition.Comparison, in pack: RulePack) -> Formula?
  {
    let qualified = name.text.contains(".") ? name.text : pack.id + "." + name.text
    if ruleNumbers[qualified] != nil {
      report(.comparesRule(name.text), at: name.location)
      return nil
    }
    guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
    let fact = generation.facts[number]
    if case .set(let members) = fact.declaration.type { return link(fact, members, comparison, name) }
    guard let values = values(comparison, of: fact.declaration, name) else { return nil }
    return .atom(.init(variable: fact.variables.lowerBound, values: values))
  }

  private mutating func link(
    _ fact: Generation.LinkedFact, _ members: [String], _ comparison: Condition.Comparison, _ name: Name
  ) -> Formula? {
    func atom(_ member: Int) -> Formula {
      .atom(.init(variable: fact.variables.lowerBound + member, values: .yes))
    }
    switch comparison {
    case .hasAny: return .any(members.indices.map(atom))
    case .has(let names):
      let numbers = names.map { member($0, among: members, of: name.text) }
      let found = numbers.compactMap { $0 }
      return found.count == numbers.count ? .all(found.map(atom)) : nil
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
