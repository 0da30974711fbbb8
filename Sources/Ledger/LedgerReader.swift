// SPDX-License-Identifier: Apache-2.0
import GRDB

/// The ledger as those have it who only ask: a connection that cannot write.
///
/// Several can be open at once, beside the daemon or without one. Each call sees one state of the ledger.
package final class LedgerReader: Sendable {
  private let queue: DatabaseQueue

  /// Opens a ledger for reading.
  ///
  /// - Throws: ``LedgerFault``: `missing`, `foreign`, `newerSchema` or `olderSchema`.
  package convenience init(path: String) throws {
    self.init(try reportingFaults { try LedgerFile.openForReading(path) })
  }

  init(_ queue: DatabaseQueue) { self.queue = queue }

  func fetch<T>(_ body: (Database) throws -> T) throws -> T {
    try reportingFaults { try queue.read(body) }
  }

  static func packs(_ db: Database, _ number: Int64, _ version: Int) throws -> [PackReference] {
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

  static func conclusions(_ db: Database, _ number: Int64, _ version: Int) throws -> [FoundConclusion] {
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
}
