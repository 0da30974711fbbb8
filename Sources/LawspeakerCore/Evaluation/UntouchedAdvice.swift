// SPDX-License-Identifier: Apache-2.0

import Synchronization

/// The advice on open conclusions of which a file says nothing: the same for all files that leave the same days.
///
/// Most of a large pack is untouched by any one case. What is open there is worked out once for a generation, so that a
/// decision costs what the case touches and not what the packs hold.
final class UntouchedAdvice: Sendable {
  /// What the advice depends on.
  struct Question: Hashable {
    let rule: Int
    /// The cells of each day of the rule's frame.
    let days: [UInt64]
  }

  /// Past so many answers, no more are kept: uncertain days can be cut in many ways.
  private static let most = 10_000
  private let known = Mutex<[Question: Advice.OpenConclusion]>([:])

  /// The advice that was worked out before, or else is now.
  func advice(on question: Question, _ workOut: () -> Advice.OpenConclusion) -> Advice.OpenConclusion {
    if let advice = known.withLock({ $0[question] }) { return advice }
    let advice = workOut()
    known.withLock { known in
      if known.count < Self.most { known[question] = advice }
    }
    return advice
  }
}
