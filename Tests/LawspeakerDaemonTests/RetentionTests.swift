// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import LawspeakerDaemon
import LocalSocket
import Logging
import Spool
import Synchronization
import Testing

extension WholeDaemon {
  /// The programs have the machine's clock, so that years are let pass within this process.
  @Suite("Retention", .timeLimit(.minutes(30))) struct RetentionTests {
    private static let rules = """
      retention:
        - {what: cases, holds: palermo.trafficking, after: 5 years}
        - {what: cases, after: 2 years}
        - {what: refused, after: 30 days}
        - {what: done, after: 30 days}
        - {what: decisions, after: 1 years}

      """

    /// A case in which trafficking holds, one in which it does not, and a file that is refused.
    private func decided() async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.write(try daemon.text("lawspeaker.yaml") + Self.rules, to: "lawspeaker.yaml")
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("HOLDS"), as: "holds.yaml")
      let other = DaemonHarness.caseFile("FAILS").replacing("[forced_labour]", with: "none")
      try daemon.drop(other, as: "fails.yaml")
      try daemon.drop("x", as: "bad.yaml")
      #expect(try await daemon.once() == 0)
      #expect(daemon.names("spool/refused").count == 2)
      return daemon
    }

    private func configuration(_ daemon: DaemonHarness) throws -> Configuration {
      try Configuration(Array(daemon.text("lawspeaker.yaml").utf8), file: daemon.path("lawspeaker.yaml"))
    }

    /// What a command says some days from now.
    private func ask(_ daemon: DaemonHarness, inDays days: Double, _ command: KeepRetention) throws -> String
    {
      let (desk, lock) = try Desk.alone(
        try configuration(daemon), now: { Date().addingTimeInterval(days * 86_400) })
      defer { lock.release() }
      let said = Said()
      #expect(try desk.answer(command, to: Visitor(uid: 0, purpose: nil), said.writer) == 0)
      try desk.ledger.close()
      return said.text
    }

    @Test("nothing goes before its time, and what would go is listed by rule, with nothing done")
    func rehearsing() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      let now = try daemon.cli(["retention"]).out
      #expect(
        now.contains("rule 2: cases after 2 years: 0") && now.contains("rule 4: done after 30 days: 0 files"))
      let later = try ask(daemon, inDays: 3 * 366, KeepRetention(isRehearsal: true, json: false))

      #expect(later.contains("in which `palermo.trafficking` holds after 5 years: 0\n"))
      #expect(later.contains("rule 2: cases after 2 years: 1\n    FAILS@1  "))
      #expect(later.contains("rule 3: refused after 30 days: 1 recorded, 2 in refused/ and held/"))
      #expect(
        later.contains("rule 4: done after 30 days: 2 files")
          && later.contains("rule 5: decisions after 1 years: 6 files"))
      #expect(daemon.names("spool/done") == ["FAILS", "HOLDS"] && daemon.names("spool/refused").count == 2)
      #expect(try daemon.ledger().erasedCases() == [])
    }

    @Test("the daemon does it by itself, records why, and the ledger verifies")
    func carryingOut() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      let future = Date().addingTimeInterval(3 * 366 * 86_400)
      let another = try Daemon(
        configuration(daemon), control: DaemonControl(),
        log: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
        now: { future })
      try another.runOnce()

      let ledger = try daemon.ledger()
      #expect(try ledger.erasedCases().map(\.name) == ["FAILS"])
      #expect(try ledger.decision("HOLDS") != nil)
      let acts = try ledger.acts(ActFilter([.erasure]))
      #expect(acts.map { $0.open["because"]?.string } == ["retention", "retention"])
      #expect(acts.last?.sealed["rule"]?.string == "2: cases after 2 years")
      #expect(!acts.contains { $0.open.text.contains("palermo") || $0.sealed.text.contains("palermo") })
      #expect(
        daemon.names("spool/done") + daemon.names("spool/decisions") + daemon.names("spool/refused") == [])
      #expect(try ledger.verify().problems == [])
      #expect(
        try daemon.text("state/keyring").contains("epoch 2")
          && !daemon.text("state/keyring").contains("epoch 1"))
    }
  }
}

/// What a command said, kept.
private final class Said: Sendable {
  private let kept = Mutex("")
  var text: String { kept.withLock { $0 } }
  var writer: ReplyWriter {
    ReplyWriter { frame throws(ReplyFault) in
      if case .out(let text) = frame { self.kept.withLock { $0 += text } }
    }
  }
}
