// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

extension Packs {
  struct Promote: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Turns a past decision into a test of a pack, and prints it.",
      discussion: """
        Example: lawspeaker packs promote EX-CHILD-01@1 --for palermo.trafficking --name "A child needs no means"

        Of the case is left what matters to the conclusions that the test expects: facts are left out one by one while the
        answers stay the same, days are widened to their month or year. References, voices' words, sources and notes are
        not taken over. Look at what is left before you put it into a pack: a rare set of facts can still point at
        someone. Reading the case is on record.
        """)

    @Argument(help: "The case's reference, with @V for a version.")
    var decision: CaseVersion

    @Option(help: "The pack whose test it becomes; else that of the first conclusion.")
    var pack: String?

    @Option(help: "The test's name, a sentence.")
    var name: String?

    @Option(
      name: .customLong("for"),
      help: "A conclusion that the test expects; else all that the decision settled.")
    var conclusions: [String] = []

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func validate() throws {
      if pack == nil, conclusions.isEmpty { throw ValidationError("name --pack or --for") }
    }

    func run() throws {
      try settings.ask(
        PromoteDecision(decision, pack: pack, title: name, conclusions: conclusions, json: json))
    }
  }
}
