// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("Cases under pseudonyms", .timeLimit(.minutes(30))) struct PseudonymTests {
    private func daemon() throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.write(
        try daemon.text("lawspeaker.yaml") + "privacy: {case_refs: pseudonym}\n", to: "lawspeaker.yaml")
      try daemon.makeIncoming()
      return daemon
    }

    @Test("a reference stands in no name of a file, no log and no index, and finds its case all the same")
    func reference() async throws {
      let daemon = try daemon()
      defer { daemon.end() }
      try await daemon.start()
      for age in ["29 years", "30 years"] {
        try daemon.write(DaemonHarness.caseFile("K-SECRET-1", age: age), to: "case.yaml")
        let said = try daemon.cli(["submit", daemon.path("case.yaml"), "--wait"])
        #expect(said.code == 0 && said.out.contains("K-SECRET-1"), "\(said)")
      }

      let folders = daemon.names("spool/decisions")
      #expect(folders.count == 1 && folders.first?.hasPrefix("c-") == true)
      #expect(daemon.names("spool/done") == folders)
      for arguments in [["show", "K-SECRET-1@2"], ["history", "K-SECRET-1"], ["decisions", "K-SECRET-1"]] {
        let found = try daemon.cli(arguments)
        #expect(found.code == 0 && found.out.contains("K-SECRET-1"), "\(arguments): \(found)")
      }
      try await daemon.stop()
      #expect(!daemon.log.contains("K-SECRET-1") && daemon.log.contains("c-"))
      let ledger = try Data(contentsOf: URL(fileURLWithPath: daemon.path("state/ledger.db")))
      #expect(ledger.range(of: Data("K-SECRET-1".utf8)) == nil)
    }

    @Test("cases that had their reference in the index before keep it there")
    func before() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("K-OLD"), as: "a.yaml")
      #expect(try await daemon.once() == 0)
      try daemon.write(
        try daemon.text("lawspeaker.yaml") + "privacy: {case_refs: pseudonym}\n", to: "lawspeaker.yaml")
      try daemon.drop(DaemonHarness.caseFile("K-OLD", age: "30 years"), as: "b.yaml")
      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/decisions") == ["K-OLD"])
      #expect(daemon.exists("spool/decisions/K-OLD/2.json"))
    }

    @Test("no file of a crash is written, whoever starts the daemon")
    func cores() async throws {
      let daemon = try daemon()
      defer { daemon.end() }
      try await daemon.start()

      let limits = try String(contentsOfFile: "/proc/\(daemon.pid)/limits", encoding: .utf8)
      let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
      #expect(core?.split(separator: " ").filter { $0 == "0" }.count == 2)
      try await daemon.stop()
    }
  }
}
