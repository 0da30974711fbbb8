// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc
import Synchronization

/// The ledger as its one writer has it.
///
/// One connection does all writes and all checkpoints; a process opens it under the lock on the state folder. Calls
/// block until the disk has what was written, so they are made from a thread of their own.
package final class Ledger: Sendable {
  /// How far the write-ahead log may grow before it is copied into the file.
  static let checkpointBytes: Int64 = 16 << 20

  /// The same connection, for asking; not from within ``write(_:)``, which has it.
  package let reader: LedgerReader
  /// The keys of what is sealed.
  package let keys: KeyRing
  private let path: String
  private let queue: DatabaseQueue
  /// Why a commit failed; nothing is written after that by this process.
  private let failed = Mutex<LedgerFault?>(nil)
  /// The log's size at the last checkpoint: one that readers hinder is not tried again at each commit.
  private let checkpointed = Mutex<Int64>(0)
  /// Epochs are retired one after the other.
  let retiring = Mutex(())

  /// Opens a ledger, making the file (0600) where it is missing.
  ///
  /// The file of keys beside it, `keyring`, is made where the ledger itself is.
  /// - Throws: ``LedgerFault``: `foreign` for another program's file, `newerSchema` for one of a later release,
  ///   `wrongKey` or `noKeyRing`.
  package init(path: String, root: SealingKey) throws {
    self.path = path
    let needsRing = try LedgerFile.isSealed(path)
    keys = try KeyRing(path: Self.keyRingPath(path), root: root, makesNew: !needsRing)
    let keys = keys
    queue = try reportingFaults { try LedgerFile.openForWriting(path, keys: keys) }
    reader = LedgerReader(queue, keys: keys)
  }

  /// Where the file of keys of a ledger stands.
  package static func keyRingPath(_ path: String) -> String {
    (path.lastIndex(of: "/").map { String(path[...$0]) } ?? "") + "keyring"
  }

  /// Makes one transaction of what is done within: all of it is on the disk when this returns, or none of it ever is.
  ///
  /// - Throws: What the body throws, with nothing written; ``LedgerFault/commit(code:message:)``, after which nobody
  ///   can tell, and the process must end without acknowledging. Every later call throws it again and writes nothing.
  package func write<T>(_ body: (Transaction) throws -> T) throws -> T {
    let result = try reportingFaults {
      try queue.writeWithoutTransaction { db in
        if let failed = failed.withLock({ $0 }) { throw failed }
        try db.beginTransaction(.immediate)
        let result: T
        do {
          result = try body(Transaction(db, keys))
        } catch {
          if db.isInsideTransaction { try? db.rollback() }  // the first error is the one to report
          throw error
        }
        do { try Self.commit(db) } catch let fault as LedgerFault {
          failed.withLock { $0 = fault }
          throw fault
        }
        return result
      }
    }
    try checkpointIfLarge()
    return result
  }

  /// Copies the log into the file and empties it, so that no page of it keeps what was there.
  func truncateLog() throws {
    try reportingFaults {
      try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.truncate) }
    }
  }

  /// Does the same at once or not at all; false if somebody still reads an older state of the ledger.
  func truncateLogIfUnread() throws -> Bool {
    try reportingFaults {
      try queue.writeWithoutTransaction { db in
        // waiting here would keep everybody else from writing
        try db.execute(sql: "PRAGMA busy_timeout = 0")
        defer { try? db.execute(sql: "PRAGMA busy_timeout = 5000") }  // of a connection that is open
        do {
          _ = try db.checkpoint(.truncate)
          return true
        } catch let error as DatabaseError where error.resultCode == .SQLITE_BUSY { return false }
      }
    }
  }

  /// Copies the log into the file and closes both; the ledger cannot be used after.
  package func close() throws {
    try truncateLog()
    try reportingFaults { try queue.close() }
  }

  private static func commit(_ db: Database) throws {
    do {
      try db.commit()
    } catch let error as DatabaseError {
      if db.isInsideTransaction { try? db.rollback() }  // the first error is the one to report
      throw LedgerFault.commit(
        code: error.extendedResultCode.rawValue, message: error.message ?? "no message")
    }
  }

  /// Copies the log into the file once it grew by 16 MiB, as far as readers let it.
  private func checkpointIfLarge() throws {
    var status = stat()
    // by name and not by opening: closing a descriptor of the file would drop SQLite's locks
    guard unsafe stat(path + "-wal", &status) == 0 else { return }
    let size = Int64(status.st_size)
    let isDue = checkpointed.withLock { last in
      if size < last { last = 0 }
      guard size - last >= Self.checkpointBytes else { return false }
      last = size
      return true
    }
    guard isDue else { return }
    try reportingFaults {
      try queue.writeWithoutTransaction { db in _ = try db.checkpoint(.passive) }
    }
  }
}

extension Ledger {
  /// Returns the entries whose work in the spool was not recorded as finished, oldest first.
  package func unfinished() throws -> [Unfinished] { try reader.unfinished() }

  /// Returns the last activation of packs; `nil` if there was none.
  package func lastActivation() throws -> Activation? { try reader.lastActivation() }

  /// Whether the last run recorded its stop, or there was none.
  ///
  /// To be asked before the own start is recorded.
  package func lastRunWasClean() throws -> Bool {
    try reader.fetch { db in
      let last = try String.fetchOne(
        db, sql: "SELECT kind FROM entries WHERE kind IN ('start', 'stop') ORDER BY seq DESC LIMIT 1")
      return last != "start"
    }
  }
}
