// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The second migration: entries become leaves of a tree, and content is sealed with a key a case.
extension Schema {
  /// What `PRAGMA user_version` says of a file that was written anew after its content was sealed and its index made
  /// compact.
  static let writtenAnew = 3

  static func seal(_ db: Database, _ keys: KeyRing) throws {
    let now = try String.fetchOne(db, sql: "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', 'now')") ?? ""
    for (table, columns) in [("cases", "*"), ("decided", "*"), ("set_aside", "*"), ("outbox", "*")] {
      try db.execute(sql: "CREATE TEMP TABLE old_\(table) AS SELECT \(columns) FROM \(table)")
    }
    try replaceTables(db)
    let log = Ledger.Transaction(db, keys)
    try growTree(log)
    try sealCases(db, log)
    try sealDecisions(db, log, at: now)
    try sealSetAside(db, log, at: now)
    try db.execute(
      sql: """
        INSERT INTO outbox SELECT entry, kind, case_number, version FROM old_outbox;
        DROP TABLE old_cases; DROP TABLE old_decided; DROP TABLE old_set_aside; DROP TABLE old_outbox
        """)
  }

  static func replaceTables(_ db: Database) throws {
    try db.execute(sql: entriesOfAnyKind)
    try db.execute(sql: tree)
    try db.execute(sql: "DROP TABLE outbox; DROP TABLE attempts; DROP TABLE set_aside; DROP TABLE decided")
    try db.execute(sql: "DROP TABLE cases")
    try db.execute(sql: sealedContent)
  }

  /// What was recorded before there was a tree comes into it in order.
  private static func growTree(_ log: Ledger.Transaction) throws {
    for entry in try Row.fetchAll(log.db, sql: "SELECT * FROM entries ORDER BY seq") {
      try log.grow(Entry(entry))
    }
  }

  private static func sealCases(_ db: Database, _ log: Ledger.Transaction) throws {
    for row in try Row.fetchAll(db, sql: "SELECT * FROM old_cases") {
      let number: Int64 = try row.decode(forColumn: "number")
      try log.makeKey(number)
      let person = try row.decode(String?.self, forColumn: "person")
      let tag = person.map { StoredBytes(log.keys.tag($0, purpose: "person")) }
      try db.run(
        """
        INSERT INTO cases (number, reference, owner, person, latest_version)
        VALUES (\(number), \(try row.decode(String.self, forColumn: "reference")),
          \(try row.decode(Int64.self, forColumn: "owner")), \(tag),
          \(try row.decode(Int.self, forColumn: "latest_version")))
        """)
    }
  }

  private static func sealDecisions(_ db: Database, _ log: Ledger.Transaction, at now: String) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT old_decided.*, reference, owner, person,
          CAST(decision AS TEXT) ->> 'jurisdiction' AS jurisdiction FROM old_decided
        JOIN old_cases ON number = case_number ORDER BY entry
        """)
    for row in rows {
      let number: Int64 = try row.decode(forColumn: "case_number")
      let version: Int = try row.decode(forColumn: "version")
      let content = try DecisionContent(old: row, oldFound(db, number, version))
      let sealed = try content.sealed(with: log.key(number), case: number, version: version)
      try log.insert(
        sealed, number: number, version: version, entry: row.decode(forColumn: "entry"),
        at: row.decode(forColumn: "at"))
      let body: EntryBody = [
        "case": .integer(number), "sealed": sealed.digests, "version": .integer(Int64(version)),
      ]
      try log.append(.sealed, at: now, body: body)
    }
  }

  private static func sealSetAside(_ db: Database, _ log: Ledger.Transaction, at now: String) throws {
    for row in try Row.fetchAll(db, sql: "SELECT * FROM old_set_aside ORDER BY entry") {
      let entry: Int64 = try row.decode(forColumn: "entry")
      let content = SetAsideContent(
        fileName: try row.decode(forColumn: "file_name"), sha256: try row.decode(forColumn: "bytes_sha256"),
        diagnostics: try row.decode(forColumn: "diagnostics"))
      let number = try log.drawNumber()
      let sealed = try content.sealed(with: try log.makeKey(number), number: number)
      try log.insert(sealed, number: number, entry: entry)
      let digest = ContentDigest(of: sealed).description
      try log.append(.sealed, at: now, body: ["entry": .integer(entry), "sealed": .text(digest)])
    }
  }

  /// Kinds are ``EntryKind``'s to know, so that a new one needs no migration.
  private static let entriesOfAnyKind = """
    CREATE TABLE entries_anew (
      seq INTEGER PRIMARY KEY,
      kind TEXT NOT NULL CHECK (kind <> ''),
      at TEXT NOT NULL,
      body TEXT NOT NULL CHECK (length(CAST(body AS BLOB)) < 65000)
    ) STRICT;
    INSERT INTO entries_anew SELECT seq, kind, at, body FROM entries;
    DROP TABLE entries;
    ALTER TABLE entries_anew RENAME TO entries;
    CREATE INDEX entries_by_kind ON entries (kind, seq);
    """ + appendOnly("entries", key: "seq = NEW.seq")

  /// The hash of every whole subtree (RFC 9162, section 2.1), and the heads that were signed.
  private static let tree = """
    CREATE TABLE tree (
      level INTEGER NOT NULL,
      place INTEGER NOT NULL,
      hash BLOB NOT NULL CHECK (length(hash) = 32),
      PRIMARY KEY (level, place)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE heads (
      size INTEGER PRIMARY KEY CHECK (size > 0),
      entry INTEGER NOT NULL UNIQUE REFERENCES entries (seq),
      note TEXT NOT NULL
    ) STRICT;
    """ + appendOnly("tree", key: "level = NEW.level AND place = NEW.place")
    + appendOnly("heads", key: "size = NEW.size OR entry = NEW.entry")

  /// REPLACE deletes without firing the trigger on DELETE, hence the one on INSERT.
  private static func appendOnly(_ table: String, key: String) -> String {
    let refuse = "BEGIN SELECT RAISE(ABORT, '\(table) are append-only'); END;"
    return """
      CREATE TRIGGER \(table)_keep_update BEFORE UPDATE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_keep_delete BEFORE DELETE ON \(table) \(refuse)
      CREATE TRIGGER \(table)_keep_replace BEFORE INSERT ON \(table)
        WHEN EXISTS (SELECT 1 FROM \(table) WHERE \(key)) \(refuse)

      """
  }

  /// Keys are numbered as what they open: a case or a set-aside object by its random number, the record of who read
  /// and did what in a year by that year below zero.
  private static let sealedContent = """
    CREATE TABLE keys (
      number INTEGER PRIMARY KEY,
      epoch INTEGER NOT NULL,
      wrapped BLOB NOT NULL CHECK (length(wrapped) = 60)
    ) STRICT;
    CREATE INDEX keys_by_epoch ON keys (epoch);
    CREATE TABLE cases (
      number INTEGER PRIMARY KEY CHECK (number BETWEEN 1 AND 9007199254740991),
      reference TEXT NOT NULL UNIQUE,
      owner INTEGER NOT NULL,
      person BLOB CHECK (length(person) = 32),
      latest_version INTEGER NOT NULL,
      erased_entry INTEGER REFERENCES entries (seq),
      erased_version INTEGER
    ) STRICT;
    CREATE INDEX cases_by_person ON cases (person) WHERE person IS NOT NULL;
    CREATE TABLE decided (
      case_number INTEGER NOT NULL REFERENCES cases (number),
      version INTEGER NOT NULL CHECK (version > 0),
      entry INTEGER NOT NULL UNIQUE REFERENCES entries (seq),
      at TEXT NOT NULL,
      head BLOB NOT NULL,
      case_file BLOB NOT NULL,
      body BLOB NOT NULL,
      PRIMARY KEY (case_number, version)
    ) STRICT;
    CREATE INDEX decided_by_day ON decided (at);
    CREATE TABLE set_aside (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      number INTEGER NOT NULL UNIQUE,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE TABLE outbox (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      kind TEXT NOT NULL CHECK (kind IN ('decision', 'refusal', 'held')),
      case_number INTEGER,
      version INTEGER,
      FOREIGN KEY (case_number, version) REFERENCES decided (case_number, version) ON DELETE CASCADE,
      CHECK ((case_number IS NULL) = (kind <> 'decision') AND (version IS NULL) = (case_number IS NULL))
    ) STRICT;
    CREATE INDEX outbox_by_decision ON outbox (case_number, version);
    CREATE TABLE attempts (
      name BLOB NOT NULL CHECK (length(name) = 32),
      bytes BLOB NOT NULL CHECK (length(bytes) = 32),
      count INTEGER NOT NULL,
      PRIMARY KEY (name, bytes)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE acts (
      entry INTEGER PRIMARY KEY REFERENCES entries (seq),
      kind TEXT NOT NULL,
      case_number INTEGER REFERENCES cases (number),
      version INTEGER,
      key INTEGER NOT NULL,
      sealed BLOB NOT NULL
    ) STRICT;
    CREATE INDEX acts_by_case ON acts (case_number, kind);
    CREATE INDEX acts_by_key ON acts (key);
    """
}
