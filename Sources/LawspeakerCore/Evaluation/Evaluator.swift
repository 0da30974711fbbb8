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
/// First formulas are read with three truth values. Where one is left open, two completions are looked for that
/// differ; where that fails, a decision diagram of what is left tells.
struct Evaluator {
  let plan: Plan
  let relations: [Generation.AgeRelation]
  /// The variables of the ties.
  let tied: Set<Int>
  private var witnesses: Witnesses?

  init(plan: Plan, frame: Generation.Frame) {
    self.plan = plan
    relations = frame.relations
    tied = frame.tied
  }

  /// What all completions of a box say of a node.
  mutating func verity(of node: Int, in box: Box) -> Verity {
    switch box.truths[node] {
    case .yes: return .always
    case .no: return .never
    case .open: break
    }
    if case .both = search(node, in: box) { return .sometimes }
    var question = Question(plan, box, relations: relations, tied: tied)
    return question.verity(of: node)
  }

  /// True if a node is as stated in every completion of a box; nil if that is over budget.
  mutating func isForced(_ node: Int, being stated: Bool, in box: Box) -> Bool? {
    if box.truths[node] != .open { return (box.truths[node] == .yes) == stated }
    switch search(node, in: box) {
    case .both: return false
    case .only(let found) where found != stated: return false
    case .only, .neither: break
    }
    var question = Question(plan, box, relations: relations, tied: tied)
    return question.isForced(node, being: stated)
  }

  /// The variables that can still change a node, in the order in which its formula names them.
  ///
  /// A variable matters if two of its values, all else equal, lead to different answers in some completion. For one
  /// that is tied to others the ties are left aside in the comparison: too many questions are better than a missing one.
  func mattering(in node: Int, _ box: Box) -> [Int] {
    guard box.truths[node] == .open else { return [] }
    if let once = plan.variablesMetOnce(in: node, box), once.count(where: tied.contains) < 2 { return once }
    var question = Question(plan, box, relations: relations, tied: tied)
    return question.mattering(in: node)
  }

  private mutating func search(_ node: Int, in box: Box) -> Witnesses.Found {
    if witnesses == nil { witnesses = Witnesses(plan) }
    return witnesses?.search(plan, node, in: box, tied: tied) ?? .neither
  }
}

/// The completions that are left, as a set of cells for each variable, with what formulas are in them.
struct Box {
  /// The cells of each variable.
  var masks: [UInt64]
  /// The exact values of variables that are tied to each other; nil if nothing ties.
  var domains: Domains?
  /// What each node of the plan is, read with three truth values; nodes that are not asked about may be left unread.
  var truths: [Truth]
}

extension Box {
  /// The completions in which variables are in some of their cells only, with one node read in them.
  ///
  /// Ties are not followed: what is certain in this larger set of completions is certain in the exact one.
  func narrowed(to way: Settling.Way, _ plan: Plan, asking node: Int) -> Box {
    var narrowed = self
    for step in way { narrowed.masks[step.variable] &= step.cells }
    plan.read(plan.cone(of: node), narrowed.masks, into: &narrowed.truths)
    return narrowed
  }
}

extension Plan {
  /// The variables of what a box leaves open of a node, in the order of its formula, if each stands there once; nil if
  /// one stands there more often.
  ///
  /// Where each stands once, what else is open can always be such that it alone decides: every one of them matters.
  fileprivate func variablesMetOnce(in node: Int, _ box: Box) -> [Int]? {
    var met: [Int] = []
    var isMet = [Bool](repeating: false, count: nodes.count)
    func visit(_ number: Int) -> Bool {
      guard box.truths[number] == .open else { return true }
      let inner = nodes[number]
      if isMet[number] || inner.kind == .atom && met.contains(inner.number) { return false }
      isMet[number] = true
      if inner.kind == .atom { met.append(inner.number) }
      return inner.range.allSatisfy { visit(parts[$0]) }
    }
    return visit(node) ? met : nil
  }
}
