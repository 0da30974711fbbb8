// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

struct Due: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Lists the duties that the newest decision of each case gives rise to, by the day they are due.",
    discussion: """
      Example: lawspeaker due --before 2024-02-01 --lang nb

      A duty that is to be done at once or without delay counts as due on the day of assessment. Possibilities are
      listed where a limit runs on them. Nothing of a case is shown beyond its reference and what is to be done.
      """)

  @Option(help: "Only what is due before this day.")
  var before: String?

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if let before, CivilDate(before) == nil {
      throw ValidationError("--before is not a day that exists; write 2024-02-01")
    }
  }

  func run() throws { try settings.ask(ListDuties(before: before, language: lang, json: json)) }
}
