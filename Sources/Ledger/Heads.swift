// SPDX-License-Identifier: Apache-2.0
import GRDB
package import TransparencyLog

/// A head of the tree that was signed and recorded.
package struct RecordedHead: Hashable, Sendable {
  /// How many entries it is about.
  package var size: Int64
  /// The entry that records it.
  package var entry: Int64
  /// The note (C2SP tlog-checkpoint), as it was published.
  package var note: String
}

/// Heads are signed over what is on the disk, recorded, and only then published: no two that disagree ever are.
extension Ledger {
  /// Signs the present head and records it.
  ///
  /// - Parameters:
  ///   - signers: The key, or while one takes over from another both.
  ///   - at: The moment.
  ///   - isForced: Whether a head is signed although nothing but the last head came since it.
  /// - Returns: The head; `nil` if there is nothing new to sign.
  /// - Throws: ``LedgerFault/damaged(_:)`` if the tree is not the one that the last head was signed over.
  package func signHead(with signers: [NoteSigningKey], at: String, isForced: Bool = false) throws
    -> RecordedHead?
  {
    guard let origin = signers.first?.verifier.name else { return nil }
    let size = try reader.size()
    let last = try reader.lastHead()
    if size == 0 || (!isForced && last?.entry == size) { return nil }
    if let last { try reader.requireRoot(of: last) }
    let root = try reader.root(ofSize: size)
    let checkpoint = Checkpoint(origin: origin, size: size, root: root)
    let note = SignedCheckpoint(signing: checkpoint, with: signers).text
    return try write { tx in
      try tx.recordKeys(signers.map(\.verifier), at: at)
      let entry = try tx.append(
        .head, at: at,
        body: [
          "keys": .list(signers.map { .text($0.verifier.id.description) }), "root": .text(root.base64),
          "size": .integer(size),
        ])
      try tx.db.run("INSERT INTO heads (size, entry, note) VALUES (\(size), \(entry), \(note))")
      return RecordedHead(size: size, entry: entry, note: note)
    }
  }
}

extension Ledger {
  /// Records a key before it signs, so that a head of the key before it vouches for it.
  package func announce(_ key: NoteVerifierKey, at: String) throws {
    try write { tx in try tx.recordKeys([key], at: at) }
  }
}

extension Ledger.Transaction {
  /// Records keys that come into use, so that the ledger itself says since when.
  fileprivate func recordKeys(_ verifiers: [NoteVerifierKey], at: String) throws {
    let known = try LedgerReader.keyTexts(db)
    for verifier in verifiers where !known.contains(verifier.text) {
      try append(.key, at: at, body: ["key": .text(verifier.text)])
    }
  }
}

extension LedgerReader {
  /// Returns how many entries there are.
  package func size() throws -> Int64 {
    try fetch { db in try Int64.fetchOne(db, sql: "SELECT max(seq) FROM entries") ?? 0 }
  }

  /// Returns the root of the first entries (RFC 9162, section 2.1.1).
  package func root(ofSize size: Int64) throws -> MerkleHash {
    try fetch { db in try MerkleTree.root(ofSize: size) { try Self.node(db, $0) } }
  }

  /// Returns the last head that was signed; `nil` if none was.
  package func lastHead() throws -> RecordedHead? { try heads(limit: 1).first }

  /// Returns the heads that were signed, newest first.
  package func heads(limit: Int = .max) throws -> [RecordedHead] {
    try fetch { db in
      try Row.fetchAll(db, literal: "SELECT * FROM heads ORDER BY size DESC LIMIT \(limit)").map { row in
        try RecordedHead(
          size: row.decode(forColumn: "size"), entry: row.decode(forColumn: "entry"),
          note: row.decode(forColumn: "note"))
      }
    }
  }

  /// Returns the keys that ever signed a head, oldest first, as texts that other tools read (C2SP signed-note).
  package func keyTexts() throws -> [String] { try fetch { db in try Self.keyTexts(db) } }

  static func keyTexts(_ db: Database) throws -> [String] {
    try String.fetchAll(db, sql: "SELECT body ->> 'key' FROM entries WHERE kind = 'key' ORDER BY seq")
  }

  /// Returns an entry; `nil` if there is none of that number.
  package func entry(_ number: Int64) throws -> Entry? {
    try fetch { db in
      try Row.fetchOne(db, literal: "SELECT * FROM entries WHERE seq = \(number)").map { try Entry($0) }
    }
  }

  /// Returns the path by which an entry is proven to be among the first entries.
  package func inclusionProof(of entry: Int64, inSize size: Int64) throws -> [MerkleHash] {
    try fetch { db in
      try MerkleTree.inclusionProof(of: entry - 1, inSize: size) { try Self.node(db, $0) }
    }
  }

  /// Returns the path by which a smaller tree is proven to be the beginning of a larger one.
  package func consistencyProof(from old: Int64, to new: Int64) throws -> [MerkleHash] {
    try fetch { db in try MerkleTree.consistencyProof(from: old, to: new) { try Self.node(db, $0) } }
  }

  /// Makes sure that the tree still has the root that a head was signed over.
  ///
  /// - Throws: ``LedgerFault/damaged(_:)``.
  package func requireRoot(of head: RecordedHead) throws {
    let signed = try? SignedCheckpoint(parsing: Array(head.note.utf8)).checkpoint
    guard let signed, signed.size == head.size, try root(ofSize: head.size) == signed.root else {
      throw LedgerFault.damaged("its first \(head.size) entries are not those that its head was signed over")
    }
  }

  static func node(_ db: Database, _ place: NodePlace) throws -> MerkleHash {
    let bytes = try StoredBytes.fetchOne(
      db, literal: "SELECT hash FROM tree WHERE level = \(place.level) AND place = \(place.index)")
    guard let hash = bytes.flatMap({ MerkleHash($0.bytes) }) else {
      throw LedgerFault.damaged("the tree lacks its node \(place.level)/\(place.index)")
    }
    return hash
  }
}
