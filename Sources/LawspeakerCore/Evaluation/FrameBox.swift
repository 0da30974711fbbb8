// SPDX-License-Identifier: Apache-2.0

/// The completions of one frame, computed once a case.
///
/// A class, since every conclusion that is asked about shares it: what answers keeps its room from one to the next.
final class FrameBox {
  let frame: Generation.Frame
  /// Before days without law are left out; nil if the facts contradict each other.
  let days: Domains?
  /// After; nil if no day is left.
  private(set) var completions: Box?
  /// True if days before the law are among them, and count as false.
  let keepsEveryDay: Bool
  /// What answers about them.
  var evaluator: Evaluator

  private let plan: Plan

  /// Works out the completions of a frame, with no formula read in them yet.
  init(_ box: CaseBox, _ frame: Generation.Frame) {
    self.frame = frame
    days = box.days(frame)
    keepsEveryDay = frame.isIncriminating && box.statements[frame.day] != nil
    completions = days.flatMap { box.inForce($0, frame) }.map { box.box(frame, $0) }
    plan = box.generation.plan
    evaluator = Evaluator(plan: plan, frame: frame)
  }

  /// Reads a node and what it is made of; what is not read counts as open.
  func read(_ node: Int) {
    guard var read = completions else { return }
    completions = nil  // so that there is one owner, and nothing is copied
    plan.read(plan.cone(of: node), read.masks, into: &read.truths)
    completions = read
  }

  /// What can be said of the formula at a node.
  func status(of node: Int) -> Status {
    guard days != nil else { return .contradictory }
    guard let completions else { return .notInForce }
    switch evaluator.verity(of: node, in: completions) {
    case .always: return .holds
    case .never: return .fails
    case .sometimes: return .undetermined
    case .unsettled: return .unsettled
    }
  }
}

/// The completions of every frame that a case, heard in one way, has been asked about.
final class FrameBoxes {
  let box: CaseBox
  /// What answers about them with reasons and advice.
  private(set) lazy var decider = Decider(box: box)
  private var made: [FrameBox] = []
  /// The place of each frame among those made, by its number, or -1.
  private var places: [Int]
  /// The conclusions whose formulas have been read.
  private var isRead: [Bool]

  init(_ box: CaseBox) {
    self.box = box
    places = Array(repeating: -1, count: box.generation.rules.count)
    isRead = Array(repeating: false, count: box.generation.rules.count)
  }

  /// The completions of a conclusion's frame, with the conclusion's formula read in them.
  func box(of rule: Int) -> FrameBox {
    let number = box.generation.rules[rule].frame.number
    if places[number] < 0 {
      places[number] = made.count
      made.append(FrameBox(box, box.generation.rules[rule].frame))
    }
    let frame = made[places[number]]
    if !isRead[rule] { frame.read(box.generation.rules[rule].node) }
    isRead[rule] = true
    return frame
  }

  /// What can be said of a conclusion.
  func status(of rule: Int) -> Status {
    box(of: rule).status(of: box.generation.rules[rule].node)
  }
}
