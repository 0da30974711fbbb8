// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Ledger {
  /// What is written together; it lives as long as the closure it is given to.
  package struct Transaction {
    let db: Database

    init(_ db: Database) { self.db = db }
  }
}

@available(*, unavailable)
extension Ledger.Transaction: Sendable {}

extension Ledger.Transaction {
  /// Appends an entry; returns its number, one more than the last.
  @discardableResult package func append(_ kind: EntryKind, at: String, body: EntryBody) throws -> Int64 {
    try db.run("INSERT INTO entries (kind, at, body) VALUES (\(kind.rawValue), \(at), \(body.text))")
    return db.lastInsertedRowID
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
    let count = try Int.fetchOne(
      db,
      literal: """
        INSERT INTO attempts (file_name, bytes_sha256, count) VALUES (\(fileName), \(sha256), 1)
        ON CONFLICT DO UPDATE SET count = count + 1 RETURNING count
        """)
    guard let count else { throw LedgerFault.damaged("an attempt was noted and not counted") }
    try append(.attempt, at: at, body: ["attempt": .integer(Int64(count))])
    return count
  }

  /// Forgets the attempts of a file, once it came to an end.
  package func clearAttempt(fileName: String, sha256: ContentDigest) throws {
    try db.run("DELETE FROM attempts WHERE file_name = \(fileName) AND bytes_sha256 = \(sha256)")
  }

  /// Records an object that could not be taken in, and that it is still to be moved; returns the entry.
  package func refuse(_ record: SetAsideRecord) throws -> Int64 { try setAside(.refusal, record) }

  /// Records a file that the daemon itself failed on, and that it is still to be moved; returns the entry.
  package func hold(_ record: SetAsideRecord) throws -> Int64 { try setAside(.held, record) }

  private func setAside(_ kind: EntryKind, _ record: SetAsideRecord) throws -> Int64 {
    let entry = try append(kind, at: record.at, body: ["codes": .list(record.codes.map { .text($0) })])
    try db.run(
      """
      INSERT INTO set_aside (entry, file_name, bytes_sha256, diagnostics)
      VALUES (\(entry), \(record.fileName), \(record.sha256), \(record.diagnostics))
      """)
    try db.run(
      """
      INSERT INTO outbox (entry, kind, file_name, bytes_sha256)
      VALUES (\(entry), \(kind.rawValue), \(record.fileName), \(record.sha256))
      """)
    return entry
  }
}

extension [Int64] {
  /// Sorted numbers as runs `[first, last]`: a group's entries mostly follow each other.
  fileprivate var runs: [EntryBody] {
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
