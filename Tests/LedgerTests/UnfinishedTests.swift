// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing
import TestSupport

@testable import Ledger

@Suite("Unfinished work") struct UnfinishedTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("what a killed process committed is unfinished, and what it did not commit is not there")
  func killed() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = folder.ledger as String] in
      let ledger = try Ledger(path: path, root: root)
      try ledger.write { tx in
        try tx.append(.start, at: noon, body: [:])
        _ = try tx.record(decision("K-1"))
        _ = try tx.refuse(refusal("bad.yaml"))
      }
      try ledger.write { tx in
        _ = try tx.record(decision("K-2"))
        kill(getpid(), SIGKILL)
      }
    }

    let ledger = try Ledger(path: folder.ledger, root: root)

    let unfinished = try ledger.unfinished()
    #expect(unfinished.map(\.kind) == [.decision, .refusal])
    #expect(unfinished.first?.reference == "K-1")
    #expect(unfinished.first?.version == 1)
    #expect(unfinished.first?.sha256 == decision("K-1").caseSHA256)
    #expect(unfinished.last?.fileName == "bad.yaml")
    #expect(unfinished.last?.diagnostics == refusal("bad.yaml").diagnostics)
    #expect(try ledger.reader.decision("K-2") == nil)
    #expect(try !ledger.lastRunWasClean())
  }

  @Test("a run is clean if its stop was recorded")
  func clean() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    var answers = [try ledger.lastRunWasClean()]
    for kind in [EntryKind.start, .stop, .pack] {
      try ledger.write { tx in _ = try tx.append(kind, at: noon, body: [:]) }
      answers.append(try ledger.lastRunWasClean())
    }

    #expect(answers == [true, false, true, true])
  }

  @Test("finishing takes entries out with one entry that names them, and doing it again appends nothing")
  func finishing() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    let entries = try ledger.write { tx in
      try (1...5).map { try tx.record(decision("K-\($0)")).entry }
    }

    for _ in 1...2 {
      try ledger.write { tx in try tx.finish([entries[4], entries[1], entries[0], 99], at: noon) }
    }

    let bodies = try ledger.reader.fetch { db in
      try String.fetchAll(db, sql: "SELECT body FROM entries WHERE kind = 'finished'")
    }
    #expect(bodies == [#"{"entries":[[1,2],[5,5]]}"#])
    #expect(try ledger.unfinished().map(\.entry) == [3, 4])
  }

  @Test("attempts at a file are counted by name and bytes until they are cleared")
  func attempts() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    let counts = try ledger.write { tx in
      var counts: [Int] = []
      for (name, bytes) in [("a", "1"), ("a", "1"), ("a", "2"), ("b", "1")] {
        counts.append(try tx.noteAttempt(fileName: name, sha256: digest(bytes), at: noon))
      }
      try tx.clearAttempt(fileName: "a", sha256: digest("1"))
      for bytes in ["1", "2"] {
        counts.append(try tx.noteAttempt(fileName: "a", sha256: digest(bytes), at: noon))
      }
      return counts
    }

    #expect(counts == [1, 2, 1, 1, 1, 2])
  }

  @Test(
    "whatever is recorded and finished in whatever order, exactly the rest is unfinished", arguments: 0..<60)
  func property(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    var ledger = try Ledger(path: folder.ledger, root: root)
    var open: Set<Int64> = []
    var versions: [String: Int] = [:]

    for step in 0..<30 {
      switch Int.random(in: 0..<8, using: &random) {
      case 0...2:
        let reference = "K-\(Int.random(in: 0..<4, using: &random))"
        let version = versions[reference, default: 0] + 1
        versions[reference] = version
        open.insert(try ledger.write { tx in try tx.record(decision(reference, version: version)).entry })
      case 3: open.insert(try ledger.write { tx in try tx.refuse(refusal("r\(step)")) })
      case 4: open.insert(try ledger.write { tx in try tx.hold(refusal("h\(step)")) })
      case 5, 6:
        let some = open.filter { _ in Bool.random(using: &random) } + [Int64(step)].filter(open.contains)
        try ledger.write { tx in try tx.finish(Array(some), at: noon) }
        open.subtract(some)
      default:
        if Bool.random(using: &random) { try ledger.close() }
        ledger = try Ledger(path: folder.ledger, root: root)
      }
      try #require(try ledger.unfinished().map(\.entry) == open.sorted())
    }
  }
}
