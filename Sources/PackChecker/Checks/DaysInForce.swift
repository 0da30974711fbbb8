// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Rules that have law before some days and after them, and none on them.
///
/// A rule that only others stand on may pause where none of them asks for it: an older text may use another word.
func gapsInForce(in generation: Generation) -> [Diagnostic] {
  generation.rules.prefix(generation.ownRules).flatMap { rule -> [Diagnostic] in
    let spans = rule.window.spans
    return zip(spans, spans.dropFirst()).compactMap { earlier, later -> Diagnostic? in
      let gap = ValueSet(earlier.high + 1, later.low - 1)
      guard rule.declaration.about != nil || isAskedFor(rule, on: gap, in: generation) else { return nil }
      let days = (CivilDate(dayNumber: earlier.high + 1), CivilDate(dayNumber: later.low - 1))
      return Diagnostic(at: rule.declaration.location, .gapInForce(rule.declaration.name, days))
    }
  }
}

/// True if a ground of another rule, governed by the same day, asks for a rule on one of these days.
private func isAskedFor(
  _ rule: Generation.LinkedRule, on days: ValueSet, in generation: Generation
) -> Bool {
  generation.rules.contains { other in
    other.day == rule.day
      && other.grounds.contains { ground in
        !ground.days.isDisjoint(with: days) && ground.condition.names(rule.id, in: generation)
      }
  }
}

extension Formula {
  /// True if a rule stands in it, under whatever standard.
  fileprivate func names(_ rule: String, in generation: Generation) -> Bool {
    var found = false
    forEachLeaf({ _ in }, rule: { if generation.rules[$0].id == rule { found = true } })
    return found
  }
}
