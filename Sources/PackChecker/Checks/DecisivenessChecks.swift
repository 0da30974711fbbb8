// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Facts and readings on which nothing can ever turn, whatever the other facts, the day and the readings are.
extension SpaceChecks {
  mutating func checkDecisiveness() {
    var facts = factsRead().subtracting(
      generation.facts.indices.filter { explained.contains(generation.facts[$0].id) })
    var readings = Set(generation.readings.indices)
    for end in ends() {
      let reached = Set(generation.rules[end].reach.map(generation.whole))
      let isAsked =
        facts.contains { !reached.isDisjoint(with: generation.facts[$0].variables) }
        || readings.contains { reached.contains(generation.readings[$0].variable) }
      guard isAsked else { continue }
      space = space.fresh()
      let truth = space.truth(ofRule: end)
      // what could not be settled may be decisive
      let compared = Set(space.isOverBudget ? generation.rules[end].reach : space.variables(of: truth))
      facts = facts.filter { fact in
        let variables = generation.facts[fact].variables
        return compared.isDisjoint(with: variables) || !space.canTurn(truth, on: Array(variables))
      }
      readings = readings.filter { reading in
        let choice = generation.readings[reading].variable
        return !compared.contains(choice) || !space.canTurn(truth, on: [choice])
      }
    }
    for fact in facts.map({ generation.facts[$0].declaration }) {
      report(.neverDecisive(fact.name), at: fact.location)
    }
    for reading in readings.map({ generation.readings[$0].declaration }) {
      report(.idleReading(reading.name), at: reading.location)
    }
  }

  /// What somebody is told: conclusions, rules that no other stands on, and the conditions of presumptions and cautions.
  private func ends() -> [Int] {
    var inner: Set<String> = []
    for rule in generation.rules.prefix(generation.ownRules) {
      rule.formula.forEachLeaf({ _ in }, rule: { inner.insert(generation.rules[$0].id) })
    }
    let rules = (0..<generation.ownRules).filter {
      let rule = generation.rules[$0]
      return rule.declaration.about != nil || !inner.contains(rule.id)
    }
    let steps = generation.presumptions.map(\.condition) + generation.cautions.map(\.condition)
    return Set(rules + steps + generation.duties.map(\.rule)).sorted()
  }

  /// The facts that some formula compares.
  private func factsRead() -> Set<Int> {
    var read: Set<Int> = []
    for rule in generation.rules {
      rule.formula.forEachLeaf(
        { atom in generation.variables[atom.variable].fact.map { _ = read.insert($0) } }, rule: { _ in })
    }
    return read
  }
}
