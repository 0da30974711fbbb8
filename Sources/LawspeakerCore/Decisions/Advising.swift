// SPDX-License-Identifier: Apache-2.0

/// What is open, what is disregarded, what clashes.
extension Decider {
  /// What is open about a conclusion.
  func advice(_ number: Int, _ frame: FrameBox, _ box: Box) -> Advice.OpenConclusion {
    let days = frame.frame.days
    guard frame.frame.tied.isEmpty,
      let rest = generation.plan.untouchedRest(of: number, days, in: box, isRefused: { isSpokenOfInVain[$0] })
    else { return workOutAdvice(number, frame, box) }
    var advice = generation.plan.untouched.advice(on: rest) { workOutAdvice(number, frame, box) }
    advice.isUntouched = isUntouched(number, advice.grounds)
    return advice
  }

  private func workOutAdvice(_ number: Int, _ frame: FrameBox, _ box: Box) -> Advice.OpenConclusion {
    let rule = generation.rules[number]
    var facts: [Advice.OpenFact] = []
    for variable in frame.evaluator.mattering(in: rule.node, box) {
      guard let fact = generation.variables[variable].fact else { continue }
      let member = generation.variables[variable].member
      if let place = facts.firstIndex(where: { $0.fact == fact }) {
        facts[place].members += member.map { facts[place].members.contains($0) ? [] : [$0] } ?? []
      } else {
        let isRefused = self.box.file.given.contains { $0.fact == fact && $0.manner == .refused }
        facts.append(
          .init(
            fact: fact, members: member.map { [$0] } ?? [], isRefused: isRefused,
            foundOnlyTo: foundOnlyTo(variable)))
      }
    }
    let grounds = rule.grounds.compactMap { ground -> Advice.OpenGround? in
      guard box.truths[ground.node] == .open else { return nil }
      let open = ground.parts.filter { box.truths[$0.node] == .open }
      return .init(clause: ground.clause, missing: open.map(\.element))
    }
    let holdsIf = settlement(rule.node, being: true, frame, box)
    let failsIf = settlement(rule.node, being: false, frame, box)
    return .init(
      rule: number, grounds: grounds, facts: facts, ask: next(facts, rule, box), holdsIf: holdsIf,
      failsIf: failsIf, isUntouched: isUntouched(number, grounds))
  }

  /// The variable through which a rule looks at what a file speaks of.
  private func view(of variable: Int, by rule: Generation.LinkedRule) -> Int {
    rule.reach.first { generation.variables[$0].base == variable } ?? variable
  }

  /// The standard to which the file states a variable, if the rule asks for a higher one.
  private func foundOnlyTo(_ variable: Int) -> Standard? {
    let looked = generation.variables[variable]
    guard looked.standard != nil, box.statements[variable] == nil else { return nil }
    for given in box.file.given where given.fact == looked.fact {
      if let statement = given.values.first(where: { $0.variable == looked.base }) {
        return statement.foundTo
      }
    }
    return nil
  }

  /// The smallest ways to settle a conclusion, each checked and without a fact that could be spared.
  private func settlement(
    _ node: Int, being wanted: Bool, _ frame: FrameBox, _ box: Box
  ) -> Advice.Settlement {
    let settling = generation.plan.settling(node, being: wanted, in: box)
    var smallest: [[ReasonFact]] = []
    for way in settling.smallest.prefix(3) {
      let spared = sparing(way, node, wanted, frame, box)
      let facts = spared.map { step in
        ReasonFact(
          variable: generation.variables[step.variable].base,
          values: generation.plan.values(step.cells, of: step.variable))
      }.withoutRepetition()
      if !smallest.contains(facts) { smallest.append(facts) }
    }
    return .init(smallest: smallest, ways: settling.count)
  }

  /// Leaves out of a way what the rest settles without it.
  private func sparing(
    _ way: Settling.Way, _ node: Int, _ wanted: Bool, _ frame: FrameBox, _ box: Box
  ) -> Settling.Way {
    var kept = way
    for place in way.indices.reversed() {
      var fewer = kept
      fewer.remove(at: place)
      let narrowed = box.narrowed(to: fewer, generation.plan, asking: node)
      if frame.evaluator.isForced(node, being: wanted, in: narrowed) == true { kept = fewer }
    }
    return kept
  }

  /// True if the file says nothing about what a rule asks, or each of its grounds waits for a conclusion of its own of
  /// which that is true.
  ///
  /// A matter that some body decides does not wait so: what is said of it shows.
  private func isUntouched(_ number: Int, _ grounds: [Advice.OpenGround]) -> Bool {
    if !saysSomething(about: number) { return true }
    return generation.rules[number].declaration.competent.isEmpty && !grounds.isEmpty
      && grounds.allSatisfy { ground in
        ground.missing.contains { element in
          guard case .rule(let inner) = element else { return false }
          return generation.rules[inner].declaration.about != nil && !saysSomething(about: inner)
        }
      }
  }

  /// True if the file says something about what a rule compares.
  func saysSomething(about rule: Int) -> Bool {
    generation.isTouched(rule) { box.statements[$0] != nil }
  }

  /// The question to ask next: never a refused fact, no sensitive one while another is open; of the rest the one that
  /// takes away most open facts for its burden, and of equals the one that the rule names first.
  private func next(_ facts: [Advice.OpenFact], _ rule: Generation.LinkedRule, _ box: Box) -> Int? {
    let askable = facts.filter { !$0.isRefused && $0.foundOnlyTo == nil }
    let open = askable.filter { !generation.facts[$0.fact].declaration.isSensitive }
    var weighing = QuestionWeighing(generation, rule.node, in: box)
    var best: (fact: Int, value: QuestionValue)?
    for open in open.isEmpty ? askable : open {
      let fact = generation.facts[open.fact]
      let first = fact.variables.lowerBound
      let members = open.members.isEmpty ? [first] : open.members.map { first + $0 }
      let variables = members.map { view(of: $0, by: rule) }
      let value = weighing.value(of: variables, burden: fact.declaration.burden)
      if let best, !value.isWorthMore(than: best.value, openNow: facts.count) { continue }
      best = (open.fact, value)
    }
    return best?.fact
  }

  /// What the file says that no conclusion may weigh.
  func disregarded(_ conclusions: [Conclusion], _ frames: FrameBoxes) -> [Disregarded] {
    let rules = conclusions.map(\.rule)
    let open = Set(conclusions.filter { $0.status == .undetermined }.map(\.rule))
    let said = box.file.given.filter { $0.manner == .stated || $0.manner == .denied }
    let read = variablesRead(by: rules + conditionsBeside())
    return said.flatMap { given -> [Disregarded] in
      let claims = generation.irrelevances.filter { $0.fact == given.fact && rules.contains($0.rule) }
      let byRule = Set(claims.map(\.rule)).sorted()
      let disregarded = byRule.flatMap { rule in
        weigh(claims.filter { $0.rule == rule }, isOpen: open.contains(rule), frames)
      }
      if claims.isEmpty, !generation.facts[given.fact].variables.contains(where: { read[$0] }) {
        return [.init(fact: given.fact, rule: nil, because: .notRead, clause: nil, until: [])]
      }
      return disregarded
    }
  }

  /// The conditions of presumptions, cautions and readings, which read facts as rules do.
  private func conditionsBeside() -> [Int] {
    let packs = box.file.packs
    return generation.presumptions.filter { packs.contains($0.pack) }.map(\.condition)
      + generation.cautions.filter { packs.contains($0.pack) }.map(\.condition)
      + generation.readings.filter { packs.contains($0.pack) }.flatMap { $0.conditions.compactMap { $0 } }
  }

  /// For each variable, whether any of some rules reaches it, or a limit is counted from it.
  private func variablesRead(by rules: [Int]) -> [Bool] {
    var isRead = [Bool](repeating: false, count: generation.variables.count)
    for case let from? in generation.duties.map(\.from) { isRead[from] = true }
    for rule in rules {
      for variable in generation.rules[rule].reach { isRead[generation.variables[variable].base] = true }
    }
    return isRead
  }

  /// Of several clauses about one fact and one conclusion, those that say most.
  ///
  /// A fact waits to be weighed only while the conclusion is open: in a decided one it is not what decides.
  private func weigh(
    _ claims: [Generation.LinkedIrrelevance], isOpen: Bool, _ frames: FrameBoxes
  ) -> [Disregarded] {
    let weighed = claims.compactMap { claim -> Disregarded? in
      let frame = frames.box(of: claim.rule)
      if let node = claim.node { frame.read(node) }
      guard let completions = frame.completions else { return nil }
      let verity = claim.node.map { frame.evaluator.verity(of: $0, in: completions) } ?? .always
      let (isTrue, isFalse) = (verity == .always, verity == .never)
      let because: Disregarded.Because =
        isTrue ? .irrelevant : isFalse || !isOpen ? .notDecisive : .cannotBeWeighed
      // it may be what decides, where the clause does not speak
      if because == .notDecisive, generation.reaches(claim.rule, fact: claim.fact) { return nil }
      let until = because == .cannotBeWeighed ? claim.whenever.map { [generation.element(of: $0)] } ?? [] : []
      return .init(fact: claim.fact, rule: claim.rule, because: because, clause: claim.clause, until: until)
    }
    let order: [Disregarded.Because] = [.irrelevant, .cannotBeWeighed, .notDecisive]
    let first = order.first { because in weighed.contains { $0.because == because } }
    let chosen = weighed.filter { $0.because == first }
    return first == .notDecisive ? Array(chosen.prefix(1)) : chosen
  }

  func cautions() -> [Caution] {
    let ofFacts = box.file.given.compactMap { given -> Caution? in
      let denials =
        given.accounts.isEmpty
        ? [(given.manner, given.source)] : given.accounts.map { ($0.manner, $0.source) }
      if denials.contains(where: { $0.0 == .denied && $0.1 == nil }) {
        return .denialWithoutSource(fact: given.fact)
      }
      return given.manner == .notProved ? .notProved(fact: given.fact) : nil
    }
    let unseen = box.file.packs.filter { generation.packs[$0].source.checked < box.file.assessedOn }
    return ofFacts + unseen.map { .notLookedAt(pack: $0) }
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
      found += clashes(among: rule.reach, rule.relations.map { generation.relations[$0] }, touching: touched)
        .prefix(1)
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
      found.append(
        Contradiction(facts: reasonFacts(kept), touches: touched.filter { isClash(kept, for: $0) }))
      guard
        let age = kept.first(where: { variable in relations.contains { $0.age == variable } }) ?? kept.last
      else {
        break
      }
      stated.removeAll { $0 == age }
    }
    return found
  }

  /// True if some facts alone leave a conclusion no completion.
  private func isClash(_ variables: [Int], for number: Int) -> Bool {
    let rule = generation.rules[number]
    let reached = rule.reach.filter { variables.contains(generation.variables[$0].base) }
    return box.domains(saying: reached, relations: rule.relations.map { generation.relations[$0] }) == nil
  }

  private func reasonFacts(_ variables: [Int]) -> [ReasonFact] {
    variables.compactMap { box.reasonFact($0) }.withoutRepetition()
  }

  /// The variables that ages tie together, and each governing day that stands alone; packs that do not apply left out.
  private func tiedGroups() -> [[Int]] {
    var groups: [Set<Int>] = generation.governingDays.sorted().map { [$0] }
    for relation in generation.relations where generation.variables[relation.age].standard == nil {
      let tied = Set([relation.age, relation.asOf, relation.since]).subtracting([Generation.assessedOn])
      let joined = groups.filter { !$0.isDisjoint(with: tied) }
      groups.removeAll { joined.contains($0) }
      groups.append(joined.reduce(tied) { $0.union($1) })
    }
    return groups.map { $0.sorted() }.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }
}
