// SPDX-License-Identifier: Apache-2.0

/// The clauses on which the answer to one conclusion stands, without its reasons.
///
/// - Parameters:
///   - rule: The conclusion, by its number.
///   - file: The case.
///   - generation: The generation under which the case was read.
/// - Returns: What ``Answer/clausesApplied`` has from this conclusion; none unless it holds.
package func clausesApplied(
  to rule: Int, in file: Case, under generation: Generation
) -> [Generation.ClauseReference] {
  var hearings = Hearings(file, under: generation, reaching: generation.rules[rule].reach)
  let clauses = Set(hearings.clausesApplied(to: rule))
  return clauses.sorted { ($0.pack, $0.clause) < ($1.pack, $1.clause) }
}

extension Hearings {
  /// Where conduct went on over days: the grounds of every stretch, and those of which one applies on the first.
  fileprivate mutating func clausesApplied(to rule: Int) -> [Generation.ClauseReference] {
    let stretches = stretches(of: rule, .joint)
    let hearings = stretches.isEmpty ? [Hearing.joint] : stretches.map { Hearing(stretch: $0) }
    let each = hearings.map { hearing in
      let frames = self[believing(rule, hearing)]
      return (status: frames.status(of: rule), clauses: frames.clauses(of: rule))
    }
    let first = each.first { $0.status == .holds }
    return each.flatMap(\.clauses.grounds) + (first?.clauses.either ?? [])
  }
}

extension FrameBoxes {
  /// The clauses of the grounds that hold in every completion and, where none does by itself, of those that may.
  fileprivate func clauses(
    of rule: Int
  ) -> (grounds: [Generation.ClauseReference], either: [Generation.ClauseReference]) {
    let frame = self.box(of: rule)
    let linked = self.box.generation.rules[rule]
    guard status(of: rule) == .holds, let completions = frame.completions else { return ([], []) }
    let grounds = linked.grounds.filter { ground in
      frame.evaluator.isForced(ground.node, being: true, in: completions) == true
        && self.box.generation.clause(ground.clause).inForce.contains {
          completions.meets($0.days, linked.day, self.box.generation)
        }
    }
    if !grounds.isEmpty { return (grounds.map(\.clause), []) }
    return ([], linked.grounds.filter { frame.status(of: $0.node) != .fails }.map(\.clause))
  }
}
