// SPDX-License-Identifier: Apache-2.0

/// What is open, what is disregarded, what clashes.
extension Decider {
  func advice(_ number: Int, _ evaluator: Evaluator, _ domains: Domains) -> Advice.OpenConclusion {
    let rule = generation.rules[number]
    var facts: [Advice.OpenFact] = []
    for variable in evaluator.mattering(in: rule.formula, domains) {
      guard let fact = generation.variables[variable].fact else { continue }
      let member = generation.variables[variable].member
      if let place = facts.firstIndex(where: { $0.fact == fact }) {
        facts[place].members += member.map { [$0] } ?? []
      } else {
        let isRefused = box.file.given.contains { $0.fact == fact && $0.manner == .refused }
        facts.append(.init(fact: fact, members: member.map { [$0] } ?? [], isRefused: isRefused))
      }
    }
    let grounds = rule.grounds.compactMap { ground -> Advice.OpenGround? in
      guard evaluator.truth(of: ground.formula, in: domains) == .open else { return nil }
      let open = parts(of: ground, day: rule.day).filter { evaluator.truth(of: $0.formula, in: domains) == .open }
      return .init(clause: ground.clause, missing: open.map(\.element))
    }
    return .init(rule: number, grounds: grounds, facts: facts, ask: next(facts))
  }

  /// The question to ask next: never a refused one, a sensitive one last, the least burden first, then rule order.
  private func next(_ facts: [Advice.OpenFact]) -> Int? {
    let askable = facts.filter { !$0.isRefused }
    let costs = askable.map { open in
      let declaration = generation.facts[open.fact].declaration
      return (declaration.isSensitive ? 1 : 0, declaration.burden)
    }
    guard let least = costs.min(by: <), let place = costs.firstIndex(where: { $0 == least }) else { return nil }
    return askable[place].fact
  }

  /// What the file says that no conclusion may weigh.
  func disregarded(_ rules: [Int]) -> [Disregarded] {
    let said = box.file.given.filter { $0.manner == .stated || $0.manner == .denied }
    return said.flatMap { given -> [Disregarded] in
      let claims = generation.irrelevances.filter { $0.fact == given.fact && rules.contains($0.rule) }
      let byRule = Set(claims.map(\.rule)).sorted()
      let disregarded = byRule.flatMap { rule in weigh(claims.filter { $0.rule == rule }) }
      if disregarded.isEmpty, !isRead(given.fact, by: rules) {
        return [.init(fact: given.fact, rule: nil, because: .notRead, clause: nil, until: [])]
      }
      return disregarded
    }
  }

  private func isRead(_ fact: Int, by rules: [Int]) -> Bool {
    let variables = generation.facts[fact].variables
    return rules.contains { generation.rules[$0].reach.contains(where: variables.contains) }
  }

  /// Of several clauses about one fact and one conclusion, those that say most.
  private func weigh(_ claims: [Generation.LinkedIrrelevance]) -> [Disregarded] {
    let weighed = claims.compactMap { claim -> Disregarded? in
      let rule = generation.rules[claim.rule]
      guard let all = box.domains(for: rule), let domains = box.inForce(all, for: rule) else { return nil }
      let evaluator = Evaluator(generation, relations: rule.relations)
      let isTrue = claim.whenever.map { evaluator.isForced($0, being: true, in: domains) == true } ?? true
      let isFalse = claim.whenever.map { evaluator.isForced($0, being: false, in: domains) == true } ?? false
      let because: Disregarded.Because = isTrue ? .irrelevant : isFalse ? .notDecisive : .cannotBeWeighed
      let until = because == .cannotBeWeighed ? claim.whenever.map { [element(of: $0)] } ?? [] : []
      return .init(fact: claim.fact, rule: claim.rule, because: because, clause: claim.clause, until: until)
    }
    let order: [Disregarded.Because] = [.irrelevant, .cannotBeWeighed, .notDecisive]
    let first = order.first { because in weighed.contains { $0.because == because } }
    return weighed.filter { $0.because == first }
  }

  func cautions() -> [Caution] {
    box.file.given.filter { $0.manner == .denied && $0.source == nil }.map { .denialWithoutSource(fact: $0.fact) }
  }

  /// Every clash among ages, births and days, whether or not a conclusion reaches it.
  ///
  /// Clashes of one group of tied facts are looked for one after the other, each without one fact of the one before, so
  /// that two people's ages are two clashes; a contradictory conclusion that none of them explains names its own.
  func contradictions(touching touched: [Int]) -> [Contradiction] {
    let groups = tiedGroups().flatMap { group in
      clashes(among: group, generation.relations.filter { group.contains($0.age) }, touching: touched)
    }
    return touched.reduce(into: groups) { found, number in
      guard !found.contains(where: { $0.touches.contains(number) }) else { return }
      let rule = generation.rules[number]
      found += clashes(among: rule.reach, rule.relations.map { generation.relations[$0] }, touching: touched).prefix(1)
    }
  }

  private func clashes(
    among variables: [Int], _ relations: [Generation.AgeRelation], touching touched: [Int]
  ) -> [Contradiction] {
    var stated = variables.filter { box.statements[$0] != nil }
    var found: [Contradiction] = []
    while box.domains(saying: stated, relations: relations) == nil {
      var kept = stated
      for variable in kept.reversed() {
        let fewer = kept.filter { $0 != variable }
        if box.domains(saying: fewer, relations: relations) == nil { kept = fewer }
      }
      found.append(Contradiction(facts: reasonFacts(kept), touches: touched.filter { isClash(kept, for: $0) }))
      guard let age = kept.first(where: { variable in relations.contains { $0.age == variable } }) ?? kept.last else {
        break
      }
      stated.removeAll { $0 == age }
    }
    return found
  }

  /// True if some facts alone leave a conclusion no completion.
  private func isClash(_ variables: [Int], for number: Int) -> Bool {
    let rule = generation.rules[number]
    let reached = variables.filter { rule.reach.contains($0) }
    return box.domains(saying: reached, relations: rule.relations.map { generation.relations[$0] }) == nil
  }

  private func reasonFacts(_ variables: [Int]) -> [ReasonFact] {
    variables.compactMap { variable in box.statements[variable].map { ReasonFact(variable: variable, values: $0) } }
  }

  /// The variables that ages tie together, and each governing day that stands alone; packs that do not apply left out.
  private func tiedGroups() -> [[Int]] {
    var groups: [Set<Int>] = generation.governingDays.sorted().map { [$0] }
    for relation in generation.relations {
      let tied = Set([relation.age, relation.asOf, relation.since]).subtracting([Generation.assessedOn])
      let joined = groups.filter { !$0.isDisjoint(with: tied) }
      groups.removeAll { joined.contains($0) }
      groups.append(joined.reduce(tied) { $0.union($1) })
    }
    return groups.map { $0.sorted() }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}
