// SPDX-License-Identifier: Apache-2.0

/// One version of a case: its file, and what it was answered under.
package struct DecidedCase: Sendable {
  /// The case as it was read and decided.
  package var file: Case
  /// The file.
  package var bytes: [UInt8]
  /// The packs under which it was read.
  package var generation: Generation

  package init(file: Case, bytes: [UInt8], generation: Generation) {
    self.file = file
    self.bytes = bytes
    self.generation = generation
  }
}

/// What can make the answer of one version of a case another than that of an earlier one.
package enum ChangeFactor: String, CaseIterable, Sendable, Hashable {
  /// What the file says, and where the assessor works.
  case facts
  /// The packs, their readings apart.
  case law
  /// Which variant of a reading is followed.
  case reading
  /// The day of assessment.
  case day
}

/// A conclusion that is answered otherwise in a later version, and what of all that changed is enough for it.
package struct AttributedChange: Sendable, Hashable {
  /// The conclusion's id.
  package var conclusion: String
  /// The earlier answer; nil if it was no conclusion then.
  package var from: Status?
  /// The later answer; nil if it is none any more.
  package var to: Status?
  /// The smallest sets of changes that lead from the earlier to the later answer; at least one.
  package var ways: [[ChangeFactor]]
  /// False if less may be enough: some changes could not be looked at without the others, as a file cannot be read then.
  package var isExact: Bool
}

/// Says of each conclusion that differs between two versions of a case whether the facts, the law, the reading or the day
/// of assessment alone lead to the later answer, or only several together.
///
/// The earlier version is answered again with each set of changes made in it and no others.
package func attributeChanges(from old: DecidedCase, to new: DecidedCase) -> [AttributedChange] {
  let between = BetweenVersions(old: old, new: new)
  let (before, after) = (between.answers(changing: []) ?? [:], between.answers(changing: .all) ?? [:])
  let ids = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
  if ids.isEmpty { return [] }
  let asked = between.setsOfChanges.map { (set: $0, answers: between.answers(changing: Set($0))) }
  return ids.map { id in
    var change = AttributedChange(conclusion: id, from: before[id], to: after[id], ways: [], isExact: true)
    for (set, answers) in asked where !change.ways.contains(where: { Set($0).isSubset(of: set) }) {
      if let answers {
        if answers[id] == after[id] { change.ways.append(set) }
      } else {
        change.isExact = false
      }
    }
    return change
  }
}

/// Two versions of a case and all that lies between them.
private struct BetweenVersions {
  let old: DecidedCase
  let new: DecidedCase
  /// By the id of a reading, the name of the variant that is followed.
  private let followed: (old: [String: String], new: [String: String])

  init(old: DecidedCase, new: DecidedCase) {
    self.old = old
    self.new = new
    followed = (Self.followed(in: old), Self.followed(in: new))
  }

  private static func followed(in version: DecidedCase) -> [String: String] {
    let readings = version.generation.readings.enumerated().map { number, reading in
      let variant = version.file.readings[number] ?? reading.standing
      return (reading.id, reading.declaration.variants[variant].name)
    }
    return Dictionary(readings) { first, _ in first }
  }

  /// What differs at all.
  private var factors: [ChangeFactor] {
    ChangeFactor.allCases.filter { factor in
      switch factor {
      case .facts: old.bytes != new.bytes || old.file.jurisdiction != new.file.jurisdiction
      case .law: packs(of: old) != packs(of: new)
      case .reading: followed.old.contains { followed.new[$0.key] ?? $0.value != $0.value }
      case .day: old.file.assessedOn != new.file.assessedOn
      }
    }
  }

  private func packs(of version: DecidedCase) -> [Decision.PackReference] {
    version.file.packs.map { number in
      let pack = version.generation.packs[number]
      return .init(id: pack.id, version: pack.version, sha256: pack.sha256)
    }
  }

  /// Every set of what differs, the smallest first; the last is all of it.
  var setsOfChanges: [[ChangeFactor]] {
    let sets = factors.reduce([[]]) { sets, factor in sets + sets.map { $0 + [factor] } }
    let sizes = sets.indices.sorted { (sets[$0].count, $0) < (sets[$1].count, $1) }
    return sizes.map { sets[$0] }.filter { !$0.isEmpty }
  }

  /// The status of each conclusion if some things are as in the new version and the rest is as in the old; nil if the
  /// file cannot be read then.
  func answers(changing changes: Set<ChangeFactor>) -> [String: Status]? {
    func version(_ factor: ChangeFactor) -> DecidedCase { changes.contains(factor) ? new : old }
    let (facts, law) = (version(.facts), version(.law))
    var defaults = CaseDefaults(jurisdiction: facts.file.jurisdiction, today: facts.file.assessedOn)
    defaults.askedDay = version(.day).file.assessedOn
    var file: Case
    do throws(CaseRefused) {
      file = try readCase(facts.bytes, file: "", under: law.generation, defaults: defaults)
    } catch { return nil }
    file.readings = readings(of: law.generation, changes.contains(.reading) ? followed.new : followed.old)
    let found = statuses(of: file, under: law.generation).map {
      (law.generation.rules[$0.rule].id, $0.status)
    }
    return Dictionary(found) { first, _ in first }
  }

  /// Variants other than the usual ones, by number, of which the packs have one of that name.
  private func readings(of generation: Generation, _ followed: [String: String]) -> [Int: Int] {
    var readings: [Int: Int] = [:]
    for (number, reading) in generation.readings.enumerated() {
      let variant = reading.declaration.variants.firstIndex { $0.name == followed[reading.id] }
      if let variant, variant != reading.standing { readings[number] = variant }
    }
    return readings
  }
}

extension Set<ChangeFactor> {
  fileprivate static let all = Set(ChangeFactor.allCases)
}

extension AttributedChange {
  /// The conclusion, both answers and the smallest sets of changes that are enough.
  package var json: JSON {
    .object([
      "id": .string(conclusion), "from": .optional(from?.rawValue), "to": .optional(to?.rawValue),
      "ways": .array(ways.map { .strings($0.map(\.rawValue)) }), "exact": .bool(isExact),
    ])
  }

  /// What is enough for the later answer, as a sentence.
  package func sentence(in language: Language) -> String {
    let wording = Wording(language: language)
    return wording.follows(
      from: ways.map(wording.way), isOneWayOfSeveral: ways.count == 1 && ways[0].count > 1)
      + (isExact ? "" : " " + wording.lessMayDo)
  }
}

extension Wording {
  fileprivate func way(_ factors: [ChangeFactor]) -> String {
    let names = factors.map(name)
    guard let last = names.last else { return "" }
    if names.count == 1 { return pick("\(last) alone", "\(last) alene") }
    let first = names.dropLast().joined(separator: ", ")
    return pick("\(first) and \(last) together", "\(first) og \(last) samlet")
  }

  private func name(_ factor: ChangeFactor) -> String {
    switch factor {
    case .facts: pick("the new facts", "de nye opplysningene")
    case .law: pick("the new rules", "de nye reglene")
    case .reading: pick("the new reading", "den nye tolkningen")
    case .day: pick("the new day of assessment", "den nye vurderingsdatoen")
    }
  }

  fileprivate func follows(from ways: [String], isOneWayOfSeveral: Bool) -> String {
    let only = isOneWayOfSeveral ? pick("only ", "bare ") : ""
    let all = ways.joined(separator: pick(", and likewise from ", ", og likeledes av "))
    return pick("The later answer follows \(only)from \(all).", "Det nye svaret følger \(only)av \(all).")
  }

  fileprivate var lessMayDo: String {
    pick(
      "Less may be enough: a file cannot be read under the packs of the other version.",
      "Mindre kan være nok: en fil kan ikke leses under regelsettene til den andre versjonen.")
  }
}
