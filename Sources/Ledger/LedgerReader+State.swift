// SPDX-License-Identifier: Apache-2.0
import GRDB

/// How much the ledger holds.
package struct LedgerCounts: Hashable, Sendable {
  package var decisions: Int
  package var refusals: Int
  package var held: Int
  /// Entries whose work in the spool was not recorded as finished.
  package var unfinished: Int
}

extension LedgerReader {
  /// Returns the entries whose work in the spool was not recorded as finished, oldest first.
  package func unfinished() throws -> [Unfinished] {
    let keys = try keys()
    return try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT outbox.*, cases.reference, set_aside.number, set_aside.sealed, decided.head FROM outbox
          LEFT JOIN cases ON cases.number = outbox.case_number
          LEFT JOIN set_aside ON set_aside.entry = outbox.entry
          LEFT JOIN decided ON decided.entry = outbox.entry
          ORDER BY outbox.entry
          """
      ).map { try Self.unfinished(db, $0, keys) }
    }
  }

  private static func unfinished(_ db: Database, _ row: Row, _ keys: KeyRing) throws -> Unfinished {
    let entry: Int64 = try row.decode(forColumn: "entry")
    guard let kind = try EntryKind(rawValue: row.decode(forColumn: "kind")) else {
      throw LedgerFault.damaged("an unfinished entry is of an unknown kind")
    }
    if kind == .decision {
      let (number, version) = try (
        row.decode(Int64.self, forColumn: "case_number"), row.decode(Int.self, forColumn: "version")
      )
      let key = try key(db, number, keys)
      let head = try DecisionContent.head(row.bytes("head"), with: key, case: number, version: version)
      return try Unfinished(
        entry: entry, kind: kind, fileName: head.fileName, sha256: head.caseSHA256,
        reference: row.decode(forColumn: "reference"), version: version, diagnostics: nil)
    }
    let number: Int64 = try row.decode(forColumn: "number")
    let content = try SetAsideContent(row.bytes("sealed"), with: key(db, number, keys), number: number)
    return Unfinished(
      entry: entry, kind: kind, fileName: content.fileName, sha256: content.sha256, reference: nil,
      version: nil, diagnostics: content.diagnostics)
  }

  /// Returns which of some files were tried, and no end of it was noted.
  package func attempted(among names: Set<String>) throws -> Set<String> {
    let keys = try keys()
    return try fetch { db in
      let tried = Set(try StoredBytes.fetchAll(db, literal: "SELECT name FROM attempts").map(\.bytes))
      return names.filter { tried.contains(Attempt.name($0, keys).bytes) }
    }
  }

  /// Returns the last activation of packs; `nil` if there was none.
  package func lastActivation() throws -> Activation? { try activations(limit: 1).first }

  /// Returns activations of packs, newest first.
  package func activations(limit: Int = .max) throws -> [Activation] {
    try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT seq, at, body ->> 'generation' AS generation, body ->> 'rolled_back_to' AS back FROM entries
          WHERE kind = 'activation' ORDER BY seq DESC LIMIT \(max(0, limit))
          """
      ).map { row in
        let entry: Int64 = try row.decode(forColumn: "seq")
        return try Activation(
          entry: entry, at: row.decode(forColumn: "at"), generation: row.decode(forColumn: "generation"),
          packs: Self.packs(db, ofEntry: entry), rolledBackTo: row.decode(forColumn: "back"))
      }
    }
  }

  /// Returns the last refusal of a pack; `nil` if there was none.
  package func lastPackRefusal() throws -> PackRefusal? {
    try fetch { db in
      let row = try Row.fetchOne(
        db,
        literal: """
          SELECT entry, at, folder, diagnostics FROM packs_refused JOIN entries ON seq = entry
          ORDER BY entry DESC LIMIT 1
          """)
      return try row.map { row in
        try PackRefusal(
          entry: row.decode(forColumn: "entry"), at: row.decode(forColumn: "at"),
          folder: row.decode(forColumn: "folder"), diagnostics: row.decode(forColumn: "diagnostics"))
      }
    }
  }

  /// Returns how much the ledger holds.
  package func counts() throws -> LedgerCounts {
    try fetch { db in
      func count(_ query: SQL) throws -> Int { try Int.fetchOne(db, literal: query) ?? 0 }
      return try LedgerCounts(
        decisions: count("SELECT count(*) FROM entries WHERE kind = 'decision'"),
        refusals: count("SELECT count(*) FROM entries WHERE kind = 'refusal'"),
        held: count("SELECT count(*) FROM entries WHERE kind = 'held'"),
        unfinished: count("SELECT count(*) FROM outbox"))
    }
  }

  /// The packs that an entry names, of an activation or a decision.
  static func packs(_ db: Database, ofEntry entry: Int64) throws -> [PackReference] {
    try Row.fetchAll(
      db,
      literal: """
        SELECT value ->> 'id' AS id, value ->> 'version' AS version, value ->> 'sha256' AS sha256
        FROM entries, json_each(entries.body, '$.packs') WHERE seq = \(entry) ORDER BY key
        """
    ).map { row in
      guard let digest = try ContentDigest(hex: row.decode(forColumn: "sha256")) else {
        throw LedgerFault.damaged("entry \(entry) names a pack without a digest")
      }
      return try PackReference(
        id: row.decode(forColumn: "id"), version: row.decode(forColumn: "version"), sha256: digest)
    }
  }
}
