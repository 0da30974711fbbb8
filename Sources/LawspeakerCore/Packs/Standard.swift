// SPDX-License-Identifier: Apache-2.0

/// How surely something must be found, or was found, rising (design section 4).
public enum Standard: String, CaseIterable, Sendable, Hashable {
  case indications
  case reasonableGrounds = "reasonable_grounds"
  case probable
  case certainOrMostLikely = "certain_or_most_likely"
  case beyondReasonableDoubt = "beyond_reasonable_doubt"

  /// True if one account found to this standard is enough, whatever others say: a duty to protect is not switched off
  /// by whoever disagrees.
  public var isMetByOneAccount: Bool { self <= .reasonableGrounds }
}

extension Standard: Comparable {
  /// The place in the rising order.
  var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  /// True if less is asked.
  public static func < (a: Self, b: Self) -> Bool { a.rank < b.rank }
}
