// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the reason of one conclusion as a tree in the law's shape.",
    discussion: """
      Example: lawspeaker explain EX-CHILD-01 palermo.trafficking --lang nb

      ✓ holds in every completion, ✗ fails in every completion, ? open.
      """)

  @Argument(help: "The case's reference, with @V for a version.")
  var decision: CaseVersion

  @Argument(help: "The conclusion, such as palermo.trafficking.")
  var conclusion: String

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    try settings.ask(ExplainConclusion(decision, conclusion: conclusion, language: lang, json: json))
  }
}
