// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
internal import YAMLTree

/// One recorded case as its newest version was answered.
package struct PastCase: Sendable {
  package var reference: String
  package var version: Int
  /// The case file as it was recorded, opened only where it is needed.
  package var caseBytes: @Sendable () throws -> [UInt8]
  /// Where the assessor works, for a file that does not say.
  package var jurisdiction: String
  /// The day of assessment, for a file that states none.
  package var assessedOn: CivilDate
  /// The ids of the conclusions, in the order of the decision.
  package var conclusions: [String]
  /// The status of each.
  package var statuses: [Status]
  /// The ids of the clauses applied, read only where something is otherwise.
  package var clauses: @Sendable () -> [String]

  package init(
    reference: String, version: Int, caseBytes: @escaping @Sendable () throws -> [UInt8],
    jurisdiction: String, assessedOn: CivilDate, conclusions: [String], statuses: [Status],
    clauses: @escaping @Sendable () -> [String]
  ) {
    precondition(conclusions.count == statuses.count, "each conclusion has a status")
    self.reference = reference
    self.version = version
    self.caseBytes = caseBytes
    self.jurisdiction = jurisdiction
    self.assessedOn = assessedOn
    (self.conclusions, self.statuses) = (conclusions, statuses)
    self.clauses = clauses
  }
}

/// Answers past cases under other packs and counts what would be otherwise.
///
/// What cannot be otherwise is not worked out again: where everything that the status of a conclusion depends on is the
/// same in the packs that a case was decided under, the recorded status stands. Each thread has one of its own; their
/// tallies are merged, in any order.
package struct WhatIf: Sendable {
  /// So many kinds of decisions are kept ready at a time.
  private static let kinds = 8

  /// What was counted so far.
  package private(set) var tally: WhatIfTally
  private let generation: Generation
  private let conclusions: [Conclusion]
  private let numbers: [String: Int]
  /// The clauses that are the ground of any conclusion.
  private let grounds: Set<String>
  /// The kinds of decisions that were met, and what answers those of each.
  private var recorded: [(kind: Recorded, reader: StatusReader)] = []

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
    self.generation = generation
    conclusions = generation.rules.prefix(generation.ownRules).map { rule in
      Conclusion(
        id: rule.id, pack: generation.packs[rule.pack].id,
        clauses: rule.grounds.map { generation.id(of: $0.clause) })
    }
    numbers = Dictionary(conclusions.enumerated().map { ($1.id, $0) }) { first, _ in first }
    grounds = Set(conclusions.flatMap(\.clauses))
  }

  /// Answers a case and counts it.
  ///
  /// - Parameters:
  ///   - past: The case.
  ///   - earlier: The packs that it was decided under; nil if these are not at hand, and everything is worked out.
  /// - Throws: What opening the case file throws.
  package mutating func take(_ past: PastCase, decidedUnder earlier: EarlierPacks? = nil) throws {
    // INVARIANT: what was given up is worked out whole, since the search may be cut off elsewhere now
    let place = kind(of: past, under: past.statuses.contains(.unsettled) ? nil : earlier)
    let kind = recorded[place].kind
    guard kind.needsFile else { return note(kind.changes(from: past, to: []), of: past, nil) }
    let (bytes, defaults) = (
      try past.caseBytes(), CaseDefaults(jurisdiction: past.jurisdiction, today: past.assessedOn)
    )
    let file: Case
    do throws(CaseRefused) {
      file = try readCase(
        bytes, file: past.reference, under: generation, defaults: defaults,
        facts: kind.isReadAlike ? recorded[place].reader.facts : nil)
    } catch {
      let codes = Set(error.diagnostics.map(\.message.code)).sorted()
      tally.note(.init(reference: past.reference, version: past.version, codes: codes))
      return
    }
    note(kind.changes(from: past, to: recorded[place].reader.statuses(of: file)), of: past, file)
  }

  private mutating func kind(of past: PastCase, under earlier: EarlierPacks?) -> Int {
    if let place = recorded.firstIndex(where: { $0.kind.isLike(past, under: earlier) }) { return place }
    if recorded.count == Self.kinds { recorded = [] }
    let kind = Recorded(past, under: earlier, numbers, asking: generation)
    recorded.append((kind, StatusReader(generation, answering: kind.asked)))
    return recorded.count - 1
  }

  private mutating func note(_ changes: [WhatIfTally.Change], of past: PastCase, _ file: Case?) {
    let changes = changes.map { change in
      (change, clauses: change.isOfCase ? clauses(of: change, from: past, to: file) : [])
    }
    tally.note(past.reference, past.version, changes)
  }

  /// The clauses on which the answer stood or stands; where it is no conclusion on either side, those of the grounds.
  ///
  /// The record names the clauses of a decision as a whole: of those, the ones that are grounds of this conclusion, or
  /// of none any more.
  private func clauses(of change: WhatIfTally.Change, from past: PastCase, to file: Case?) -> [String] {
    guard let number = numbers[change.conclusion] else {
      let pack = change.conclusion.prefix { $0 != "." }
      return past.clauses().filter { isGone($0, of: pack) }
    }
    let conclusion = conclusions[number]
    var clauses: [String] = []
    if change.from == .holds {
      clauses = past.clauses().filter {
        conclusion.clauses.contains($0) || isGone($0, of: conclusion.pack[...])
      }
    } else if change.to == .holds, let file {
      clauses = clausesApplied(to: number, in: file, under: generation).map { generation.id(of: $0) }
    }
    return clauses.isEmpty ? conclusion.clauses : clauses
  }

  private func isGone(_ clause: String, of pack: Substring) -> Bool {
    !grounds.contains(clause) && clause.hasPrefix(pack + ".")
  }
}
