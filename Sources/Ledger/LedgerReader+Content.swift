// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A decision with everything that is stored about it.
package struct StoredDecision: Hashable, Sendable {
  package var reference: String
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
}

extension LedgerReader {
  /// Returns a decision with its content: a version, or the newest; `nil` if there is none.
  package func decision(_ reference: String, version: Int? = nil) throws -> StoredDecision? {
    let wanted: SQL = version.map { "\($0)" } ?? "cases.latest_version"
    return try fetch { db in
      let row = try Row.fetchOne(
        db,
        literal: """
          SELECT cases.reference, cases.owner, cases.person, cases.latest_version, decided.*
          FROM cases JOIN decided ON decided.case_number = cases.number AND decided.version = \(wanted)
          WHERE cases.reference = \(reference)
          """)
      return try row.map { try Self.stored(db, $0) }
    }
  }

  private static func stored(_ db: Database, _ row: Row) throws -> StoredDecision {
    let number: Int64 = try row.decode(forColumn: "case_number")
    let version: Int = try row.decode(forColumn: "version")
    return try StoredDecision(
      reference: row.decode(forColumn: "reference"), owner: row.decode(forColumn: "owner"),
      person: row.decode(forColumn: "person"), version: version, entry: row.decode(forColumn: "entry"),
      at: row.decode(forColumn: "at"), assessedOn: row.decode(forColumn: "assessed_on"),
      fileName: row.decode(forColumn: "file_name"), caseBytes: row.bytes("case_bytes"),
      decision: row.bytes("decision"), envelope: row.bytes("envelope"),
      caseSHA256: row.decode(forColumn: "case_sha256"),
      decisionSHA256: row.decode(forColumn: "decision_sha256"),
      answerSHA256: row.decode(forColumn: "answer_sha256"), packs: packs(db, number, version),
      conclusions: conclusions(db, number, version), clauses: clauses(db, number, version),
      isLatest: row.decode(Int.self, forColumn: "latest_version") == version)
  }

  private static func clauses(_ db: Database, _ number: Int64, _ version: Int) throws -> [String] {
    try String.fetchAll(
      db,
      literal: """
        SELECT clause FROM found_clauses WHERE case_number = \(number) AND version = \(version) ORDER BY clause
        """)
  }
}

/// The newest decision about a case, as far as a list of what follows from it needs it.
package struct LatestDocument: Hashable, Sendable {
  package var reference: String
  package var version: Int
  /// The inner document.
  package var decision: [UInt8]
  package var decisionSHA256: ContentDigest
  package var packs: [PackReference]
}

extension LedgerReader {
  /// Hands over the newest decision of every case, one after the other, by reference.
  ///
  /// All are of one state of the ledger; no more than one is held at a time.
  package func eachLatestDocument(_ body: (LatestDocument) throws -> Void) throws {
    try fetch { db in
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT cases.reference, decided.case_number, decided.version, decided.decision, decided.decision_sha256
          FROM cases JOIN decided ON decided.case_number = cases.number AND decided.version = cases.latest_version
          ORDER BY cases.reference
          """
      ).fetchCursor(db)
      while let row = try rows.next() {
        let version: Int = try row.decode(forColumn: "version")
        try body(
          LatestDocument(
            reference: row.decode(forColumn: "reference"), version: version, decision: row.bytes("decision"),
            decisionSHA256: row.decode(forColumn: "decision_sha256"),
            packs: Self.packs(db, row.decode(forColumn: "case_number"), version)))
      }
    }
  }
}
