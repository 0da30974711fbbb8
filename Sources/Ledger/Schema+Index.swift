// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The third migration: a decision is found by one row for all its answers, in the order of entries.
///
/// Before, there was a row for each conclusion, some hundred for a decision, in three trees and in the order of a random
/// number. And keys are no more found by their epoch: who seals them anew walks over all, and an index would be written
/// anew with each.
extension Schema {
  static func compactIndex(_ db: Database, _ keys: KeyRing) throws {
    try db.execute(
      sql: """
        DROP INDEX found_by_clause; DROP INDEX found_by_pack;
        DROP INDEX found_by_conclusion; DROP INDEX found_by_status; DROP INDEX keys_by_epoch;
        ALTER TABLE found_clauses RENAME TO old_clauses
        """)
    try db.execute(sql: index)
    let log = Ledger.Transaction(db, keys)
    let decisions = try Row.fetchCursor(
      db, sql: "SELECT entry, case_number, version FROM decided ORDER BY entry")
    while let row = try decisions.next() {
      let (number, version): (Int64, Int) = (row[1], row[2])
      try log.insert(oldFound(db, number, version, clauses: "old_clauses"), entry: row[0])
    }
    try db.execute(sql: "DROP TABLE found_conclusions; DROP TABLE found_packs; DROP TABLE old_clauses")
  }

  /// Takes the place of the index of earlier releases where nothing is in it yet.
  static func replaceIndex(_ db: Database) throws {
    try db.execute(
      sql: """
        DROP TABLE found_conclusions; DROP TABLE found_clauses; DROP TABLE found_packs; DROP INDEX keys_by_epoch
        """)
    try db.execute(sql: index)
  }

  /// What a decision was found by before, but for the name of one table.
  static func oldFound(
    _ db: Database, _ number: Int64, _ version: Int, clauses table: String = "found_clauses"
  ) throws -> Found {
    try Found(
      packs: oldPacks(db, number, version), conclusions: oldConclusions(db, number, version),
      clauses: String.fetchAll(
        db,
        literal: """
          SELECT clause FROM \(sql: table) WHERE case_number = \(number) AND version = \(version)
          ORDER BY clause
          """))
  }

  private static func oldPacks(_ db: Database, _ number: Int64, _ version: Int) throws -> [PackReference] {
    try Row.fetchAll(
      db,
      literal: """
        SELECT pack, pack_version, pack_sha256 FROM found_packs
        WHERE case_number = \(number) AND version = \(version) ORDER BY place
        """
    ).map { row in
      try PackReference(
        id: row.decode(forColumn: "pack"), version: row.decode(forColumn: "pack_version"),
        sha256: row.decode(forColumn: "pack_sha256"))
    }
  }

  private static func oldConclusions(_ db: Database, _ number: Int64, _ version: Int) throws
    -> [FoundConclusion]
  {
    try Row.fetchAll(
      db,
      literal: """
        SELECT conclusion, status FROM found_conclusions
        WHERE case_number = \(number) AND version = \(version) ORDER BY place
        """
    ).map { row in
      try FoundConclusion(id: row.decode(forColumn: "conclusion"), status: row.decode(forColumn: "status"))
    }
  }

  /// A list is what decisions under the same packs share; statuses are a letter a conclusion of the list.
  private static let index = """
    CREATE TABLE found_lists (
      number INTEGER PRIMARY KEY,
      digest BLOB NOT NULL UNIQUE CHECK (length(digest) = 32),
      content TEXT NOT NULL
    ) STRICT;
    CREATE TABLE found_answers (
      entry INTEGER PRIMARY KEY REFERENCES decided (entry) ON DELETE CASCADE,
      list INTEGER NOT NULL REFERENCES found_lists (number),
      statuses BLOB NOT NULL
    ) STRICT;
    CREATE TABLE clauses (
      number INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE
    ) STRICT;
    CREATE TABLE found_clauses (
      entry INTEGER NOT NULL REFERENCES decided (entry) ON DELETE CASCADE,
      clause INTEGER NOT NULL REFERENCES clauses (number),
      PRIMARY KEY (entry, clause)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX found_by_clause ON found_clauses (clause);
    """
}
