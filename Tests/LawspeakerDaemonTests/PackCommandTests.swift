// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  @Suite("Activating packs and returning to earlier ones", .timeLimit(.minutes(30))) struct PackCommandTests {
    @Test("`packs activate` answers with what came of it: activated, unchanged, or what is wrong")
    func activating() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      let same = try daemon.cli(["packs", "activate"])
      #expect(same.code == 0 && same.out.hasPrefix("unchanged: "), "\(same)")
      try daemon.bump(to: "1.2.1")
      let next = try Document(daemon.cli(["packs", "activate", "--json"]).out)
      #expect(next["outcome"].text == "activated" && next["generation"].number == 2)
      #expect(next["packs"].items.map { $0["version"].text } == ["1.2.1"])
      try await daemon.decide("AT-ONCE")
      #expect(try daemon.packVersion(of: "AT-ONCE") == "1.2.1")

      let rules = DaemonHarness.palermo + "/rules.yaml"
      let good = try daemon.text(rules)
      try daemon.write(good.replacing("act: {has: any}", with: "akt: {has: any}"), to: rules)
      for _ in 1...2 {
        let bad = try daemon.cli(["packs", "activate"])
        #expect(bad.code == 1 && bad.out.isEmpty && bad.err.contains("unknown fact `akt`"), "\(bad)")
      }
      try daemon.write(good, to: rules)
      #expect(try daemon.cli(["packs", "activate"]).code == 0)
      #expect(try daemon.cli(["status"]).code == 0)
      try await daemon.stop()
    }

    @Test("A rollback serves under a new number, is kept through restarts, and ends with `packs activate`")
    func rollingBack() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      for version in ["1.2.1", "1.2.2"] {
        try daemon.bump(to: version)
        #expect(try daemon.cli(["packs", "activate"]).code == 0)
      }

      let back = try Document(daemon.cli(["packs", "rollback", "--json"]).out)
      #expect(back["generation"].number == 4 && back["rolled_back_to"].number == 2)
      let entry = try #require(try daemon.ledger().lastActivation())
      let body = try Document(try #require(try daemon.ledger().entry(entry.entry)).body)
      #expect(body["rollback_of"].number == 3 && body["rolled_back_to"].number == 2)
      try await daemon.decide("BACK")
      #expect(try daemon.packVersion(of: "BACK") == "1.2.1")
      let status = try daemon.cli(["status"])
      #expect(status.code == 0 && status.out.contains("generation 2 again"), "\(status.out)")

      // neither a change nor a signal nor a restart activates what lies there
      try daemon.bump(to: "1.2.3")
      daemon.signal(SIGHUP)
      try await daemon.stop()
      try await daemon.start()
      daemon.signal(SIGHUP)
      try await daemon.decide("STILL")
      #expect(try daemon.packVersion(of: "STILL") == "1.2.1")
      // once more goes further back, and a named one is had by its number
      #expect(try Document(daemon.cli(["packs", "rollback", "--json"]).out)["rolled_back_to"].number == 1)
      #expect(try Document(daemon.cli(["packs", "rollback", "3", "--json"]).out)["generation"].number == 6)
      try await daemon.decide("NAMED")
      #expect(try daemon.packVersion(of: "NAMED") == "1.2.2")

      let on = try Document(daemon.cli(["packs", "activate", "--json"]).out)
      #expect(on["outcome"].text == "activated" && on["generation"].number == 7)
      try daemon.bump(to: "1.2.4")
      try await daemon.waitUntilActive("1.2.4")
      try await daemon.stop()
      #expect(try daemon.ledger().verify().problems == [])
    }

    @Test("Where there is nothing to return to it says so, and the generation that serves goes on")
    func nothingBefore() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      for arguments in [["packs", "rollback"], ["packs", "rollback", "9"], ["packs", "rollback", "1"]] {
        let output = try daemon.cli(arguments)
        #expect(output.code == 1 && output.err.contains("[no-generation]"), "\(output)")
      }
      #expect(try daemon.cli(["packs", "rollback", "0"]).code == 2)
      #expect(try daemon.ledger().activations().count == 1)
      try await daemon.stop()
    }

    @Test("Returned to what lies in the folder, `packs activate` ends the return without a new generation")
    func endingWithoutChange() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let old = try daemon.text(DaemonHarness.palermo + "/pack.yaml")
      try daemon.bump(to: "1.2.1")
      #expect(try daemon.cli(["packs", "activate"]).code == 0)
      #expect(try daemon.cli(["packs", "rollback"]).code == 0)

      try daemon.write(old, to: DaemonHarness.palermo + "/pack.yaml")
      #expect(try daemon.cli(["packs", "activate"]).out.contains("generation 3"))

      #expect(try daemon.ledger().lastActivation()?.rolledBackTo == nil)
      try daemon.bump(to: "1.2.2")
      try await daemon.waitUntilActive("1.2.2")
      try await daemon.stop()
    }

    @Test("A pack whose folder was removed goes out of service by `packs activate` alone")
    func removing() async throws {
      let daemon = try DaemonHarness(packs: ["palermo", "norway"])
      defer { daemon.end() }
      try await daemon.start()

      try daemon.shell("rm -r rulepacks/norway")
      daemon.signal(SIGHUP)
      try await daemon.decide("STAYS")
      #expect(try daemon.ledger().lastActivation()?.packs.count == 2)

      #expect(try daemon.cli(["packs", "activate"]).code == 0)
      #expect(try daemon.ledger().lastActivation()?.packs.map(\.id) == ["palermo"])
      try daemon.shell("rm -r rulepacks/palermo")
      #expect(
        try daemon.cli(["packs", "activate"]).code == 1, "an empty folder takes nothing out of service")
      try await daemon.decide("SERVES")
      try await daemon.stop()
    }

    @Test("Without a daemon both work under the lock, and the next daemon serves what they left")
    func alone() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      try daemon.bump(to: "1.2.1")

      #expect(try daemon.cli(["packs", "activate"]).code == 0)
      #expect(try daemon.cli(["packs", "rollback"]).code == 0)

      try await daemon.start()
      try await daemon.decide("OLD-LAW")
      #expect(try daemon.packVersion(of: "OLD-LAW") == "1.1.1")
      try await daemon.stop()
    }
  }
}
