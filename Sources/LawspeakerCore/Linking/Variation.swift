// SPDX-License-Identifier: Apache-2.0

/// A generation whose rules can be put otherwise, to see whether anything notices.
package struct Variation: Sendable {
  /// The generation as it is, with room for what it is varied by.
  package let generation: Generation
  /// The rules, each after those it stands on.
  private let order: [Int]
  /// For each rule those it stands on directly.
  private let standing: [[Int]]

  /// Prepares a generation; nil if there are more ways to tell a variable apart than there is room for.
  ///
  /// - Parameters:
  ///   - generation: The packs, with every name resolved.
  ///   - extra: What variables will be compared with, beside what they are compared with now.
  package init?(_ generation: Generation, tellingApart extra: [Formula.Atom]) {
    var linker = Linker([])
    linker.generation = generation
    linker.layOut(tellingApart: extra)
    guard linker.problems.isEmpty else { return nil }
    self.generation = linker.generation
    standing = generation.rules.map { rule in
      var inner: [Int] = []
      rule.formula.forEachLeaf({ _ in }, rule: { inner.append($0) })
      return inner
    }
    var ordered: [Int] = []
    var placed: Set<Int> = []
    func place(_ rule: Int, _ standing: [[Int]]) {
      guard placed.insert(rule).inserted else { return }
      for inner in standing[rule] { place(inner, standing) }
      ordered.append(rule)
    }
    for rule in generation.rules.indices { place(rule, standing) }
    order = ordered
  }

  /// The generation in which some rules mean something else, and so do those that stand on them.
  ///
  /// Statuses are right under it; grounds, reasons and what rules reach are left as they were.
  package func replacing(_ formulas: [Int: Formula]) -> Generation {
    var varied = generation
    var isChanged = [Bool](repeating: false, count: varied.rules.count)
    for rule in order {
      let formula = formulas[rule]
      guard formula != nil || standing[rule].contains(where: { isChanged[$0] }) else { continue }
      isChanged[rule] = true
      varied.plan.add(rule: rule, formula ?? varied.rules[rule].formula)
      let node = varied.plan.rules[rule]
      varied.plan.prepare(node)
      varied.rules[rule].node = node
    }
    return varied
  }
}
