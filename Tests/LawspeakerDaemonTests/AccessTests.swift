// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import LocalSocket
import Testing

extension WholeDaemon {
  /// Users and groups are those that every Debian has: games, in the group games, and nobody.
  @Suite(
    "Access", .enabled(if: canBecomeGames, "needs root and the user games"),
    .timeLimit(.minutes(30)))
  struct AccessTests {
    private enum User: String {
      case games = "5"
      case nobody = "65534"
    }

    /// Runs `lawspeaker` as another user, who has the group that may pass to the socket and no more.
    private func cli(_ user: User, _ arguments: [String], on daemon: DaemonHarness) throws
      -> DaemonHarness.Output
    {
      try DaemonHarness.run(
        "/usr/bin/setpriv",
        ["--reuid=\(user.rawValue)", "--regid=0", "--clear-groups", DaemonHarness.programs + "/lawspeaker"]
          + arguments + ["--config", daemon.path("lawspeaker.yaml")])
    }

    private func daemon(_ more: String) async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.write(try daemon.text("lawspeaker.yaml") + more, to: "lawspeaker.yaml")
      try await daemon.start()
      return daemon
    }

    @Test("who is in no group is refused and that is recorded; who may read can show and not erase")
    func rights() async throws {
      let daemon = try await daemon("access: {read: games}\n")
      defer { daemon.end() }
      try daemon.drop(DaemonHarness.caseFile("A"), as: "a.yaml")
      try await daemon.waitUntil("it is decided") { daemon.exists("spool/done/A/1.yaml") }

      let refused = try cli(.nobody, ["show", "A"], on: daemon)
      #expect(
        refused.code == 1 && refused.out.isEmpty && refused.err.contains("[no-access]"), "\(refused.err)")
      let shown = try cli(.games, ["show", "A"], on: daemon)
      let document = try daemon.text("spool/decisions/A/1.en.md")
      #expect(shown.code == 0 && shown.out == document, "\(shown.err)")
      #expect(try cli(.games, ["review", "A@1", "--as", "GG", "--used"], on: daemon).code == 0)
      for forbidden in [["erase", "A", "--because", "x"], ["retention"], ["stats"]] {
        let said = try cli(.games, forbidden, on: daemon)
        #expect(said.code == 1 && said.err.contains("needs the right"), "\(forbidden)")
      }

      try await daemon.stop()
      let ledger = try daemon.ledger()
      #expect(try ledger.decision("A") != nil)
      let users = try ledger.acts(ActFilter([.accessRefused])).map { $0.sealed["user"]?.string }
      #expect(users == ["games", "games", "games", "nobody"])
      #expect(try ledger.acts(ActFilter([.review])).first?.sealed["user"]?.string == "games")
      #expect(try ledger.verify().problems == [])
    }

    @Test("where a purpose is required, nothing of a case is given without one")
    func purpose() async throws {
      let daemon = try await daemon("access: {read: games}\nprivacy: {purpose: required}\n")
      defer { daemon.end() }
      try daemon.drop(DaemonHarness.caseFile("A"), as: "a.yaml")
      try await daemon.waitUntil("it is decided") { daemon.exists("spool/done/A/1.yaml") }

      for command in [
        ["show", "A"], ["history", "A"], ["decisions"], ["due"], ["subject-access", "A"],
        ["review", "A@1", "--as", "GG", "--used"],
      ] {
        let said = try cli(.games, command, on: daemon)
        #expect(said.code == 1 && said.out.isEmpty && said.err.contains("[no-purpose]"), "\(command)")
      }
      #expect(try cli(.games, ["show", "A", "--purpose", "supervision"], on: daemon).code == 0)

      try await daemon.stop()
      let acts = try daemon.ledger().acts(ActFilter([.access]))
      #expect(acts.map { $0.sealed["purpose"]?.string } == ["supervision"])
    }

    @Test("where handing in is a right, others' files are refused with the way out")
    func submitting() async throws {
      let daemon = try await daemon("access: {submit: games}\n")
      defer { daemon.end() }
      for (user, name) in [(User.games, "MAY"), (.nobody, "MAY-NOT")] {
        try daemon.write(DaemonHarness.caseFile(name), to: name)
        try daemon.shell("chown \(user.rawValue) \(name) && mv \(name) spool/incoming/\(name).yaml")
      }
      try await daemon.waitUntilTaken()
      try await daemon.waitUntil("one is decided") { daemon.exists("spool/done/MAY/1.yaml") }

      #expect(daemon.names("spool/decisions") == ["MAY"])
      let said = try daemon.text("spool/refused/MAY-NOT.yaml.diagnostics")
      #expect(said.contains("[may-not-submit]\n    hint: "))
      try await daemon.stop()
    }
  }
}

private let canBecomeGames = getuid() == 0 && (try? Account(uid: 5))?.name == "games"
