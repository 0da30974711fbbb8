// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("The ledger's file") struct LedgerFileTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("commits are synced and written ahead, by what SQLite says of the connection that writes")
  func settings() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)

    let (mode, synchronous, checkpoint) = try ledger.write { tx in
      try (
        String.fetchOne(tx.db, sql: "PRAGMA journal_mode"), Int.fetchOne(tx.db, sql: "PRAGMA synchronous"),
        Int.fetchOne(tx.db, sql: "PRAGMA wal_autocheckpoint")
      )
    }

    #expect(mode == "wal")
    #expect(synchronous == 2)
    #expect(checkpoint == 0)
  }

  @Test("the file and its companions are the owner's alone")
  func modes() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in _ = try tx.append(.start, at: noon, body: [:]) }

    let modes = try ["", "-wal", "-shm"].map { suffix in
      try FileManager.default.attributesOfItem(atPath: folder.ledger + suffix)[.posixPermissions] as? Int
    }

    #expect(modes == [0o600, 0o600, 0o600])
  }

  @Test("closing copies the log into the file, and opening again finds everything")
  func reopening() throws {
    let first = try Ledger(path: folder.ledger, root: root)
    try first.write { tx in _ = try tx.record(decision("K-1")) }
    try first.close()

    let isLogLeft = FileManager.default.fileExists(atPath: folder.ledger + "-wal")
    let second = try Ledger(path: folder.ledger, root: root)

    #expect(!isLogLeft)
    #expect(try second.reader.counts().decisions == 1)
  }

  @Test("another program's database is refused and left as it was")
  func foreign() throws {
    let other = try DatabaseQueue(path: folder.ledger)
    try other.write { db in try db.execute(sql: "CREATE TABLE theirs (a)") }
    try other.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.ledger))

    let refused = #expect(throws: LedgerFault.self) { try Ledger(path: folder.ledger, root: root) }
    let unread = #expect(throws: LedgerFault.self) { try LedgerReader(path: folder.ledger) }

    #expect(refused == .foreign(path: folder.ledger))
    #expect(unread == .foreign(path: folder.ledger))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.ledger)) == before)
  }

  @Test("a file that is no database is refused and left as it was")
  func noDatabase() throws {
    let text = Data(String(repeating: "a letter, not a ledger\n", count: 100).utf8)
    try text.write(to: URL(fileURLWithPath: folder.ledger))

    let refused = #expect(throws: LedgerFault.self) { try Ledger(path: folder.ledger, root: root) }

    #expect(refused == .foreign(path: folder.ledger))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.ledger)) == text)
  }

  @Test("a ledger of a later release is refused for writing and for reading")
  func newerSchema() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in
      try tx.db.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('2031-01 later')")
    }
    try ledger.close()

    let refused = #expect(throws: LedgerFault.self) { try Ledger(path: folder.ledger, root: root) }
    let unread = #expect(throws: LedgerFault.self) { try LedgerReader(path: folder.ledger) }

    #expect(refused == .newerSchema(path: folder.ledger))
    #expect(unread == .newerSchema(path: folder.ledger))
  }

  @Test("reading where there is no ledger says so and makes none")
  func missing() throws {
    let fault = #expect(throws: LedgerFault.self) { try LedgerReader(path: folder.ledger) }

    #expect(fault == .missing(path: folder.ledger))
    #expect(!FileManager.default.fileExists(atPath: folder.ledger))
  }

  @Test("the log is copied into the file once it grew by 16 MiB, and is then written from its start")
  func checkpoint() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    var large = decision("K-1")
    large.caseBytes = [UInt8](repeating: 0x61, count: 1 << 20)
    large.caseSHA256 = ContentDigest(of: large.caseBytes)

    var sizes: [Int] = []
    for version in 1...40 {
      large.version = version
      try ledger.write { tx in _ = try tx.record(large) }
      sizes.append(try #require(try attribute(.size, "-wal")))
    }

    #expect(try #require(sizes.max()) < 20 << 20)
    #expect(try #require(try attribute(.size, "")) > 16 << 20)
  }

  @Test("somebody who reads for long keeps the log from being copied in no longer than they read")
  func longReader() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    var large = decision("K-1")
    large.caseBytes = [UInt8](repeating: 0x61, count: 1 << 20)
    large.caseSHA256 = ContentDigest(of: large.caseBytes)
    func record(_ versions: ClosedRange<Int>) throws {
      for version in versions {
        large.version = version
        try ledger.write { tx in _ = try tx.record(large) }
      }
    }
    let reader = try LedgerReader(path: folder.ledger)

    try reader.fetch { db in
      _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM entries")
      try record(1...40)
    }
    let whileReading = try #require(try attribute(.size, "-wal"))
    try record(41...80)
    try ledger.truncateLog()

    #expect(whileReading > 40 << 20)
    #expect(try #require(try attribute(.size, "-wal")) < 1 << 20)
    #expect(try #require(try attribute(.size, "")) > 80 << 20)
  }

  @Test(
    "a commit that fails is fatal, leaves nothing and is the last, and is told apart from what fails before")
  func commitFails() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    let orphan = "INSERT INTO set_aside (entry, number, sealed) VALUES (7, 1, x'00')"

    let before = #expect(throws: LedgerFault.self) {
      try ledger.write { tx in try tx.db.execute(sql: orphan) }
    }
    let during = #expect(throws: LedgerFault.self) {
      try ledger.write { tx in try tx.db.execute(sql: "PRAGMA defer_foreign_keys = ON; \(orphan)") }
    }

    #expect(before?.isFatal == false)
    guard case .commit = during else {
      Issue.record("not told as a failed commit")
      return
    }
    #expect(during?.isFatal == true)
    #expect(throws: try #require(during)) {
      try ledger.write { tx in _ = try tx.append(.start, at: noon, body: [:]) }
    }
    let next = try Ledger(path: folder.ledger, root: root)
    #expect(try next.write { tx in try tx.append(.start, at: noon, body: [:]) } == 1)
    #expect(try next.problems() == [])
  }

  @Test("a ledger that was read while no daemon ran opens for writing, and readers then see what is written")
  func readBetweenRuns() throws {
    try Ledger(path: folder.ledger, root: root).close()
    let early = try LedgerReader(path: folder.ledger)
    let before = try early.counts().decisions

    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }

    #expect(before == 0)
    #expect(try early.counts().decisions == 1)
    #expect(try LedgerReader(path: folder.ledger).counts().decisions == 1)
  }

  private func attribute(_ key: FileAttributeKey, _ suffix: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: folder.ledger + suffix)[key] as? Int
  }
}
