// SPDX-License-Identifier: Apache-2.0

/// What the truth of a decided node stands on: as long as these variables stay as they are, whatever becomes of the
/// others, so does the node.
struct Support {
  /// True for each variable that it stands on.
  private var holdsUp: [Bool]
  private var variables: [Int] = []
  /// The nodes that it stands on and that are still to be looked at; all clear between two searches.
  private var isNeeded: [Bool]
  /// False if no node is known to be decided.
  private(set) var isKnown = false

  init(_ plan: Plan) {
    holdsUp = Array(repeating: false, count: plan.full.count)
    isNeeded = Array(repeating: false, count: plan.nodes.count)
  }

  /// True if it stands on a variable; without a decided node it might stand on any.
  func contains(_ variable: Int) -> Bool { !isKnown || holdsUp[variable] }

  mutating func forget() { isKnown = false }

  /// Notes what a node stands on; of several parts each of which would do, on the first.
  mutating func note(_ cone: Plan.Cone, _ truths: [Truth], _ plan: Plan) {
    for variable in variables { holdsUp[variable] = false }
    variables.removeAll(keepingCapacity: true)
    isKnown = true
    isNeeded[cone.nodes[cone.nodes.count - 1]] = true
    for number in cone.nodes.reversed() where isNeeded[number] {
      isNeeded[number] = false
      let node = plan.nodes[number]
      let (yes, no) = parts(needed: node, isTrue: truths[number] == .yes, truths, plan)
      var left = (yes: yes, no: no)
      for place in node.range {
        let part = plan.parts[place]
        if truths[part] == .yes, left.yes > 0 { (left.yes, isNeeded[part]) = (left.yes - 1, true) }
        if truths[part] == .no, left.no > 0 { (left.no, isNeeded[part]) = (left.no - 1, true) }
      }
      if node.kind == .atom, !holdsUp[node.number] {
        holdsUp[node.number] = true
        variables.append(node.number)
      }
    }
  }

  /// How many true and how many false parts of a decided node make it what it is.
  private func parts(
    needed node: Plan.Node, isTrue: Bool, _ truths: [Truth], _ plan: Plan
  ) -> (yes: Int, no: Int) {
    let count = node.range.count
    switch node.kind {
    case .atom: return (0, 0)
    case .not: return (1, 1)
    case .all: return isTrue ? (count, 0) : (0, 1)
    case .any: return isTrue ? (1, 0) : (0, count)
    case .atLeast: return isTrue ? (node.number, 0) : (0, count - node.number + 1)
    case .exactly:
      if isTrue { return (count, count) }
      let yes = node.range.count { truths[plan.parts[$0]] == .yes }
      return yes > node.number ? (node.number + 1, 0) : (0, count - node.number + 1)
    }
  }
}
