// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

struct SubjectAccess: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Writes to the person concerned what is held about a case.",
    discussion: """
      Example: lawspeaker subject-access K-2024-0117 --lang nb > letter.md

      Only where the case file says `safe_to_share: yes`, and only with what may be shared: what was used, from whom by
      role, who went through it, how to correct it and where to complain. Else nothing of the case is written, and it
      exits 1 with what has to be assessed first.
      """)

  @Argument(help: "The case's reference.")
  var reference: String

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @OptionGroup var settings: Settings

  func run() throws { try settings.ask(WriteSubjectAccess(reference: reference, language: lang)) }
}
