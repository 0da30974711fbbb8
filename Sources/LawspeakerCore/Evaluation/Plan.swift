// SPDX-License-Identifier: Apache-2.0

/// A generation's formulas laid out flat, so that one pass over an array reads all of them.
///
/// The values of each variable are cut into cells: two values in one cell are treated alike by every comparison of
/// every rule. What a variable can still be is then a set of cells, in one machine word.
package struct Plan: Sendable {
  /// One step of a formula; what it is made of comes before it.
  struct Node: Sendable {
    enum Kind: Sendable {
      /// The variable `number` lies in the cells `mask`.
      case atom
      case not
      case all
      case any
      /// At least `number` of the parts.
      case atLeast
      /// Exactly `number` of the parts.
      case exactly
    }

    let kind: Kind
    /// For an atom, the variable; for a count, the count.
    let number: Int
    /// For an atom, the cells that make it true.
    let mask: UInt64
    /// The parts, as a range of ``Plan/parts``.
    let range: Range<Int>
  }

  private(set) var nodes: [Node] = []
  /// The parts of all nodes, one after the other.
  private(set) var parts: [Int] = []
  /// The cells of each variable, by their least value.
  package private(set) var cells: [[ValueSet]] = []
  /// Every cell of each variable.
  package private(set) var full: [UInt64] = []
  /// The node of each rule.
  private(set) var rules: [Int] = []
  /// What has been worked out about what cases leave untouched.
  let untouched = UntouchedAdvice()
  /// The cone of each node that is asked about by itself.
  private var cones: [Cone?] = []
  /// The cells of each variable again, span by span.
  private var pieces: [[Piece]] = []
  private var known: [Key: Int] = [:]

  /// What a node is made of.
  struct Cone: Sendable {
    /// The nodes, itself the last: each stands after those it is made of.
    let nodes: [Int]
    /// The variables, in the order in which the node's formula names them.
    let variables: [Int]
  }

  /// The most ways in which one fact may be told apart.
  package static let maximumCells = 64

  private struct Key: Hashable {
    let kind: Node.Kind
    let number: Int
    let mask: UInt64
    let parts: [Int]
  }

  private struct Piece {
    let low: Int
    let high: Int
    let cell: UInt64
  }

  init() {}

  /// Cuts the domains of variables by every set of values that something compares them with.
  package init(domains: [ValueSet], cuts: [[ValueSet]]) {
    for (domain, sets) in zip(domains, cuts) {
      var pieces = [domain]
      for set in sets {
        pieces = pieces.flatMap { [$0.intersection(set), $0.subtracting(set)] }.filter { !$0.isEmpty }
      }
      cells.append(pieces.sorted { ($0.least ?? 0) < ($1.least ?? 0) })
      full.append(pieces.count >= Self.maximumCells ? .max : (1 << UInt64(pieces.count)) - 1)
    }
    pieces = cells.map { cells in
      cells.enumerated().flatMap { number, cell in
        cell.spans.map { Piece(low: $0.low, high: $0.high, cell: 1 << UInt64(number)) }
      }
    }
  }

  /// The variables that are told apart in more ways than a plan has room for.
  package var overfull: [Int] { cells.indices.filter { cells[$0].count > Self.maximumCells } }

  /// The cells that a set of values touches.
  package func mask(of values: ValueSet, variable: Int) -> UInt64 {
    var mask: UInt64 = 0
    for piece in pieces[variable] {
      for span in values.spans where span.low <= piece.high && piece.low <= span.high { mask |= piece.cell }
    }
    return mask
  }

  /// The values of some cells.
  package func values(_ mask: UInt64, of variable: Int) -> ValueSet {
    ValueSet(
      union: cells[variable].indices.filter { mask & (1 << UInt64($0)) != 0 }.map { cells[variable][$0] })
  }

  /// Lays out a rule's formula; rules come in an order in which each stands on earlier ones alone.
  mutating func add(rule number: Int, _ formula: Formula) {
    if rules.count <= number { rules += Array(repeating: -1, count: number + 1 - rules.count) }
    rules[number] = add(formula)
  }

  /// Lays out a formula; the same formula twice gives the same node.
  mutating func add(_ formula: Formula) -> Int {
    switch formula {
    case .atom(let atom):
      return node(.atom, number: atom.variable, mask: mask(of: atom.values, variable: atom.variable))
    case .rule(let number): return rules[number]
    case .not(let part): return node(.not, [add(part)])
    case .all(let parts): return node(.all, parts.map { add($0) })
    case .any(let parts): return node(.any, parts.map { add($0) })
    case .atLeast(let count, let parts): return node(.atLeast, number: count, parts.map { add($0) })
    case .exactly(let count, let parts): return node(.exactly, number: count, parts.map { add($0) })
    }
  }

  /// Keeps the cone of a node ready: it will be asked about by itself.
  mutating func prepare(_ node: Int) {
    if cones.count <= node { cones += Array(repeating: nil, count: node + 1 - cones.count) }
    if cones[node] == nil { cones[node] = makeCone(of: node) }
  }

  /// What a node is made of.
  func cone(of node: Int) -> Cone {
    if node < cones.count, let cone = cones[node] { return cone }
    return makeCone(of: node)
  }

  private func makeCone(of node: Int) -> Cone {
    var found: Set<Int> = []
    var variables: [Int] = []
    func visit(_ number: Int) {
      guard found.insert(number).inserted else { return }
      let node = nodes[number]
      if node.kind == .atom, !variables.contains(node.number) { variables.append(node.number) }
      for place in node.range { visit(parts[place]) }
    }
    visit(node)
    return Cone(nodes: found.sorted(), variables: variables)
  }

  private mutating func node(_ kind: Node.Kind, number: Int = 0, mask: UInt64 = 0, _ inner: [Int] = []) -> Int
  {
    let key = Key(kind: kind, number: number, mask: mask, parts: inner)
    if let known = known[key] { return known }
    let start = parts.count
    parts += inner
    nodes.append(Node(kind: kind, number: number, mask: mask, range: start..<parts.count))
    known[key] = nodes.count - 1
    return nodes.count - 1
  }
}

extension Plan {
  /// Reads what each node of a cone is when each variable can be in some of its cells, with three truth values.
  func read(_ cone: Cone, _ masks: [UInt64], into truths: inout [Truth]) {
    for index in cone.nodes { truths[index] = truth(of: nodes[index], masks, truths) }
  }

  @inline(__always)
  private func truth(of node: Node, _ masks: [UInt64], _ truths: [Truth]) -> Truth {
    switch node.kind {
    case .atom:
      let possible = masks[node.number]
      if possible & node.mask == 0 { return .no }
      return possible & ~node.mask == 0 ? .yes : .open
    case .not: return truths[parts[node.range.lowerBound]].negated
    case .all: return combined(node, decisive: .no, truths)
    case .any: return combined(node, decisive: .yes, truths)
    case .atLeast:
      let (yes, open) = tally(node, truths)
      return yes >= node.number ? .yes : yes + open < node.number ? .no : .open
    case .exactly:
      let (yes, open) = tally(node, truths)
      if open == 0 { return yes == node.number ? .yes : .no }
      return yes > node.number || yes + open < node.number ? .no : .open
    }
  }

  @inline(__always)
  private func combined(_ node: Node, decisive: Truth, _ truths: [Truth]) -> Truth {
    var result = decisive.negated
    for place in node.range {
      let truth = truths[parts[place]]
      if truth == decisive { return decisive }
      if truth == .open { result = .open }
    }
    return result
  }

  private func tally(_ node: Node, _ truths: [Truth]) -> (yes: Int, open: Int) {
    var (yes, open) = (0, 0)
    for place in node.range {
      switch truths[parts[place]] {
      case .yes: yes += 1
      case .open: open += 1
      case .no: break
      }
    }
    return (yes, open)
  }
}
