// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension DaemonHarness {
  static let palermo = "rulepacks/palermo"

  /// Gives the pack another version number, and content that differs: a comment.
  func bump(to version: String) throws {
    let file = Self.palermo + "/pack.yaml"
    let lines = try text(file).split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("pack: ") ? "pack: {id: palermo, version: \(version), jurisdiction: UN}" : String(line)
    }
    try write(lines.joined(separator: "\n"), to: file)
  }

  /// The version under which a case was decided.
  func packVersion(of reference: String, version: Int = 1) throws -> String? {
    let packs = try document("spool/decisions/\(reference)/\(version).json")["decision"]["packs"].items
    return packs.first { $0["id"].text == "palermo" }?["version"].text
  }

  func waitUntilActive(_ version: String, after entry: Int64 = 0) async throws {
    try await waitUntil("palermo \(version) is active") {
      guard let last = try ledger().lastActivation(), last.entry > entry else { return false }
      return last.packs.contains { $0.id == "palermo" && $0.version == version }
    }
  }

  func decide(_ reference: String) async throws {
    try drop(Self.caseFile(reference), as: reference + ".yaml")
    try await waitUntil("\(reference) is decided") { exists("spool/done/\(reference)/1.yaml") }
  }
}

extension WholeDaemon {
  @Suite("Swapping packs", .timeLimit(.minutes(30))) struct SwapTests {
    @Test("A bumped pack serves after SIGHUP, and the change of law is said")
    func bumped() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      try await daemon.decide("BEFORE")

      try daemon.bump(to: "1.2.0")
      daemon.signal(SIGHUP)
      try await daemon.waitUntilActive("1.2.0")
      try await daemon.decide("AFTER")
      try daemon.drop(DaemonHarness.caseFile("BEFORE"), as: "again.yaml")
      try await daemon.waitUntil("it is decided again") { daemon.exists("spool/decisions/BEFORE/2.json") }

      #expect(try daemon.packVersion(of: "BEFORE") == "1.1.1")
      #expect(try daemon.packVersion(of: "AFTER") == "1.2.0")
      let changes = try daemon.document("spool/decisions/BEFORE/2.json")["changes"]
      #expect(changes["law"].texts == ["palermo: 1.1.1 → 1.2.0"])
      #expect(changes["facts"].texts == [] && changes["answers"].texts == [])
      #expect(try daemon.cli(["show", "BEFORE@1"]).code == 0, "the old version is replayed from the archive")
      #expect(try daemon.cli(["status"]).out.contains("palermo 1.2.0"))
      #expect(
        try Document(daemon.cli(["decisions", "--pack", "palermo@1.1.1", "--json"]).out).items.count == 1)
      try await daemon.stop()
    }

    @Test("A bumped pack serves without a signal, when the folder has been quiet")

    func watched() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      try daemon.bump(to: "1.2.0")

      try await daemon.waitUntilActive("1.2.0")
      try await daemon.stop()
    }

    @Test("A bad pack leaves the old serving and is named; reverted, all is green again")

    func bad() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let rules = DaemonHarness.palermo + "/rules.yaml"
      let good = try daemon.text(rules)
      let line =
        1 + good.prefix(upTo: try #require(good.range(of: "has: any")).lowerBound).count { $0 == "\n" }

      try daemon.write(good.replacing("act: {has: any}", with: "akt: {has: any}"), to: rules)
      daemon.signal(SIGHUP)
      try await daemon.waitUntil("the pack is refused") { try daemon.ledger().lastPackRefusal() != nil }
      try await daemon.waitUntil("it says so") { daemon.exists(DaemonHarness.palermo + ".diagnostics") }

      let place = "rules.yaml:\(line):"
      let status = try daemon.cli(["status"])
      #expect(status.code == 1)
      #expect(status.out.contains(place) && status.out.contains("`akt`"), "\(status.out)")
      #expect(try daemon.text(DaemonHarness.palermo + ".diagnostics").contains(place))
      #expect(daemon.log.contains(place))
      let diagnostics = try Document(daemon.cli(["status", "--json"]).out)["refused_packs"].text ?? ""
      #expect(diagnostics.contains(place))
      #expect(try daemon.cli(["packs", "check"]).code == 1)
      try await daemon.decide("MEANWHILE")
      #expect(try daemon.packVersion(of: "MEANWHILE") == "1.1.1")

      try daemon.write(good, to: rules)
      daemon.signal(SIGHUP)
      try await daemon.waitUntil("the diagnostics are gone") {
        !daemon.exists(DaemonHarness.palermo + ".diagnostics")
      }
      #expect(try daemon.cli(["status"]).code == 0)
      #expect(try daemon.ledger().lastActivation()?.generation == 1)
      try await daemon.stop()
    }

    @Test("A pack whose own test fails is refused")

    func failingTest() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      try daemon.bump(to: "1.2.0")
      let tests = DaemonHarness.palermo + "/tests/acts.yaml"
      try daemon.write(
        daemon.text(tests).replacing("trafficking: holds}", with: "trafficking: fails}"), to: tests)
      daemon.signal(SIGHUP)
      try await daemon.waitUntil("the pack is refused") { try daemon.ledger().lastPackRefusal() != nil }

      #expect(try daemon.cli(["status"]).out.contains("[test-failed]"))
      #expect(try daemon.ledger().lastActivation()?.packs.first?.version == "1.1.1")
      try await daemon.stop()
    }

    @Test("Other content under the same version is refused")

    func versionTaken() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let facts = DaemonHarness.palermo + "/facts.yaml"
      let good = try daemon.text(facts)

      try daemon.write(good + "# a comment\n", to: facts)
      daemon.signal(SIGHUP)
      try await daemon.waitUntil("the pack is refused") { try daemon.ledger().lastPackRefusal() != nil }
      let status = try daemon.cli(["status"])
      #expect(status.code == 1 && status.out.contains("[version-taken]"), "\(status.out)")

      try daemon.bump(to: "1.2.0")
      daemon.signal(SIGHUP)
      try await daemon.waitUntilActive("1.2.0")
      #expect(try daemon.cli(["status"]).code == 0)

      // nor does an earlier version come back with other content
      try daemon.bump(to: "1.1.1")
      daemon.signal(SIGHUP)
      try await daemon.waitUntil("the pack is refused") { try daemon.cli(["status"]).code == 1 }
      #expect(try daemon.cli(["status"]).out.contains("[version-taken]"))
      #expect(try daemon.ledger().lastActivation()?.packs.first?.version == "1.2.0")

      // but it does with its own
      try daemon.write(good, to: facts)
      daemon.signal(SIGHUP)
      let entry = try daemon.ledger().lastActivation()?.entry ?? 0
      try await daemon.waitUntilActive("1.1.1", after: entry)
      #expect(try daemon.cli(["status"]).code == 0)
      try await daemon.stop()
    }

    @Test("A removed folder changes nothing, nor does one that is broken at a restart")

    func removed() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      try FileManager.default.removeItem(atPath: daemon.path(DaemonHarness.palermo))
      daemon.signal(SIGHUP)
      try await daemon.decide("REMOVED")
      #expect(try daemon.packVersion(of: "REMOVED") == "1.1.1")
      try await daemon.stop()

      try await daemon.start()
      try await daemon.decide("RESTARTED")
      #expect(try daemon.packVersion(of: "RESTARTED") == "1.1.1")
      try await daemon.stop()

      try FileManager.default.createDirectory(
        atPath: daemon.path(DaemonHarness.palermo), withIntermediateDirectories: true)
      try daemon.write("lawspeaker: [\n", to: DaemonHarness.palermo + "/pack.yaml")
      try await daemon.start()
      try await daemon.decide("BROKEN")
      #expect(try daemon.packVersion(of: "BROKEN") == "1.1.1")
      #expect(try daemon.cli(["status"]).code == 1)
      #expect(daemon.exists(DaemonHarness.palermo + ".diagnostics"))
      try await daemon.stop()

      try FileManager.default.removeItem(atPath: daemon.path("rulepacks"))
      try await daemon.start()
      try await daemon.decide("NO-FOLDER")
      #expect(try daemon.packVersion(of: "NO-FOLDER") == "1.1.1")
      try await daemon.stop()
    }

    @Test("A folder of packs that comes later is found without a signal")

    func later() async throws {
      let daemon = try DaemonHarness(packs: [])
      defer { daemon.end() }
      try await daemon.start()
      try daemon.drop(DaemonHarness.caseFile("WAITED"), as: "waited.yaml")

      try daemon.install(["palermo"])

      try await daemon.waitUntil("the case is decided") { daemon.exists("spool/done/WAITED/1.yaml") }
      try await daemon.stop()
    }

    @Test("While files stream in, each is decided under the packs of its moment, and none is lost")
    func streaming() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let folder = daemon.folder

      let stream = Task.detached {
        for number in 1...200 {
          let text = DaemonHarness.caseFile("STREAM-\(number)")
          try DaemonHarness.drop(Array(text.utf8), as: "stream-\(number).yaml", in: folder)
          try await Task.sleep(for: .milliseconds(60))
        }
      }
      defer { stream.cancel() }
      for number in 1...4 {
        try await Task.sleep(for: .milliseconds(1500))
        try daemon.bump(to: "1.2.\(number)")
        daemon.signal(SIGHUP)
        try await daemon.waitUntilActive("1.2.\(number)")
      }
      try await stream.value
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      let ledger = try daemon.ledger()
      let activations = try ledger.activations()
      #expect(activations.map { $0.packs[0].version } == (1...4).reversed().map { "1.2.\($0)" } + ["1.1.1"])
      var versions: Set<String> = []
      for number in 1...200 {
        let reference = "STREAM-\(number)"
        let rows = try ledger.history(reference)
        try #require(rows.count == 1, "\(reference) was decided \(rows.count) times")
        let inForce = try #require(activations.first { $0.entry < rows[0].entry })
        #expect(rows[0].packs == inForce.packs)
        #expect(try daemon.packVersion(of: reference) == inForce.packs[0].version)
        versions.insert(inForce.packs[0].version)
      }
      #expect(versions.count > 1, "some were decided under each")
      #expect(try ledger.verify().problems.isEmpty)
      #expect(daemon.names("spool/refused").isEmpty && daemon.names("spool/held").isEmpty)
    }
  }
}
