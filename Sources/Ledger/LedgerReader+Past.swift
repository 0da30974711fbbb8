// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A decision as far as its case is decided anew: not its documents, which are a hundred times as large.
package struct PastDecision: Sendable {
  package var reference: String
  package var version: Int
  package var entry: Int64
  package var caseBytes: [UInt8]
  package var jurisdiction: String
  package var assessedOn: String
  package var conclusions: [FoundConclusion]
  package var clauses: [String]
}

extension LedgerReader {
  /// The names of conclusions by what stands for them in ``CompactFindings``; who reads many keeps one.
  package typealias ConclusionNames = [[UInt8]: [String]]

  /// Hands over the decision of each case that was its newest at some moment, in the order of entries.
  ///
  /// - Parameters:
  ///   - entries: The entries that are looked at, in one short read.
  ///   - horizon: The last entry that is known: what came later counts as not there.
  ///   - names: The names of conclusions that were met before, to which new ones are added.
  ///   - body: Is handed each; what it throws ends the reading.
  /// - Throws: ``LedgerFault``, or what `body` throws.
  package func eachPastDecision(
    in entries: ClosedRange<Int64>, asOf horizon: Int64 = .max, names: inout ConclusionNames,
    _ body: (PastDecision) throws -> Void
  ) throws {
    let keys = try keys()
    try fetch { db in
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT decided.case_number, decided.version, decided.entry, decided.head, decided.case_file,
            keys.epoch, keys.wrapped
          FROM decided JOIN keys ON keys.number = decided.case_number
          WHERE decided.entry BETWEEN \(entries.lowerBound) AND \(min(entries.upperBound, horizon))
            AND NOT EXISTS (
              SELECT 1 FROM decided AS later
              WHERE later.case_number = decided.case_number AND later.version = decided.version + 1
                AND later.entry <= \(horizon))
          ORDER BY decided.entry
          """, cached: true
      ).fetchCursor(db)
      while let row = try rows.next() { try body(try Self.past(db, row, keys, &names)) }
    }
  }

  private static func past(_ db: Database, _ row: Row, _ keys: KeyRing, _ names: inout ConclusionNames) throws
    -> PastDecision
  {
    let number: Int64 = row[0]
    let version: Int = row[1]
    let key = try keys.unwrap(bytes(row, 6), number: number, epoch: row[5])
    let head = try DecisionContent.head(bytes(row, 3), with: key, case: number, version: version)
    if names[head.found.names] == nil {
      names[head.found.names] = try FoundIndex(db).found(row[2]).conclusions.map(\.id)
    }
    let conclusions = zip(names[head.found.names] ?? [], head.found.statuses).map {
      FoundConclusion(id: $0, status: $1)
    }
    return PastDecision(
      reference: head.reference, version: version, entry: row[2],
      caseBytes: try DecisionContent.caseFile(bytes(row, 4), with: key, case: number, version: version),
      jurisdiction: head.jurisdiction, assessedOn: head.assessedOn, conclusions: conclusions,
      clauses: head.found.clauses)
  }

  private static func bytes(_ row: Row, _ column: Int) throws -> [UInt8] {
    try row.decode(StoredBytes.self, atIndex: column).bytes
  }
}
