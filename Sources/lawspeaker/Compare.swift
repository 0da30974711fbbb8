// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

struct Compare: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says what changed between two versions of a case, and whether facts or law made it so.",
    discussion: """
      Example: lawspeaker compare EX-CHILD-01@2 EX-CHILD-01@3 --lang nb

      With one version, it is compared with the one before; with a reference alone, the newest. Facts are named and
      their values left out. For each conclusion that is answered otherwise stands what alone leads to the later
      answer: the facts, the law, the reading or the day of assessment.
      """)

  @Argument(help: "The earlier version, CASE@V; or the later one, if it is the only one.")
  var first: CaseVersion

  @Argument(help: "The later version, CASE@W.")
  var second: CaseVersion?

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func validate() throws {
    guard let second else { return }
    if second.reference != first.reference {
      throw ValidationError("two versions of one case are compared, and these are two cases")
    }
    if first.version == nil { throw ValidationError("name the earlier version: \(first.reference)@1") }
  }

  func run() throws {
    let from = second == nil ? nil : first.version
    try settings.ask(CompareVersions(from: from, to: second ?? first, language: lang, json: json))
  }
}
