// SPDX-License-Identifier: Apache-2.0

/// The completions of one frame, computed once a case.
struct FrameBox {
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
    days = box.days(frame)
    keepsEveryDay = frame.isIncriminating && box.statements[frame.day] != nil
    completions = days.flatMap { box.inForce($0, frame) }.map { box.box(frame, $0, asking: node) }
    evaluator = Evaluator(generation: box.generation, frame: frame)
  }

  /// What can be said of the formula at a node.
  mutating func status(of node: Int) -> Status {
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

  /// The completions of a frame.
  subscript(frame: Generation.Frame) -> FrameBox {
    made[place(of: frame)]
  }

  /// What can be said of a conclusion.
  func status(of rule: Int) -> Status {
    let number = box.generation.rules[rule].frame.number
    let place = places[number] >= 0 ? places[number] : place(of: box.generation.rules[rule].frame)
    return made[place].status(of: box.generation.rules[rule].node)
  }

  private func place(of frame: Generation.Frame) -> Int {
    if places[frame.number] < 0 {
      places[frame.number] = made.count
      made.append(FrameBox(box, frame))
    }
    return places[frame.number]
  }
}
