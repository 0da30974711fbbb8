// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import Testing

extension WholeDaemon {
  @Suite("Two versions beside each other", .serialized, .timeLimit(.minutes(30))) struct CompareTests {
    /// A case in three versions: decided, corrected in its age, and the same again but for a fact that decides nothing.
    private func daemon() async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.makeIncoming()
      let child = DaemonHarness.caseFile("K-1", age: "15 years").replacingOccurrences(
        of: "[deception]", with: "none")
      let adult = child.replacingOccurrences(of: "15 years", with: "29 years")
      for text in [child, adult, adult + "  border_crossed: yes\n"] {
        try daemon.drop(text, as: "k.yaml")
        #expect(try await daemon.once() == 0)
      }
      #expect(try daemon.ledger().history("K-1").count == 3, "\(daemon.log.suffix(500))")
      return daemon
    }

    @Test("facts are named without their values, and said to be what made the answer another")
    func facts() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }

      let english = try daemon.cli(["compare", "K-1@1", "K-1@2"])
      #expect(english.code == 0, "\(english.err)")
      #expect(english.out.hasPrefix("K-1@1 → K-1@2\nFacts that changed: palermo.age\n"), "\(english.out)")
      #expect(english.out.contains("(palermo.trafficking): "))
      #expect(english.out.contains("The later answer follows from the new facts alone."))
      #expect(!english.out.contains("15 years") && !english.out.contains("29 years"))
      let norwegian = try daemon.cli(["compare", "K-1@2", "--lang", "nb"])
      #expect(norwegian.out.contains("Opplysninger som er endret: palermo.age\n"))
      #expect(norwegian.out.contains("Det nye svaret følger av de nye opplysningene alene."))
    }

    @Test("a reference alone is the newest version and the one before")
    func newest() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }

      let text = try daemon.cli(["compare", "K-1"]).out
      #expect(text.hasPrefix("K-1@2 → K-1@3\nFacts that changed: palermo.border_crossed\n"), "\(text)")
      #expect(text.contains("No conclusion is answered otherwise."))
      let json = try Document(try daemon.cli(["compare", "K-1@1", "K-1@3", "--json"]).out)
      #expect(json["from"].number == 1 && json["to"].number == 3)
      #expect(json["facts"].texts == ["palermo.age", "palermo.border_crossed"])
      let change = json["conclusions"].items.first { $0["id"].text == "palermo.trafficking" }
      #expect(change?["from"].text == "holds" && change?["to"].text == "fails")
      #expect((change?["ways"].items.first?.value as? [String]) == ["facts"])
    }

    @Test("both versions are on record as read, and what cannot be compared is said")
    func refused() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }

      let before = try daemon.ledger().size()
      #expect(try daemon.cli(["compare", "K-1@1", "K-1@2"]).code == 0)
      #expect(try daemon.ledger().size() == before + 2)
      for (arguments, code, words) in [
        (["K-1@1"], 1, "[one-version]"), (["K-1@2", "K-1@2"], 1, "[one-version]"),
        (["K-1@1", "K-1@9"], 1, "[no-decision]"), (["NONE"], 1, "[no-decision]"),
        (["K-1@1", "K-2@2"], 2, "two cases"), (["K-1", "K-1@2"], 2, "earlier version"),
      ] as [([String], Int32, String)] {
        let said = try daemon.cli(["compare"] + arguments)
        #expect(said.code == code && said.err.contains(words), "\(arguments): \(said.err)")
      }
    }

    @Test("who compares needs the right `read` or `audit`")
    func rights() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }
      let command = try CompareVersions(
        from: 1, to: #require(CaseVersion("K-1@2")), language: .en, json: true)
      for (right, code) in [(AccessRight.read, 0), (.audit, 0), (.packs, 1), (.submit, 1)]
        as [(AccessRight, Int32)]
      {
        #expect(try daemon.ask(command, right: right, entries: 2).code == code, "\(right)")
      }
    }
  }
}
