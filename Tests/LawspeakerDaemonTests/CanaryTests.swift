// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  /// Words that stand in case files and nowhere else: found outside, they show a way by which cases leak.
  @Suite("What case files say", .timeLimit(.minutes(30))) struct CanaryTests {
    /// In values, notes, sources, names of files and purposes: never repeated by anything that speaks of a file.
    private static let value = "Xkanari"
    /// In keys, which diagnostics name to the sender.
    private static let key = "ykanari"

    private static let good = """
      lawspeaker: 1
      case: CANARY-1
      person: XkanariPerson
      related: [XkanariRelated]
      jurisdiction: NOR
      assessed_on: 2024-03-18
      frame: {references: [{id: XkanariDocument}]}
      facts:
        act_date: 2023-11-05
        age: {value: 29 years, source: "Xkanari source"}
        act: {value: [recruitment], note: "Xkanari note"}
        means: {accounts: [{by: person, value: [deception], note: "Xkanari account"}]}
        purpose: [forced_labour]

      """

    /// Each provokes another diagnostic.
    private static let bad: [(name: String, text: String)] = [
      (
        "values",
        """
        lawspeaker: 1
        case: Xkanari reference
        person: Xkanari person
        related: [Xkanari related]
        jurisdiction: Xkanari
        assessed_on: Xkanari day
        found_to: Xkanari standard
        frame: {recorded_by: Xkanari role, danger_now: Xkanari, language: Xkanari language, interpreter: Xkanari, heard: {on: Xkanari}, references: [{id: "Xkanari id", sha256: Xkanari}], safe_to_share: Xkanari}
        facts:
          act_date: Xkanari date
          born: {between: [Xkanari, 2001]}
          age: {value: Xkanari years, by: Xkanari Role, on: Xkanari, found_to: Xkanari, safe_to_share: Xkanari, source: [Xkanari], note: {Xkanari: Xkanari}}
          age_now: {below: Xkanari}
          act: [Xkanari]
          means: {accounts: [{by: Xkanari Role, value: [Xkanari]}, {by: person, value: Xkanari}]}
          purpose: Xkanari
          consent: Xkanari
          exploitation_level: {one_of: [Xkanari]}
          coercion_level: {not: Xkanari}

        """.replacing("{Xkanari: Xkanari}", with: "[{note: Xkanari}]")
      ),
      ("syntax", "lawspeaker: 1\ncase: \"Xkanari\nfacts: [Xkanari, {Xkanari\n"),
      ("anchor", "lawspeaker: 1\ncase: &Xkanari A\nfacts: {act: !Xkanari x, means: *Xkanari}\n"),
      ("json", "{\"case\": \"Xkanari\", \"facts\": {\"act\": Xkanari}}"),
      ("scalar", "Xkanari\n"), ("list", "- Xkanari\n- Xkanari\n"),
      ("cut-off", "case: Xkanari\nfacts: Xkanari"),
      ("documents", "case: Xkanari\n---\nXkanari\n"), ("nul", "case: Xkanari\u{0}Xkanari\n"),
      (
        "keys",
        "lawspeaker: 1\ncase: K\nykanari: Xkanari\nfacts: {ykanari: Xkanari, act: {ykanari: Xkanari}, act: [Xkanari]}\n"
      ),
    ]

    @Test(
      "reaches neither log nor temporary files, diagnostics, backups, heads nor the open bytes of the ledger")
    func nowhere() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.write(
        """
        lawspeaker: 1
        state: state
        packs: rulepacks
        keys: keys
        log: debug
        checkpoints: {folder: heads}
        spool: {folder: spool, quiet: 0 seconds}

        """, to: "lawspeaker.yaml")
      try daemon.shell("mkdir tmp said given")
      let environment = ["TMPDIR": daemon.path("tmp")]
      try await daemon.start(environment: environment)

      try daemon.drop(Self.good, as: "Xkanari.yaml")
      try daemon.shell("mkdir spool/incoming/XkanariFolder && ln -s / spool/incoming/XkanariLink")
      for (name, text) in Self.bad { try daemon.drop(text, as: "Xkanari-\(name).yaml") }
      try await daemon.waitUntilTaken()
      try await hold(daemon, environment)
      try daemon.drop(Self.good.replacing("29 years", with: "30 years"), as: "Xkanari-2.yaml")
      try await daemon.waitUntil("it is decided again") { daemon.exists("spool/done/CANARY-1/2.yaml") }
      try useCommandLine(of: daemon, environment)
      try decideAsPeople(at: daemon, environment)
      try audit(daemon, environment)
      try operate(daemon, environment)
      try await daemon.stop()
      _ = try say(daemon, ["show", "CANARY-1", "--purpose", "Xkanari"], environment, keepsAnswer: false)
      for arguments in [
        ["review", "CANARY-1@1", "--as", "AB", "--used", "--journal", Self.value],
        ["withdraw", "CANARY-1@1", "--because", Self.value], ["packs", "activate"],
        ["erase", "CANARY-1", "--because", Self.value], ["audit", "verify"],
        ["restore", daemon.path("backup"), "--into", daemon.path("restored")],
      ] {
        let output = try say(daemon, arguments, environment)
        #expect(output.code == 0, "without a daemon: \(arguments): \(output.err)")
      }

      #expect(daemon.names("spool/refused").count > 2 * Self.bad.count, "\(daemon.names("spool/refused"))")
      #expect(daemon.names("spool/held") == ["XkanariHeld.yaml", "XkanariHeld.yaml.fault"])
      #expect(try !places(of: Self.value, in: daemon, below: "spool/done").isEmpty, "it would be found")
      for folder in daemon.names("", hidden: true) where !["spool", "given"].contains(folder) {
        #expect(try places(of: Self.value, in: daemon, below: folder) == [])
        if folder != "said" { #expect(try places(of: Self.key, in: daemon, below: folder) == []) }
      }
      for name in daemon.names("spool/refused") where name.hasSuffix(".diagnostics") {
        let said = try daemon.text("spool/refused/" + name).replacing(name.dropLast(12), with: "")
        #expect(!said.contains(Self.value), "\(said)")
      }
    }

    @Test(
      "stands in no word of the log when the disk fails at a file", .enabled(if: Strace.works, "needs strace")
    )
    func names() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      try daemon.drop("Xkanari\n", as: "Xkanari.yaml")

      let calls = ["renameat", "renameat2", "linkat"]
      daemon.wrapper =
        Strace.recording(calls, to: daemon.path("trace"))
        + calls.flatMap { ["-e", "inject=\($0):error=EIO"] }
      #expect(try await daemon.once() == 70)

      #expect(daemon.log.contains("ended: cannot ") && !daemon.log.contains(Self.value), "\(daemon.log)")
      #expect(try daemon.text("trace").contains(Self.value), "the name was in hand")
    }

    /// A file at which an unclean run ended three times.
    private func hold(_ daemon: DaemonHarness, _ environment: [String: String]) async throws {
      daemon.kill()
      let text = Self.good.replacing("CANARY-1", with: "CANARY-2")
      let ledger = try daemon.openLedger()
      try ledger.write { tx in
        for _ in 1...3 {
          _ = try tx.noteAttempt(
            fileName: "XkanariHeld.yaml", sha256: ContentDigest(of: Array(text.utf8)),
            at: "2026-11-23T12:00:00Z")
        }
      }
      try ledger.close()
      try daemon.drop(text, as: "XkanariHeld.yaml")
      try await daemon.start(environment: environment)
      try await daemon.waitUntil("it is held") { daemon.exists("spool/held/XkanariHeld.yaml") }
    }

    /// Every command there is; what reads cases may say what they say, to who asks, and nothing else may.
    private func useCommandLine(of daemon: DaemonHarness, _ environment: [String: String]) throws {
      let purpose = ["--purpose", "Xkanari"]
      for arguments in [
        ["show", "CANARY-1"], ["show", "CANARY-1@1", "--json"],
        ["explain", "CANARY-1", "palermo.trafficking"],
        ["packs", "graph", "palermo.trafficking", "--case", "CANARY-1"],
        ["packs", "graph", "--case", "CANARY-1@1"],
        ["history", "CANARY-1"], ["due"], ["decisions", "CANARY-1"],
        ["decisions", "--person", "XkanariPerson"],
        ["decisions", "--json"], ["decisions", "--csv"], ["redecide", "CANARY-1"],
      ] {
        let code = try say(daemon, arguments + purpose, environment, keepsAnswer: false).code
        #expect(code == 0, "\(arguments)")
      }
      try daemon.write(Self.good.replacing("CANARY-1", with: "CANARY-3"), to: "given/good.yaml")
      _ = try say(daemon, ["decide", daemon.path("given/good.yaml")], environment, keepsAnswer: false)
      _ = try say(
        daemon, ["submit", daemon.path("given/good.yaml"), "--wait"], environment, keepsAnswer: false)
      for (name, text) in Self.bad { try daemon.write(text, to: "given/\(name).yaml") }
      let bad = Self.bad.map { daemon.path("given/\($0.name).yaml") }
      for command in [["decide"], ["submit", "--wait"]] {
        let output = try say(daemon, command + bad, environment)
        let silent = bad.filter { !output.err.contains($0) }
        #expect(output.code == 1 && silent == [], "\(command): \(silent): \(output.err)")
      }
      for arguments in [
        ["status"], ["status", "--json"], ["packs", "list"], ["packs", "activate"], ["packs", "rollback"],
        ["backup", daemon.path("backup")], ["show"], ["show", "CANARY-9"],
        ["explain", "CANARY-1", "palermo.nothing"],
        ["packs", "graph", "palermo.nothing", "--case", "CANARY-1"],
        ["packs", "graph", "--case", "CANARY-9"],
        ["decide", "--nothing"], ["decisions", "--since", "yesterday"],
        ["submit", daemon.path("given/none.yaml")],
      ] {
        _ = try say(daemon, arguments + purpose, environment)
      }
    }

    /// What people do with decisions; their reasons are about people too.
    private func decideAsPeople(at daemon: DaemonHarness, _ environment: [String: String]) throws {
      let because = ["--because", Self.value]
      for (arguments, code) in [
        (["review", "CANARY-1@2", "--as", "AB", "--used", "--journal", Self.value], 0),
        (["review", "CANARY-1@2", "--as", "AB", "--instead", "palermo.trafficking=fails"] + because, 0),
        (["review", "CANARY-1@2", "--as", "AB", "--sent-to", "police", "--json"], 0),
        (["review", "CANARY-1@2", "--as", "\(Self.value) A", "--used"], 1),
        (["review", "CANARY-1@2", "--as", "AB", "--sent-to", "\(Self.value) A"], 1),
        (["review", "CANARY-1@9", "--as", Self.value, "--used"], 1),
        (["review", "CANARY-1@2", "--as", "AB", "--instead", "palermo.nothing=fails"] + because, 1),
        (["withdraw", "CANARY-3@1"] + because, 0), (["withdraw", "CANARY-1@9"] + because, 1),
        (["compare", "CANARY-1@1", "CANARY-1@2"], 0), (["compare", "CANARY-1@2", "--json"], 0),
        (["compare", "CANARY-1@1", "CANARY-1@9"], 1), (["subject-access", "CANARY-1"], 1),
        (["stats"], 0), (["stats", "--by", "clause", "--csv"], 0), (["retention", "--dry-run"], 0),
      ] { try expect(code, arguments, at: daemon, environment) }

      let shared = Self.good.replacing("CANARY-1", with: "CANARY-4")
        .replacing("frame: {", with: "frame: {safe_to_share: yes, ")
      try daemon.write(shared, to: "given/shared.yaml")
      _ = try say(
        daemon, ["submit", daemon.path("given/shared.yaml"), "--wait"], environment, keepsAnswer: false)
      for language in ["en", "nb"] {
        let letter = ["subject-access", "CANARY-4", "--lang", language, "--purpose", Self.value]
        let output = try say(daemon, letter, environment, keepsAnswer: false)
        #expect(output.code == 0, "\(output.err)")
      }
      for arguments in [["show", "CANARY-1@2"], ["history", "CANARY-1"], ["decisions", "--waiting"]] {
        #expect(try say(daemon, arguments, environment, keepsAnswer: false).code == 0, "\(arguments)")
      }
    }

    /// Auditors see all of the ledger, and of what cases say only who read them and why.
    private func audit(_ daemon: DaemonHarness, _ environment: [String: String]) throws {
      try daemon.write(try daemon.cli(["keys", "show"]).out, to: "key")
      let keys = ["--key", daemon.path("key")]
      let proof = daemon.path("proof"), file = daemon.path("given/good.yaml")
      let export = daemon.path("given/export")  // all in the clear, as its help says
      for (arguments, code) in [
        (["verify"], 0), (["verify", "--json"] + keys, 0), (["verify", "--sealed"], 0),
        (["replay"], 0), (["replay", "--json", "--sample", "2"], 0), (["checkpoint"], 0),
        (["prove", "CANARY-1@1", "--out", proof], 0), (["check", proof] + keys, 0),
        (["prove", "CANARY-9@1", "--out", proof], 1),
        (["check", file] + keys, 1), (["check", daemon.path("state/checkpoints/none")] + keys, 1),
        (["packs"], 0), (["packs", "--csv"], 0), (["erratum", "palermo.art3a", "--json"], 0),
        (["export", export, "--json"], 0), (["verify", "--export", export] + keys, 0),
        (["replay", "--export", export], 0), (["access", "CANARY-9"], 0),
      ] { try expect(code, ["audit"] + arguments, at: daemon, environment) }
      for arguments in [["audit", "access"], ["audit", "access", "CANARY-1", "--json"]] {
        let code = try say(
          daemon, arguments + ["--purpose", Self.value], environment, keepsAnswer: false
        ).code
        #expect(code == 0, "\(arguments)")
      }
    }

    /// What is asked about every case, and what takes some away.
    private func operate(_ daemon: DaemonHarness, _ environment: [String: String]) throws {
      let because = ["--because", Self.value], packs = daemon.path("rulepacks")
      for (arguments, code) in [
        (["what-if", "--packs", packs, "--report", daemon.path("what-if")], 0),
        (["what-if", "--packs", packs, "--json", "--lang", "nb"], 0),
        (["packs", "activate", "--json"], 0), (["packs", "rollback"], 1), (["packs", "rollback", "1"], 1),
        (["redecide", "--changed", daemon.path("what-if.json")], 0),
        (["erase", "CANARY-3"] + because, 0), (["erase", "CANARY-3"] + because, 0),
        (["erase", "CANARY-9"] + because, 1), (["retention"], 0), (["status", "--json"], 1),
        (["backup", daemon.path("backup"), "--json"], 0),
      ] { try expect(code, arguments, at: daemon, environment) }
    }

    private func expect(
      _ code: Int, _ arguments: [String], at daemon: DaemonHarness, _ environment: [String: String]
    ) throws {
      let readsCases = !arguments.contains("check")
      let output = try say(daemon, arguments + (readsCases ? ["--purpose", Self.value] : []), environment)
      #expect(output.code == code, "\(arguments): \(output.err)")
    }

    /// Runs a command, and keeps what it says among the files that are searched.
    @discardableResult private func say(
      _ daemon: DaemonHarness, _ arguments: [String], _ environment: [String: String],
      keepsAnswer: Bool = true
    ) throws -> DaemonHarness.Output {
      let takesConfiguration = arguments[0] != "restore" && !arguments.starts(with: ["audit", "check"])
      let output =
        try takesConfiguration
        ? daemon.cli(arguments, environment: environment)
        : DaemonHarness.run("lawspeaker", arguments, environment: environment)
      let number = daemon.names("said").count
      try daemon.write(output.err + (keepsAnswer ? output.out : ""), to: "said/\(number)-\(arguments[0])")
      return output
    }

    /// The files below a folder, or the file, in whose bytes or name a word stands.
    private func places(of word: String, in daemon: DaemonHarness, below folder: String) throws -> [String] {
      let below = (FileManager.default.enumerator(atPath: daemon.path(folder))?.allObjects as? [String] ?? [])
        .map { folder + "/" + $0 }
      return [folder].filter { _ in below.isEmpty }.reduce(below) { $0 + [$1] }.filter { place in
        let bytes = FileManager.default.contents(atPath: daemon.path(place)) ?? Data()
        return bytes.range(of: Data(word.utf8)) != nil || place.contains(word)
      }
    }
  }
}
