// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import Testing

extension WholeDaemon {
  @Suite("The service", .timeLimit(.minutes(30))) struct ServiceTests {
    @Test("It says when it is ready and when it stops, and exits with 0")
    func notifies() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }

      try await daemon.start()
      #expect(daemon.notifications.contains("READY=1"))
      #expect(!daemon.notifications.contains("STOPPING=1"))
      #expect(daemon.notifications.contains("STATUS=generation 1"))
      try await daemon.stop()

      #expect(daemon.notifications.filter { $0 == "READY=1" }.count == 1)
      #expect(daemon.notifications.filter { $0 == "STOPPING=1" }.count == 1)
    }

    @Test("It ends in the same way when it is interrupted")

    func interrupt() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      daemon.signal(SIGINT)

      #expect(try await daemon.exitCode() == 0)
      #expect(daemon.notifications.contains("STOPPING=1"))
    }

    @Test("A second daemon on the same state exits with 75, and the first goes on")

    func second() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      let second = try DaemonHarness.run("lawspeakerd", ["--config", daemon.path("lawspeaker.yaml")])

      #expect(second.code == 75, "\(second.err)")
      #expect(second.err.contains("\(daemon.pid)"), "the holder is named: \(second.err)")
      try daemon.drop(DaemonHarness.caseFile("GOES-ON"), as: "goes-on.yaml")
      try await daemon.waitUntilTaken()
      #expect(daemon.exists("spool/decisions/GOES-ON/1.json"))
      try await daemon.stop()
    }

    @Test("A state is free again after its daemon ended")

    func again() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      for _ in 1...3 {
        try await daemon.start()
        try await daemon.stop()
      }
      #expect(try daemon.ledger().activations().count == 1)
    }

    @Test(
      "A wrong configuration is refused with its place",
      arguments: [
        ("lawspeaker: 1\nstaet: x\n", ":2:1: ", "unknown-key"),
        ("lawspeaker: 1\nlog: loud\n", ":2:6: ", "unknown-value"),
        ("lawspeaker: 1\nspool: {folder: s, quiet: 5 days}\n", ":2:27: ", "bad-quantity"),
        ("lawspeaker: 1\ntime_zone: Europe/Olso\n", ":2:12: ", "unknown-time-zone"),
        ("lawspeaker: 1\nstate: &a x\n", ":2:8: ", "anchor"),
        ("lawspeaker: 1\nlanguages: []\n", ":2:12: ", "empty-list"),
      ])
    func wrongConfiguration(_ text: String, _ place: String, _ code: String) throws {
      let daemon = try DaemonHarness(packs: [])
      defer { daemon.end() }
      try daemon.write(text, to: "lawspeaker.yaml")
      let file = daemon.path("lawspeaker.yaml")

      for program in [["lawspeakerd"], ["lawspeaker", "status"]] {
        let output = try DaemonHarness.run(program[0], program.dropFirst() + ["--config", file])
        #expect(output.code == 1)
        #expect(output.err.hasPrefix(file + place), "\(output.err)")
        #expect(output.err.contains("[\(code)]"), "\(output.err)")
        #expect(output.out.isEmpty)
      }
      #expect(!daemon.exists("state"))
    }

    @Test("Wrong words on the command line exit with 2")

    func usage() throws {
      let output = try DaemonHarness.run("lawspeakerd", ["--twice"])
      #expect(output.code == 2)
      #expect(output.err.contains("Usage:"))
    }

    @Test("`--once` decides what lies there and exits with 0")

    func once() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for number in 1...300 {
        try daemon.drop(DaemonHarness.caseFile("ONCE-\(number)"), as: "once-\(number).yaml")
      }
      try daemon.drop("", as: "empty.yaml")

      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/decisions").count == 300)
      #expect(daemon.names("spool/refused") == ["empty.yaml", "empty.yaml.diagnostics"])
      #expect(daemon.names("spool/incoming", hidden: true).isEmpty)
      #expect(try await daemon.once() == 0)
      #expect(try daemon.ledger().counts().decisions == 300)
      #expect(try daemon.ledger().counts().unfinished == 0)
    }

    @Test("`--once` without packs decides nothing, exits with 1 and leaves the files")

    func noPacks() async throws {
      let daemon = try DaemonHarness(packs: [])
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("WAITS"), as: "waits.yaml")

      #expect(try await daemon.once() == 1)

      #expect(daemon.names("spool/incoming") == ["waits.yaml"])
      #expect(daemon.log.contains("no-packs"))
    }

    @Test("Files of one case that come together become versions in their order")

    func together() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for age in 20...24 {
        try daemon.drop(DaemonHarness.caseFile("ORDER", age: "\(age) years"), as: "order-\(age).yaml")
        try await Task.sleep(for: .milliseconds(20))
      }

      #expect(try await daemon.once() == 0)

      let versions = try daemon.ledger().history("ORDER").map(\.version)
      #expect(versions == [1, 2, 3, 4, 5])
      for age in 20...24 {
        #expect(try daemon.text("spool/done/ORDER/\(age - 19).yaml").contains("age: \(age) years"))
      }
    }
  }
}
