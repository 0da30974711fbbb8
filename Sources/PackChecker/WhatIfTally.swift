// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// What would be answered otherwise under other packs: counts, references and names, never a fact.
package struct WhatIfTally: Sendable, Hashable {
  /// How many cases were looked at.
  package var cases = 0
  /// How many would be answered as before.
  package var unchanged = 0
  /// Cases whose file can no longer be read.
  package var refused: [Refused] = []
  /// Cases in which a conclusion would be another.
  package var changed: [ChangedCase] = []
  /// How often each change of a conclusion occurs.
  package var conclusions: [Change: Seen] = [:]
  /// The same by clause; under an empty id what stands on no clause.
  package var clauses: [String: [Change: Seen]] = [:]

  /// Nothing counted yet.
  package init() {}

  /// A conclusion whose answer would be another.
  package struct Change: Sendable, Hashable {
    package var conclusion: String
    /// Nil for a conclusion that was not there.
    package var from: Status?
    /// Nil for a conclusion that is there no more.
    package var to: Status?

    /// True if it makes a case another: one that is on one side only must hold there.
    package var isOfCase: Bool { from != nil && to != nil || from == .holds || to == .holds }
  }

  /// How often something was seen, and where.
  package struct Seen: Sendable, Hashable {
    package var count = 0
    /// The references that come first, as bytes; at most three.
    package var examples: [String] = []

    static let most = 3

    mutating func merge(_ other: Seen) {
      count += other.count
      for reference in other.examples { note(reference) }
    }

    mutating func note(_ reference: String) {
      guard let place = place(of: reference) else { return }
      examples.insert(reference, at: place)
      if examples.count > Self.most { examples.removeLast() }
    }

    private func place(of reference: String) -> Int? {
      for (place, example) in examples.enumerated() {
        if example == reference { return nil }
        if precedes(reference, example) { return place }
      }
      return examples.count < Self.most ? examples.count : nil
    }
  }

  /// A case whose file can no longer be read.
  package struct Refused: Sendable, Hashable {
    package var reference: String
    package var version: Int
    /// The stable codes of what is wrong, sorted.
    package var codes: [String]
  }

  /// A case in which a conclusion would be another.
  package struct ChangedCase: Sendable, Hashable {
    package var reference: String
    package var version: Int
    package var changes: [Change]
  }

  mutating func note(_ refused: Refused) {
    cases += 1
    self.refused.append(refused)
  }

  /// Counts a case with what would be otherwise and, for what makes it another case, the clauses on which that stands.
  mutating func note(
    _ reference: String, _ version: Int, _ changes: [(change: Change, clauses: [String])]
  ) {
    cases += 1
    let seen = Seen(count: 1, examples: [reference])
    for (change, _) in changes { conclusions[change, default: Seen()].merge(seen) }
    let ofCase = changes.filter(\.change.isOfCase)
    if ofCase.isEmpty {
      unchanged += 1
      return
    }
    for (change, clauses) in ofCase {
      for clause in clauses.isEmpty ? [""] : Set(clauses) {
        self.clauses[clause, default: [:]][change, default: Seen()].merge(seen)
      }
    }
    changed.append(ChangedCase(reference: reference, version: version, changes: ofCase.map(\.change)))
  }

  /// Adds what was counted over other cases.
  package mutating func merge(_ other: WhatIfTally) {
    cases += other.cases
    unchanged += other.unchanged
    refused += other.refused
    changed += other.changed
    conclusions.merge(other.conclusions, uniquingKeysWith: merged)
    clauses.merge(other.clauses) { $0.merging($1, uniquingKeysWith: merged) }
  }
}

private func merged(_ a: WhatIfTally.Seen, _ b: WhatIfTally.Seen) -> WhatIfTally.Seen {
  var both = a
  both.merge(b)
  return both
}

/// Orders ids and references as bytes.
func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }

extension WhatIfTally.Change: Comparable {
  /// Orders by conclusion, then by the answers.
  package static func < (a: Self, b: Self) -> Bool {
    if a.conclusion != b.conclusion { return precedes(a.conclusion, b.conclusion) }
    return (a.from.rank, a.to.rank) < (b.from.rank, b.to.rank)
  }
}

extension Status? {
  fileprivate var rank: Int { flatMap { Status.allCases.firstIndex(of: $0) } ?? -1 }
}
