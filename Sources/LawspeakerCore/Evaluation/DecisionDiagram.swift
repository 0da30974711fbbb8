// SPDX-License-Identifier: Apache-2.0

/// A reduced ordered binary decision diagram (Bryant 1986) over the cells of variables.
///
/// A variable with cells 0…n is asked "beyond cell 0?", "beyond cell 1?" and so on: its thresholds stand next to each
/// other, and no path gives it two values. Nodes are shared, so two formulas are equal where their nodes are.
package struct DecisionDiagram: Sendable {
  /// A node of the diagram, by number.
  package typealias Reference = Int32

  /// What is true of nothing.
  package static let no: Reference = 0
  /// What is true of everything.
  package static let yes: Reference = 1

  struct Node {
    let level: Int32
    let low: Reference
    let high: Reference
  }

  private(set) var nodes: [Node] = [Node(level: .max, low: 0, high: 0), Node(level: .max, low: 1, high: 1)]
  /// The node of a level and what follows on either side.
  private var unique = TripleTable()
  /// The result of choosing by one function between two others.
  private var results = TripleTable()
  /// How many nodes it may have.
  package let budget: Int

  /// How many nodes the diagram of one question may have: a constant of decision format 1, never a time.
  package static let standardBudget = 200_000

  /// A diagram of nothing yet.
  package init(budget: Int = standardBudget) { self.budget = budget }

  /// True if a question outgrew its budget; what was built since means nothing.
  package var isOverBudget: Bool { nodes.count > budget }

  /// How many nodes it has.
  package var count: Int { nodes.count }

  /// A function of one variable alone: what each of its possible cells leads to, in rising order.
  ///
  /// - Parameters:
  ///   - level: The level of the variable's first cell; each variable has 64 levels of its own.
  ///   - outcomes: The possible cells with what each leads to; at least one.
  /// - Returns: The function.
  package mutating func choice(level: Int32, _ outcomes: [(cell: Int, result: Reference)]) -> Reference {
    var reference = outcomes[outcomes.count - 1].result
    for outcome in outcomes.dropLast().reversed() {
      reference = node(level + Int32(outcome.cell), low: outcome.result, high: reference)
    }
    return reference
  }

  private mutating func node(_ level: Int32, low: Reference, high: Reference) -> Reference {
    if low == high { return low }
    if let known = unique[level, low, high] { return known }
    guard !isOverBudget else { return Self.no }
    nodes.append(Node(level: level, low: low, high: high))
    let reference = Reference(nodes.count - 1)
    unique.note(reference, level, low, high)
    return reference
  }

  /// True where another is not.
  package mutating func not(_ a: Reference) -> Reference { choose(a, Self.no, Self.yes) }

  /// True where both are.
  package mutating func and(_ a: Reference, _ b: Reference) -> Reference { choose(a, b, Self.no) }

  /// True where one of them is.
  package mutating func or(_ a: Reference, _ b: Reference) -> Reference { choose(a, Self.yes, b) }

  /// If `test` then `then` else `otherwise`: every operation of two truth values is one of these.
  package mutating func choose(_ test: Reference, _ then: Reference, _ otherwise: Reference) -> Reference {
    var (test, then, otherwise) = (
      test, then == test ? Self.yes : then, otherwise == test ? Self.no : otherwise
    )
    if test == Self.yes || then == otherwise { return then }
    if test == Self.no { return otherwise }
    if then == Self.yes, otherwise == Self.no { return test }
    // that both are, or one of them, is found again whichever was named first
    if otherwise == Self.no, then < test { swap(&test, &then) }
    if then == Self.yes, otherwise < test { swap(&test, &otherwise) }
    if let known = results[test, then, otherwise] { return known }
    guard !isOverBudget else { return Self.no }
    let level = min(self.level(test), self.level(then), self.level(otherwise))
    let low = choose(low(test, level), low(then, level), low(otherwise, level))
    let high = choose(high(test, level), high(then, level), high(otherwise, level))
    let result = node(level, low: low, high: high)
    results.note(result, test, then, otherwise)
    return result
  }

  private func level(_ a: Reference) -> Int32 { nodes[Int(a)].level }

  private func low(_ a: Reference, _ level: Int32) -> Reference {
    nodes[Int(a)].level == level ? nodes[Int(a)].low : a
  }

  private func high(_ a: Reference, _ level: Int32) -> Reference {
    nodes[Int(a)].level == level ? nodes[Int(a)].high : a
  }

  /// True if at least, or exactly, a number of functions are true.
  package mutating func count(_ parts: [Reference], atLeast wanted: Int, isExact: Bool) -> Reference {
    // row[k]: k more are wanted of the parts seen so far from the end
    var row = (0...wanted).map { $0 == 0 ? Self.yes : Self.no }
    for part in parts.reversed() {
      var next = row
      for need in 0...wanted {
        let withPart = need > 0 ? row[need - 1] : isExact ? Self.no : Self.yes
        next[need] = choose(part, withPart, row[need])
      }
      row = next
    }
    return row[wanted]
  }

  /// The function that is left when a variable is in one of its cells.
  package mutating func fixing(_ a: Reference, level first: Int32, cell: Int) -> Reference {
    var memo = Memo(below: a)
    return fixing(a, first, cell, &memo)
  }

  private mutating func fixing(
    _ a: Reference, _ first: Int32, _ cell: Int, _ memo: inout Memo
  ) -> Reference {
    let node = nodes[Int(a)]
    if node.level >= first + 64 { return a }
    if let known = memo[a] { return known }
    let result: Reference
    if node.level >= first {
      let isBeyond = cell > Int(node.level - first)
      result = fixing(isBeyond ? node.high : node.low, first, cell, &memo)
    } else {
      let low = fixing(node.low, first, cell, &memo)
      result = self.node(node.level, low: low, high: fixing(node.high, first, cell, &memo))
    }
    memo[a] = result
    return result
  }

  /// The threshold that a function asks about first, and what it is on either side; nil for what is constant.
  package func split(_ a: Reference) -> (level: Int32, low: Reference, high: Reference)? {
    let node = nodes[Int(a)]
    return node.level == .max ? nil : (node.level, node.low, node.high)
  }

  /// The function that is true where some cell of a variable makes another true.
  package mutating func forgetting(_ a: Reference, level first: Int32) -> Reference {
    var memo = Memo(below: a)
    return forgetting(a, first, &memo)
  }

  private mutating func forgetting(
    _ a: Reference, _ first: Int32, _ memo: inout Memo
  ) -> Reference {
    let node = nodes[Int(a)]
    if node.level >= first + 64 { return a }
    if let known = memo[a] { return known }
    let low = forgetting(node.low, first, &memo)
    let high = forgetting(node.high, first, &memo)
    let result = node.level >= first ? or(low, high) : self.node(node.level, low: low, high: high)
    memo[a] = result
    return result
  }

  /// The thresholds that functions ask about, rising.
  package func levels(of roots: [Reference]) -> [Int32] {
    var seen = [Bool](repeating: false, count: Int(roots.max() ?? 0) + 1)
    var levels: Set<Int32> = []
    var waiting = roots
    while let next = waiting.popLast() {
      if seen[Int(next)] { continue }
      seen[Int(next)] = true
      guard let (level, low, high) = split(next) else { continue }
      levels.insert(level)
      waiting.append(low)
      waiting.append(high)
    }
    return levels.sorted()
  }

  /// What was found for the nodes of a function: its own and what follows it, all of lesser numbers.
  private struct Memo {
    private var found: [Reference]

    init(below root: Reference) { found = Array(repeating: -1, count: Int(root) + 1) }

    subscript(_ a: Reference) -> Reference? {
      get { found[Int(a)] < 0 ? nil : found[Int(a)] }
      set { found[Int(a)] = newValue ?? -1 }
    }
  }
}
