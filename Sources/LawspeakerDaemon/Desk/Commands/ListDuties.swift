// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore
internal import PackRegistry
internal import YAMLTree

/// The duties that the newest decision of each case gives rise to, by the day they are due.
package struct ListDuties: DeskCommand {
  package static let name = "due"
  package static let rights: [AccessRight] = [.read]

  /// Only what is due before this day.
  package var before: String?
  package var language: String
  package var json: Bool

  package init(before: String?, language: Language, json: Bool) {
    self.before = before
    self.language = language.rawValue
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.recordReading(detail: before.map { "before \($0)" })
    let limit = before.flatMap { CivilDate($0) }
    let language = Language(rawValue: language) ?? .en
    var duties: [ListedDuty] = []
    var next: Int64? = 1
    while let first = next {
      next = try visit.ledger.eachDecision(from: first, limit: 256, latestOnly: true) { latest in
        guard ContentDigest(of: latest.decision) == latest.decisionSHA256 else {
          throw Failure.ours(
            "\(latest.reference): error: the recorded bytes are not those of the recorded digest [changed]")
        }
        let open = try ListedDuty.all(in: latest).filter { $0.isListed(before: limit) }
        guard !open.isEmpty else { return }
        let generation = try visit.desk.archived(latest.packs).generation
        duties += open.map { $0.inWords(of: generation, language) }
      }
    }
    let book = try ReviewBook(visit.ledger, of: Set(duties.map(\.name)).sorted())
    for index in duties.indices {
      duties[index].isWithdrawn = book[duties[index].name, duties[index].version].withdrawal != nil
    }
    duties.sort { ($0.sortDay, $0.reference, $0.place) < ($1.sortDay, $1.reference, $1.place) }
    if json {
      try visit.say(.array(duties.map(\.json)))
      return 0
    }
    for duty in duties { try visit.say(duty.line) }
    if duties.isEmpty { try visit.say("no duties") }
    return 0
  }
}

/// A duty of a decision, as far as a list across cases may show it.
struct ListedDuty {
  let reference: String
  /// What indexes call the case.
  let name: String
  let version: Int
  /// Its place in the decision.
  let place: Int
  let duty: String
  let clause: String
  let isMust: Bool
  let promptly: String?
  let due: CivilDate?
  /// The day of assessment, on which what is to be done at once is due.
  let assessedOn: CivilDate
  var words: String
  var cite: String
  /// Whether the decision was withdrawn as sent in error.
  var isWithdrawn = false

  /// The day by which it is sorted; what has none comes last.
  var sortDay: CivilDate { due ?? (promptly == nil ? .last : assessedOn) }

  /// True if it is a duty, or a possibility on which a limit runs, and due before a day if one is given.
  func isListed(before limit: CivilDate?) -> Bool {
    guard isMust || due != nil else { return false }
    guard let limit else { return true }
    return (due != nil || promptly != nil) && sortDay < limit
  }

  /// The duties of a recorded decision.
  ///
  /// - Throws: If the document cannot be read, which is our fault.
  static func all(in latest: StoredDecision) throws -> [ListedDuty] {
    guard let root = try readYAML(latest.decision, file: latest.reference, limits: .document).first,
      let assessedOn = root["assessed_on"]?.text.flatMap({ CivilDate($0) }),
      case .sequence(let entries)? = root["answer"]?["duties"]?.content
    else {
      throw Failure.ours(
        "\(latest.reference): error: the recorded decision cannot be read [unreadable-decision]")
    }
    return entries.enumerated().compactMap { place, entry in
      guard let duty = entry["duty"]?.text, let clause = entry["clause"]?.text else { return nil }
      let promptly = entry["promptly"]?.text.flatMap { $0 == "null" ? nil : $0 }
      return ListedDuty(
        reference: latest.reference, name: latest.name, version: latest.version, place: place, duty: duty,
        clause: clause,
        isMust: entry["force"]?.text == "must", promptly: promptly,
        due: entry["due"]?.text.flatMap { CivilDate($0) }, assessedOn: assessedOn, words: duty, cite: clause)
    }
  }

  /// The same with the words of the packs under which it was decided.
  func inWords(of generation: Generation, _ language: Language) -> ListedDuty {
    var named = self
    if let number = generation.duties.firstIndex(where: { $0.id == duty }) {
      named.words = generation.words(ofDuty: number, in: language)
      named.cite = generation.clause(generation.duties[number].clause).cite[language] ?? clause
    }
    return named
  }

  var line: String {
    let when = due?.description ?? promptly ?? "no day"
    let withdrawn = isWithdrawn ? ", of a withdrawn version" : ""
    return "\(when)  \(reference)@\(version)\(withdrawn)  \(words) (\(cite))"
  }

  var json: JSON {
    .object([
      "case": .string(reference), "version": .integer(version), "duty": .string(duty),
      "words": .string(words),
      "clause": .string(clause), "cite": .string(cite), "force": .string(isMust ? "must" : "may"),
      "promptly": .optional(promptly), "due": .optional(due?.description),
      "withdrawn": .bool(isWithdrawn),
    ])
  }
}
