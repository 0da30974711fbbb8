// SPDX-License-Identifier: Apache-2.0
import Ledger
import Testing

@Suite("Past decisions without their documents") struct PastDecisionTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  private let found = [
    FoundConclusion(id: "a.x", status: "fails"), FoundConclusion(id: "a.y", status: "holds"),
  ]

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in
      _ = try tx.record(decision("K-1"))
      _ = try tx.record(decision("K-2", conclusions: found, clauses: ["a.s2", "a.s1"]))
      _ = try tx.record(decision("K-3", conclusions: [.init(id: "a.x", status: "unsettled")]))
      _ = try tx.record(decision("K-1", version: 2, conclusions: found))
    }
  }

  private func past(_ entries: ClosedRange<Int64> = 1...100, asOf horizon: Int64 = .max) throws
    -> [PastDecision]
  {
    var all: [PastDecision] = []
    var names = LedgerReader.SharedNames()
    let reader = try LedgerReader(path: folder.ledger, keys: ledger.keys)
    try reader.eachPastDecision(in: entries, asOf: horizon, names: &names) { all.append($0) }
    return all
  }

  @Test("they are what the whole decisions say, in the order of entries, the newest of each case")
  func whole() throws {
    let all = try past()
    #expect(all.map { "\($0.reference)/\($0.version)" } == ["K-2/1", "K-3/1", "K-1/2"])
    for past in all {
      let stored = try #require(try ledger.reader.decision(past.reference))
      #expect(try past.caseFile.open() == stored.caseBytes && past.entry == stored.entry)
      #expect(past.conclusions == stored.conclusions.map(\.id) && past.found.clauses == stored.clauses)
      #expect(
        past.found.letters.map { CompactFindings.words[Int($0)] } == stored.conclusions.map(\.status)
          && past.packs == stored.packs)
      #expect(past.assessedOn == stored.assessedOn && past.jurisdiction == "NOR")
    }
  }

  @Test("whatever was recorded after a moment, each case is there once as it was then")
  func horizon() throws {
    for parts in [try past(asOf: 3), try past(1...2, asOf: 3) + past(3...4, asOf: 3)] {
      #expect(parts.map { "\($0.reference)/\($0.version)" } == ["K-1/1", "K-2/1", "K-3/1"])
    }
  }

  @Test("what was erased is not there")
  func erased() throws {
    try ledger.write { tx in
      _ = try tx.eraseCase(Act(.erasure, at: noon, reference: "K-2", sealed: [:]))
    }
    #expect(try past().map(\.reference) == ["K-3", "K-1"])
  }
}
