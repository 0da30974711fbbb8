// SPDX-License-Identifier: Apache-2.0

/// Looks for completions that show a node to be open: one in which it is true, one in which it is false.
///
/// A literal is a comparison as it stands in the formula once every `not` has been driven down to it; what the box
/// decides is folded away before. Where all literals that are left can be true together, so is the formula, which has
/// no `not` any more; and likewise false. Where they cannot, those that come first have their way, and the formula is
/// read again to see whether that is enough.
struct Witnesses {
  /// How each node stands in the formula: bit 0 as it is, bit 1 negated; all clear between two searches.
  private var polarity: [UInt8]
  /// The completions in which literals are true, as cells of each variable, and those in which they are false.
  private var sides: (holding: [UInt64], failing: [UInt64])
  private var truths: [Truth]

  init(_ plan: Plan) {
    polarity = Array(repeating: 0, count: plan.nodes.count)
    sides = (plan.full, plan.full)
    truths = Array(repeating: .open, count: plan.nodes.count)
  }

  /// What a search has found.
  enum Found {
    case both
    /// A completion in which the node is as stated, and none in which it is not.
    case only(Bool)
    case neither
  }

  /// Searches for completions of a box in which a node is true and false.
  ///
  /// What variables tied to each other can be together is not looked at, so at most one of them may be narrowed; of
  /// what is found otherwise nothing is believed.
  mutating func search(_ plan: Plan, _ node: Int, in box: Box, tied: Set<Int>) -> Found {
    let cone = plan.cone(of: node)
    for variable in cone.variables {
      sides.holding[variable] = box.masks[variable]
      sides.failing[variable] = box.masks[variable]
    }
    polarity[node] = 1
    var literals = Literals()
    for number in cone.nodes.reversed() {
      let standing = polarity[number]
      polarity[number] = 0
      guard standing != 0, box.truths[number] == .open else { continue }
      visit(plan, plan.nodes[number], standing, tied, &literals)
    }
    if literals.areTied { return .neither }
    let canHold = !literals.clashTrue || isRead(as: .yes, plan, cone, sides.holding)
    let canFail = !literals.clashFalse || isRead(as: .no, plan, cone, sides.failing)
    return canHold ? canFail ? .both : .only(true) : canFail ? .only(false) : .neither
  }

  /// What is seen of the literals on the way.
  private struct Literals {
    var clashTrue = false
    var clashFalse = false
    var tied: Int?
    /// True if more than one tied variable is among them.
    var areTied = false
  }

  private mutating func visit(
    _ plan: Plan, _ node: Plan.Node, _ standing: UInt8, _ tied: Set<Int>, _ literals: inout Literals
  ) {
    switch node.kind {
    case .atom:
      if standing & 1 != 0 { narrow(node.number, node.mask, &literals) }
      if standing & 2 != 0 { narrow(node.number, ~node.mask, &literals) }
      guard !tied.isEmpty, tied.contains(node.number) else { return }
      if let other = literals.tied, other != node.number { literals.areTied = true }
      literals.tied = node.number
    case .not: polarity[plan.parts[node.range.lowerBound]] |= (standing & 1) << 1 | standing >> 1
    case .all, .any, .atLeast: for place in node.range { polarity[plan.parts[place]] |= standing }
    case .exactly: for place in node.range { polarity[plan.parts[place]] = 3 }
    }
  }

  private mutating func narrow(_ variable: Int, _ mask: UInt64, _ literals: inout Literals) {
    let (holding, failing) = (sides.holding[variable] & mask, sides.failing[variable] & ~mask)
    if holding != 0 { sides.holding[variable] = holding } else { literals.clashTrue = true }
    if failing != 0 { sides.failing[variable] = failing } else { literals.clashFalse = true }
  }

  private mutating func isRead(as truth: Truth, _ plan: Plan, _ cone: Plan.Cone, _ masks: [UInt64]) -> Bool {
    plan.read(cone, masks, into: &truths)
    return truths[cone.nodes[cone.nodes.count - 1]] == truth
  }
}
