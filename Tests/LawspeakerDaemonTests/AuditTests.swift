// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import LawspeakerDaemon
import Testing

extension WholeDaemon {
  @Suite("An audit", .serialized, .timeLimit(.minutes(30))) struct AuditTests {
    /// A ledger with three decisions, its daemon stopped.
    static func audited() async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("K-1"), as: "a.yaml")
      try daemon.drop(DaemonHarness.caseFile("K-2", age: "16 years"), as: "b.yaml")
      try daemon.drop(DaemonHarness.caseFile("K-3").replacing("[deception]", with: "none"), as: "c.yaml")
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(2000))")
      return daemon
    }

    static func check(_ arguments: [String]) throws -> DaemonHarness.Output {
      try DaemonHarness.run("lawspeaker", ["audit", "check"] + arguments)
    }

    @Test("verifies, proves and checks without a daemon, and names what is false")
    func proofs() async throws {
      let daemon = try await Self.audited()
      defer { daemon.end() }
      let key = try daemon.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)
      let old = try daemon.cli(["audit", "checkpoint"])
      try daemon.write(old.out, to: "old")
      let (proof, opening) = (daemon.path("k1.tlog-proof"), daemon.path("k1.json"))

      #expect(try daemon.cli(["audit", "prove", "K-1@1", "--out", proof, "--open", opening]).code == 0)
      #expect(try daemon.cli(["audit", "prove", "--entry", "1", "--out", daemon.path("one")]).code == 0)
      #expect(try daemon.cli(["audit", "checkpoint"]).code == 0)
      #expect(
        try daemon.cli(["audit", "prove", "--from", daemon.path("old"), "--out", daemon.path("grown")]).code
          == 0)

      let checked = try Self.check([proof, "--key", key, "--open", opening])
      #expect(
        checked.code == 0 && checked.out.contains("(decision, ") && checked.out.contains("K-1@1"),
        "\(checked.err)")
      #expect(
        try Self.check([daemon.path("one"), "--key", key, "--json"]).out.contains("\"kind\":\"start\""))
      #expect(try Self.check([daemon.path("grown"), "--key", key]).out.contains("continues that of"))
      #expect(try Self.check([daemon.path("old"), "--key", key]).out.contains("entries with the root"))

      let changed = try daemon.text("k1.tlog-proof").replacing("index ", with: "index 1")
      try daemon.write(changed, to: "changed")
      let refused = try Self.check([daemon.path("changed"), "--key", key])
      #expect(refused.code == 1 && refused.err.contains("[not-proven]"))
      let other = try DaemonHarness(packs: [])
      defer { other.end() }
      let foreign = try other.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)
      #expect(
        try Self.check([proof, "--key", foreign]).err.contains("none of the known keys has signed this"))
      try daemon.write(
        daemon.text("k1.json").replacing("NOR", with: "SWE"), to: "k1.json")
      #expect(try Self.check([proof, "--key", key, "--open", opening]).err.contains("[other-decision]"))
      #expect(try Self.check([daemon.path("lawspeaker.yaml"), "--key", key]).err.contains("[bad-proof]"))
    }

    @Test("replays every decision, a sample the same each time, and says who read")
    func replay() async throws {
      let daemon = try await Self.audited()
      defer { daemon.end() }

      let all = try daemon.cli(["audit", "replay", "--json"])
      #expect(all.code == 0, "\(all.err)")
      #expect(try Document(all.out)["replayed"].number == 3)
      #expect(try Document(all.out)["same_document"].number == 3)
      #expect(try daemon.cli(["audit", "replay", "--sample", "2"]).out.hasPrefix("2 decisions replayed"))
      #expect(
        try daemon.cli(["audit", "replay", "--pack", "palermo@9.9.9"]).out.hasPrefix("0 decisions replayed"))

      #expect(try daemon.cli(["show", "K-1", "--purpose", "a complaint"]).code == 0)
      let readers = try Document(try daemon.cli(["audit", "access", "K-1", "--json"]).out).items
      #expect(readers.contains { $0["command"].text == "show" && $0["purpose"].text == "a complaint" })
      #expect(try daemon.cli(["audit", "access", "K-2"]).out == "nobody read\n")
      #expect(try daemon.cli(["audit", "access", "--csv"]).out.contains(",audit replay,"))
    }

    @Test("tells which packs were active on a day, what was said then, and what an erratum would touch")
    func questions() async throws {
      let daemon = try await Self.audited()
      defer { daemon.end() }

      let active = try Document(try daemon.cli(["audit", "packs", "--json"]).out).items
      let from = try #require(active.first?["from"].text)
      #expect(try daemon.cli(["audit", "packs", "--on", "2020-01-01"]).out == "no packs were active\n")
      #expect(
        try daemon.cli(["audit", "packs", "--on", String(from.prefix(10)), "--csv"]).out.contains(",palermo,")
      )

      #expect(try daemon.cli(["show", "K-1", "--as-of", "2020-01-01"]).err.contains("[no-decision]"))
      #expect(
        try daemon.cli(["show", "K-1", "--as-of", "2199-01-01", "--json"]).out.contains("\"version\":1"))
      #expect(try daemon.cli(["history", "K-1", "--as-of", "2020-01-01"]).out == "")

      // The clause on children applied to K-2 alone; the others were decided on the same rule without it.
      let touched = try Document(try daemon.cli(["audit", "erratum", "palermo.art3c", "--json"]).out).items
      let applied = touched.map { "\($0["case"].text ?? "") \($0["applied"].value as? Bool == true)" }
      #expect(applied == ["K-1 false", "K-2 true", "K-3 false"])
      #expect(
        touched.allSatisfy { one in
          one["conclusions"].items.contains { $0["id"].text == "palermo.trafficking" }
        })
      #expect(try daemon.cli(["audit", "erratum", "palermo.art99"]).err.contains("[unknown-clause]"))
    }

    @Test("exports what a stranger verifies and replays, and finds a changed line and a missing one")
    func export() async throws {
      let daemon = try await Self.audited()
      defer { daemon.end() }
      let key = try daemon.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)
      let folder = daemon.path("export")

      let exported = try daemon.cli(["audit", "export", folder])
      #expect(exported.code == 0 && exported.err.contains("IN THE CLEAR"), "\(exported.err)")
      #expect(try daemon.cli(["audit", "export", folder]).err.contains("[folder-exists]"))
      #expect(try daemon.cli(["audit", "access", "--json"]).out.contains("audit export"))
      // another machine has nothing of the ledger
      try FileManager.default.moveItem(atPath: daemon.path("state"), toPath: daemon.path("gone"))
      func verify() throws -> DaemonHarness.Output {
        try DaemonHarness.run("lawspeaker", ["audit", "verify", "--export", folder, "--key", key])
      }
      let verified = try verify()
      #expect(verified.code == 0, "\(verified.err)")
      #expect(verified.out.contains("decisions: 3 as recorded"))
      let replayed = try DaemonHarness.run(
        "lawspeaker", ["audit", "replay", "--export", folder, "--sample", "2"])
      #expect(replayed.code == 0 && replayed.out.hasPrefix("2 decisions replayed"), "\(replayed.err)")

      let decisions = try daemon.text("export/decisions.ndjson")
      try daemon.write(decisions.replacing("deception", with: "fraud"), to: "export/decisions.ndjson")
      #expect(try verify().err.contains("of the decision of entry"))
      let rest = decisions.split(separator: "\n").dropFirst().map { $0 + "\n" }.joined()
      try daemon.write(rest, to: "export/decisions.ndjson")
      let missing = try verify()
      #expect(missing.code == 1 && missing.err.contains("is missing"))
      try daemon.write(decisions, to: "export/decisions.ndjson")
      let entries = try daemon.text("export/entries.ndjson")
      try daemon.write(
        entries.replacing("\"clean\":true", with: "\"clean\":null"), to: "export/entries.ndjson")
      #expect(try verify().err.contains("signed over other entries"))
    }
  }

  @Suite("A ledger that was tampered with", .serialized, .timeLimit(.minutes(30))) struct TamperingTests {
    /// Verifies, and makes sure that nothing was repaired meanwhile.
    private func problems(_ daemon: DaemonHarness, _ more: [String] = []) throws -> String {
      let before = FileManager.default.contents(atPath: daemon.path("state/ledger.db"))
      let output = try daemon.cli(["audit", "verify"] + more)
      #expect(output.code == 1, "\(output.out)\(output.err)")
      #expect(FileManager.default.contents(atPath: daemon.path("state/ledger.db")) == before)
      return output.err
    }

    private func path(below folder: String, ending: String, _ daemon: DaemonHarness) throws -> String {
      let paths = FileManager.default.subpaths(atPath: daemon.path(folder)) ?? []
      return try daemon.path(folder) + "/" + #require(paths.first { $0.hasSuffix(ending) })
    }

    @Test("names a key that is none, a keyring that is gone, and a signing key that was exchanged")
    func keys() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      try daemon.write("lawspeaker.example/tests\n", to: "no.vkey")
      for (key, words) in [
        (daemon.path("no.vkey"), "no.vkey:1:1: error: this is no public key [bad-key]\n    hint: "),
        (daemon.path("none"), "none: error: this is no public key, and no file that can be read [no-key]"),
      ] {
        #expect(try problems(daemon, ["--key", key]).contains(words))
        let checked = try DaemonHarness.run("lawspeaker", ["audit", "check", "proof", "--key", key])
        #expect(checked.code == 1 && checked.err.contains(words), "\(checked.err)")
      }

      try daemon.shell("mv state/keyring kept && cp -r keys keys.kept")
      #expect(try problems(daemon).contains("[no-keyring]\n    hint: --sealed"))
      #expect(try daemon.cli(["audit", "verify", "--sealed"]).code == 0)
      try daemon.shell("mv kept state/keyring && rm keys/*")
      try DaemonHarness.makeKeys(daemon.path("keys"))
      try daemon.shell("cp keys.kept/root.key keys")
      let size = try daemon.ledger().size()

      #expect(try await daemon.once() == 1)
      #expect(daemon.log.contains("lawspeaker.example/tests: error: this log was signed by another key"))
      let asked = try daemon.cli(["audit", "checkpoint"])
      #expect(asked.code == 1 && asked.err.contains("[other-key]"), "\(asked.err)")
      #expect(try daemon.ledger().size() == size)
    }

    @Test("a head that was taken away from its folder is copied there again when one is asked for")
    func copies() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let head = try daemon.cli(["audit", "checkpoint"]).out
      try daemon.shell("rm -r state/checkpoints")

      #expect(try daemon.cli(["audit", "checkpoint"]).out == head)
      #expect(try daemon.text("state/checkpoints/latest") == head)
    }

    @Test("verifies while nothing is changed, by a copy without keys too, and names each change of a file")
    func files() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let whole = try daemon.cli(["audit", "verify"])
      #expect(
        whole.code == 0 && whole.out.contains("content opened") && whole.out.contains("itself names"),
        "\(whole.err)")
      let copy = daemon.path("copy")
      try FileManager.default.copyItem(atPath: daemon.path("state"), toPath: copy)
      let read = try DaemonHarness.run("lawspeaker", ["audit", "verify", "--state", copy, "--sealed"])
      #expect(read.code == 0 && read.out.contains("not opened"), "\(read.err)")

      let rules = try path(below: "state/packs", ending: "rules.yaml", daemon)
      let text = try Data(contentsOf: URL(fileURLWithPath: rules))
      try FileManager.default.removeItem(atPath: rules)
      #expect(try problems(daemon).contains("rules.yaml:1:1: error: the archive lacks this file of the pack"))
      try (text + Data("# more\n".utf8)).write(to: URL(fileURLWithPath: rules))
      #expect(try problems(daemon).contains("rules.yaml:1:1: error: this is not the file that was archived"))
      try text.write(to: URL(fileURLWithPath: rules))
      try Data().write(to: URL(fileURLWithPath: rules + "~"))
      #expect(try problems(daemon).contains("rules.yaml~:1:1: error: this was not archived with the pack"))
      try FileManager.default.removeItem(atPath: rules + "~")

      let head = daemon.path("state/checkpoints/latest")
      let own = try String(contentsOfFile: head, encoding: .utf8)
      let other = try await AuditTests.audited()
      defer { other.end() }
      try FileManager.default.copyItem(
        atPath: other.path("state/checkpoints/latest"), toPath: daemon.path("state/checkpoints/000000000001"))
      #expect(try problems(daemon).contains("000000000001` is not signed as it must be"))
      #expect(try other.text("state/checkpoints/latest") != own)
      try FileManager.default.removeItem(atPath: daemon.path("state/checkpoints/000000000001"))

      let foreign = try other.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)
      #expect(try problems(daemon, ["--key", foreign]).contains("none of the known keys has signed this"))
      let root = try Data(contentsOf: URL(fileURLWithPath: daemon.path("keys/root.key")))
      try Data(contentsOf: URL(fileURLWithPath: other.path("keys/root.key")))
        .write(to: URL(fileURLWithPath: daemon.path("keys/root.key")))
      #expect(try problems(daemon).contains("[wrong-key]"))
      try root.write(to: URL(fileURLWithPath: daemon.path("keys/root.key")))
      #expect(try daemon.cli(["audit", "verify"]).code == 0)
    }

    @Test("a byte flipped in the database, in an entry or in content, is named by its entry")
    func flipped() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let entry = try #require(
        try daemon.ledger().entries(1...100, limit: 100).first { $0.kind == "decision" })
      let place = daemon.path("state/ledger.db")
      let whole = try Data(contentsOf: URL(fileURLWithPath: place))

      var changed = whole
      let body = try #require(changed.firstRange(of: Data(entry.body.utf8)))
      changed[body.lowerBound + 30] ^= 1
      try changed.write(to: URL(fileURLWithPath: place))
      #expect(try problems(daemon).contains("entry \(entry.number) is not what was recorded"))

      try whole.write(to: URL(fileURLWithPath: place))
      #expect(try daemon.cli(["audit", "verify"]).code == 0)
      changed = whole
      changed[0] ^= 1
      try changed.write(to: URL(fileURLWithPath: place))
      #expect(try problems(daemon).contains("is not a ledger of Lawspeaker"))
    }

    @Test("a write-ahead log that is cut off is found by the head that was published")
    func truncated() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      try await daemon.start()
      #expect(try daemon.cli(["audit", "verify"]).code == 0)
      #expect(try daemon.cli(["show", "K-1"]).code == 0)
      #expect(try daemon.cli(["audit", "checkpoint"]).code == 0)
      daemon.kill()
      let log = try FileHandle(forWritingTo: URL(fileURLWithPath: daemon.path("state/ledger.db-wal")))
      let size = try log.seekToEnd()
      try #require(size > 8192)
      try log.truncate(atOffset: size / 2)
      try log.close()

      #expect(try problems(daemon).contains("what came after is missing"))
    }
  }

  @Suite("Changing keys", .serialized, .timeLimit(.minutes(30))) struct KeyRotationTests {
    private func bytes(_ place: String, _ daemon: DaemonHarness) throws -> Data {
      try Data(contentsOf: URL(fileURLWithPath: daemon.path(place)))
    }

    @Test(
      "a new signing key is signed in by the old, and either checks every head; nothing is changed beside a daemon"
    )
    func signing() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let old = try daemon.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)

      let rotated = try daemon.cli(["keys", "rotate"])
      let new = rotated.out.trimmingCharacters(in: .newlines)
      #expect(rotated.code == 0 && new != old && new.hasPrefix("lawspeaker.example/tests+"), "\(rotated.err)")
      #expect(try daemon.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines) == new)
      #expect(try daemon.cli(["keys", "show", "--all"]).out == "\(old)\n\(new)\n")
      #expect(daemon.names("keys") == ["root.key", "signing.key"])
      try await daemon.start()
      #expect(try daemon.cli(["keys", "rotate"]).code == 75)
      try await daemon.stop()
      for key in [old, new] {
        let verified = try daemon.cli(["audit", "verify", "--key", key])
        #expect(verified.code == 0, "\(verified.err)")
      }
    }

    @Test("a change of the signing key that broke off goes on with the key it had made")
    func brokenOff() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let before = try bytes("keys/signing.key", daemon)
      #expect(try daemon.cli(["keys", "rotate"]).code == 0)
      let after = try bytes("keys/signing.key", daemon)
      // as if it had ended before the file was replaced
      try after.write(to: URL(fileURLWithPath: daemon.path("keys/signing.key.next")))
      try before.write(to: URL(fileURLWithPath: daemon.path("keys/signing.key")))
      for name in ["signing.key", "signing.key.next"] {
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o600], ofItemAtPath: daemon.path("keys/" + name))
      }
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(1000))")

      #expect(try daemon.cli(["keys", "rotate"]).code == 0)

      #expect(try bytes("keys/signing.key", daemon) == after)
      #expect(daemon.names("keys") == ["root.key", "signing.key"])
      #expect(try daemon.cli(["audit", "verify"]).code == 0)
    }

    @Test(
      "a new root key opens all that was sealed, also where the change broke off before the file was replaced"
    )
    func root() async throws {
      let daemon = try await AuditTests.audited()
      defer { daemon.end() }
      let before = try bytes("keys/root.key", daemon)

      #expect(try daemon.cli(["keys", "rotate", "--root"]).code == 0)
      let after = try bytes("keys/root.key", daemon)
      #expect(after != before)
      #expect(try daemon.cli(["show", "K-1"]).code == 0)

      try before.write(to: URL(fileURLWithPath: daemon.path("keys/root.key")))
      try after.write(to: URL(fileURLWithPath: daemon.path("keys/root.key.next")))
      for name in ["root.key", "root.key.next"] {
        try FileManager.default.setAttributes(
          [.posixPermissions: 0o600], ofItemAtPath: daemon.path("keys/" + name))
      }
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(1000))")
      #expect(try bytes("keys/root.key", daemon) == after)
      #expect(daemon.names("keys") == ["root.key", "signing.key"])
      #expect(try daemon.cli(["audit", "verify"]).code == 0)
    }
  }
}
