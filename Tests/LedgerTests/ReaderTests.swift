// SPDX-License-Identifier: Apache-2.0
import GRDB
import Testing

@testable import Ledger

@Suite("Readers of the ledger") struct ReaderTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
  }

  @Test("readers see what is committed while the writer is open, and not what is not")
  func besideTheWriter() throws {
    let readers = try (1...3).map { _ in try LedgerReader(path: folder.ledger) }
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }

    let within = try ledger.write { tx in
      _ = try tx.record(decision("K-2"))
      return try readers.map { try $0.counts().decisions }
    }

    #expect(within == [1, 1, 1])
    #expect(try readers.map { try $0.counts().decisions } == [2, 2, 2])
  }

  @Test("a reader reads without a daemon, after a clean stop")
  func withoutADaemon() throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }
    try ledger.close()

    let reader = try LedgerReader(path: folder.ledger, keys: ledger.keys)

    #expect(try reader.history("K-1").count == 1)
  }

  @Test(
    "a reader cannot write",
    arguments: [
      "INSERT INTO entries (kind, at, body) VALUES ('stop', 'x', '{}')",
      "PRAGMA query_only = OFF; DROP TABLE decided",
    ])
  func cannotWrite(statement: String) throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }
    let reader = try LedgerReader(path: folder.ledger)

    let fault = #expect(throws: LedgerFault.self) {
      try reader.fetch { db in try db.execute(sql: statement) }
    }

    #expect(fault?.description.contains("readonly") == true)
    #expect(try ledger.reader.counts().decisions == 1)
  }

  @Test("without keys a reader counts and lists entries, and says that content needs the key")
  func withoutKeys() throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }
    let reader = try LedgerReader(path: folder.ledger)

    #expect(try reader.counts().decisions == 1)
    #expect(try reader.verify().problems == [])
    #expect(throws: LedgerFault.noKey) { try reader.decision("K-1") }
    #expect(throws: LedgerFault.noKey) { try reader.decisions() }
  }

  @Test("counts tell decisions, refusals, held files and unfinished work apart")
  func counts() throws {
    try ledger.write { tx in
      let first = try tx.record(decision("K-1")).entry
      _ = try tx.record(decision("K-2"))
      _ = try tx.refuse(refusal("a"))
      _ = try tx.refuse(refusal("b"))
      _ = try tx.refuse(refusal("c"))
      _ = try tx.hold(refusal("d"))
      try tx.finish([first], at: noon)
    }

    #expect(try ledger.reader.counts() == LedgerCounts(decisions: 2, refusals: 3, held: 1, unfinished: 5))
  }
}

@Suite("Finding decisions") struct FilterTests {
  let folder: TemporaryFolder
  let reader: LedgerReader

  init() throws {
    folder = try TemporaryFolder()
    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in
      _ = try tx.record(decision("K-1", at: "2026-11-20T08:00:00Z", person: "P-1"))
      _ = try tx.record(
        decision(
          "K-2", at: "2026-11-21T00:00:00Z", packs: [pack("palermo", "2.0.0"), pack("norway", "1.0.0")],
          conclusions: [.init(id: "a.x", status: "fails"), .init(id: "a.y", status: "holds")],
          clauses: ["palermo.art3b", "palermo.caf\u{E9}"]))
      _ = try tx.record(
        decision(
          "K-1", version: 2, at: "2026-11-22T08:00:00Z", person: "P-1",
          conclusions: [.init(id: "a.x", status: "holds")], clauses: ["palermo.art3a", "palermo.art3c"]))
    }
    reader = try LedgerReader(path: folder.ledger, keys: ledger.keys)
  }

  private func found(_ set: (inout DecisionFilter) -> Void) throws -> [String] {
    var filter = DecisionFilter()
    set(&filter)
    return try reader.decisions(filter).map { "\($0.reference)/\($0.version)" }
  }

  @Test("everything is found, newest first, up to the limit")
  func all() throws {
    #expect(try found { _ in } == ["K-1/2", "K-2/1", "K-1/1"])
    #expect(try found { $0.limit = 2 } == ["K-1/2", "K-2/1"])
    #expect(try found { $0.limit = 0 } == [])
  }

  @Test("a row says what applied, what came of it, and whether it is superseded")
  func rows() throws {
    let rows = try reader.history("K-1")

    #expect(rows.map(\.isLatest) == [false, true])
    #expect(rows.map(\.version) == [1, 2])
    #expect(rows.first?.packs == [pack("palermo")])
    #expect(rows.last?.conclusions == [FoundConclusion(id: "a.x", status: "holds")])
    #expect(rows.last?.assessedOn == "2026-11-20")
  }

  @Test("cases, persons, days and the latest alone are found")
  func plain() throws {
    #expect(try found { $0.reference = "K-2" } == ["K-2/1"])
    #expect(try found { $0.person = "P-1" } == ["K-1/2", "K-1/1"])
    #expect(try found { $0.since = "2026-11-21" } == ["K-1/2", "K-2/1"])
    #expect(try found { $0.latestOnly = true } == ["K-1/2", "K-2/1"])
  }

  @Test("a clause is found by its bytes: no other case, part, pattern, accent or text behind a NUL")
  func clauses() throws {
    #expect(try found { $0.clause = "palermo.art3a" } == ["K-1/2", "K-1/1"])
    #expect(try found { $0.clause = "palermo.caf\u{E9}" } == ["K-2/1"])
    for other in [
      "PALERMO.ART3A", "palermo.art3", "palermo.art3%", "palermo.art3a ", "palermo.art3a\0",
      "palermo.cafe\u{301}",
    ] {
      #expect(try found { $0.clause = other } == [])
    }
  }

  @Test("a pack is found with its version, and not by another pack's version")
  func packs() throws {
    #expect(try found { $0.pack = "palermo" } == ["K-1/2", "K-2/1", "K-1/1"])
    #expect(
      try found {
        $0.pack = "palermo"
        $0.packVersion = "1.0.0"
      } == ["K-1/2", "K-1/1"])
    #expect(try found { $0.packVersion = "2.0.0" } == ["K-2/1"])
    #expect(try found { $0.pack = "Palermo" } == [])
  }

  @Test("a status is that of the conclusion asked for, not of another in the same decision")
  func statuses() throws {
    #expect(try found { $0.status = "holds" } == ["K-1/2", "K-2/1", "K-1/1"])
    #expect(try found { $0.conclusion = "a.x" } == ["K-1/2", "K-2/1"])
    #expect(
      try found {
        $0.conclusion = "a.x"
        $0.status = "holds"
      } == ["K-1/2"])
  }

  @Test("conditions are met together")
  func together() throws {
    #expect(
      try found {
        $0.clause = "palermo.art3a"
        $0.since = "2026-11-21"
        $0.person = "P-1"
      } == ["K-1/2"])
  }
}
