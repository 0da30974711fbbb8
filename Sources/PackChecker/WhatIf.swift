// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
internal import YAMLTree

/// One recorded case as its newest version was answered.
package struct PastCase: Sendable {
  package var reference: String
  package var version: Int
  /// The case file as it was recorded.
  package var caseBytes: [UInt8]
  /// Where the assessor works, for a file that does not say.
  package var jurisdiction: String
  /// The day of assessment, for a file that states none.
  package var assessedOn: CivilDate
  /// The status of each conclusion, by its id, in the order of the decision.
  package var statuses: [(id: String, status: Status)]
  /// The ids of the clauses applied.
  package var clauses: [String]

  package init(
    reference: String, version: Int, caseBytes: [UInt8], jurisdiction: String, assessedOn: CivilDate,
    statuses: [(id: String, status: Status)], clauses: [String]
  ) {
    self.reference = reference
    self.version = version
    self.caseBytes = caseBytes
    self.jurisdiction = jurisdiction
    self.assessedOn = assessedOn
    self.statuses = statuses
    self.clauses = clauses
  }
}

/// Answers past cases under other packs and counts what would be otherwise.
///
/// Each thread has one of its own; their tallies are merged, in any order.
package struct WhatIf: Sendable {
  /// What was counted so far.
  package private(set) var tally: WhatIfTally
  private var reader: StatusReader
  private let conclusions: [Conclusion]
  private let numbers: [String: Int]
  /// The clauses that are the ground of any conclusion.
  private let grounds: Set<String>
  private var generation: Generation { reader.generation }

  private struct Conclusion {
    let id: String
    let pack: String
    /// The clauses of its grounds.
    let clauses: [String]
  }

  /// Prepares to answer cases.
  ///
  /// - Parameters:
  ///   - generation: The other packs.
  ///   - tally: What was counted before, under the same packs, and is gone on from.
  package init(under generation: Generation, goingOnFrom tally: WhatIfTally = WhatIfTally()) {
    self.tally = tally
    reader = StatusReader(generation)
    conclusions = generation.rules.prefix(generation.ownRules).map { rule in
      Conclusion(
        id: rule.id, pack: generation.packs[rule.pack].id,
        clauses: rule.grounds.map { generation.id(of: $0.clause) })
    }
    numbers = Dictionary(conclusions.enumerated().map { ($1.id, $0) }) { first, _ in first }
    grounds = Set(conclusions.flatMap(\.clauses))
  }

  /// Answers a case and counts it.
  package mutating func take(_ past: PastCase) {
    let defaults = CaseDefaults(jurisdiction: past.jurisdiction, today: past.assessedOn)
    let file: Case
    do throws(CaseRefused) {
      file = try readCase(past.caseBytes, file: past.reference, under: generation, defaults: defaults)
    } catch {
      let codes = Set(error.diagnostics.map(\.message.code)).sorted()
      tally.note(.init(reference: past.reference, version: past.version, codes: codes))
      return
    }
    let changes = changes(from: past, to: reader.statuses(of: file)).map { change in
      (change, clauses: change.isOfCase ? clauses(of: change, from: past, to: file) : [])
    }
    tally.note(past.reference, past.version, changes)
  }

  /// What is answered otherwise, what is answered no longer, and what was not answered before.
  private func changes(
    from past: PastCase, to statuses: [(rule: Int, status: Status)]
  ) -> [WhatIfTally.Change] {
    var changes: [WhatIfTally.Change] = []
    var now = [Status?](repeating: nil, count: conclusions.count)
    for (rule, status) in statuses { now[rule] = status }
    var expected = 0  // most often the conclusions are the same, in the same order
    for (id, before) in past.statuses {
      let isExpected = expected < conclusions.count && conclusions[expected].id == id
      let number = isExpected ? expected : numbers[id]
      let after = number.flatMap { now[$0] }
      if let number { now[number] = nil }
      expected = (number ?? expected) + 1
      if after != before { changes.append(.init(conclusion: id, from: before, to: after)) }
    }
    for (number, status) in now.enumerated() {
      guard let status else { continue }
      changes.append(.init(conclusion: conclusions[number].id, from: nil, to: status))
    }
    return changes
  }

  /// The clauses on which the answer stood or stands; where it is no conclusion on either side, those of the grounds.
  ///
  /// The record names the clauses of a decision as a whole: of those, the ones that are grounds of this conclusion, or
  /// of none any more.
  private func clauses(of change: WhatIfTally.Change, from past: PastCase, to file: Case) -> [String] {
    guard let number = numbers[change.conclusion] else {
      let pack = change.conclusion.prefix { $0 != "." }
      return past.clauses.filter { isGone($0, of: pack) }
    }
    let conclusion = conclusions[number]
    var clauses: [String] = []
    if change.from == .holds {
      clauses = past.clauses.filter {
        conclusion.clauses.contains($0) || isGone($0, of: conclusion.pack[...])
      }
    } else if change.to == .holds {
      clauses = clausesApplied(to: number, in: file, under: generation).map { generation.id(of: $0) }
    }
    return clauses.isEmpty ? conclusion.clauses : clauses
  }

  private func isGone(_ clause: String, of pack: Substring) -> Bool {
    !grounds.contains(clause) && clause.hasPrefix(pack + ".")
  }
}
