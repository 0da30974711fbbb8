// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

extension CaseVersion: ExpressibleByArgument {
  package init?(argument: String) { self.init(argument) }
}

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows one decision, the newest version unless one is named.",
    discussion: """
      Example: lawspeaker show EX-ADULT-01@1 --lang nb

      The text is written again from the recorded case file under the recorded packs, and only shown if it comes to the
      recorded answer.
      """)

  @Argument(help: "The case's reference, with @V for a version.")
  var decision: CaseVersion

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print the envelope as it was recorded.")
  var json = false

  @Option(
    name: .customLong("as-of"), help: "What was known and said on this day, or at 2026-03-03T12:00:00Z.")
  var asOf: Moment?

  @OptionGroup var settings: Settings

  func validate() throws {
    if asOf != nil, decision.version != nil {
      throw ValidationError("--as-of finds the version itself; leave out @\(decision.version ?? 0)")
    }
  }

  func run() throws {
    try settings.ask(ShowDecision(decision, language: lang, json: json, asOf: asOf?.text))
  }
}
