// SPDX-License-Identifier: Apache-2.0

/// Finds smallest sets of facts that force an answer.
///
/// It asks the same question many times, each time with other facts left out, so it keeps the completions between
/// two times and changes in them only what changes.
struct Reasoner {
  let box: CaseBox
  let rule: Int
  let frameBox: FrameBox
  private let frame: Generation.Frame
  /// The variables about which the file is heard now.
  private var heard: [Bool]
  /// Those that may be heard and no others.
  private var last: [Int] = []
  /// The completions under what is heard, the days of the frame left aside.
  private var completions: Box
  /// The stated variables on which the days of the frame depend.
  private let statedDays: [Int]
  private var knownDays: [KnownDays] = []
  /// What the node that was found to be forced last stands on; a fact beside it can be left out without asking again.
  private var support: Support

  /// What is left of the days when some of what is said about them is heard.
  private struct KnownDays {
    let heard: [Bool]
    /// Nil if nothing is left.
    let left: Domains?
    /// The same in cells, for each day of the frame.
    let cells: [UInt64]
  }

  init(box: CaseBox, rule: Int, frameBox: FrameBox) {
    self.box = box
    self.rule = rule
    self.frameBox = frameBox
    frame = frameBox.frame
    heard = Array(repeating: false, count: box.statements.count)
    completions = box.silentBox()
    support = Support(box.generation.plan)
    statedDays = frame.days.filter { box.statements[$0] != nil }
  }

  /// A smallest set of facts that forces a node; without any one of them it is open.
  ///
  /// Deterministic: sensitive facts are dropped first, then those that the rule names last.
  mutating func reason(for node: Int, being stated: Bool) -> [ReasonFact] {
    let candidates = candidates(for: node)
    hearOnly(candidates)
    _ = isForced(node, stated)  // for what it stands on
    for variable in dropOrder(candidates) { spare(variable, node, stated) }
    return candidates.compactMap { variable in
      heard[variable] ? box.reasonFact(variable) : nil
    }.withoutRepetition()
  }

  /// A smallest set among some variables that forces a node; nil if all of them together do not.
  ///
  /// - Parameters:
  ///   - variables: The variables, in the order in which they are dropped.
  ///   - node: The node.
  ///   - stated: What it is forced to be.
  /// - Returns: The set.
  mutating func smallestReason(dropping variables: [Int], _ node: Int, _ stated: Bool) -> Set<Int>? {
    hearOnly(variables)
    guard isForced(node, stated) else { return nil }
    for variable in variables { spare(variable, node, stated) }
    return Set(variables.filter { heard[$0] })
  }

  /// True if some of what the file says forces a node by itself.
  mutating func forces(_ variables: Set<Int>, _ node: Int, _ stated: Bool) -> Bool {
    hearOnly(Array(variables))
    return isForced(node, stated)
  }

  /// True if a node is certainly as stated in every completion of a box.
  func isForced(_ node: Int, being stated: Bool, in box: Box) -> Bool {
    frameBox.evaluator.isForced(node, being: stated, in: box) == true
  }

  /// Leaves a variable out for good if the rest forces the node without it.
  private mutating func spare(_ variable: Int, _ node: Int, _ stated: Bool) {
    hear(variable, false)
    let flags = box.generation.flags.lazy.filter { $0.fact == variable }.map(\.flag)
    guard
      support.contains(variable) || frame.days.contains(variable) || flags.contains(where: support.contains)
    else { return }
    if !isForced(node, stated) { hear(variable, true) }
  }

  private mutating func hearOnly(_ variables: [Int]) {
    support.forget()
    for variable in last { hear(variable, false) }
    for variable in variables { hear(variable, true) }
    last = variables
  }

  private mutating func hear(_ variable: Int, _ isHeard: Bool) {
    heard[variable] = isHeard
    completions.masks[variable] = isHeard ? box.cells(of: variable) : box.cellsUnsaid(of: variable)
    for flag in box.generation.flags where flag.fact == variable {
      completions.masks[flag.flag] = isHeard ? box.cells(of: flag.flag) : box.cellsUnsaid(of: flag.flag)
    }
  }

  private mutating func isForced(_ node: Int, _ stated: Bool) -> Bool {
    let known = days()
    guard let left = knownDays[known].left else { return false }
    for (place, day) in frame.days.enumerated() { completions.masks[day] = knownDays[known].cells[place] }
    if !frame.tied.isEmpty { completions.domains = left }
    let cone = box.generation.plan.cone(of: node)
    box.generation.plan.read(cone, completions.masks, into: &completions.truths)
    guard frameBox.evaluator.isForced(node, being: stated, in: completions) == true else { return false }
    if completions.truths[node] == .open {
      support.forget()
    } else {
      support.note(cone, completions.truths, box.generation.plan)
    }
    return true
  }

  /// The days that are left under what is heard, by their place: there are few ways to hear them, and all are kept.
  private mutating func days() -> Int {
    let isKnown = { [heard, statedDays] (days: KnownDays) in
      statedDays.indices.allSatisfy { days.heard[$0] == heard[statedDays[$0]] }
    }
    if let known = knownDays.firstIndex(where: isKnown) { return known }
    let isHeard = { [heard] (variable: Int) in heard[variable] }
    let left = box.days(frame, saying: isHeard).flatMap { box.inForce($0, frame, saying: isHeard) }
    let cells = left.map { left in
      frame.days.map { box.generation.plan.mask(of: left[$0], variable: $0) }
    }
    knownDays.append(KnownDays(heard: statedDays.map { heard[$0] }, left: left, cells: cells ?? []))
    return knownDays.count - 1
  }

  /// The stated variables that a node reaches, in the order in which its formula names them.
  func candidates(for node: Int) -> [Int] {
    let named = box.generation.plan.cone(of: node).variables
    let tied = frame.tied.isEmpty ? [] : box.generation.rules[rule].reach.filter(frame.tied.contains)
    return (named + tied.filter { !named.contains($0) }).filter { box.statements[$0] != nil }
  }

  /// The order in which variables are dropped: sensitive ones first, each sort from the last that is named.
  func dropOrder(_ variables: [Int]) -> [Int] {
    let sensitive = variables.filter(box.generation.isSensitive)
    if sensitive.isEmpty { return variables.reversed() }
    return sensitive.reversed() + variables.filter { !box.generation.isSensitive($0) }.reversed()
  }
}

extension Generation {
  fileprivate func isSensitive(_ variable: Int) -> Bool {
    variables[variable].fact.map { facts[$0].declaration.isSensitive } ?? false
  }
}
