// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger
import Testing

/// An example of the repository's and what a lawyer would expect of it.
struct Example: Sendable, CustomTestStringConvertible {
  var file: String
  var reference: String
  var trafficking: String
  var traffickingClauses: [String]
  var smuggling: String
  var smugglingClauses: [String]

  var testDescription: String { file }

  static let all = [
    Example("01-adult-clear.yaml", "EX-ADULT-01", "holds", ["palermo.art3a"], "undetermined"),
    Example("02-child-no-means.yaml", "EX-CHILD-01", "holds", ["palermo.art3c"], "undetermined"),
    Example("03-disputed-age.yaml", "EX-AGE-01", "undetermined", [], "undetermined"),
    Example("04-consent-given.yaml", "EX-CONSENT-01", "holds", ["palermo.art3a"], "undetermined"),
    Example("05-smuggling-only.yaml", "EX-SMUGGLING-01", "fails", [], "holds", ["palermo.smuggling_art3a"]),
    Example(
      "06-smuggling-and-trafficking.yaml", "EX-BOTH-01", "holds", ["palermo.art3a"], "holds",
      ["palermo.smuggling_art3a"]),
    Example("07-migrant-prostitution.yaml", "EX-PROSTITUTION-01", "fails", [], "undetermined"),
  ]

  init(
    _ file: String, _ reference: String, _ trafficking: String, _ traffickingClauses: [String],
    _ smuggling: String, _ smugglingClauses: [String] = []
  ) {
    self.file = file
    self.reference = reference
    self.trafficking = trafficking
    self.traffickingClauses = traffickingClauses
    self.smuggling = smuggling
    self.smugglingClauses = smugglingClauses
  }
}

extension Document {
  /// A conclusion of a decision document.
  func conclusion(_ id: String) -> Document {
    self["answer"]["conclusions"].items.first { $0["id"].text == id } ?? Document(nil)
  }

  /// The clauses under which a conclusion holds.
  var clauses: [String] { self["grounds"].items.compactMap { $0["clause"].text } }
}

extension WholeDaemon {
  @Suite("The examples", .timeLimit(.minutes(30))) struct ExampleTests {
    /// A daemon that has decided all eight.
    private func decided(under packs: [String] = ["palermo"]) async throws -> DaemonHarness {
      let daemon = try DaemonHarness(packs: packs)
      try daemon.makeIncoming()
      for example in Example.all { try daemon.dropExample(example.file) }
      try daemon.dropExample("08-with-mistakes.yaml")
      try await daemon.start()
      try await daemon.waitUntilTaken()
      return daemon
    }

    @Test("Each gives the answer that a lawyer would expect, with its clause")

    func answers() async throws {
      let daemon = try await decided(under: DaemonHarness.shipped)
      defer { daemon.end() }

      for example in Example.all {
        let envelope = try daemon.document("spool/decisions/\(example.reference)/1.json")
        let decision = envelope["decision"]
        let trafficking = decision.conclusion("palermo.trafficking")
        let smuggling = decision.conclusion("palermo.smuggling")
        #expect(trafficking["status"].text == example.trafficking, "\(example.file)")
        #expect(trafficking.clauses == example.traffickingClauses, "\(example.file)")
        #expect(smuggling["status"].text == example.smuggling, "\(example.file)")
        #expect(smuggling.clauses == example.smugglingClauses, "\(example.file)")
        #expect(decision["case"].text == example.reference)
        #expect(envelope["version"].number == 1)
        #expect(envelope["supersedes"].isNull)
      }
      let prostitution = try daemon.document("spool/decisions/EX-PROSTITUTION-01/1.json")["decision"]
      #expect(prostitution.conclusion("palermo.migrant_prostitution")["status"].text == "holds")
      try await daemon.stop()
    }

    @Test("Each is put out in both languages, with links to the latest, and its file kept")

    func files() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      for example in Example.all {
        let folder = "spool/decisions/\(example.reference)"
        let suffixes = ["en.md", "json", "nb.md"]
        #expect(daemon.names(folder) == suffixes.map { "1.\($0)" } + suffixes.map { "latest.\($0)" })
        for suffix in suffixes {
          let link = daemon.path("\(folder)/latest.\(suffix)")
          #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "1.\(suffix)")
        }
        #expect(try daemon.text("\(folder)/1.en.md") != daemon.text("\(folder)/1.nb.md"))
        for language in ["en", "nb"] {
          #expect(try daemon.text("\(folder)/1.\(language).md").contains(example.reference))
        }
        let kept = try daemon.text("spool/done/\(example.reference)/1.yaml")
        #expect(try kept == DaemonHarness.example(example.file))
      }
      #expect(daemon.names("spool/incoming", hidden: true).isEmpty)
      #expect(daemon.names("spool/held").isEmpty)
      #expect(try daemon.ledger().verify().problems.isEmpty)
      try await daemon.stop()
    }

    @Test("The one with mistakes is refused with every mistake at its place")

    func mistakes() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      let name = "08-with-mistakes.yaml"
      #expect(daemon.names("spool/refused") == [name, name + ".diagnostics"])
      #expect(try daemon.text("spool/refused/\(name)") == DaemonHarness.example(name))
      let lines = try daemon.text("spool/refused/\(name).diagnostics").split(separator: "\n")
      let errors = lines.filter { !$0.hasPrefix("    hint: ") }
      let expected = [
        (":9:13: error: ", "[bad-date]"), (":11:11: error: ", "[unknown-member]"),
        (":12:3: error: ", "[unknown-fact]"), (":13:8: error: ", "[out-of-range]"),
        (":14:12: error: ", "[bad-quantity]"), (":15:12: error: ", "[bad-yes-no]"),
      ]
      try #require(errors.count == expected.count, "\(errors)")
      for (line, (place, code)) in zip(errors, expected) {
        #expect(line.hasPrefix(name + place) && line.hasSuffix(code), "\(line)")
      }
      #expect(!daemon.exists("spool/decisions/EX-MISTAKES-01"))
      #expect(try daemon.ledger().counts().refusals == 1)
      try await daemon.stop()
    }

    @Test("The same file again gives nothing new, under whatever name")

    func nothingNew() async throws {
      let daemon = try await decided()
      defer { daemon.end() }
      let before = try daemon.ledger().counts()

      try daemon.dropExample("01-adult-clear.yaml")
      try daemon.drop(DaemonHarness.example("01-adult-clear.yaml"), as: "another-name.yaml")
      try await daemon.waitUntilTaken()

      #expect(try daemon.ledger().counts().decisions == before.decisions)
      #expect(!daemon.exists("spool/decisions/EX-ADULT-01/2.json"))
      #expect(daemon.names("spool/done/EX-ADULT-01") == ["1.yaml"])
      try await daemon.stop()
    }

    @Test("A changed file becomes version 2, which says what it supersedes and what changed")

    func changed() async throws {
      let daemon = try await decided()
      defer { daemon.end() }
      let old = try DaemonHarness.example("03-disputed-age.yaml")
      let new = old.replacing("  means: {value: unknown", with: "  means: {value: [deception]")
      try #require(new != old)

      try daemon.drop(new, as: "03-again.yaml")
      try await daemon.waitUntilTaken()

      let folder = "spool/decisions/EX-AGE-01"
      let first = try daemon.document("\(folder)/1.json")
      let second = try daemon.document("\(folder)/2.json")
      #expect(second["version"].number == 2)
      #expect(second["supersedes"].text == first["sha256"].text.map { "sha256:" + $0 })
      #expect(second["changes"]["facts"].texts == ["palermo.means"])
      #expect(second["changes"]["law"].texts == [])
      #expect(second["changes"]["answers"].texts.contains("palermo.trafficking: undetermined → holds"))
      #expect(second["decision"].conclusion("palermo.trafficking")["status"].text == "holds")
      let link = daemon.path("\(folder)/latest.json")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: link) == "2.json")
      #expect(daemon.names("spool/done/EX-AGE-01") == ["1.yaml", "2.yaml"])

      let history = try daemon.cli(["history", "EX-AGE-01"])
      #expect(history.code == 0)
      #expect(history.out.contains("EX-AGE-01@1") && history.out.contains("EX-AGE-01@2"))
      #expect(history.out.contains("facts: palermo.means"), "\(history.out)")
      let superseded = try daemon.cli(["decisions", "EX-AGE-01"])
      #expect(superseded.out.contains("EX-AGE-01@1 (superseded)"), "\(superseded.out)")
      let latest = try daemon.cli(["decisions", "EX-AGE-01", "--latest", "--json"])
      #expect(try Document(latest.out).items.compactMap { $0["version"].number } == [2])
      #expect(try daemon.cli(["show", "EX-AGE-01@1", "--json"]).out.contains("\"version\":1"))
      try await daemon.stop()
    }

    @Test("`show` gives what the daemon put out, in each form")

    func show() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      for example in Example.all {
        let folder = "spool/decisions/\(example.reference)"
        for language in ["en", "nb"] {
          let shown = try daemon.cli(["show", example.reference, "--lang", language])
          #expect(shown.code == 0)
          #expect(try trimmed(shown.out) == trimmed(daemon.text("\(folder)/1.\(language).md")))
        }
        let shown = try daemon.cli(["show", example.reference, "--json"])
        #expect(shown.code == 0)
        #expect(try trimmed(shown.out) == trimmed(daemon.text("\(folder)/1.json")))
      }
      let missing = try daemon.cli(["show", "EX-NOBODY"])
      #expect(missing.code == 1 && missing.err.contains("[no-decision]") && missing.out.isEmpty)
      #expect(try daemon.cli(["show", "EX-ADULT-01@2"]).code == 1)
      #expect(try daemon.cli(["show", "EX-ADULT-01@x"]).code == 2)
      try await daemon.stop()
    }

    @Test("`decisions` finds them by clause, pack, version, status and day")

    func decisions() async throws {
      let daemon = try await decided()
      defer { daemon.end() }
      func found(_ filter: String...) throws -> Set<String> {
        let output = try daemon.cli(["decisions"] + filter + ["--json"])
        #expect(output.code == 0, "\(output.err)")
        return Set(try Document(output.out).items.compactMap { $0["case"].text })
      }
      let all = Set(Example.all.map(\.reference))
      let trafficking = Set(Example.all.filter { $0.trafficking == "holds" }.map(\.reference))

      #expect(try found() == all)
      #expect(try found("--clause", "palermo.art3c") == ["EX-CHILD-01"])
      #expect(try found("--status", "holds", "--pack", "palermo@1.1.1") == all)
      #expect(try found("--conclusion", "palermo.trafficking", "--status", "holds") == trafficking)
      #expect(try found("--conclusion", "palermo.trafficking", "--status", "undetermined") == ["EX-AGE-01"])
      #expect(try found("--pack", "palermo@9.9.9") == [])
      #expect(try found("--person", "P-0102") == ["EX-CHILD-01"])
      #expect(try found("--since", "2999-01-01") == [])
      #expect(try found("--since", "2020-01-01", "--limit", "3").count == 3)

      let text = try daemon.cli(["decisions", "--clause", "palermo.art3c"])
      #expect(text.code == 0 && text.out.hasPrefix("EX-CHILD-01@1  "), "\(text.out)")
      let none = try daemon.cli(["decisions", "NOBODY"])
      #expect(none.code == 0 && none.out == "no decisions\n")
      try await daemon.stop()
    }

    @Test("`status` is green beside a daemon and red without one")

    func status() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      let green = try daemon.cli(["status"])
      #expect(green.code == 0, "\(green.out)")
      #expect(green.out.contains("palermo 1.1.1") && green.out.contains("7 decisions, 1 refused"))
      let document = try Document(daemon.cli(["status", "--json"]).out)
      #expect(document["decisions"].number == 7)
      #expect(document["refusals"].number == 1)
      #expect(document["generation"].number == 1)
      #expect(document["red"].texts == [])

      try await daemon.stop()
      let red = try daemon.cli(["status"])
      #expect(red.code == 1 && red.out.contains("no daemon is running"))
    }

    @Test("`history`, `packs list`, `packs check` and `packs test` end as their answers are")

    func otherCommands() async throws {
      let daemon = try await decided()
      defer { daemon.end() }

      #expect(try daemon.cli(["history", "EX-ADULT-01"]).code == 0)
      #expect(try daemon.cli(["history", "EX-NOBODY"]).code == 1)
      let versions = try Document(daemon.cli(["history", "EX-ADULT-01", "--json"]).out).items
      #expect(versions.compactMap { $0["version"].number } == [1])

      let list = try daemon.cli(["packs", "list", "--json"])
      #expect(list.code == 0)
      let active = try daemon.ledger().lastActivation()?.packs.map(\.sha256.hex)
      #expect(try Document(list.out).items.compactMap { $0["sha256"].text } == active)
      let check = try daemon.cli(["packs", "check"])
      #expect(check.code == 0 && check.out.contains("palermo 1.1.1: sound"), "\(check.err)")
      let test = try daemon.cli(["packs", "test"])
      #expect(test.code == 0 && test.out.contains(", 0 failed"), "\(test.err)")
      #expect(try daemon.cli(["packs", "check", daemon.path("nowhere")]).code == 1)
      try await daemon.stop()
    }

    @Test("`submit --wait` prints the decision, or what is wrong")

    func submit() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let examples = DaemonHarness.repository + "/examples/"

      let decided = try daemon.cli(["submit", examples + "02-child-no-means.yaml", "--wait", "--lang", "nb"])
      #expect(decided.code == 0, "\(decided.err)")
      #expect(try trimmed(decided.out) == trimmed(daemon.text("spool/decisions/EX-CHILD-01/1.nb.md")))

      let refused = try daemon.cli(["submit", examples + "08-with-mistakes.yaml", "--wait"])
      #expect(refused.code == 1 && refused.out.isEmpty)
      #expect(refused.err.contains("08-with-mistakes.yaml:9:13: error: "), "\(refused.err)")
      try await daemon.stop()
    }

    @Test(
      "Wrong words on the command line exit with 2",
      arguments: [
        ["decisions", "--status", "maybe"], ["decisions", "--since", "2024-02-31"],
        ["decisions", "--limit", "0"],
        ["decisions", "--pack", "@1"], ["show"], ["show", "A@0"], ["decide"],
        ["decide", "--on", "soon", "x"],
        ["nonsense"], ["status", "--loud"], ["show", "A", "--lang", "de"],
      ])
    func usage(_ arguments: [String]) throws {
      let output = try DaemonHarness.run("lawspeaker", arguments)
      #expect(output.code == 2)
      #expect(output.out.isEmpty && output.err.contains("Usage:"), "\(output.err)")
    }

    private func trimmed(_ text: String) -> String { text.trimmingCharacters(in: .newlines) }
  }
}
