// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("A ledger of an earlier release") struct UpgradeTests {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let stored = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("Fixtures/ledgers/2026-11-first.tar.gz")
    let tar = try Process.run(
      URL(fileURLWithPath: "/usr/bin/tar"), arguments: ["xzf", stored.path, "-C", folder.path])
    tar.waitUntilExit()
    try #require(tar.terminationStatus == 0)
  }

  @Test("is brought up with every entry, decision and unfinished work, and verifies")
  func upgrade() throws {
    let before = try Before(folder.ledger)
    let ledger = try Ledger(path: folder.ledger, root: root)

    let report = try ledger.reader.verify()
    #expect(report.problems == [])
    #expect(report.decisions == before.decisions.count && report.decisions == 8)
    #expect(report.entries == Int64(before.entries.count + 9))
    for (number, entry) in before.entries.enumerated() {
      let now = try #require(try ledger.reader.entry(Int64(number + 1)))
      #expect([now.kind, now.at, now.body] == entry)
    }
    for old in before.decisions {
      let now = try #require(try ledger.reader.decision(old.reference, version: old.version))
      #expect(now.caseBytes == old.caseBytes && now.decision == old.decision && now.envelope == old.envelope)
      #expect(now.fileName == old.fileName && now.at == old.at && now.clauses == old.clauses)
    }
    #expect(try ledger.reader.counts().refusals == 1)
  }

  @Test("keeps nothing unsealed in the file, its log or its free pages")
  func sealed() throws {
    let before = try Before(folder.ledger)
    try Ledger(path: folder.ledger, root: root).close()

    let raw = try Raw(folder)
    for decision in before.decisions {
      let line = try #require(
        String(decoding: decision.caseBytes, as: UTF8.self).split(separator: "\n").first {
          $0.contains("source:")
        })
      #expect(!raw.finds(String(line)))
      #expect(!raw.finds(decision.fileName))
    }
    #expect(before.decisions.count == 8)
  }

  @Test("is written anew at the next start if a process was killed between sealing and that")
  func killedBetween() throws {
    let ring = try KeyRing(path: Ledger.keyRingPath(folder.ledger), root: root, makesNew: true)
    let queue = try DatabaseQueue(path: folder.ledger)
    try Schema.migrator(ring).migrate(queue)
    try queue.writeWithoutTransaction { db in
      try db.execute(
        sql: """
          PRAGMA secure_delete = OFF;
          CREATE TABLE once (said TEXT);
          INSERT INTO once VALUES ('canary' || hex(zeroblob(9000)));
          DROP TABLE once
          """)
    }
    try queue.close()
    #expect(try Raw(folder).finds("canary"), "a free page keeps what stood there")

    try Ledger(path: folder.ledger, root: root).close()

    #expect(try !Raw(folder).finds("canary"))
  }

  @Test("is brought up once: opening it again changes no entry")
  func once() throws {
    let first = try Ledger(path: folder.ledger, root: root)
    let size = try first.reader.size()
    try first.close()

    #expect(try Ledger(path: folder.ledger, root: root).reader.size() == size)
  }

  @Test("is not brought up by a reader, which says who does")
  func reader() throws {
    #expect(throws: LedgerFault.olderSchema(path: folder.ledger)) { try LedgerReader(path: folder.ledger) }
  }

  /// What stood in the tables of the first release.
  private struct Before {
    struct Decision {
      var reference: String
      var version: Int
      var at: String
      var fileName: String
      var caseBytes: [UInt8]
      var decision: [UInt8]
      var envelope: [UInt8]
      var clauses: [String]
    }
    var entries: [[String]]
    var decisions: [Decision]

    init(_ path: String) throws {
      let queue = try DatabaseQueue(path: path)
      (entries, decisions) = try queue.read { db in
        let entries = try Row.fetchAll(db, sql: "SELECT * FROM entries ORDER BY seq").map { row in
          [row["kind"] as String, row["at"] as String, row["body"] as String]
        }
        let rows = try Row.fetchAll(
          db, sql: "SELECT * FROM decided JOIN cases ON number = case_number ORDER BY entry")
        let decisions = try rows.map { row in
          Decision(
            reference: row["reference"], version: row["version"], at: row["at"], fileName: row["file_name"],
            caseBytes: try row.bytes("case_bytes"), decision: try row.bytes("decision"),
            envelope: try row.bytes("envelope"),
            clauses: try String.fetchAll(
              db,
              sql: "SELECT clause FROM found_clauses WHERE case_number = ? AND version = ? ORDER BY clause",
              arguments: [row["case_number"] as Int64, row["version"] as Int]))
        }
        return (entries, decisions)
      }
      try queue.close()
    }
  }
}
