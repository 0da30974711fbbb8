// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// What a case leaves of a conclusion, if nothing is known of any fact that is left; the days of its frame apart.
struct UntouchedRest: Hashable {
  let rule: Int
  /// The cells of each day of the rule's frame.
  let days: [UInt64]
  /// Twice the number of each node that is decided and stands in one that is open, one more if it is true.
  let decided: [Int]
}

extension Plan {
  /// What a box leaves of a rule; nil if something is known of a variable that is left open, or it is refused.
  func untouchedRest(
    of rule: Int, _ days: [Int], in box: Box, isRefused: (Int) -> Bool
  ) -> UntouchedRest? {
    var decided: [Int] = []
    var isReached = [Bool](repeating: false, count: nodes.count)
    isReached[rules[rule]] = true
    for number in cone(of: rules[rule]).nodes.reversed() where isReached[number] {
      let inner = nodes[number]
      if box.truths[number] != .open {
        decided.append(number * 2 + (box.truths[number] == .yes ? 1 : 0))
      } else if inner.kind == .atom {
        let isFull = box.masks[inner.number] == full[inner.number] || days.contains(inner.number)
        if !isFull || isRefused(inner.number) { return nil }
      } else {
        for place in inner.range { isReached[parts[place]] = true }
      }
    }
    return UntouchedRest(rule: rule, days: days.map { box.masks[$0] }, decided: decided)
  }
}

/// The advice on what cases leave untouched: the same for all that leave the same.
///
/// Most of a large pack is untouched by any one case. What is open there is worked out once for a generation, so that a
/// decision costs what the case touches and not what the packs hold.
final class UntouchedAdvice: Sendable {
  /// Past so many answers, no more are kept: uncertain days can be cut in many ways.
  private static let most = 10_000
  private let known = Mutex<[UntouchedRest: Advice.OpenConclusion]>([:])

  /// The advice that was worked out before, or else is now.
  func advice(on rest: UntouchedRest, _ workOut: () -> Advice.OpenConclusion) -> Advice.OpenConclusion {
    if let advice = known.withLock({ $0[rest] }) { return advice }
    let advice = workOut()
    known.withLock { known in
      if known.count < Self.most { known[rest] = advice }
    }
    return advice
  }
}
