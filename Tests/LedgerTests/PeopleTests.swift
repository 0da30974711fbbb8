// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

@testable import Ledger

@Suite("What people do with decisions, in the ledger") struct PeopleTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in
      _ = try tx.record(decision("K-1", at: "2024-01-10T12:00:00Z"))
      _ = try tx.record(
        decision("K-1", version: 2, at: "2024-03-10T12:00:00Z", conclusions: Self.fails))
      _ = try tx.record(decision("K-2", at: "2024-02-10T12:00:00Z"))
      _ = try tx.record(
        decision("K-3", at: "2024-01-31T12:00:00Z", clauses: ["palermo.art3a", "palermo.art3c"]))
    }
  }

  private static let fails = [FoundConclusion(id: "palermo.trafficking", status: "fails")]
  private static let holding = "palermo.trafficking"

  private func names(_ moment: String, holding: String? = nil, not others: [String] = []) throws -> [String] {
    try ledger.reader.casesDecided(before: moment, holding: holding, notHolding: others).map(\.name)
  }

  @Test("a case is as old as its newest decision, and has the answers of it")
  func due() throws {
    #expect(try names("2024-02-10T12:00:00Z") == ["K-3"])
    #expect(
      try names("2025") == ["K-1", "K-2", "K-3"].sorted { try ledger.entry(of: $0) < ledger.entry(of: $1) })
    #expect(try names("2025", holding: Self.holding) == ["K-2", "K-3"])
    #expect(try names("2025", not: [Self.holding]) == ["K-1"])
    #expect(try names("2025", holding: Self.holding, not: [Self.holding]) == [])
    #expect(
      try ledger.reader.casesDecided(before: "2025", holding: nil, notHolding: [], limit: 1).map(\.version)
        == [2])
  }

  @Test("those wait whose newest version nobody reviewed or withdrew")
  func waiting() throws {
    var filter = DecisionFilter()
    filter.waitingOnly = true
    try ledger.write { tx in
      try tx.record(Act(.review, at: noon, reference: "K-1", version: 1, sealed: ["review": "x"]))
      try tx.record(Act(.review, at: noon, reference: "K-2", version: 1, sealed: ["review": "x"]))
      try tx.record(Act(.access, at: noon, reference: "K-3", version: 1, sealed: [:]))
    }

    #expect(
      try ledger.reader.decisions(filter).map { "\($0.reference)@\($0.version)" } == ["K-3@1", "K-1@2"])
    try ledger.write { tx in
      _ = try tx.record(Act(.withdrawal, at: noon, reference: "K-1", version: 2, sealed: [:]))
    }
    #expect(try ledger.reader.decisions(filter).map(\.reference) == ["K-3"])
    #expect(try ledger.reader.acts([.review, .withdrawal], on: ["K-1", "K-3"]).map(\.version) == [1, 2])
    #expect(try ledger.reader.acts([.review], on: []) == [])
    #expect(try ledger.reader.reads(of: "K-3") == 1)
  }

  @Test("answers are counted once each, or under every clause, superseded ones only if asked for")
  func counting() throws {
    let newest = try ledger.reader.answerCounts(latestOnly: true, byClause: false)
    #expect(
      newest.map { "\($0.month) \($0.status) \($0.packVersion) \($0.count)" } == [
        "2024-01 holds 1.0.0 1", "2024-02 holds 1.0.0 1", "2024-03 fails 1.0.0 1",
      ])
    #expect(try ledger.reader.answerCounts(latestOnly: false, byClause: false).map(\.count) == [2, 1, 1])
    let clauses = try ledger.reader.answerCounts(latestOnly: true, byClause: true).filter {
      $0.month == "2024-01"
    }
    #expect(clauses.map(\.clause) == ["palermo.art3a", "palermo.art3c"])
  }

  private func erasure(_ reference: String) -> Act {
    Act(.erasure, at: noon, reference: reference, sealed: [:])
  }

  @Test("an erasure is not over before an epoch after it was retired, wherever it was broken off")
  func brokenOff() throws {
    #expect(try !ledger.hasEpochToRetire)
    try ledger.write { tx in _ = try tx.eraseCase(erasure("K-1")) }
    #expect(try ledger.hasEpochToRetire)
    try ledger.close()

    let again = try Ledger(path: folder.ledger, root: root)
    #expect(try again.hasEpochToRetire)
    try again.retireEpochIfLeft()

    #expect(try !again.hasEpochToRetire)
    #expect(again.keys.epochs == [2])
    #expect(try again.problems() == [])
  }

  @Test("what is erased while an earlier erasure's epoch is retired gets one of its own")
  func meanwhile() throws {
    try ledger.write { tx in _ = try tx.eraseCase(erasure("K-1")) }
    try ledger.retireEpoch { _ in try ledger.write { tx in _ = try tx.eraseCase(erasure("K-2")) } }

    #expect(ledger.keys.epochs == [2])
    #expect(try ledger.hasEpochToRetire)
    try ledger.retireEpochIfLeft()

    #expect(ledger.keys.epochs == [3])
    #expect(try !ledger.hasEpochToRetire)
    #expect(try ledger.reader.decisions().map(\.reference) == ["K-3"])
  }

  @Test("whoever reads an older state keeps the keys of it, and the epoch is retired after")
  func readers() throws {
    let reader = try LedgerReader(path: folder.ledger, keys: ledger.keys)
    try ledger.write { tx in _ = try tx.eraseCase(erasure("K-1")) }
    _ = try reader.eachDecision(limit: 1) { stored in
      try ledger.retireEpochIfLeft()
      #expect(stored.reference == "K-2")
    }
    #expect(try ledger.hasEpochToRetire)
    #expect(ledger.keys.epochs == [1, 2])

    try ledger.retireEpochIfLeft()
    #expect(ledger.keys.epochs == [2])
    #expect(try reader.decision("K-2") != nil)
  }

  @Test(
    "a hundred thousand keys are sealed anew",
    .enabled(if: ProcessInfo.processInfo.environment["LAWSPEAKER_MEASURE"] != nil))
  func measure() throws {
    for first in stride(from: 0, to: 100_000, by: 5_000) {
      try ledger.write { tx in
        for _ in first..<first + 5_000 { try tx.makeKey(tx.drawNumber()) }
      }
    }
    let start = ContinuousClock.now
    try ledger.retireEpoch()
    print("100,000 keys sealed anew in \(ContinuousClock.now - start)")
    #expect(ledger.keys.epochs == [2])
  }
}

extension Ledger {
  fileprivate func entry(of reference: String) throws -> Int64 {
    try reader.history(reference).last?.entry ?? 0
  }
}
