// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore

/// What changed between two versions of one case, and whether facts, law, reading or day made it so.
package struct CompareVersions: DeskCommand {
  package static let name = "compare"
  package static let rights: [AccessRight] = [.read, .audit]

  /// The earlier version; nil for the one before the later.
  package var from: Int?
  /// The later version, or the newest.
  package var to: CaseVersion
  package var language: String
  package var json: Bool

  package init(from: Int?, to: CaseVersion, language: Language, json: Bool) {
    (self.from, self.to) = (from, to)
    self.language = language.rawValue
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let (later, new) = try visit.verdict(to)
    let number = from ?? later.version - 1
    guard number > 0, number != later.version, let wanted = CaseVersion("\(to.reference)@\(number)") else {
      throw Failure.input(
        "\(to.reference)@\(later.version): error: there is no other version to compare it with [one-version]\n"
          + "    hint: `lawspeaker history \(to.reference)` lists the versions there are")
    }
    let (earlier, old) = try visit.verdict(wanted)
    let comparison = VersionComparison(from: earlier, old, to: later, new)
    if json {
      try visit.say(comparison.json)
    } else {
      try visit.say(comparison.text(in: Language(rawValue: language) ?? .en, under: new.generation))
    }
    return 0
  }
}

/// Two versions of a case beside each other: names and answers, never values of facts.
private struct VersionComparison {
  let reference: String
  let versions: (from: Int, to: Int)
  let changes: Changes
  let attributed: [AttributedChange]

  init(from earlier: StoredDecision, _ old: Verdict, to later: StoredDecision, _ new: Verdict) {
    reference = later.reference
    versions = (earlier.version, later.version)
    changes = Changes(from: old, to: new)
    attributed = attributeChanges(
      from: DecidedCase(file: old.file, bytes: earlier.caseBytes, generation: old.generation),
      to: DecidedCase(file: new.file, bytes: later.caseBytes, generation: new.generation))
  }

  var json: JSON {
    .object([
      "case": .string(reference), "from": .integer(versions.from), "to": .integer(versions.to),
      "facts": .strings(changes.facts), "law": .strings(changes.law), "answers": .strings(changes.answers),
      "conclusions": .array(attributed.map(\.json)),
    ])
  }

  func text(in language: Language, under generation: Generation) -> String {
    func pick(_ en: String, _ nb: String) -> String { language == .en ? en : nb }
    let none = pick("nothing", "ingenting")
    func line(_ title: String, _ names: [String]) -> String {
      "\(title): \(names.isEmpty ? none : names.joined(separator: "; "))"
    }
    var lines = [
      "\(reference)@\(versions.from) → \(reference)@\(versions.to)",
      line(pick("Facts that changed", "Opplysninger som er endret"), changes.facts),
      line(pick("Law and day that changed", "Regler og dato som er endret"), changes.law),
    ]
    for change in attributed {
      let answers = [change.from, change.to].map { $0?.words(in: language) ?? "–" }
      lines += [
        "", "\(title(of: change.conclusion, generation, language)): \(answers.joined(separator: " → "))",
        "    " + change.sentence(in: language),
      ]
    }
    let rest = changes.answers.filter { answer in
      !attributed.contains { answer.hasPrefix($0.conclusion + ": ") }
    }
    if !rest.isEmpty { lines += ["", line(pick("Otherwise as well", "Også endret"), rest)] }
    if attributed.isEmpty {
      lines += ["", pick("No conclusion is answered otherwise.", "Ingen konklusjon har fått et annet svar.")]
    }
    return lines.joined(separator: "\n")
  }

  private func title(of id: String, _ generation: Generation, _ language: Language) -> String {
    let rule = generation.rules.prefix(generation.ownRules).firstIndex { $0.id == id }
    return rule.map { "\(generation.title(ofRule: $0, in: language)) (\(id))" } ?? id
  }
}
