// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc

/// How the ledger's file is opened: what SQLite must do, and the proof that it does.
enum LedgerFile {
  /// The settings of the connection that writes, in the order they are made.
  ///
  /// `synchronous` is FULL, since NORMAL does not sync at COMMIT in WAL mode (sqlite.org/pragma.html), and is set by
  /// us because GRDB would set NORMAL. Checkpoints are our own (``Ledger``): in SQLite before 3.51.3 two connections
  /// that write or checkpoint at the same instant may damage the file, so one connection does both.
  private static let writing: [(name: String, value: String, reads: String)] = [
    ("journal_mode", "WAL", "wal"), ("synchronous", "FULL", "2"), ("wal_autocheckpoint", "0", "0"),
    ("journal_size_limit", "1048576", "1048576"), ("foreign_keys", "ON", "1"),
    ("recursive_triggers", "ON", "1"),
    ("secure_delete", "ON", "1"), ("trusted_schema", "OFF", "0"), ("cell_size_check", "ON", "1"),
    ("mmap_size", "0", "0"), ("temp_store", "MEMORY", "2"),
  ]

  /// Opens the writer's connection, making the file (0600) where it is missing, and brings the tables up.
  static func openForWriting(_ path: String, keys: KeyRing) throws -> DatabaseQueue {
    try create(path)
    var configuration = Configuration()
    configuration.label = "ledger"
    configuration.busyMode = .timeout(5)
    let queue = try open(path, configuration)
    try queue.inDatabase { db in
      let tables = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_master") ?? 0
      let identifier = try Int.fetchOne(db, sql: "PRAGMA application_id")
      guard identifier == Schema.applicationID || (identifier == 0 && tables == 0) else {
        throw LedgerFault.foreign(path: path)
      }
      guard try !Schema.migrator(keys).hasBeenSuperseded(db) else {
        throw LedgerFault.newerSchema(path: path)
      }
      for setting in writing { try apply(setting.name, setting.value, reads: setting.reads, to: db) }
    }
    try Schema.migrator(keys).migrate(queue)
    try writeAnew(queue)
    // GRDB switches foreign keys off and on around a migration
    try queue.inDatabase { db in
      for setting in writing { try check(setting.name, reads: setting.reads, in: db) }
    }
    try syncFolder(of: path)
    return queue
  }

  /// Writes a file anew in which something once stood unsealed, so that no page and no log keeps it.
  ///
  /// `PRAGMA user_version` says that it was done: a process that is killed before does it at its next start.
  private static func writeAnew(_ queue: DatabaseQueue) throws {
    let isDone = try queue.inDatabase { db in
      try Int.fetchOne(db, sql: "PRAGMA user_version") == Schema.writtenAnew
    }
    if isDone { return }
    try queue.vacuum()
    try queue.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA user_version = \(Schema.writtenAnew)")
      _ = try db.checkpoint(.truncate)
    }
  }

  /// Whether there is a ledger whose content is sealed, so that its keys must be there too.
  static func isSealed(_ path: String) throws -> Bool {
    guard unsafe access(path, F_OK) == 0 else { return false }
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    do {
      let queue = try open(path, configuration)
      defer { try? queue.close() }  // nothing was written
      return try queue.read { db in try db.tableExists("tree") }
    } catch LedgerFault.foreign { return false } catch let error as DatabaseError
      where error.resultCode == .SQLITE_CANTOPEN || error.resultCode == .SQLITE_NOTADB
    { return false }
  }

  /// Opens a connection that cannot write, whether a daemon has the file open or not.
  static func openForReading(_ path: String) throws -> DatabaseQueue {
    guard unsafe access(path, F_OK) == 0 else { throw LedgerFault.missing(path: path) }
    var configuration = Configuration()
    configuration.label = "ledger-reader"
    configuration.readonly = true
    configuration.busyMode = .timeout(5)
    let queue = try open(path, configuration)
    try queue.inDatabase { db in
      guard try Int.fetchOne(db, sql: "PRAGMA application_id") == Schema.applicationID else {
        throw LedgerFault.foreign(path: path)
      }
      guard try !Schema.migrator(nil).hasBeenSuperseded(db) else { throw LedgerFault.newerSchema(path: path) }
      guard try Schema.migrator(nil).hasCompletedMigrations(db) else {
        throw LedgerFault.olderSchema(path: path)
      }
      for (name, value, reads) in [
        ("query_only", "ON", "1"), ("trusted_schema", "OFF", "0"), ("cell_size_check", "ON", "1"),
        ("mmap_size", "0", "0"), ("temp_store", "MEMORY", "2"),
      ] {
        try apply(name, value, reads: reads, to: db)
      }
    }
    return queue
  }

  private static func open(_ path: String, _ configuration: Configuration) throws -> DatabaseQueue {
    do {
      return try DatabaseQueue(path: path, configuration: configuration)
    } catch let error as DatabaseError {
      throw error.resultCode == .SQLITE_NOTADB ? LedgerFault.foreign(path: path) : LedgerFault(error)
    }
  }

  private static func apply(_ name: String, _ value: String, reads: String, to db: Database) throws {
    try db.execute(sql: "PRAGMA \(name) = \(value)")
    try check(name, reads: reads, in: db)
  }

  private static func check(_ name: String, reads expected: String, in db: Database) throws {
    // a build of SQLite without memory mapping answers nothing about it
    guard let found = try String.fetchOne(db, sql: "PRAGMA \(name)") ?? (name == "mmap_size" ? "0" : nil)
    else {
      throw LedgerFault.setting(name: name, expected: expected, found: "nothing")
    }
    guard found == expected else { throw LedgerFault.setting(name: name, expected: expected, found: found) }
  }

  /// Makes an empty file for SQLite to fill, so that the file and its companions are the owner's alone.
  ///
  /// An existing file is not opened here: closing it would drop the locks of every connection of this process.
  private static func create(_ path: String) throws {
    let made = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if made >= 0 {
      close(made)
    } else if errno != EEXIST {
      throw LedgerFault.file(path: path, reason: unsafe String(cString: strerror(errno)))
    }
  }

  /// Brings the file's name to the disk; SQLite ignores errors of its own syncs of the folder.
  static func syncFolder(of path: String) throws {
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    let opened = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else {
      throw LedgerFault.file(path: folder, reason: unsafe String(cString: strerror(errno)))
    }
    defer { close(opened) }
    guard fsync(opened) == 0 else {
      throw LedgerFault.commit(code: errno, message: "the folder could not be synced")
    }
  }
}
