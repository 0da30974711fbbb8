// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import LocalSocket
import Spool
import Synchronization
import Testing

extension WholeDaemon {
  @Suite("False records, and requests that no command makes", .timeLimit(.minutes(30)))
  struct FalsifiedTests {
    /// Records a further version of a case whose document says something else than its packs do: everything is sealed,
    /// hashed and signed as it should be, so that only computing it again can show it.
    private func falsify(_ reference: String, in daemon: DaemonHarness, _ edit: (String) -> String) throws {
      let ledger = try daemon.openLedger()
      defer { try? ledger.close() }
      let stored = try #require(try ledger.reader.decision(reference))
      let text = edit(String(decoding: stored.decision, as: UTF8.self))
      let decision = Array(text.utf8)
      #expect(decision != stored.decision)
      let record = DecisionRecord(
        reference: reference, owner: stored.owner, person: stored.person, version: stored.version + 1,
        at: stored.at, assessedOn: stored.assessedOn, jurisdiction: "NOR", fileName: stored.fileName,
        caseBytes: stored.caseBytes, decision: decision, envelope: stored.envelope,
        caseSHA256: stored.caseSHA256, decisionSHA256: ContentDigest(of: decision),
        answerSHA256: stored.answerSHA256, packs: stored.packs, conclusions: stored.conclusions,
        clauses: stored.clauses)
      try ledger.write { tx in _ = try tx.record(record) }
    }

    @Test("an answer that is not the packs' is found when it is computed again, with its version named")
    func answer() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      try falsify("K-1", in: daemon) { $0.replacing(#""status":"holds""#, with: #""status":"fails""#) }

      #expect(try daemon.cli(["audit", "verify"]).code == 0, "the record itself is whole")
      let replayed = try daemon.cli(["audit", "replay"])
      #expect(replayed.code == 1, "\(replayed.out)")
      let said = replayed.out + replayed.err
      #expect(said.contains("K-1@2") && said.contains("[replay-differs]"), "\(said)")
      #expect(!said.contains("K-1@1") && !said.contains("K-2@1"), "\(said)")
      let explained = try daemon.cli(["explain", "K-1@2", "palermo.trafficking"])
      #expect(explained.code == 70 && explained.err.contains("[replay-differs]"), "\(explained.err)")
      #expect(try daemon.cli(["explain", "K-1@1", "palermo.trafficking"]).code == 0)
    }

    @Test("a recorded document that cannot be read is said to be so, and no duty is made up")
    func document() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      try falsify("K-1", in: daemon) { _ in "{}\n" }
      let due = try daemon.cli(["due"])
      #expect(due.code == 70 && due.err.contains("K-1: error: ") && due.err.contains("[unreadable-decision]"))
    }

    @Test("what the command line refuses as usage, or never sends, is refused by whoever answers too")
    func requests() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let path = daemon.path("lawspeaker.yaml")
      let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: path)))
      let (desk, lock) = try Desk.alone(Configuration(bytes, file: path)) { Date() }
      defer { lock.release() }
      let said = Mutex("")
      let reply = ReplyWriter { frame in
        if case .err(let text) = frame { said.withLock { $0 += text } }
      }
      func ask(_ request: [UInt8]) throws -> (Int32, String) {
        said.withLock { $0 = "" }
        let code = try desk.answer(request, from: Peer(uid: geteuid(), gid: getegid(), pid: getpid()), reply)
        return (code, said.withLock { $0 })
      }

      for request in ["{}", #"{"name":"dance"}"#, #"{"name":"show","command":{"no":1}}"#, "nothing"] {
        let (code, error) = try ask(Array(request.utf8))
        #expect(code == 70 && error.contains("[unknown-command]"), "\(request): \(error)")
      }
      let case1 = CaseVersion(reference: "K-1")
      let soon = ShowDecision(case1, language: .en, json: false, asOf: "soon")
      let (day, noDay) = try ask(DeskRequest(soon, purpose: nil).bytes())
      #expect(day == 1 && noDay.hasPrefix("soon: error: ") && noDay.contains("[no-day]"), "\(day) \(noDay)")
      let test = PromoteDecision(case1, pack: nil, title: nil, conclusions: [], json: false)
      let (pack, noPack) = try ask(DeskRequest(test, purpose: nil).bytes())
      #expect(pack == 2 && noPack.contains("[no-pack]"), "\(pack) \(noPack)")
    }

    @Test("a ledger of which nothing is recorded yet has nothing to sign")
    func empty() throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try FileManager.default.createDirectory(
        atPath: daemon.path("state"), withIntermediateDirectories: true)
      try daemon.openLedger().close()
      let signed = try daemon.cli(["audit", "checkpoint"])
      #expect(signed.code == 1 && signed.err.contains("[no-entries]"), "\(signed.err)")
    }
  }
}
