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
  /// The packs it was taken under.
  package var packs: [PackReference]
  package var conclusions: [String]
  /// The status of each conclusion.
  package var statuses: [String]
  package var clauses: [String]
}

extension LedgerReader {
  /// What many decisions have in common, by what stands for it in each; who reads many keeps one.
  package struct SharedNames {
    fileprivate var conclusions: [[UInt8]: [String]] = [:]
    fileprivate var packs: [String: [PackReference]] = [:]

    package init() {}
  }

  /// Hands over the decision of each case that was its newest at some moment, in the order of entries.
  ///
  /// - Parameters:
  ///   - entries: The entries that are looked at, in one short read.
  ///   - horizon: The last entry that is known: what came later counts as not there.
  ///   - names: What was met before, to which is added what is new.
  ///   - body: Is handed each; what it throws ends the reading.
  /// - Throws: ``LedgerFault``, or what `body` throws.
  package func eachPastDecision(
    in entries: ClosedRange<Int64>, asOf horizon: Int64 = .max, names: inout SharedNames,
    _ body: (PastDecision) throws -> Void
  ) throws {
    let keys = try keys()
    try fetch { db in
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT decided.case_number, decided.version, decided.entry, decided.head, decided.case_file,
            keys.epoch, keys.wrapped, entries.body -> 'packs'
          FROM decided JOIN keys ON keys.number = decided.case_number
          JOIN entries ON entries.seq = decided.entry
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

  private static func past(_ db: Database, _ row: Row, _ keys: KeyRing, _ names: inout SharedNames) throws
    -> PastDecision
  {
    let number: Int64 = row[0]
    let version: Int = row[1]
    let key = try keys.unwrap(bytes(row, 6), number: number, epoch: row[5])
    let head = try DecisionContent.head(bytes(row, 3), with: key, case: number, version: version)
    let conclusions: [String]
    let statuses: [String]
    let clauses: [String]
    if let compact = head.found {
      conclusions = try names.conclusions.known(compact.names) {
        try self.conclusions(db, number, version).map(\.id)
      }
      (statuses, clauses) = (compact.statuses, compact.clauses)
    } else {
      let found = try self.conclusions(db, number, version)
      (conclusions, statuses) = (found.map(\.id), found.map(\.status))
      clauses = try Self.clauses(db, number, version)
    }
    let entry: Int64 = row[2]
    return PastDecision(
      reference: head.reference, version: version, entry: entry,
      caseBytes: try DecisionContent.caseFile(bytes(row, 4), with: key, case: number, version: version),
      jurisdiction: head.jurisdiction, assessedOn: head.assessedOn,
      packs: try names.packs.known(row[7]) { try packs(db, ofEntry: entry) }, conclusions: conclusions,
      statuses: statuses, clauses: clauses)
  }

  private static func bytes(_ row: Row, _ column: Int) throws -> [UInt8] {
    try row.decode(StoredBytes.self, atIndex: column).bytes
  }
}

extension Dictionary {
  /// What stands under a key, or else is put there now.
  fileprivate mutating func known(_ key: Key, _ find: () throws -> Value) rethrows -> Value {
    if let known = self[key] { return known }
    let found = try find()
    self[key] = found
    return found
  }
}
