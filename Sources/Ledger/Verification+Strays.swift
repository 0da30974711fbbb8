// SPDX-License-Identifier: Apache-2.0
import GRDB

/// Rows of which no entry knows, and tables that are not a ledger's.
extension LedgerReader {
  /// Finds rows that stand for an entry of another kind, and cases that are called erased and were not, or otherwise.
  static func checkStrays(_ db: Database, _ result: inout Verification) throws {
    let strays = try Row.fetchAll(
      db,
      sql: """
        SELECT 'acts' AS place, entry FROM acts LEFT JOIN entries ON seq = entry
          WHERE entries.kind IS NOT acts.kind
            OR acts.kind NOT IN ('access', 'access-refused', 'review', 'withdrawal', 'erasure')
        UNION ALL SELECT 'set_aside', entry FROM set_aside LEFT JOIN entries ON seq = entry
          WHERE coalesce(kind, '') NOT IN ('refusal', 'held')
        UNION ALL SELECT 'packs_refused', entry FROM packs_refused LEFT JOIN entries ON seq = entry
          WHERE kind IS NOT 'pack-refused'
        UNION ALL SELECT 'outbox', entry FROM outbox LEFT JOIN entries ON seq = entry
          WHERE entries.kind IS NOT outbox.kind OR body ->> 'case' IS NOT case_number
            OR body ->> 'version' IS NOT outbox.version
        """)
    for row in strays {
      let (place, entry) = try (row.decode(String.self, atIndex: 0), row.decode(Int64.self, atIndex: 1))
      result.report("there is a row of `\(place)` for entry \(entry), which is none of its kind")
    }
    let erased = try Row.fetchAll(
      db,
      sql: """
        SELECT seq FROM cases
        LEFT JOIN (SELECT body ->> 'case' AS named, max(seq) AS seq, body ->> 'version' AS version
          FROM entries WHERE kind = 'erasure' AND named IS NOT NULL GROUP BY named) ON named = number
        WHERE erased_entry IS NOT seq OR erased_version IS NOT version
        """)
    for row in erased {
      let entry = try row.decode(Int64?.self, forColumn: "seq")
      result.report(
        entry.map { "the case that entry \($0) erased is not stored as erased by it" }
          ?? "a case is stored as erased where none was")
    }
  }

  /// Compares tables, indexes and triggers with those of a ledger that was just made.
  static func checkSchema(_ db: Database, _ result: inout Verification) throws {
    let expected = try Schema.definitions()
    let present = try Schema.definitions(in: db)
    for (name, definition) in expected.sorted(by: { $0.key < $1.key }) where present[name] != definition {
      result.report("\(name) is \(present[name] == nil ? "missing" : "another than a ledger's")")
    }
    for name in present.keys.sorted() where expected[name] == nil {
      result.report("\(name) is none of a ledger's")
    }
  }
}

extension Schema {
  /// What a new ledger's tables, indexes and triggers are defined as, by kind and name.
  static func definitions() throws -> [String: String] {
    try DatabaseQueue().write { db in
      try makeTables(db)
      try replaceTables(db)
      try replaceIndex(db)
      return try definitions(in: db)
    }
  }

  /// What a file's tables, indexes and triggers are defined as, but for those that libraries keep for themselves.
  static func definitions(in db: Database) throws -> [String: String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT type || ' `' || name || '`', coalesce(sql, '') FROM sqlite_master
        WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> 'grdb_migrations'
        """)
    return try Dictionary(
      rows.map { try ("the " + $0.decode(String.self, atIndex: 0), $0.decode(String.self, atIndex: 1)) },
      uniquingKeysWith: { first, _ in first })
  }
}
