// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// What a rule stands on: other rules, and the facts it can reach.
extension Linker {
  /// Refuses rules that stand on one another; false if there are any.
  mutating func findRuleCycles() -> Bool {
    var finished: Set<Int> = []
    var path: [Int] = []
    var found = false
    func visit(_ rule: Int, report: ([Int]) -> Void) {
      if let start = path.firstIndex(of: rule) { return report(Array(path[start...]) + [rule]) }
      guard !finished.contains(rule) else { return }
      path.append(rule)
      generation.rules[rule].formula.forEachLeaf({ _ in }, rule: { visit($0, report: report) })
      path.removeLast()
      finished.insert(rule)
    }
    var cycles: [[Int]] = []
    for rule in generation.rules.indices {
      visit(rule) { cycle in
        if !cycles.contains(where: { Set($0) == Set(cycle) }) { cycles.append(cycle) }
      }
    }
    for cycle in cycles {
      found = true
      let names = cycle.map { generation.rules[$0].id }
      report(.cycle(names, "rule"), at: generation.rules[cycle[0]].declaration.location)
    }
    return !found
  }

  mutating func computeReach() {
    var reaches: [Int: Set<Int>] = [:]
    for rule in generation.rules.indices {
      let (reach, relations) = closure(of: directReach(of: rule, &reaches))
      generation.rules[rule].reach = reach.sorted()
      generation.rules[rule].relations = relations
    }
  }

  private func directReach(of rule: Int, _ known: inout [Int: Set<Int>]) -> Set<Int> {
    if let reach = known[rule] { return reach }
    var reach: Set<Int> = [generation.rules[rule].day]
    var inner: [Int] = []
    generation.rules[rule].formula.forEachLeaf({ reach.insert($0.variable) }, rule: { inner.append($0) })
    for rule in inner { reach.formUnion(directReach(of: rule, &known)) }
    known[rule] = reach
    return reach
  }

  /// Adds what is tied to what is reached: an age brings its two days, a date of birth the ages that follow from it.
  private func closure(of direct: Set<Int>) -> (reach: Set<Int>, relations: [Int]) {
    var reach = direct
    var relations: Set<Int> = []
    var grew = true
    while grew {
      grew = false
      for (number, relation) in generation.relations.enumerated() where !relations.contains(number) {
        guard reach.contains(relation.age) || reach.contains(relation.since) else { continue }
        relations.insert(number)
        reach.formUnion([relation.age, relation.asOf, relation.since])
        grew = true
      }
    }
    return (reach, relations.sorted())
  }

  mutating func linkIrrelevances() {
    for (number, pack) in generation.packs.enumerated() {
      for entry in pack.irrelevances {
        let fact = resolve(entry.fact, "fact", factNumbers, in: pack)
        let rule = resolve(entry.rule, "rule", ruleNumbers, in: pack)
        let clause = resolve(entry.clause, "clause", clauseNumbers, in: pack)
        let whenever = entry.whenever.map { link($0, in: pack) }
        guard let fact, let rule, let clause, whenever != .some(nil) else { continue }
        generation.irrelevances.append(
          .init(
            pack: number, fact: fact, rule: rule, clause: clause, whenever: whenever ?? nil,
            declaration: entry))
      }
    }
  }

  mutating func linkNotModelled() {
    for pack in generation.packs {
      for entry in pack.notModelled {
        let clause = resolve(entry.clause, "clause", clauseNumbers, in: pack)
        let rules = entry.touches.compactMap { resolve($0, "rule", ruleNumbers, in: pack) }
        guard let clause else { continue }
        for rule in rules { generation.rules[rule].notModelled.append(clause) }
      }
    }
  }

  /// The conclusions that a pack's tests expect must exist.
  mutating func checkExpectations() {
    for pack in generation.packs {
      for test in pack.tests {
        for expectation in test.expected { _ = resolve(expectation.rule, "rule", ruleNumbers, in: pack) }
      }
    }
  }
}

extension Generation {
  /// True if the answer of a rule can depend on a fact, under whatever standard or reading.
  package func reaches(_ rule: Int, fact: Int) -> Bool {
    rules[rule].reach.contains { variables[$0].fact == fact }
  }

  /// The ids of the rules through which a rule reaches a fact, and of the fact; nil if none of them reads it.
  package func path(from rule: Int, to fact: Int) -> [String]? {
    var isRead = false
    var inner: [Int] = []
    rules[rule].formula.forEachLeaf(
      { if variables[$0.variable].fact == fact { isRead = true } }, rule: { inner.append($0) })
    if isRead { return [rules[rule].id, facts[fact].id] }
    for next in inner {
      if let rest = path(from: next, to: fact) { return [rules[rule].id] + rest }
    }
    return nil
  }
}
