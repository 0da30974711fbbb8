// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore

/// One decision: as it was recorded, or written again for people from the recorded case file under the recorded packs.
package struct ShowDecision: DeskCommand {
  package static let name = "show"
  package static let rights: [AccessRight] = [.read, .audit]

  package var decision: CaseVersion
  package var language: String
  package var json: Bool

  package init(_ decision: CaseVersion, language: Language, json: Bool) {
    self.decision = decision
    self.language = language.rawValue
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let language = Language(rawValue: language) ?? .en
    if json {
      let stored = try visit.decision(decision)
      if let words = try visit.withdrawalWords(of: stored, in: language) { try visit.complain(words) }
      try visit.say(String(decoding: stored.envelope, as: UTF8.self))
      return 0
    }
    let (stored, verdict) = try visit.verdict(decision)
    if let words = try visit.withdrawalWords(of: stored, in: language) { try visit.say(words + "\n") }
    try visit.say(
      verdict.decision.markdown(
        in: language, version: stored.version, of: verdict.file, under: verdict.generation))
    let done = try ReviewBook(visit.ledger, of: [stored.name])[stored.name, stored.version]
    if let words = done.section(in: language, under: verdict.generation) { try visit.say("\n" + words) }
    return 0
  }
}

/// The reason of one conclusion as a tree in the law's shape.
package struct ExplainConclusion: DeskCommand {
  package static let name = "explain"
  package static let rights: [AccessRight] = [.read, .audit]

  package var decision: CaseVersion
  package var conclusion: String
  package var language: String
  package var json: Bool

  package init(_ decision: CaseVersion, conclusion: String, language: Language, json: Bool) {
    self.decision = decision
    self.conclusion = conclusion
    self.language = language.rawValue
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let (stored, verdict) = try visit.verdict(decision)
    let language = Language(rawValue: language) ?? .en
    let rules = verdict.generation.rules
    guard let rule = rules.indices.first(where: { rules[$0].id == conclusion }) else {
      let known = rules.map(\.id).joined(separator: ", ")
      throw Failure.input(
        "\(conclusion): error: there is no such conclusion [unknown-rule]\n    hint: known: \(known)")
    }
    let decided = verdict.decision.answer.conclusions.first { $0.rule == rule }
    let tree = ExplanationTree(
      rule, on: verdict.file, under: verdict.generation, in: language, concluding: decided)
    if let words = try visit.withdrawalWords(of: stored, in: language) { try visit.complain(words) }
    if json { try visit.say(tree.json) } else { try visit.say(tree.drawing) }
    return 0
  }
}

/// The versions of one case and what changed between them.
package struct ShowHistory: DeskCommand {
  package static let name = "history"
  package static let rights: [AccessRight] = [.read, .audit]

  package var reference: String
  package var json: Bool

  package init(reference: String, json: Bool) {
    self.reference = reference
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let erased = try visit.ledger.erasedCases(reference)
    let rows = try visit.ledger.history(reference)
    if rows.isEmpty, erased.isEmpty {
      throw Failure.input("\(reference): error: there is no decision about this case [no-decision]")
    }
    try visit.recordReading(reference)
    let versions = try rows.compactMap { try visit.ledger.decision(reference, version: $0.version) }
    let book = try ReviewBook(visit.ledger, of: versions.prefix(1).map(\.name))
    if json {
      try visit.say(.array(try erased.map(Listing.json) + versions.map { try Listing.json($0, book) }))
      return 0
    }
    for erasure in erased { try visit.say(Listing.text(erasure)) }
    for stored in versions { try visit.say(try Listing.text(stored, book)) }
    return 0
  }
}
