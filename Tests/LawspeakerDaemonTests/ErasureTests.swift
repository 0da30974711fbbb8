// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import LawspeakerDaemon
import Testing

extension WholeDaemon {
  @Suite("Erasing a case for good", .timeLimit(.minutes(30))) struct ErasureTests {
    /// What stands only in the file of one invented case: in a note, a source, the file's name and a pseudonym.
    private static let canaries = ["kanarinote", "kanarikilde", "kanarinavn", "P-KANARI"]

    private static let file = """
      lawspeaker: 1
      case: GONE
      person: P-KANARI
      jurisdiction: NOR
      assessed_on: 2024-03-18
      facts:
        act_date: 2023-11-05
        age: 29 years
        act: {value: [recruitment], by: person, source: kanarikilde, on: 2024-03-12, note: kanarinote}
        means: [deception]
        purpose: [forced_labour]

      """

    /// Files below the daemon's folders in which any of the canaries stands, by bytes.
    private func places(_ daemon: DaemonHarness) throws -> [String] {
      let found = try DaemonHarness.run(
        "/bin/grep",
        ["-r", "-a", "-l", "-F"] + Self.canaries.flatMap { ["-e", $0] }
          + ["state", "spool", "stderr", "stdout"].map { daemon.path($0) })
      let named = try DaemonHarness.run("/usr/bin/find", [daemon.path(""), "-name", "*kanari*"])
      return (found.out + named.out).split(separator: "\n").map(String.init)
    }

    @Test("nothing of it can be read any more, nobody else loses anything, and the ledger verifies")
    func erasing() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      try daemon.drop(Self.file, as: "kanarinavn.yaml")
      try daemon.drop(DaemonHarness.caseFile("STAYS"), as: "stays.yaml")
      try await daemon.waitUntilTaken()
      try await daemon.waitUntil("both are decided") { daemon.names("spool/done") == ["GONE", "STAYS"] }
      #expect(try daemon.cli(["review", "GONE@1", "--as", "AB", "--used"]).code == 0)
      #expect(try !places(daemon).isEmpty)
      try daemon.shell("cp state/ledger.db before.db && cp state/ledger.db-wal before.db-wal")

      let erased = try daemon.cli(["erase", "GONE", "--because", "asked for"])

      #expect(erased.code == 0, "\(erased.err)")
      #expect(erased.out.contains("GONE: erased version 1") && erased.out.contains("Take a backup now"))
      #expect(try places(daemon) == [])
      #expect(daemon.names("spool/decisions") == ["STAYS"] && daemon.names("spool/done") == ["STAYS"])
      let path = daemon.path("state/ledger.db")
      let ring = try KeyRing(
        path: Ledger.keyRingPath(path), root: KeyFolder(daemon.path("keys"), credentials: nil).root(),
        makesNew: false)
      let before = try LedgerReader(path: daemon.path("before.db"), keys: ring)
      #expect(throws: LedgerFault.self) { try before.decision("GONE") }

      let show = try daemon.cli(["show", "GONE"])
      #expect(show.code == 1 && show.err.contains("[erased]"))
      #expect(try daemon.cli(["history", "GONE"]).out.contains("erased"))
      #expect(try daemon.cli(["decisions", "GONE"]).out.contains("GONE@1  erased"))
      #expect(try daemon.cli(["show", "STAYS"]).code == 0)
      let again = try daemon.cli(["erase", "GONE", "--because", "asked again"])
      #expect(again.code == 0 && again.out.contains("erased already"))
      #expect(try daemon.cli(["erase", "NEVER", "--because", "asked for"]).err.contains("[no-decision]"))
      #expect(try daemon.cli(["erase", "STAYS", "--because", " "]).err.contains("[bad-reason]"))

      try daemon.drop(DaemonHarness.caseFile("GONE"), as: "anew.yaml")
      try await daemon.waitUntil("it is decided anew") { daemon.exists("spool/done/GONE/2.yaml") }
      try await daemon.stop()
      #expect(try places(daemon) == [])
      let report = try daemon.ledger().verify()
      #expect(report.problems == [] && report.erased == 1 && report.decisions == 2)
      let act = try #require(try daemon.ledger().acts(ActFilter([.erasure])).first)
      #expect(act.sealed["because"]?.string == "asked for")
    }

    @Test("An erasure that a crash broke off after its first step is finished at the next start")
    func brokenOff() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(Self.file, as: "kanarinavn.yaml")
      try daemon.drop(DaemonHarness.caseFile("STAYS"), as: "stays.yaml")
      #expect(try await daemon.once() == 0)
      do {
        let root = try KeyFolder(daemon.path("keys"), credentials: nil).root()
        let ledger = try Ledger(path: daemon.path("state/ledger.db"), root: root)
        try ledger.write { tx in
          _ = try tx.eraseCase(
            Act(.erasure, at: "2026-11-24T08:00:00Z", reference: "GONE", sealed: ["because": "asked for"]))
        }
        try ledger.close()
      }
      #expect(try !places(daemon).isEmpty)

      #expect(try await daemon.once() == 0)

      #expect(try places(daemon) == [])
      #expect(daemon.names("spool/decisions") == ["STAYS"] && daemon.names("spool/done") == ["STAYS"])
      #expect(
        try daemon.text("state/keyring").contains("epoch 2")
          && !daemon.text("state/keyring").contains("epoch 1"))
      #expect(try daemon.ledger().verify().problems == [])
      #expect(try daemon.ledger().decision("STAYS") != nil)
    }
  }
}
