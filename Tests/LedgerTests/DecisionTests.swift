// SPDX-License-Identifier: Apache-2.0
import GRDB
import Testing

@testable import Ledger

@Suite("Recorded decisions") struct DecisionTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger)
  }

  @Test("the latest decision is found within the transaction that records it")
  func latestWithin() throws {
    let latest = try ledger.write { tx in
      _ = try tx.record(decision("K-1"))
      _ = try tx.record(decision("K-1", version: 2, packs: [pack("palermo", "2.0.0"), pack("norway")]))
      return try tx.latest("K-1")
    }

    let found = try #require(latest)
    #expect(found.version == 2)
    #expect(found.owner == 1001)
    #expect(found.packs == [pack("palermo", "2.0.0"), pack("norway")])
    #expect(found.decision == decision("K-1", version: 2).decision)
    #expect(found.caseSHA256 == decision("K-1", version: 2).caseSHA256)
  }

  @Test("a reference that was never used has no decision, and its next version is 1")
  func unused() throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }

    let (latest, next) = try ledger.write { tx in try (tx.latest("k-1"), tx.nextVersion(of: "k-1")) }

    #expect(latest == nil)
    #expect(next == 1)
  }

  @Test(
    "a version that does not come next is refused, and nothing of its transaction stays", arguments: [1, 3])
  func versions(given: Int) throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }

    let fault = #expect(throws: LedgerFault.self) {
      try ledger.write { tx in
        _ = try tx.record(decision("K-2"))
        _ = try tx.record(decision("K-1", version: given))
      }
    }

    #expect(fault == .version(expected: 2, given: given))
    #expect(try ledger.reader.counts().decisions == 1)
  }

  @Test("a case stays its first owner's, and versions count on after its content was erased")
  func erased() throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }
    try ledger.write { tx in try tx.db.execute(sql: "DELETE FROM decided") }

    let (latest, standing) = try ledger.write { tx in try (tx.latest("K-1"), tx.standing(of: "K-1")) }

    #expect(latest == nil)
    #expect(standing?.owner == 1001)
    #expect(standing?.nextVersion == 2)
    #expect(try ledger.reader.integrityCheck() == [])
  }

  @Test("a decision is given back with every byte and in the decision's order")
  func content() throws {
    let first = decision("K-1", person: "P-1")
    var second = decision(
      "K-1", version: 2, person: "P-1", packs: [pack("zeta"), pack("alpha")],
      conclusions: [.init(id: "z.b", status: "fails"), .init(id: "z.a", status: "open")],
      clauses: ["z.c2", "z.c1", "z.c2"])
    second.caseBytes = [0, 255, 10, 0]
    second.caseSHA256 = ContentDigest(of: second.caseBytes)
    try ledger.write { tx in
      _ = try tx.record(first)
      _ = try tx.record(second)
    }

    let newest = try #require(try ledger.reader.decision("K-1"))
    let older = try #require(try ledger.reader.decision("K-1", version: 1))

    #expect(newest.version == 2 && newest.isLatest)
    #expect(newest.caseBytes == [0, 255, 10, 0])
    #expect(newest.decision == second.decision && newest.envelope == second.envelope)
    #expect(newest.packs == second.packs)
    #expect(newest.conclusions == second.conclusions)
    #expect(newest.clauses == ["z.c1", "z.c2"])
    #expect(older.caseBytes == first.caseBytes && !older.isLatest)
    #expect(try ledger.reader.decision("K-1", version: 3) == nil)
  }

  @Test("a thousand decisions commit together")
  func thousand() throws {
    let entries = try ledger.write { tx in
      try (1...1000).map { try tx.record(decision("K-\($0)")).entry }
    }

    #expect(entries == Array(1...1000))
    #expect(
      try ledger.reader.counts() == LedgerCounts(decisions: 1000, refusals: 0, held: 0, unfinished: 1000))
    #expect(try ledger.reader.integrityCheck() == [])
  }

  @Test(
    "the check finds what was edited under the ledger",
    arguments: [
      "UPDATE decided SET decision = CAST('{}' AS BLOB)", "UPDATE decided SET case_bytes = x'00'",
      "UPDATE decided SET salt = zeroblob(32)",
      "DROP TRIGGER entries_keep_update; UPDATE entries SET body = json_set(body, '$.version', 7)",
      "DROP TRIGGER entries_keep_update; UPDATE entries SET seq = 7 WHERE kind = 'stop'",
    ])
  func tampering(edit: String) throws {
    try ledger.write { tx in
      _ = try tx.record(decision("K-1"))
      try tx.append(.stop, at: noon, body: [:])
    }
    let before = try ledger.reader.integrityCheck()

    try ledger.write { tx in try tx.db.execute(sql: edit) }

    #expect(before == [])
    #expect(try !ledger.reader.integrityCheck().isEmpty)
  }
}
