// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry

struct Ask: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "An interview that asks only what can still matter, and writes the case file.",
    discussion: """
      Example: lawspeaker ask case.yaml --case K-2024-0117 --packs rulepacks

      Answers: yes, no, a value, members of a list with commas, none, "between A and B", a date such as 2023-04,
      "?" for don't know, "refused", "done" to stop. A file that is there is gone on with: facts of which it speaks are
      not asked about.
      """)

  @Argument(help: "The case file to write or go on with.")
  var file: String

  @Option(name: .customLong("case"), help: "The reference of a new file.")
  var reference: String?

  @Option(help: "Only this conclusion, such as palermo.trafficking.")
  var about: String?

  @Option(help: "A folder of packs, instead of the active generation.")
  var packs: String?

  @Option(help: "The day of assessment of a new file; else today.")
  var on: String?

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @OptionGroup var settings: Settings

  func validate() throws {
    if let on, CivilDate(on) == nil {
      throw ValidationError("--on is not a day that exists; write 2024-03-18")
    }
  }

  func run() throws {
    let configuration = try settings.configuration()
    let generation = try settings.packs(named: packs).generation
    let today = LocalDay.day(of: Date(), in: configuration.timeZone)
    let defaults = CaseDefaults(jurisdiction: configuration.jurisdiction, today: today)
    let draft = try draft(configuration, today)
    var interview = Interview(draft, generation: generation, defaults: defaults, language: lang)
    try interview.check(about: about)
    try converse(&interview)
  }

  private func draft(_ configuration: Configuration, _ today: CivilDate) throws -> CaseDraft {
    if FileManager.default.fileExists(atPath: file) {
      return try CaseDraft(text: String(decoding: Terminal.bytes(of: file), as: UTF8.self), file: file)
    }
    guard let reference else {
      throw Failure.input("\(file): error: a new file needs --case with its reference [no-reference]")
    }
    return CaseDraft(
      reference: reference, jurisdiction: configuration.jurisdiction, assessedOn: on ?? today.description,
      file: file)
  }

  private func converse(_ interview: inout Interview) throws {
    Terminal.say(interview.opening)
    while let question = interview.next() {
      Terminal.say(question.text)
      Terminal.prompt("> ")
      guard let line = readLine() else { break }
      let answer = line.trimmingCharacters(in: .whitespaces)
      if answer == "done" { break }
      if answer.isEmpty { continue }
      switch interview.take(answer, to: question) {
      case .refused(let why): Terminal.say(why)
      case .settled(let news):
        try interview.draft.write()
        for sentence in news { Terminal.say(sentence) }
      }
    }
    try interview.draft.write()
    Terminal.say(interview.closing)
  }
}
