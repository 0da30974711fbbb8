// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing
import TestSupport

extension WholeDaemon {
  @Suite("Being killed", .timeLimit(.minutes(30))) struct KillTests {
    private static let files = 1_000

    @Test("A thousand files and twenty times `kill -9`: each is decided once, and ledger and folder agree")
    func killed() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try dropAll(into: daemon)
      var random = SplitMix64(seed: 20_261_123)

      var atWork = 0
      for _ in 1...20 {
        try daemon.launch()
        let patience = Double(Int.random(in: 300...2_600, using: &random)) / 1_000
        try await Task.sleep(for: .seconds(patience))
        atWork += daemon.names("spool/incoming").isEmpty ? 0 : 1
        daemon.kill()
      }
      print("lawspeakerd: \(atWork) of 20 kills came while files were waiting")
      try await daemon.start()
      try await daemon.waitUntilTaken(seconds: 240)
      try await daemon.stop()

      try expectEachOnce(daemon)
    }

    @Test("Killed as soon as the first decisions are out: what is out is recorded, what is not is done again")
    func killedAtFirstDecisions() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for number in 1...100 { try drop(number, into: daemon) }
      var random = SplitMix64(seed: 9)

      for round in 1...6 {
        let before = daemon.names("spool/done").count
        try daemon.launch()
        try await daemon.waitUntil("more is done, or all, in round \(round)") {
          daemon.names("spool/done").count > before || daemon.names("spool/incoming").isEmpty
        }
        usleep(UInt32.random(in: 0...20_000, using: &random))
        daemon.kill()
        for reference in daemon.names("spool/decisions") where daemon.exists("spool/done/\(reference)/1.yaml")
        {
          #expect(try daemon.ledger().history(reference).count == 1)
        }
      }
      try await daemon.start()
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      try expectEachOnce(daemon, of: 100)
    }

    @Test("Undisturbed, the same thousand are decided (the speed is printed, and not judged)")
    func undisturbed() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let clock = ContinuousClock()

      var single: [Duration] = []
      for number in 1...5 {
        let begin = clock.now
        try daemon.drop(DaemonHarness.caseFile("SINGLE-\(number)"), as: "single-\(number).yaml")
        try await daemon.waitUntil("one is decided") {
          daemon.exists("spool/decisions/SINGLE-\(number)/latest.json")
        }
        single.append(clock.now - begin)
      }
      let begin = clock.now
      try dropAll(into: daemon)
      try await daemon.waitUntilTaken(seconds: 240)
      let took = clock.now - begin
      try await daemon.stop()

      #expect(daemon.names("spool/decisions").count == Self.files + 5)
      #expect(try daemon.ledger().counts().decisions == Self.files + 5)
      let rate = Int(Double(Self.files) / (took / .seconds(1)))
      let middle = single.sorted()[2] / .milliseconds(1)
      print(
        "lawspeakerd: \(Self.files) files in \(took), \(rate) a second; one from drop to decision: \(middle) ms"
      )
    }

    private func dropAll(into daemon: DaemonHarness) throws {
      let drafts = daemon.path("drafts")
      try FileManager.default.createDirectory(atPath: drafts, withIntermediateDirectories: true)
      for number in 1...Self.files {
        try Data(text(number).utf8).write(to: URL(fileURLWithPath: "\(drafts)/\(number).yaml"))
      }
      for number in 1...Self.files {
        let target = daemon.path("spool/incoming/\(number).yaml")
        guard unsafe rename("\(drafts)/\(number).yaml", target) == 0 else { throw POSIXError(.EIO) }
      }
    }

    private func drop(_ number: Int, into daemon: DaemonHarness) throws {
      try daemon.drop(text(number), as: "\(number).yaml")
    }

    private func text(_ number: Int) -> String {
      DaemonHarness.caseFile("KILL-\(number)", age: "\(number % 80) years")
    }

    /// Ledger and folder say the same of each case: version 1, once, with these bytes.
    private func expectEachOnce(_ daemon: DaemonHarness, of count: Int = files) throws {
      let ledger = try daemon.ledger()
      let counts = try ledger.counts()
      #expect(counts.decisions == count)
      #expect(counts.refusals == 0 && counts.held == 0 && counts.unfinished == 0)
      #expect(try ledger.unfinished().isEmpty)
      #expect(try ledger.verify().problems == [])
      #expect(daemon.names("spool/incoming", hidden: true).isEmpty)
      #expect(daemon.names("spool/refused").isEmpty && daemon.names("spool/held").isEmpty)
      #expect(daemon.names("spool/decisions", hidden: true).count == count)
      for number in 1...count {
        let reference = "KILL-\(number)"
        let folder = "spool/decisions/\(reference)"
        let stored = try #require(try ledger.decision(reference))
        #expect(stored.version == 1)
        let suffixes = ["en.md", "json", "nb.md"]
        let names = suffixes.map { "1.\($0)" } + suffixes.map { "latest.\($0)" }
        #expect(daemon.names(folder, hidden: true) == names)
        #expect(daemon.names("spool/done/\(reference)", hidden: true) == ["1.yaml"])
        #expect(try daemon.text("spool/done/\(reference)/1.yaml") == text(number))
        let envelope = try daemon.text("\(folder)/1.json")
        #expect(Array(envelope.utf8) == stored.envelope)
        #expect(stored.caseBytes == Array(text(number).utf8))
        let said = try daemon.document("\(folder)/1.json")["sha256"].text
        #expect(said == ContentDigest(of: stored.decision).hex && said == stored.decisionSHA256.hex)
        let decision = String(decoding: stored.decision, as: UTF8.self)
        #expect(
          envelope.contains("\"decision\":" + decision), "the recorded bytes stand in the file as they are")
      }
      let shown = try daemon.cli(["show", "KILL-1", "--json"])
      #expect(try shown.code == 0 && shown.out.hasPrefix(daemon.text("spool/decisions/KILL-1/1.json")))
    }
  }
}
