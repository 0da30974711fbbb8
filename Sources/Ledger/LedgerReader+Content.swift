// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A decision with everything that is stored about it.
package struct StoredDecision: Hashable, Sendable {
  /// As its sender wrote it.
  package var reference: String
  /// What indexes and folders call the case.
  package var name: String
  package var owner: UInt32
  package var person: String?
  package var version: Int
  package var entry: Int64
  package var at: String
  package var assessedOn: String
  package var fileName: String
  package var caseBytes: [UInt8]
  /// The inner document.
  package var decision: [UInt8]
  package var envelope: [UInt8]
  package var caseSHA256: ContentDigest
  package var decisionSHA256: ContentDigest
  package var answerSHA256: ContentDigest
  package var packs: [PackReference]
  package var conclusions: [FoundConclusion]
  /// In byte order.
  package var clauses: [String]
  /// Whether no newer version supersedes it.
  package var isLatest: Bool
  /// What the entry's commitment is made with, beside the document.
  package var salt: [UInt8]
}

extension LedgerReader {
  /// Returns a decision with its content: a version, or the newest; `nil` if there is none, or no more.
  ///
  /// - Throws: ``LedgerFault/noKey`` without keys.
  package func decision(_ reference: String, version: Int? = nil) throws -> StoredDecision? {
    let wanted: SQL = version.map { "\($0)" } ?? "cases.latest_version"
    let keys = try keys()
    return try fetch { db in
      let row = try Row.fetchOne(
        db,
        literal: """
          SELECT cases.reference, cases.owner, cases.latest_version, decided.*
          FROM cases JOIN decided ON decided.case_number = cases.number AND decided.version = \(wanted)
          WHERE cases.reference IN \(names(reference))
          """)
      return try row.map { try Self.stored(db, $0, keys, FoundIndex(db)) }
    }
  }

  /// Hands over every decision in the order of entries, one after the other, from an entry on.
  ///
  /// - Parameters:
  ///   - first: The first entry that is looked at.
  ///   - limit: How many are handed over at most: each call is one short read.
  ///   - latestOnly: Whether superseded decisions are left out.
  ///   - body: Is handed each; what it throws ends the reading.
  /// - Returns: The entry after the last one handed over; `nil` if there are no more.
  /// - Throws: ``LedgerFault``, or what `body` throws.
  package func eachDecision(
    from first: Int64 = 1, limit: Int, latestOnly: Bool = false, _ body: (StoredDecision) throws -> Void
  ) throws -> Int64? {
    let keys = try keys()
    return try fetch { db in
      let condition: SQL = latestOnly ? "AND decided.version = cases.latest_version" : ""
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT cases.reference, cases.owner, cases.latest_version, decided.*
          FROM decided JOIN cases ON decided.case_number = cases.number
          WHERE decided.entry >= \(first) \(condition) ORDER BY decided.entry LIMIT \(limit)
          """
      ).fetchCursor(db)
      let index = FoundIndex(db)
      var (count, last) = (0, first)
      while let row = try rows.next() {
        let stored = try Self.stored(db, row, keys, index)
        (count, last) = (count + 1, stored.entry)
        try body(stored)
      }
      return count == limit ? last + 1 : nil
    }
  }

  static func stored(_ db: Database, _ row: Row, _ keys: KeyRing, _ index: FoundIndex) throws
    -> StoredDecision
  {
    let number: Int64 = try row.decode(forColumn: "case_number")
    let version: Int = try row.decode(forColumn: "version")
    let key = try key(db, number, keys)
    let head = try DecisionContent.head(row.bytes("head"), with: key, case: number, version: version)
    let documents = try DecisionContent.documents(
      row.bytes("body"), with: key, case: number, version: version)
    let caseBytes = try DecisionContent.caseFile(
      row.bytes("case_file"), with: key, case: number, version: version)
    let entry: Int64 = try row.decode(forColumn: "entry")
    let found = try index.found(entry)
    return try StoredDecision(
      reference: head.reference, name: row.decode(forColumn: "reference"),
      owner: row.decode(forColumn: "owner"), person: head.person, version: version,
      entry: entry, at: row.decode(forColumn: "at"), assessedOn: head.assessedOn,
      fileName: head.fileName, caseBytes: caseBytes, decision: documents.decision,
      envelope: documents.envelope, caseSHA256: head.caseSHA256, decisionSHA256: head.decisionSHA256,
      answerSHA256: head.answerSHA256, packs: found.packs, conclusions: found.conclusions,
      clauses: found.clauses,
      isLatest: row.decode(Int.self, forColumn: "latest_version") == version, salt: head.salt)
  }
}

extension LedgerReader {
  /// Returns what is known of a case whatever was erased of it; `nil` if its reference was never used.
  package func standing(of reference: String) throws -> CaseStanding? {
    try fetch { db in try Self.standing(db, names(reference)) }
  }

  static func standing(_ db: Database, _ names: [String]) throws -> CaseStanding? {
    let row = try Row.fetchOne(
      db, literal: "SELECT reference, owner, latest_version FROM cases WHERE reference IN \(names)")
    return try row.map { row in
      try CaseStanding(
        owner: row.decode(forColumn: "owner"), latestVersion: row.decode(forColumn: "latest_version"),
        name: row.decode(forColumn: "reference"))
    }
  }
}
