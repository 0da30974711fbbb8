// SPDX-License-Identifier: Apache-2.0
import GRDB
import Testing

@testable import Ledger

@Suite("Recorded decisions") struct DecisionTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
  }

  @Test("a reference that was never used has no standing, and its next version is 1")
  func unused() throws {
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }

    #expect(try ledger.reader.standing(of: "k-1") == nil)
    #expect(try ledger.write { tx in try tx.nextVersion(of: "k-1") } == 1)
    #expect(
      try ledger.reader.standing(of: "K-1") == CaseStanding(owner: 1001, latestVersion: 1, name: "K-1"))
  }

  @Test("under a pseudonym a case is found by its reference, and the index holds nothing of it")
  func pseudonym() throws {
    var first = decision("K-2026-0117")
    first.name = ledger.keys.pseudonym(of: first.reference)
    var second = decision("K-2026-0117", version: 2)
    second.name = first.name
    try ledger.write { tx in
      _ = try tx.record(first)
      _ = try tx.record(second)
    }

    let found = try #require(try ledger.reader.decision("K-2026-0117"))
    let names = try ledger.reader.fetch { db in try String.fetchAll(db, sql: "SELECT reference FROM cases") }

    #expect(found.version == 2 && found.reference == "K-2026-0117")
    #expect(names == [first.name])
    #expect(names.first?.hasPrefix("c-") == true)
    #expect(try ledger.reader.decision(first.name)?.version == 2)
    #expect(try ledger.reader.decisions().map(\.reference) == ["K-2026-0117", "K-2026-0117"])
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
    #expect(try ledger.problems() == [])
  }
}
