// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The tables, as named migrations that are never edited once they shipped.
///
/// Three kinds of tables are apart, so that a case can be erased while the ledger stays: *entries* (append-only),
/// *content* (what files and decisions say) and *found* (what answers queries). Content and found are erasable; an
/// entry refers to them by a case's random number and by a salted hash.
enum Schema {
  /// `Laws` in ASCII: what `PRAGMA application_id` says of a ledger.
  static let applicationID = 0x4C61_7773

  /// The migrations, in order; those that seal need keys, and without them none may be run.
  static func migrator(_ keys: KeyRing?) -> DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("2026-11 ledger") { db in
      try db.execute(sql: "PRAGMA application_id = \(applicationID)")
      try makeTables(db)
    }
    migrator.registerMigration("2026-12 sealed log") { db in
      guard let keys else { throw LedgerFault.noKey }
      try seal(db, keys)
    }
    migrator.registerMigration("2026-12 compact index") { db in
      guard let keys else { throw LedgerFault.noKey }
      try compactIndex(db, keys)
    }
    return migrator
  }

  static func makeTables(_ db: Database) throws {
    for tables in [entries, packs, content, found] { try db.execute(sql: tables) }
  }

  /// Leaves of a tree to come, so below 65,536 bytes (C2SP tlog-tiles).
  ///
  /// That a body is JSON is seen to by ``EntryBody``: to SQLite 3.40 `json_valid` is no function a schema may use while
  /// it is not trusted. REPLACE deletes without firing the trigger on DELETE, hence the one on INSERT.
  private static let entries = """
    CREATE TABLE entries (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind IN ('start', 'stop', 'pack', 'activation', 'pack-refused', 'decision',
        'refusal', 'held', 'attempt', 'finished')),
      at TEXT NOT NULL,
      body TEXT NOT NULL CHECK (length(CAST(body AS BLOB)) < 65000)
    ) STRICT;
    CREATE INDEX entries_by_kind ON entries (kind, seq);
    CREATE TRIGGER entries_keep_update BEFORE UPDATE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
    CREATE TRIGGER entries_keep_delete BEFORE DELETE ON entries
      BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
    CREATE TRIGGER entries_keep_replace BEFORE INSERT ON entries
      WHEN EXISTS (SELECT 1 FROM entries WHERE seq = NEW.seq)
      BEGIN SELECT RAISE(ABORT, 'entries are append-only'); END;
    """

  /// Packs are public law and no case's content.
  private static let packs = """
    CREATE TABLE packs_known (
      id TEXT NOT NULL,
      version TEXT NOT NULL,
      sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
      archived_entry INTEGER NOT NULL REFERENCES entries (seq),
      PRIMARY KEY (id, version)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE packs_refused (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      folder TEXT NOT NULL,
      diagnostics TEXT NOT NULL
    ) STRICT;
    """

  private static let content = """
    CREATE TABLE cases (
      number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9007199254740991),
      reference TEXT NOT NULL UNIQUE,
      owner INTEGER NOT NULL,
      person TEXT,
      latest_version INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX cases_by_person ON cases (person) WHERE person IS NOT NULL;
    CREATE TABLE decided (
      case_number INTEGER NOT NULL REFERENCES cases (number),
      version INTEGER NOT NULL CHECK (version > 0),
      entry INTEGER NOT NULL UNIQUE REFERENCES entries (seq),
      at TEXT NOT NULL,
      assessed_on TEXT NOT NULL,
      file_name TEXT NOT NULL,
      salt BLOB NOT NULL CHECK (length(salt) = 32),
      case_sha256 BLOB NOT NULL CHECK (length(case_sha256) = 32),
      decision_sha256 BLOB NOT NULL CHECK (length(decision_sha256) = 32),
      answer_sha256 BLOB NOT NULL CHECK (length(answer_sha256) = 32),
      case_bytes BLOB NOT NULL,
      decision BLOB NOT NULL,
      envelope BLOB NOT NULL,
      PRIMARY KEY (case_number, version)
    ) STRICT;
    CREATE INDEX decided_by_day ON decided (at);
    CREATE TABLE set_aside (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      file_name TEXT NOT NULL,
      bytes_sha256 BLOB CHECK (length(bytes_sha256) = 32),
      diagnostics TEXT NOT NULL
    ) STRICT;
    CREATE TABLE outbox (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      kind TEXT NOT NULL CHECK (kind IN ('decision', 'refusal', 'held')),
      file_name TEXT NOT NULL,
      bytes_sha256 BLOB CHECK (length(bytes_sha256) = 32),
      case_number INTEGER,
      version INTEGER,
      FOREIGN KEY (case_number, version) REFERENCES decided (case_number, version) ON DELETE CASCADE,
      CHECK ((case_number IS NULL) = (kind <> 'decision') AND (version IS NULL) = (case_number IS NULL))
    ) STRICT;
    CREATE INDEX outbox_by_decision ON outbox (case_number, version);
    CREATE TABLE attempts (
      file_name TEXT NOT NULL,
      bytes_sha256 BLOB NOT NULL CHECK (length(bytes_sha256) = 32),
      count INTEGER NOT NULL,
      PRIMARY KEY (file_name, bytes_sha256)
    ) STRICT, WITHOUT ROWID;
    """

  private static let found = """
    CREATE TABLE found_conclusions (
      case_number INTEGER NOT NULL,
      version INTEGER NOT NULL,
      place INTEGER NOT NULL,
      conclusion TEXT NOT NULL,
      status TEXT NOT NULL,
      PRIMARY KEY (case_number, version, place),
      FOREIGN KEY (case_number, version) REFERENCES decided (case_number, version) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX found_by_conclusion ON found_conclusions (conclusion, status);
    CREATE INDEX found_by_status ON found_conclusions (status);
    CREATE TABLE found_clauses (
      case_number INTEGER NOT NULL,
      version INTEGER NOT NULL,
      clause TEXT NOT NULL,
      PRIMARY KEY (case_number, version, clause),
      FOREIGN KEY (case_number, version) REFERENCES decided (case_number, version) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX found_by_clause ON found_clauses (clause);
    CREATE TABLE found_packs (
      case_number INTEGER NOT NULL,
      version INTEGER NOT NULL,
      place INTEGER NOT NULL,
      pack TEXT NOT NULL,
      pack_version TEXT NOT NULL,
      pack_sha256 BLOB NOT NULL CHECK (length(pack_sha256) = 32),
      PRIMARY KEY (case_number, version, place),
      FOREIGN KEY (case_number, version) REFERENCES decided (case_number, version) ON DELETE CASCADE
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX found_by_pack ON found_packs (pack, pack_version);
    """
}
