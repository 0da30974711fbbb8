// SPDX-License-Identifier: Apache-2.0
import GRDB
import Glibc
import Synchronization

/// What remains to be said of a case that was erased.
package struct ErasedCase: Hashable, Sendable {
  /// What the index calls it.
  package var name: String
  /// The last version that was erased.
  package var version: Int
  /// The entry of the erasure, and its moment.
  package var entry: Int64
  package var at: String
}

/// Erasing is in two steps: one transaction takes content and key away, and then the epoch is retired, so that no older
/// copy of the key opens any more.
extension Ledger.Transaction {
  /// Erases all content of a case with its key, and records who asked and why; returns the entry.
  ///
  /// The reference, the owner and the numbers of versions remain, as do all entries.
  /// - Parameter act: Of the kind `erasure`, with the case's reference.
  /// - Returns: The entry.
  /// - Throws: ``LedgerFault/erased`` if there is nothing to erase.
  package func eraseCase(_ act: Act) throws -> Int64 {
    let names = act.reference.map { [$0, keys.pseudonym(of: $0)] } ?? []
    let row = try Row.fetchOne(
      db,
      literal: """
        SELECT number, latest_version FROM cases
        WHERE reference IN \(names) AND EXISTS (SELECT 1 FROM keys WHERE keys.number = cases.number)
        """)
    guard let row else { throw LedgerFault.erased }
    let number: Int64 = try row.decode(forColumn: "number")
    var act = act
    act.version = try row.decode(forColumn: "latest_version")
    act.open["epoch"] = .integer(Int64(keys.epoch))
    let entry = try record(act)
    for table in ["found_clauses", "found_answers"] {
      try db.execute(
        sql: "DELETE FROM \(table) WHERE entry IN (SELECT entry FROM decided WHERE case_number = ?)",
        arguments: [number])
    }
    for table in ["outbox", "decided"] {
      try db.execute(sql: "DELETE FROM \(table) WHERE case_number = ?", arguments: [number])
    }
    try db.run("DELETE FROM acts WHERE key = \(number)")
    try db.run("DELETE FROM keys WHERE number = \(number)")
    try db.run(
      """
      UPDATE cases SET person = NULL, erased_entry = \(entry), erased_version = \(act.version)
      WHERE number = \(number)
      """)
    return entry
  }

  /// How many set-aside objects one entry can name, however they lie apart.
  private static let setAsideATime = 2_000

  /// Erases what was kept of objects that were refused or held before a moment; returns how many there were.
  ///
  /// It is 2,000 at most, so that it must be called again until there are none.
  ///
  /// - Parameters:
  ///   - moment: What was set aside at this moment or later stays.
  ///   - act: Of the kind `erasure`; the entry names those that were erased.
  /// - Returns: How many were erased.
  /// - Throws: ``LedgerFault``.
  package func eraseSetAside(before moment: String, _ act: Act) throws -> Int {
    let entries = try Int64.fetchAll(
      db,
      literal: """
        SELECT set_aside.entry FROM set_aside JOIN entries ON seq = entry
        WHERE at < \(moment) AND entry NOT IN (SELECT entry FROM outbox) ORDER BY entry LIMIT \(Self.setAsideATime)
        """)
    if entries.isEmpty { return 0 }
    var act = act
    act.open["entries"] = .list(entries.runs)
    act.open["epoch"] = .integer(Int64(keys.epoch))
    try record(act)
    for entry in entries {
      try db.run("DELETE FROM keys WHERE number = (SELECT number FROM set_aside WHERE entry = \(entry))")
      try db.run("DELETE FROM set_aside WHERE entry = \(entry)")
    }
    return entries.count
  }
}

extension Ledger {
  /// How many keys are sealed anew in one transaction: a twentieth of a second of work, between which cases are decided.
  private static let keysATime = 5_000

  /// How long it is waited for those who read an older state of the ledger, whose keys are about to be struck.
  private static let readersTime = Duration.seconds(20)

  /// Begins a new epoch, seals every key anew, and strikes the old one: what was erased is dead everywhere from then on.
  ///
  /// It may be broken off at any point and is then gone on with by calling it again. Of several calls each waits for the
  /// one before.
  /// - Parameter progress: Told how many keys were sealed anew by now.
  /// - Returns: False if somebody reads the ledger for so long that the old epoch could not be struck yet; then it must be
  ///   called again.
  /// - Throws: ``LedgerFault``, or what `progress` throws.
  @discardableResult package func retireEpoch(progress: (Int) throws -> Void = { _ in }) throws -> Bool {
    try retiring.withLock { _ in try retireErasedEpoch(waiting: Self.readersTime, progress) }
  }

  /// Goes on with what an erasure left, unless another call is at it or somebody still reads.
  package func retireEpochIfLeft(progress: (Int) throws -> Void = { _ in }) throws {
    _ = try retiring.withLockIfAvailable { _ in
      if try hasEpochToRetire { _ = try retireErasedEpoch(waiting: .zero, progress) }
    }
  }

  private func retireErasedEpoch(waiting time: Duration, _ progress: (Int) throws -> Void) throws -> Bool {
    // a key that was sealed under the newest epoch before it was erased needs a newer one
    if try keys.epochs.count == 1 || reader.lastErasedEpoch() >= keys.epoch { try keys.beginEpoch() }
    var (done, last) = (0, Int64.min)
    while let (count, next) = try write({ tx in try tx.sealKeysAnew(after: last, limit: Self.keysATime) }) {
      (done, last) = (done + count, next)
      try progress(done)
    }
    let end = ContinuousClock.now + time
    // INVARIANT: nobody reads an older state once this succeeds, so that nobody needs a key that is struck
    while try !truncateLogIfUnread() {
      if ContinuousClock.now >= end { return false }
      usleep(20_000)
    }
    try keys.retireEpochs()
    return true
  }

  /// Whether something was erased of which older copies may still open.
  package var hasEpochToRetire: Bool {
    get throws { try keys.epochs.count > 1 || reader.lastErasedEpoch() >= keys.epoch }
  }
}

extension Ledger.Transaction {
  /// Seals some of the keys that are of older epochs under the newest, by rising number.
  ///
  /// A key that is made meanwhile is of the newest epoch already, so that one walk over the numbers meets all.
  ///
  /// - Parameters:
  ///   - number: The last number that was looked at before.
  ///   - limit: How many are sealed at most.
  /// - Returns: How many there were, and the last number; nil if there are no more.
  /// - Throws: ``LedgerFault``.
  fileprivate func sealKeysAnew(after number: Int64, limit: Int) throws -> (count: Int, last: Int64)? {
    let rows = try Row.fetchAll(
      db,
      literal: """
        SELECT number, epoch, wrapped FROM keys WHERE number > \(number) AND epoch < \(keys.epoch)
        ORDER BY number LIMIT \(limit)
        """)
    guard let last: Int64 = rows.last?[0] else { return nil }
    let update = try db.cachedStatement(sql: "UPDATE keys SET epoch = ?, wrapped = ? WHERE number = ?")
    for row in rows {
      let number: Int64 = row[0]
      let key = try keys.unwrap(row.decode(StoredBytes.self, atIndex: 2).bytes, number: number, epoch: row[1])
      let (epoch, wrapped) = try keys.wrap(key, number: number)
      try update.execute(arguments: [epoch, StoredBytes(wrapped), number])
    }
    return (rows.count, last)
  }
}

extension LedgerReader {
  /// The newest epoch at the last erasure, which must be retired after it; 0 if nothing was erased.
  func lastErasedEpoch() throws -> Int {
    try fetch { db in
      try Int.fetchOne(
        db, sql: "SELECT body ->> 'epoch' FROM entries WHERE kind = 'erasure' ORDER BY seq DESC LIMIT 1") ?? 0
    }
  }

  /// Returns the cases of which content was erased, newest erasure first; more may have come of them since.
  package func erasedCases(_ reference: String? = nil) throws -> [ErasedCase] {
    let condition: SQL = reference.map { "AND cases.reference IN \(names($0))" } ?? ""
    return try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT reference, erased_version, erased_entry, entries.at FROM cases
          JOIN entries ON entries.seq = cases.erased_entry
          WHERE TRUE \(condition) ORDER BY erased_entry DESC
          """
      ).map { row in
        try ErasedCase(
          name: row.decode(forColumn: "reference"), version: row.decode(forColumn: "erased_version"),
          entry: row.decode(forColumn: "erased_entry"), at: row.decode(forColumn: "at"))
      }
    }
  }
}
