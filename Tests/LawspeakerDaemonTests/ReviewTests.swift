// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("What people do with decisions", .timeLimit(.minutes(30))) struct ReviewTests {
    /// A daemon that decided some cases and ended: commands then answer by themselves.
    private func decided(_ files: [String: String]) async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.makeIncoming()
      for (name, text) in files { try daemon.drop(text, as: name) }
      #expect(try await daemon.once() == 0)
      return daemon
    }

    @Test("a review is recorded for one version, and lists say what waits and what was set aside")
    func reviewing() async throws {
      let daemon = try await decided([
        "a.yaml": DaemonHarness.caseFile("A"), "b.yaml": DaemonHarness.caseFile("B"),
      ])
      defer { daemon.end() }
      #expect(try daemon.cli(["decisions", "--waiting", "--json"]).out.contains(#""waiting":true"#))

      #expect(try daemon.cli(["review", "A@1", "--as", "AB", "--used", "--journal", "24/117-9"]).code == 0)
      let aside = try daemon.cli([
        "review", "A@1", "--as", "team-3", "--instead", "palermo.trafficking=undetermined", "--because",
        "tolkens rapport kom senere",
      ])
      #expect(aside.code == 0, "\(aside.err)")
      #expect(try daemon.cli(["review", "A@1", "--as", "AB", "--sent-to", "police"]).code == 0)

      let list = try daemon.cli(["decisions"]).out
      #expect(
        list.contains("    reviewed by AB, team-3; set aside: palermo.trafficking; sent to: the police\n"))
      #expect(list.contains("    waits for review\n"))
      #expect(!list.contains("tolkens"))
      let waiting = try daemon.cli(["decisions", "--waiting"]).out
      #expect(waiting.contains("B@1") && !waiting.contains("A@1"))
      #expect(try daemon.cli(["history", "A"]).out.contains("Because: tolkens rapport kom senere"))
      let shown = try daemon.cli(["show", "A", "--lang", "nb"]).out
      let document = try daemon.text("spool/decisions/A/1.nb.md")
      #expect(shown.hasPrefix(document + "\n## Gjennomgått\n\n- "))
      #expect(shown.contains("Begrunnelse: tolkens rapport kom senere") && shown.contains("24/117-9"))
      #expect(try daemon.cli(["show", "B"]).out == daemon.text("spool/decisions/B/1.en.md"))
    }

    @Test(
      "what cannot be recorded is refused with the reason and a way out, and nothing is recorded",
      arguments: [
        (["A", "--used"], "[no-version]"), (["A@2", "--used"], "[no-decision]"),
        (["A@1", "--instead", "palermo.trafficking=holds", "--because", "x"], "[same-status]"),
        (["A@1", "--instead", "palermo.traficking=fails"], "[no-reason]"),
        (["A@1", "--sent-to", "Kari Nordmann"], "[bad-body]"),
      ])
    func refusing(arguments: [String], code: String) async throws {
      let daemon = try await decided(["a.yaml": DaemonHarness.caseFile("A")])
      defer { daemon.end() }

      let said = try daemon.cli(["review", "--as", "AB"] + arguments)

      #expect(said.code == 1 && said.err.contains(code), "\(said.err)")
      #expect(try daemon.cli(["decisions", "--waiting"]).out.contains("A@1"))
      #expect(try daemon.cli(["review", "A@1", "--as", "AB", "--used", "--sent-to", "police"]).code == 2)
    }

    @Test(
      "a withdrawn version says so before anything else, and a corrected file gives the next with what changed"
    )
    func withdrawing() async throws {
      let daemon = try await decided(["a.yaml": DaemonHarness.caseFile("A")])
      defer { daemon.end() }

      let said = try daemon.cli(["withdraw", "A@1", "--because", "feil alder"])
      #expect(said.code == 0 && said.out.contains("No version stands in its place"))

      #expect(try daemon.cli(["decisions"]).out.hasPrefix("A@1: withdrawn on "))
      #expect(try daemon.cli(["decisions", "--waiting"]).out == "no decisions\n")
      let shown = try daemon.cli(["show", "A", "--lang", "nb"]).out
      #expect(shown.hasPrefix("A@1: trukket tilbake ") && shown.contains("Begrunnelse: feil alder"))
      let json = try daemon.cli(["show", "A", "--json"])
      let envelope = try daemon.text("spool/decisions/A/1.json")
      #expect(
        json.err.hasPrefix("A@1: withdrawn on ") && json.out == envelope)
      #expect(try daemon.cli(["withdraw", "A@1", "--because", "x"]).err.contains("[withdrawn-already]"))

      try daemon.drop(DaemonHarness.caseFile("A", age: "17 years"), as: "a2.yaml")
      #expect(try await daemon.once() == 0)
      #expect(try daemon.cli(["show", "A"]).out == daemon.text("spool/decisions/A/2.en.md"))
      let history = try daemon.cli(["history", "A"]).out
      #expect(
        history.contains("Withdrawn. Because: feil alder") && history.contains("    facts: palermo.age"))
      #expect(try daemon.cli(["decisions", "--waiting"]).out.contains("A@2"))
    }

    @Test("the letter to the person concerned is written only where the file says that it is safe")
    func letter() async throws {
      let safe = DaemonHarness.caseFile("SAFE").replacing(
        "facts:", with: "frame: {safe_to_share: yes}\nfacts:")
      let daemon = try await decided(["a.yaml": safe, "b.yaml": DaemonHarness.caseFile("UNSAFE")])
      defer { daemon.end() }
      #expect(try daemon.cli(["review", "SAFE@1", "--as", "social_worker", "--used"]).code == 0)

      let letter = try daemon.cli(["subject-access", "SAFE", "--lang", "nb"])
      #expect(letter.code == 0 && letter.out.hasPrefix("# Det som er registrert under SAFE\n"))
      #expect(letter.out.contains("Saken er lest 2 ganger gjennom dette programmet"))
      let none = try daemon.cli(["subject-access", "UNSAFE"])
      #expect(none.code == 1 && none.out.isEmpty && none.err.contains("[not-safe-to-share]"))
      #expect(!none.err.contains("deception"))
    }

    @Test("statistics show no number under five unless the configuration says so", arguments: [nil, 0])
    func statistics(suppressBelow: Int?) async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for number in 1...6 { try daemon.drop(DaemonHarness.caseFile("S-\(number)"), as: "\(number).yaml") }
      try daemon.drop(
        DaemonHarness.caseFile("S-7", age: "16 years").replacing("means: [deception]", with: "means: none"),
        as: "7.yaml")
      if let suppressBelow {
        let present = try daemon.text("lawspeaker.yaml")
        try daemon.write(present + "privacy: {suppress_below: \(suppressBelow)}\n", to: "lawspeaker.yaml")
      }
      #expect(try await daemon.once() == 0)

      for row in ["month", "clause", "conclusion", "pack"] {
        let table = try daemon.cli(["stats", "--by", row, "--csv"])
        #expect(table.code == 0 && table.out.hasPrefix(row == "pack" ? "version," : row), "\(table.err)")
        let cells = table.out.split(whereSeparator: { ",\r\n".contains($0) || $0 == "\r\n" }).compactMap {
          Int($0)
        }
        #expect(cells.contains { (1..<5).contains($0) } == (suppressBelow == 0), "\(table.out)")
        #expect(table.out.contains("<5") == (suppressBelow == nil))
      }
      #expect(try daemon.cli(["stats", "--json"]).out.contains(#""across":"status""#))
    }
  }
}
