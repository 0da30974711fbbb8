// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

struct Review: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Records that a person has looked at a decision, and what they did with it.",
    discussion: """
      Example: lawspeaker review K-2024-0117@2 --as AB --used
      Example: lawspeaker review K-2024-0117@2 --as team-3 --instead palermo.trafficking=undetermined \\
        --because "the interpreter's report came later"

      It is never a formal decision; --journal notes where one is kept. `lawspeaker decisions --waiting` lists what
      nobody has looked at yet.
      """)

  @Argument(help: "The case's reference with @V, the version that was looked at.")
  var decision: CaseVersion

  @Option(name: .customLong("as"), help: "Who looked: a role or initials, never a name in full.")
  var who: String

  @Flag(help: "It was used as it stands.")
  var used = false

  @Option(help: "A conclusion that was set aside, with the status that stands for it: CONCLUSION=STATUS.")
  var instead: String?

  @Option(help: "Why it was set aside; erased with the case.")
  var because: String?

  @Option(help: "The body it was sent to, such as police.")
  var sentTo: String?

  @Option(help: "The entry in a journal elsewhere.")
  var journal: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if [used, instead != nil, sentTo != nil].count(where: { $0 }) != 1 {
      throw ValidationError("give one of --used, --instead and --sent-to")
    }
    if because != nil, instead == nil { throw ValidationError("--because goes with --instead") }
  }

  func run() throws {
    try settings.ask(
      ReviewDecision(
        decision, by: who, instead: instead, because: because, sentTo: sentTo, journal: journal, json: json))
  }
}
