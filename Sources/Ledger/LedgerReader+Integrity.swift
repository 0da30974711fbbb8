// SPDX-License-Identifier: Apache-2.0
import GRDB

extension LedgerReader {
  /// Reads everything again, and returns what is wrong: a sentence each, that names entries and tables alone.
  ///
  /// It asks SQLite about its pages and references, looks for gaps in the entries, and hashes every stored decision
  /// and case file against what was recorded.
  package func integrityCheck() throws -> [String] {
    try fetch { db in
      var problems = try String.fetchAll(db, sql: "PRAGMA integrity_check").filter { $0 != "ok" }
      problems += try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").map { row in
        "a row of `\(try row.decode(String.self, atIndex: 0))` refers to one that is not there"
      }
      let gap = try Bool.fetchOne(db, sql: "SELECT count(*) <> coalesce(max(seq), 0) FROM entries")
      if gap == true { problems.append("entries are missing") }
      return try problems + Self.contentProblems(db)
    }
  }

  private static func contentProblems(_ db: Database) throws -> [String] {
    var problems: [String] = []
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT decided.*, entries.body ->> 'commitment' AS commitment, entries.body ->> 'case' AS named,
          entries.body ->> 'version' AS named_version
        FROM decided JOIN entries ON seq = entry ORDER BY entry
        """)
    while let row = try rows.next() {
      let entry: Int64 = try row.decode(forColumn: "entry")
      let decision = try row.bytes("decision")
      let commitment = Ledger.commitment(salt: try row.bytes("salt"), decision: decision).description
      if try row.decode(String?.self, forColumn: "commitment") != commitment {
        problems.append("the decision of entry \(entry) is not the one recorded")
      }
      if try ContentDigest(of: decision) != row.decode(forColumn: "decision_sha256") {
        problems.append("the decision of entry \(entry) does not have its digest")
      }
      if try ContentDigest(of: row.bytes("case_bytes")) != row.decode(forColumn: "case_sha256") {
        problems.append("the case file of entry \(entry) does not have its digest")
      }
      let isNamed =
        try row.decode(Int64?.self, forColumn: "named") == row.decode(forColumn: "case_number")
        && row.decode(Int?.self, forColumn: "named_version") == row.decode(forColumn: "version")
      if !isNamed { problems.append("entry \(entry) is about another decision than is stored for it") }
    }
    return problems
  }
}
