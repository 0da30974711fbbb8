// SPDX-License-Identifier: Apache-2.0

/// One question to a decision diagram: what is left of a formula in a box, folded and laid out in the order in which
/// the formula names its variables.
struct Question {
  let plan: Plan
  let box: Box
  let relations: [Generation.AgeRelation]
  let tied: Set<Int>
  var diagram = DecisionDiagram()
  /// The variables of what is left, in the order of their levels.
  private(set) var order: [Int] = []
  /// The place of each variable in the order, or -1.
  private var places: [Int]
  /// For each tied variable, the cells with which the formula compares it.
  private(set) var compared: [Int: [UInt64]] = [:]
  /// What each node has become, or -1.
  private var built: [DecisionDiagram.Reference]

  init(_ plan: Plan, _ box: Box, relations: [Generation.AgeRelation], tied: Set<Int>) {
    self.plan = plan
    self.box = box
    self.relations = relations
    self.tied = tied
    places = Array(repeating: -1, count: box.masks.count)
    built = Array(repeating: -1, count: plan.nodes.count)
  }

  mutating func verity(of node: Int) -> Verity {
    let root = build(node)
    let possible = possibilities()
    let canHold = diagram.and(root, possible) != DecisionDiagram.no
    let canFail = diagram.choose(root, DecisionDiagram.no, possible) != DecisionDiagram.no
    if diagram.isOverBudget { return .unsettled }
    return canHold ? canFail ? .sometimes : .always : .never
  }

  /// True if a node is as stated in every completion; nil if that is over budget.
  mutating func isForced(_ node: Int, being stated: Bool) -> Bool? {
    let root = build(node)
    let possible = possibilities()
    let otherwise =
      stated ? diagram.choose(root, DecisionDiagram.no, possible) : diagram.and(root, possible)
    return diagram.isOverBudget ? nil : otherwise == DecisionDiagram.no
  }

  mutating func mattering(in node: Int) -> [Int] {
    let root = build(node)
    let possible = possibilities()
    return order.filter { matters($0, in: root, possible) }
  }

  private mutating func matters(
    _ variable: Int, in root: DecisionDiagram.Reference, _ possible: DecisionDiagram.Reference
  ) -> Bool {
    let cells = cells(of: variable)
    let level = level(of: variable)
    let versions = cells.map { diagram.fixing(root, level: level, cell: $0) }
    for (index, first) in versions.enumerated() {
      for (second, cell) in zip(versions, cells).dropFirst(index + 1) where first != second {
        if possible == DecisionDiagram.yes { return true }
        let differs = diagram.choose(first, diagram.not(second), second)
        let one = diagram.fixing(possible, level: level, cell: cells[index])
        let other = diagram.fixing(possible, level: level, cell: cell)
        if diagram.and(differs, diagram.or(one, other)) != DecisionDiagram.no { return true }
      }
    }
    return diagram.isOverBudget
  }

  /// The diagram of a node; decided nodes are folded away.
  mutating func build(_ number: Int) -> DecisionDiagram.Reference {
    switch box.truths[number] {
    case .yes: return DecisionDiagram.yes
    case .no: return DecisionDiagram.no
    case .open: break
    }
    if built[number] >= 0 { return built[number] }
    let node = plan.nodes[number]
    let result: DecisionDiagram.Reference
    switch node.kind {
    case .atom:
      if tied.contains(node.number) { compared[node.number, default: []].append(node.mask) }
      result = atom(node.number, node.mask)
    case .not: result = diagram.not(build(plan.parts[node.range.lowerBound]))
    case .all:
      result = node.range.reduce(DecisionDiagram.yes) { diagram.and($0, build(plan.parts[$1])) }
    case .any:
      result = node.range.reduce(DecisionDiagram.no) { diagram.or($0, build(plan.parts[$1])) }
    case .atLeast, .exactly:
      let parts = node.range.map { build(plan.parts[$0]) }
      result = diagram.count(parts, atLeast: node.number, isExact: node.kind == .exactly)
    }
    built[number] = result
    return result
  }

  private mutating func atom(_ variable: Int, _ mask: UInt64) -> DecisionDiagram.Reference {
    let outcomes = cells(of: variable).map { cell in
      (cell: cell, result: mask & (1 << UInt64(cell)) == 0 ? DecisionDiagram.no : DecisionDiagram.yes)
    }
    return diagram.choice(level: level(of: variable), outcomes)
  }

  func cells(of variable: Int) -> [Int] {
    var cells: [Int] = []
    var rest = box.masks[variable]
    while rest != 0 {
      cells.append(rest.trailingZeroBitCount)
      rest &= rest - 1  // the least cell is taken out
    }
    return cells
  }

  /// A variable's first level: variables are ordered as they are first met.
  mutating func level(of variable: Int) -> Int32 {
    if places[variable] < 0 {
      places[variable] = order.count
      order.append(variable)
    }
    return Int32(places[variable] * Plan.maximumCells)
  }

  /// Which cells of tied variables can go together; true if at most one of them is left open.
  private mutating func possibilities() -> DecisionDiagram.Reference {
    if tied.isEmpty { return DecisionDiagram.yes }
    let open = order.filter { tied.contains($0) && box.masks[$0].nonzeroBitCount > 1 }
    guard open.count > 1, let domains = box.domains else { return DecisionDiagram.yes }
    return possibilities(open[...], domains)
  }

  private mutating func possibilities(_ tied: ArraySlice<Int>, _ domains: Domains)
    -> DecisionDiagram.Reference
  {
    guard let variable = tied.first else { return DecisionDiagram.yes }
    // the variable is among these cells, and that follows; levels may come in any order
    var result = DecisionDiagram.no
    for group in groups(of: variable) {
      var narrowed = domains
      guard narrowed.narrow(variable, to: plan.values(group, of: variable)), narrowed.settle(relations) else {
        continue
      }
      let rest = possibilities(tied.dropFirst(), narrowed)
      result = diagram.or(result, diagram.and(atom(variable, group), rest))
    }
    return result
  }

  /// The cells that a variable can be in, those together that the formula does not tell apart.
  private func groups(of variable: Int) -> [UInt64] {
    compared[variable, default: []].reduce([box.masks[variable]]) { groups, mask in
      groups.flatMap { [$0 & mask, $0 & ~mask] }.filter { $0 != 0 }
    }
  }
}
