// SPDX-License-Identifier: Apache-2.0

/// The completions of one frame, computed once a case.
///
/// A class, since every conclusion that is asked about shares it: what answers keeps its room from one to the next.
final class FrameBox {
  let frame: Generation.Frame
  /// Before days without law are left out; nil if the facts contradict each other.
  let days: Domains?
  /// After; nil if no day is left.
  let completions: Box?
  /// True if days before the law are among them, and count as false.
  let keepsEveryDay: Bool
  /// What answers about them.
  var evaluator: Evaluator

  /// Works out the completions of a frame, with one node read in them, or else all.
  init(_ box: CaseBox, _ frame: Generation.Frame, asking node: Int? = nil) {
    self.frame = frame
    days = box.days(frame)
    keepsEveryDay = frame.isIncriminating && box.statements[frame.day] != nil
    completions = days.flatMap { box.inForce($0, frame) }.map { box.box(frame, $0, asking: node) }
    evaluator = Evaluator(plan: box.generation.plan, frame: frame)
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
  private var made: [FrameBox] = []
  /// The place of each frame among those made, by its number, or -1.
  private var places: [Int]

  init(_ box: CaseBox) {
    self.box = box
    places = Array(repeating: -1, count: box.generation.rules.count)
  }

  /// The completions of a conclusion's frame.
  func box(of rule: Int) -> FrameBox {
    let number = box.generation.rules[rule].frame.number
    if places[number] < 0 {
      places[number] = made.count
      made.append(FrameBox(box, box.generation.rules[rule].frame))
    }
    return made[places[number]]
  }

  /// What can be said of a conclusion.
  func status(of rule: Int) -> Status {
    box(of: rule).status(of: box.generation.rules[rule].node)
  }
}
