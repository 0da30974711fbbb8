// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import Testing

extension WholeDaemon {
  @Suite("A past decision as a test", .serialized, .timeLimit(.minutes(30))) struct PromoteTests {
    private func daemon() async throws -> DaemonHarness {
      let daemon = try DaemonHarness()
      try daemon.makeIncoming()
      let text = DaemonHarness.caseFile("K-SECRET", age: "15 years") + "  border_crossed: yes\n"
      try daemon.drop(text, as: "k.yaml")
      #expect(try await daemon.once() == 0)
      return daemon
    }

    @Test("what does not matter to the conclusion is left out, and the reference too")
    func reduced() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }

      let promoted = try daemon.cli(
        [
          "packs", "promote", "K-SECRET@1", "--for", "palermo.trafficking", "--name",
          "A child needs no means",
        ])
      #expect(promoted.code == 0, "\(promoted.err)")
      #expect(promoted.out.contains("test: A child needs no means\ncase: T-1\n"), "\(promoted.out)")
      #expect(promoted.out.contains("expect: {trafficking: holds}"))
      #expect(promoted.out.contains("  purpose: [forced_labour]\n"))
      for gone in ["K-SECRET", "border_crossed", "2023-11-05"] { #expect(!promoted.out.contains(gone)) }
    }

    @Test("the reading is on record, and what cannot be promoted is said")
    func refused() async throws {
      let daemon = try await daemon()
      defer { daemon.end() }

      let before = try daemon.ledger().size()
      #expect(try daemon.cli(["packs", "promote", "K-SECRET", "--pack", "palermo"]).code == 0)
      #expect(try daemon.ledger().size() == before + 1)
      for (arguments, code, words) in [
        (["K-SECRET"], 2, "--pack or --for"), (["NONE", "--pack", "palermo"], 1, "[no-decision]"),
        (["K-SECRET", "--pack", "nowhere"], 1, "[unknown-pack]"),
        (["K-SECRET", "--for", "palermo.nothing"], 1, "[unknown-rule]"),
      ] as [([String], Int32, String)] {
        let said = try daemon.cli(["packs", "promote"] + arguments)
        #expect(said.code == code && said.err.contains(words), "\(arguments): \(said.err)")
      }
    }
  }
}
