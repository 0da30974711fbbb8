// SPDX-License-Identifier: Apache-2.0

/// What a formula is in a box of completions, looked at without splitting the box (Kleene 1952).
enum Truth: Equatable, Sendable {
  case no
  case yes
  case open

  var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .open: .open
    }
  }
}

/// What all completions say of a formula.
enum Verity: Equatable, Sendable {
  case always
  case never
  case sometimes
  /// Not decided within the budget.
  case unsettled
}

/// Evaluates the formulas of one generation exactly, for rules that share their days and ties.
///
/// First all formulas are read at once with three truth values. Where a formula is left open and the literals certify
/// that this is exact, it is open; else a decision diagram of what is left tells.
struct Evaluator {
  let generation: Generation
  let frame: Generation.Frame
  var plan: Plan { generation.plan }

  /// What all completions of a box say of a node.
  func verity(of node: Int, in box: Box) -> Verity {
    switch box.truths[node] {
    case .yes: return .always
    case .no: return .never
    case .open: break
    }
    if plan.isCertainlyOpen(node, in: box, tied: frame.tied) { return .sometimes }
    var question = Question(plan, box, generation: generation, frame: frame)
    return question.verity(of: node)
  }

  /// True if a node is as stated in every completion of a box; nil if that is over budget.
  func isForced(_ node: Int, being stated: Bool, in box: Box) -> Bool? {
    switch verity(of: node, in: box) {
    case .always: stated
    case .never: !stated
    case .sometimes: false
    case .unsettled: nil
    }
  }

  /// The variables that can still change a node, in the order in which its formula names them.
  ///
  /// A variable matters if two of its values, all else equal, lead to different answers in some completion. For one
  /// that is tied to others the ties are left aside in the comparison: too many questions are better than a missing one.
  func mattering(in node: Int, _ box: Box) -> [Int] {
    guard box.truths[node] == .open else { return [] }
    var question = Question(plan, box, generation: generation, frame: frame)
    return question.mattering(in: node)
  }
}

extension Box {
  /// The completions in which variables are in some of their cells only.
  ///
  /// Ties are not followed: what is certain in this larger set of completions is certain in the exact one.
  func narrowed(to cells: [Int: UInt64], _ plan: Plan) -> Box {
    var masks = masks
    for (variable, cells) in cells { masks[variable] &= cells }
    return Box(masks: masks, domains: domains, truths: plan.truths(masks))
  }
}

/// The completions that are left, as a set of cells for each variable, with what every formula is in them.
struct Box {
  /// The cells of each variable.
  let masks: [UInt64]
  /// The exact values of variables that are tied to each other; nil if nothing ties.
  let domains: Domains?
  /// What each node of the plan is, read with three truth values.
  let truths: [Truth]
}
