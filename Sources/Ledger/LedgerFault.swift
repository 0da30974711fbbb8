// SPDX-License-Identifier: Apache-2.0
import GRDB

/// Why the ledger could not do what was asked.
///
/// No text here carries what a case says: SQLite's messages name tables and columns, and values bound to statements
/// are kept out of them.
package enum LedgerFault: Error, Hashable, Sendable {
  /// There is no ledger at the path.
  case missing(path: String)
  /// The file belongs to another program, or is no database.
  case foreign(path: String)
  /// A newer version of Lawspeaker wrote the file.
  case newerSchema(path: String)
  /// An older version of Lawspeaker wrote the file, and a reader cannot bring it up.
  case olderSchema(path: String)
  /// A setting that durability rests on did not take.
  case setting(name: String, expected: String, found: String)
  /// The system refused an operation on the file.
  case file(path: String, reason: String)
  /// Committing failed: what was written is not there for certain, and the process must end unacknowledged.
  case commit(code: Int32, message: String)
  /// SQLite refused something else.
  case database(code: Int32, message: String)
  /// A decision was recorded with a version that does not come next.
  case version(expected: Int, given: Int)
  /// The file of keys beside the ledger does not open under the root key.
  case wrongKey(path: String)
  /// A ledger is there without the file of keys that belongs beside it.
  case noKeyRing(path: String)
  /// What was asked needs the root key, and the ledger was opened without it.
  case noKey
  /// What was asked about was erased.
  case erased
  /// What is stored is not what was stored.
  case damaged(String)

  /// Whether the process must end without acknowledging, and recover on its next start.
  package var isFatal: Bool {
    switch self {
    case .commit, .damaged, .setting: true
    case .database(let code, _):
      [.SQLITE_IOERR, .SQLITE_FULL, .SQLITE_CORRUPT, .SQLITE_NOTADB, .SQLITE_READONLY, .SQLITE_CANTOPEN]
        .contains(ResultCode(rawValue: code).primaryResultCode)
    case .missing, .foreign, .newerSchema, .olderSchema, .file, .version, .wrongKey, .noKeyRing, .noKey,
      .erased:
      false
    }
  }

  init(_ error: DatabaseError) {
    // the connection says so where the last call on it went well and the statement did not
    let isSaid = error.message != "not an error"
    let words = isSaid ? error.message : DatabaseError(resultCode: error.resultCode).message
    self = .database(code: error.extendedResultCode.rawValue, message: words ?? "no message")
  }
}

extension LedgerFault: CustomStringConvertible {
  /// One sentence, as for a log.
  package var description: String {
    switch self {
    case .missing(let path): "there is no ledger at `\(path)`"
    case .foreign(let path): "`\(path)` is not a ledger of Lawspeaker"
    case .newerSchema(let path): "`\(path)` was written by a newer version of Lawspeaker"
    case .olderSchema(let path):
      "`\(path)` was written by an older version and not yet brought up by the daemon"
    case .setting(let name, let expected, let found):
      "the ledger's setting `\(name)` is \(found) and must be \(expected)"
    case .file(let path, let reason): "cannot use `\(path)`: \(reason)"
    case .commit(let code, let message): "the ledger could not commit: \(message) (SQLite \(code))"
    case .database(let code, let message): "the ledger refused: \(message) (SQLite \(code))"
    case .version(let expected, let given):
      "version \(given) of a decision was recorded where \(expected) is next"
    case .wrongKey(let path): "`\(path)` does not open: the root key is not the one it was made with"
    case .noKeyRing(let path):
      "`\(path)` is missing, without which nothing in the ledger can be read; restore it from a backup"
    case .noKey: "this needs the root key"
    case .erased: "this was erased"
    case .damaged(let what): "the ledger is damaged: \(what)"
    }
  }
}

/// Does something with the database, turning SQLite's errors into faults and letting others through.
func reportingFaults<T>(_ body: () throws -> T) throws -> T {
  do { return try body() } catch let error as DatabaseError { throw LedgerFault(error) }
}
