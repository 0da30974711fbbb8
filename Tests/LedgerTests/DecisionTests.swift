// SPDX-License-Identifier: Apache-2.0
import GRDB
import TestSupport
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
      conclusions: [.init(id: "z.b", status: "fails"), .init(id: "z.a", status: "undetermined")],
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

  @Test("a decision with a status that has no letter is refused, and nothing of its transaction stays")
  func unknownStatus() throws {
    #expect(throws: LedgerFault.damaged("a decision has a status that the ledger has no letter for")) {
      try ledger.write { tx in
        _ = try tx.record(decision("K-1"))
        _ = try tx.record(decision("K-2", conclusions: [.init(id: "a.x", status: "perhaps")]))
      }
    }
    #expect(try ledger.reader.counts().decisions == 0)
  }

  @Test("a decision is found by its answers, whichever packs and conclusions others have")
  func foundByAnswers() throws {
    let statuses = CompactFindings.words
    var random = SplitMix64(seed: 5)
    var records: [DecisionRecord] = []
    for number in 0..<60 {
      let version = "1.\(Int.random(in: 0..<3, using: &random)).0"
      let ids = ["a.x", "a.y", "b.x", "b.z"].filter { _ in Bool.random(using: &random) }
      let clauses = ["a.s1", "a.s2", "b.s1"].filter { _ in Bool.random(using: &random) }
      records.append(
        decision(
          "K-\(number)", packs: [pack("a", version), pack("b")],
          conclusions: ids.map { .init(id: $0, status: statuses.randomElement(using: &random) ?? "holds") },
          clauses: clauses))
    }
    try ledger.write { tx in for record in records { _ = try tx.record(record) } }

    var hits = 0
    for _ in 0..<300 {
      var filter = DecisionFilter()
      filter.limit = .max
      if Bool.random(using: &random) {
        filter.conclusion = ["a.x", "b.z", "c.x"].randomElement(using: &random)
      }
      if Bool.random(using: &random) { filter.status = (statuses + ["no"]).randomElement(using: &random) }
      if Bool.random(using: &random) { filter.clause = ["a.s1", "b.s9"].randomElement(using: &random) }
      if Bool.random(using: &random) {
        filter.packVersion = ["1.0.0", "1.2.0"].randomElement(using: &random)
      }
      if Bool.random(using: &random) { filter.pack = ["a", "b", "c"].randomElement(using: &random) }
      let expected = records.filter { isMeant($0, filter) }.map(\.reference)
      #expect(try ledger.reader.decisions(filter).map(\.reference).reversed() == expected, "\(filter)")
      #expect(try ledger.reader.decisionEntries(filter).count == expected.count)
      hits += expected.count
    }
    #expect(hits > 500)
  }

  /// What a filter means, read off the record.
  private func isMeant(_ record: DecisionRecord, _ filter: DecisionFilter) -> Bool {
    let isOfPack =
      filter.pack == nil && filter.packVersion == nil
      || record.packs.contains {
        $0.id == filter.pack ?? $0.id && $0.version == filter.packVersion ?? $0.version
      }
    let isAnswered =
      filter.conclusion == nil && filter.status == nil
      || record.conclusions.contains {
        $0.id == filter.conclusion ?? $0.id && $0.status == filter.status ?? $0.status
      }
    return isOfPack && isAnswered && (filter.clause.map(record.clauses.contains) ?? true)
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
