// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The ledger as those have it who only ask: a connection that cannot write.
///
/// Several can be open at once, beside the daemon or without one. Each call sees one state of the ledger.
package final class LedgerReader: Sendable {
  private let queue: DatabaseQueue
  /// Without keys what is sealed cannot be read; all else can.
  private let ring: KeyRing?

  /// Opens a ledger for reading.
  ///
  /// - Parameters:
  ///   - path: The ledger's file.
  ///   - keys: The writer's keys, or nil for what needs none.
  /// - Throws: ``LedgerFault``: `missing`, `foreign`, `newerSchema` or `olderSchema`.
  package convenience init(path: String, keys: KeyRing? = nil) throws {
    self.init(try reportingFaults { try LedgerFile.openForReading(path) }, keys: keys)
  }

  init(_ queue: DatabaseQueue, keys: KeyRing?) {
    self.queue = queue
    ring = keys
  }

  /// The keys of what is sealed.
  ///
  /// - Throws: ``LedgerFault/noKey``.
  func keys() throws -> KeyRing {
    guard let ring else { throw LedgerFault.noKey }
    return ring
  }

  /// Whether what is sealed can be read.
  package var canOpen: Bool { ring != nil }

  /// The key under a number.
  ///
  /// - Throws: ``LedgerFault/erased`` if there is none.
  static func key(_ db: Database, _ number: Int64, _ keys: KeyRing) throws -> SealingKey {
    let row = try Row.fetchOne(db, literal: "SELECT epoch, wrapped FROM keys WHERE number = \(number)")
    guard let row else { throw LedgerFault.erased }
    return try keys.unwrap(row.bytes("wrapped"), number: number, epoch: row.decode(forColumn: "epoch"))
  }

  /// What a case may be called in the index: its reference, or the pseudonym of it.
  func names(_ reference: String) -> [String] {
    [reference] + (ring.map { [$0.pseudonym(of: reference)] } ?? [])
  }

  func fetch<T>(_ body: (Database) throws -> T) throws -> T {
    try reportingFaults { try queue.read(body) }
  }

  /// One reading transaction, for what reads the file page by page.
  func readOnce(_ body: (Database) throws -> Void) throws {
    try queue.inDatabase { db in
      try db.inTransaction(.deferred) {
        _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master")  // begins it
        try body(db)
        return .commit
      }
    }
  }
}
