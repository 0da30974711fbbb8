// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("Entries") struct EntryTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
  }

  @Test(
    "an entry cannot be changed, removed or replaced",
    arguments: [
      "UPDATE entries SET at = '1999-01-01T00:00:00Z' WHERE seq = 1",
      "UPDATE entries SET seq = 9 WHERE seq = 1",
      "DELETE FROM entries WHERE seq = 1",
      "DELETE FROM entries",
      "REPLACE INTO entries (seq, kind, at, body) VALUES (1, 'stop', '1999-01-01T00:00:00Z', '{}')",
      "PRAGMA recursive_triggers = OFF; REPLACE INTO entries (seq, kind, at, body) VALUES (1, 'stop', 'x', '{}')",
      "INSERT INTO entries (seq, kind, at, body) VALUES (1, 'stop', 'x', '{}') ON CONFLICT DO UPDATE SET at = 'x'",
    ])
  func appendOnly(statement: String) throws {
    try ledger.write { tx in _ = try tx.append(.start, at: noon, body: ["release": "0.1.0"]) }

    let fault = #expect(throws: LedgerFault.self) {
      try ledger.write { tx in try tx.db.execute(sql: statement) }
    }

    let kept = try ledger.reader.fetch { db in try Row.fetchAll(db, sql: "SELECT * FROM entries") }
    #expect(fault?.description.contains("entries are append-only") == true)
    #expect(kept.count == 1)
    #expect(kept.first?["at"] == noon)
  }

  @Test("entries are numbered from 1 without gaps, also after a transaction that failed")
  func numbers() throws {
    struct Stopped: Error {}
    let first = try ledger.write { tx in try tx.append(.start, at: noon, body: [:]) }
    #expect(throws: Stopped.self) {
      try ledger.write { tx in
        try tx.append(.pack, at: noon, body: [:])
        throw Stopped()
      }
    }

    let second = try ledger.write { tx in try tx.append(.stop, at: noon, body: [:]) }

    #expect([first, second] == [1, 2])
  }

  @Test("a body is written in one way, with sorted keys and RFC 8785's escapes")
  func bodies() {
    let body: EntryBody = ["b": [1, true, .null], "a": .text("\u{1}\"\\\n/é\u{7F}"), "A": -5]

    #expect(body.text == "{\"A\":-5,\"a\":\"\\u0001\\\"\\\\\\n/é\u{7F}\",\"b\":[1,true,null]}")
  }

  @Test("a body is read back as it was written, with or without a newline at its end, and nothing else is")
  func reading() {
    let body: EntryBody = [
      "b": [1, true, .null, false, -7], "a": .text("\u{1}\"\\\n/é\u{7F}"), "c": [], "d": [:],
    ]

    #expect(EntryBody(text: body.text) == body)
    #expect(EntryBody(text: body.text + "\n") == body)
    for other in ["", " {}", "{}\n\n", "{} ", "{\"a\":1,\"a\":2}", "1.5", "[1,]", "\"\\u0041\"", "\"a"] {
      #expect(EntryBody(text: other) == nil, "\(other)")
    }
    for count in 0..<body.text.utf8.count {
      #expect(EntryBody(text: String(decoding: Array(body.text.utf8).prefix(count), as: UTF8.self)) == nil)
    }
  }

  @Test("a body that could not be a leaf of the tree is refused")
  func largeBody() throws {
    let fault = #expect(throws: LedgerFault.self) {
      try ledger.write { tx in
        _ = try tx.append(.start, at: noon, body: .text(String(repeating: "x", count: 65_536)))
      }
    }

    #expect(fault?.isFatal == false)
  }

  @Test("an entry about a decision says nothing of the case: neither reference, name, person nor bare digest")
  func noContent() throws {
    let record = decision("K-2026-0117", person: "P-0311")
    try ledger.write { tx in
      _ = try tx.record(record)
      _ = try tx.refuse(refusal("anna-hansen.yaml"))
      _ = try tx.noteAttempt(fileName: "anna-hansen.yaml", sha256: digest("anna-hansen.yaml"), at: noon)
    }

    let bodies = try ledger.reader.fetch { db in
      try String.fetchAll(db, sql: "SELECT body FROM entries").joined()
    }

    #expect(bodies.contains("commitment"))
    for secret in [
      "K-2026", "P-0311", "anna", record.caseSHA256.hex, record.decisionSHA256.hex, record.answerSHA256.hex,
      digest("anna-hansen.yaml").hex,
    ] {
      #expect(!bodies.contains(secret))
    }
  }

  @Test("two ledgers commit to the same decision by different hashes and numbers")
  func salted() throws {
    try FileManager.default.createDirectory(
      atPath: folder.path + "/other", withIntermediateDirectories: false)
    let other = try Ledger(path: folder.path + "/other/ledger.db", root: root)
    let body = { (ledger: Ledger) in
      try ledger.write { tx in _ = try tx.record(decision("K-1")) }
      return try ledger.reader.fetch { db in
        try Row.fetchOne(db, sql: "SELECT body ->> 'commitment' AS c, body ->> 'case' AS n FROM entries")
      }
    }

    let (one, two) = try (#require(try body(ledger)), #require(try body(other)))

    #expect(one["c"] as String? != two["c"] as String?)
    #expect(one["n"] as Int64? != two["n"] as Int64?)
  }
}
