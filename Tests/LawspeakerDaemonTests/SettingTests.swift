// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  @Suite("Settings and sudden gaps", .timeLimit(.minutes(30))) struct SettingTests {
    @Test("With `done: delete` a decided file is removed, and the ledger has its bytes")
    func delete() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try set(daemon, "spool: {folder: spool, quiet: 0 seconds, done: delete}\nlanguages: [nb]\n")
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("GONE"), as: "gone.yaml")

      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/incoming", hidden: true) == [])
      #expect(daemon.names("spool/done", hidden: true) == [])
      #expect(
        daemon.names("spool/decisions/GONE") == ["1.json", "1.nb.md", "latest.json", "latest.nb.md"])
      #expect(
        try daemon.ledger().decision("GONE")?.caseBytes == Array(DaemonHarness.caseFile("GONE").utf8))
    }

    @Test(
      "With `shared_references: yes` another owner may go on with a case",
      .enabled(if: getuid() == 0, "needs root, to give a file to another"))
    func shared() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try set(daemon, "spool: {folder: spool, quiet: 0 seconds, shared_references: yes}\n")
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("OURS"), as: "ours.yaml")
      #expect(try await daemon.once() == 0)
      try daemon.write(DaemonHarness.caseFile("OURS", age: "15 years"), to: "again.yaml")
      try daemon.shell("chown 65534 again.yaml && mv again.yaml spool/incoming/")

      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/refused") == [])
      #expect(try daemon.ledger().history("OURS").map(\.version) == [1, 2])
    }

    @Test("A decision file that somebody deleted stays deleted, and `show` still has it")
    func deleted() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("KEPT"), as: "kept.yaml")
      try await daemon.start()
      try await daemon.waitUntilTaken()
      try await daemon.stop()
      let text = try daemon.text("spool/decisions/KEPT/1.en.md")

      try daemon.shell("rm -r spool/decisions/KEPT")
      try await daemon.start()
      daemon.kill()
      try await daemon.start()
      try await daemon.stop()

      #expect(daemon.names("spool/decisions") == [])
      #expect(try daemon.cli(["show", "KEPT"]).out.contains(text.trimmingCharacters(in: .newlines)))
    }

    @Test("A ledger that is none ends daemon and commands with 70, and is left as it is")
    func foreign() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      try daemon.shell("rm -f state/ledger.db*")
      try daemon.write(String(repeating: "not a ledger\n", count: 1000), to: "state/ledger.db")

      #expect(try await daemon.once() == 70)
      for arguments in [["status"], ["decisions"], ["show", "A"], ["history", "A"]] {
        let output = try daemon.cli(arguments)
        #expect(output.code == 70 && output.out.isEmpty && !output.err.isEmpty, "\(arguments): \(output)")
      }
      #expect(try daemon.text("state/ledger.db").hasPrefix("not a ledger\n"))
    }

    @Test("A decision whose content was altered in the ledger is not shown", arguments: ["head", "body"])
    func altered(_ part: String) async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("ALTERED"), as: "a.yaml")
      #expect(try await daemon.once() == 0)
      #expect(try daemon.ledger().verify().problems == [])
      let entry = try #require(try daemon.ledger().history("ALTERED").first?.entry)
      let other = try DatabaseQueue(path: daemon.path("state/ledger.db"))
      try await other.write { db in
        try db.execute(sql: "UPDATE decided SET \(part) = CAST(x'00' || substr(\(part), 2) AS BLOB)")
      }
      try other.close()

      let shown = try daemon.cli(["show", "ALTERED"])
      #expect(shown.code == 70 && shown.out.isEmpty && shown.err.contains("damaged"), "\(shown)")
      #expect(
        try daemon.ledger().verify().problems == [
          "the content of the decision of entry \(entry) is not what was recorded"
        ])
    }

    @Test("Without a ledger the commands that ask it exit with 1 and say so")
    func noLedger() throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      for arguments in [["status"], ["decisions"], ["show", "A"], ["history", "A"]] {
        let output = try daemon.cli(arguments)
        #expect(output.code == 1 && output.err.contains("[no-ledger]"), "\(arguments): \(output)")
      }
    }

    private func set(_ daemon: DaemonHarness, _ lines: String) throws {
      try daemon.write(
        "lawspeaker: 1\nstate: state\npacks: rulepacks\nkeys: keys\n" + lines, to: "lawspeaker.yaml")
    }
  }

  @Suite("Handing in and asking by program", .timeLimit(.minutes(30))) struct ProgramTests {
    @Test("`submit` exits with 75 where there is no spool, and where nobody decides in time")
    func later() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let example = DaemonHarness.repository + "/examples/01-adult-clear.yaml"

      #expect(try daemon.cli(["submit", example]).code == 75)
      try daemon.makeIncoming()
      let waited = try daemon.cli(["submit", example, "--wait", "--timeout", "1"])
      #expect(waited.code == 75 && waited.out.isEmpty, "\(waited)")
      #expect(daemon.names("spool/incoming").count == 1)

      #expect(try await daemon.once() == 0)
      #expect(daemon.exists("spool/decisions/EX-ADULT-01/1.json"))
    }

    @Test("An `.ndjson` file is handed in one file a line")
    func lines() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      let lines = (1...5).map { Self.line("LINE-\($0)") }
      try daemon.write(lines.joined(separator: "\n") + "\n", to: "cases.ndjson")

      let output = try daemon.cli(["submit", daemon.path("cases.ndjson"), "--json"])
      #expect(output.code == 0, "\(output.err)")
      #expect(try output.out.split(separator: "\n").map { try Document(String($0)) }.count == 5)
      #expect(daemon.names("spool/incoming").count == 5)
      #expect(try await daemon.once() == 0)
      #expect(daemon.names("spool/decisions") == (1...5).map { "LINE-\($0)" })
    }

    @Test("`decide --stream` answers a line with a line, and a bad line with an error and exit code 1")
    func stream() throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let lines = [Self.line("S-1"), "{\"case\": 1}", Self.line("S-2")]
      try daemon.write(lines.joined(separator: "\n"), to: "lines")
      let program = DaemonHarness.programs + "/lawspeaker"
      let packs = daemon.path("rulepacks")

      let output = try DaemonHarness.run(
        "/bin/sh", ["-c", "'\(program)' decide --stream --packs '\(packs)' < '\(daemon.path("lines"))'"])

      #expect(output.code == 1)
      let answers = try output.out.split(separator: "\n").map { try Document(String($0)) }
      #expect(answers.compactMap { $0["case"].text } == ["S-1", "S-2"])
      #expect(answers.allSatisfy { $0.conclusion("palermo.trafficking")["status"].text == "holds" })
      #expect(output.err.contains("line 2:"), "\(output.err)")
    }

    @Test("Every `--json` is JSON, for good packs and for bad ones")
    func json() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.dropExample("01-adult-clear.yaml")
      #expect(try await daemon.once() == 0)

      let check = try daemon.cli(["packs", "check", "--json"])
      // two facts of the pack are for those that import it, which are not here
      let odd = try Document(check.out)["diagnostics"].items.compactMap { $0["code"].text }
      #expect(check.code == 0 && odd == ["unused-fact", "unused-fact"])
      #expect(try Document(check.out)["packs"].items.compactMap { $0["id"].text } == ["palermo"])
      let test = try daemon.cli(["packs", "test", "--json"])
      #expect(try test.code == 0 && Document(test.out).items.count > 100)
      let list = try daemon.cli(["packs", "list", daemon.path("rulepacks"), "--json"])
      #expect(try Document(list.out).items.count == 1)
      #expect(try Document(daemon.cli(["show", "EX-ADULT-01", "--json"]).out)["version"].number == 1)
      #expect(try Document(daemon.cli(["decisions", "--json"]).out).items.count == 1)

      let rules = DaemonHarness.palermo + "/rules.yaml"
      let good = try daemon.text(rules)
      try daemon.write(good.replacing("act: {has: any}", with: "akt: {has: any}"), to: rules)
      let bad = try daemon.cli(["packs", "check", "--json"])
      let problem = try #require(try Document(bad.out)["diagnostics"].items.first)
      #expect(bad.code == 1)
      #expect(problem["line"].number == 9 && problem["column"].number == 36, "\(bad.out)")
      #expect(problem["code"].text == "unknown-fact" && problem["hint"].text?.contains("`act`") == true)

      try daemon.write(good.replacing("[has_act, has_means, has_aim]", with: "[has_act, has_aim]"), to: rules)
      let failing = try daemon.cli(["packs", "test", "--json"])
      #expect(failing.code == 1)
      let failed = try Document(failing.out).items.filter { $0["passed"].value as? Bool == false }
      #expect(!failed.isEmpty && failed.allSatisfy { !$0["failures"].items.isEmpty })
    }

    private static func line(_ reference: String) -> String {
      "{\"lawspeaker\":1,\"case\":\"\(reference)\",\"assessed_on\":\"2024-03-18\",\"facts\":{\"act_date\":"
        + "\"2023-11-05\",\"act\":[\"recruitment\"],\"means\":[\"force\"],\"purpose\":[\"slavery\"]}}"
    }
  }
}
