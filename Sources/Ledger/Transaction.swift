// SPDX-License-Identifier: Apache-2.0
import GRDB
internal import TransparencyLog

extension Ledger {
  /// What is written together; it lives as long as the closure it is given to.
  package struct Transaction {
    let db: Database
    let keys: KeyRing

    init(_ db: Database, _ keys: KeyRing) {
      self.db = db
      self.keys = keys
    }
  }
}

@available(*, unavailable)
extension Ledger.Transaction: Sendable {}

extension Ledger.Transaction {
  /// Appends an entry and its leaf; returns its number, one more than the last.
  @discardableResult package func append(_ kind: EntryKind, at: String, body: EntryBody) throws -> Int64 {
    try db.run("INSERT INTO entries (kind, at, body) VALUES (\(kind.rawValue), \(at), \(body.text))")
    let number = db.lastInsertedRowID
    try grow(Entry(number: number, kind: kind.rawValue, at: at, body: body.text))
    return number
  }

  /// Puts an entry's leaf into the tree, with every subtree that it makes whole.
  func grow(_ entry: Entry) throws {
    let nodes = try MerkleTree.appending(entry.leafHash, at: entry.number - 1) { place in
      try LedgerReader.node(db, place)
    }
    for (place, hash) in nodes {
      try db.run(
        """
        INSERT INTO tree (level, place, hash) VALUES (\(place.level), \(place.index), \(StoredBytes(hash.bytes)))
        """)
    }
  }

  /// Records that the work of entries in the spool is done and synced, with one `finished` entry.
  ///
  /// Entries that are not unfinished are passed over; if none is left, nothing is appended.
  package func finish(_ entries: [Int64], at: String) throws {
    var finished: [Int64] = []
    for entry in Set(entries).sorted() {
      try db.run("DELETE FROM outbox WHERE entry = \(entry)")
      if db.changesCount == 1 { finished.append(entry) }
    }
    if finished.isEmpty { return }
    try append(.finished, at: at, body: ["entries": .list(finished.runs)])
  }

  /// Notes that a file is about to be tried, before it is; returns how often it was by now.
  ///
  /// - Throws: ``LedgerFault``.
  package func noteAttempt(fileName: String, sha256: ContentDigest, at: String) throws -> Int {
    let attempt = Attempt(fileName, sha256, keys)
    let count = try Int.fetchOne(
      db,
      literal: """
        INSERT INTO attempts (name, bytes, count) VALUES (\(attempt.name), \(attempt.bytes), 1)
        ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count
        """)
    guard let count else { throw LedgerFault.damaged("an attempt was noted and not counted") }
    try append(.attempt, at: at, body: ["attempt": .integer(Int64(count))])
    return count
  }

  /// Forgets the attempts of a file, once it came to an end.
  package func clearAttempt(fileName: String, sha256: ContentDigest) throws {
    let attempt = Attempt(fileName, sha256, keys)
    try db.run("DELETE FROM attempts WHERE name = \(attempt.name) AND bytes = \(attempt.bytes)")
  }
}

/// A file as attempts name it: by pseudonyms of its name and bytes.
struct Attempt {
  let name: StoredBytes
  let bytes: StoredBytes

  init(_ fileName: String, _ sha256: ContentDigest, _ keys: KeyRing) {
    name = Self.name(fileName, keys)
    bytes = StoredBytes(keys.tag(sha256.hex, purpose: "attempt bytes"))
  }

  static func name(_ fileName: String, _ keys: KeyRing) -> StoredBytes {
    StoredBytes(keys.tag(fileName, purpose: "attempt name"))
  }
}

extension Ledger.Transaction {
  /// Records an object that could not be taken in, and that it is still to be moved; returns the entry.
  package func refuse(_ record: SetAsideRecord) throws -> Int64 { try setAside(.refusal, record) }

  /// Records a file that the daemon itself failed on, and that it is still to be moved; returns the entry.
  package func hold(_ record: SetAsideRecord) throws -> Int64 { try setAside(.held, record) }

  private func setAside(_ kind: EntryKind, _ record: SetAsideRecord) throws -> Int64 {
    let number = try drawNumber()
    let content = SetAsideContent(
      fileName: record.fileName, sha256: record.sha256, diagnostics: record.diagnostics)
    let sealed = try content.sealed(with: try makeKey(number), number: number)
    let entry = try append(
      kind, at: record.at,
      body: [
        "codes": .list(record.codes.map { .text($0) }),
        "sealed": .text(ContentDigest(of: sealed).description),
      ])
    try insert(sealed, number: number, entry: entry)
    try db.run("INSERT INTO outbox (entry, kind) VALUES (\(entry), \(kind.rawValue))")
    return entry
  }

  func insert(_ sealed: [UInt8], number: Int64, entry: Int64) throws {
    try db.run(
      "INSERT INTO set_aside (entry, number, sealed) VALUES (\(entry), \(number), \(StoredBytes(sealed)))")
  }
}

/// Keys of what can be erased.
extension Ledger.Transaction {
  /// Draws and stores a key under a number that has none.
  @discardableResult func makeKey(_ number: Int64) throws -> SealingKey {
    let key = SealingKey()
    let (epoch, wrapped) = try keys.wrap(key, number: number)
    try db.run(
      "INSERT INTO keys (number, epoch, wrapped) VALUES (\(number), \(epoch), \(StoredBytes(wrapped)))")
    return key
  }

  /// The key under a number.
  ///
  /// - Throws: ``LedgerFault/erased`` if there is none.
  func key(_ number: Int64) throws -> SealingKey { try LedgerReader.key(db, number, keys) }

  /// A random number that is no case's and no key's.
  func drawNumber() throws -> Int64 {
    var number: Int64
    repeat {
      number = Int64.random(in: 1...(1 << 53 - 1))
    } while try Bool.fetchOne(
      db,
      literal: """
        SELECT EXISTS (SELECT 1 FROM keys WHERE number = \(number))
          OR EXISTS (SELECT 1 FROM cases WHERE number = \(number))
        """) == true
    return number
  }
}

extension [Int64] {
  /// Sorted numbers as runs `[first, last]`: a group's entries mostly follow each other.
  var runs: [EntryBody] {
    var runs: [(first: Int64, last: Int64)] = []
    for number in self {
      if let run = runs.last, run.last + 1 == number {
        runs[runs.count - 1].last = number
      } else {
        runs.append((number, number))
      }
    }
    return runs.map { [.integer($0.first), .integer($0.last)] }
  }
}
