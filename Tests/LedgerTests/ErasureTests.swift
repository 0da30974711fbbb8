// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("Erasing a case") struct ErasureTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in
      _ = try tx.record(decision("K-1", person: "P-1"))
      _ = try tx.record(decision("K-1", version: 2, person: "P-1"))
      _ = try tx.record(decision("K-2", person: "P-1"))
      try tx.record(Act(.review, at: noon, reference: "K-1", version: 2, sealed: ["who": "AB"]))
      try tx.record(Act(.access, at: noon, reference: "K-1", version: 2, sealed: ["who": "CD"]))
    }
  }

  private let asked = Act(
    .erasure, at: "2026-11-24T08:00:00Z", reference: "K-1",
    sealed: ["because": "asked by the person", "who": "EF"])

  @Test("its content is gone, the other cases' is there, and the whole ledger still verifies")
  func erasing() throws {
    let entry = try ledger.write { tx in try tx.eraseCase(asked) }
    try ledger.retireEpoch()

    let report = try ledger.reader.verify()
    #expect(report.problems == [])
    #expect(report.decisions == 1 && report.erased == 2)
    #expect(try ledger.reader.decision("K-1") == nil)
    #expect(try ledger.reader.decisions().map(\.reference) == ["K-2"])
    #expect(try ledger.reader.unfinished().map(\.reference) == ["K-2"])
    #expect(
      try ledger.reader.erasedCases()
        == [ErasedCase(name: "K-1", version: 2, entry: entry, at: "2026-11-24T08:00:00Z")])
  }

  @Test("who erased it and why, and who read it before, can still be told; what was reviewed cannot")
  func acts() throws {
    try ledger.write { tx in _ = try tx.eraseCase(asked) }

    let acts = try ledger.reader.acts(ActFilter([.erasure, .access, .review], reference: "K-1"))
    #expect(acts.map(\.kind) == [.erasure, .access])
    #expect(acts.first?.sealed["because"]?.string == "asked by the person")
    #expect(acts.first?.version == 2)
    #expect(acts.last?.sealed["who"]?.string == "CD")
  }

  @Test("its owner stays, and a new file goes on with the next version under a new key")
  func goingOn() throws {
    try ledger.write { tx in _ = try tx.eraseCase(asked) }
    try ledger.retireEpoch()

    #expect(try ledger.reader.standing(of: "K-1") == CaseStanding(owner: 1001, latestVersion: 2, name: "K-1"))
    try ledger.write { tx in _ = try tx.record(decision("K-1", version: 3)) }
    #expect(try ledger.reader.decision("K-1")?.version == 3)
    #expect(try ledger.problems() == [])
    #expect(try ledger.reader.history("K-1").map(\.version) == [3])
  }

  @Test("what has nothing to erase says so, and records nothing", arguments: ["K-1", "K-9"])
  func nothing(reference: String) throws {
    try ledger.write { tx in _ = try tx.eraseCase(asked) }
    let before = try ledger.reader.size()

    var act = asked
    act.reference = reference
    #expect(throws: LedgerFault.erased) { try ledger.write { tx in try tx.eraseCase(act) } }
    #expect(try ledger.reader.size() == before)
  }

  @Test("a copy of the ledger from before, with the keys of after, gives nothing of any case")
  func olderCopies() throws {
    try ledger.close()
    let copy = folder.path + "/copy.db"
    try FileManager.default.copyItem(atPath: folder.ledger, toPath: copy)
    let again = try Ledger(path: folder.ledger, root: root)
    try again.write { tx in _ = try tx.eraseCase(asked) }
    try again.retireEpoch()

    let thief = try LedgerReader(path: copy, keys: again.keys)

    #expect(throws: LedgerFault.self) { try thief.decision("K-1") }
    #expect(throws: LedgerFault.self) { try thief.decision("K-2") }
    #expect(try again.reader.decision("K-2") != nil)
  }

  @Test("an erasure that was broken off before its epoch was retired is gone on with")
  func brokenOff() throws {
    try ledger.write { tx in _ = try tx.eraseCase(asked) }
    try ledger.keys.beginEpoch()
    try ledger.write { tx in _ = try tx.record(decision("K-3")) }
    try ledger.close()

    let again = try Ledger(path: folder.ledger, root: root)
    #expect(try again.hasEpochToRetire)
    try again.retireEpoch()

    #expect(try !again.hasEpochToRetire)
    #expect(again.keys.epochs == [2])
    #expect(try again.reader.decision("K-2") != nil)
    #expect(try again.reader.decision("K-3") != nil)
    #expect(try again.problems() == [])
  }

  @Test("refused objects are erased by age, those still to be moved are not, and the entry names them")
  func setAside() throws {
    let (old, open) = try ledger.write { tx in
      let old = try tx.refuse(refusal("a.yaml"))
      try tx.finish([old], at: noon)
      return (old, try tx.refuse(refusal("b.yaml")))
    }

    let count = try ledger.write { tx in
      try tx.eraseSetAside(
        before: "2026-11-24", Act(.erasure, at: "2026-11-24T08:00:00Z", sealed: ["because": "retention"]))
    }

    #expect(count == 1)
    #expect(try ledger.reader.acts(ActFilter([.erasure])).first?.open["entries"]?.text == "[[\(old),\(old)]]")
    #expect(try ledger.unfinished().contains { $0.entry == open })
    #expect(try ledger.problems() == [])
  }
}
