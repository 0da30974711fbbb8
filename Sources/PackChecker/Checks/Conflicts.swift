// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

extension Generation {
  /// What it means for conclusions that a property is not so: they contradict each other, or leave a gap between them.
  ///
  /// - Returns: Nil if the property speaks of more than conclusions, or the case is not known.
  func conflict(in claim: ProofClaim, shownBy cases: [CaseWitness]) -> Diagnostic.Message? {
    let property = properties.first { $0.declaration.location == claim.location }
    guard let property, let shown = cases.first else { return nil }
    let name = property.declaration.rule.text
    switch property.declaration.claim {
    case .never(let condition):
      return conclusions(in: condition, of: property.pack).map {
        .contradiction([name] + $0, shownBy: shown.line)
      }
    case .always(let condition):
      return negatedConclusions(in: condition, of: property.pack).map {
        .notTotal([name] + $0, shownBy: shown.line)
      }
    case .sameAs, .risesWith, .fallsWith: return nil
    }
  }

  /// The rules of a condition that is a rule, or all of several.
  private func conclusions(in condition: Condition, of pack: Int) -> [String]? {
    switch condition.kind {
    case .named(let name):
      let id = packs[pack].qualified(name.text)
      return rules.contains { $0.id == id } ? [name.text] : nil
    case .all(let parts):
      let names = parts.compactMap { conclusions(in: $0, of: pack) }
      return names.count == parts.count ? names.flatMap(\.self) : nil
    default: return nil
    }
  }

  /// The rules of a condition that says of one rule, or of each of several, that it does not hold.
  private func negatedConclusions(in condition: Condition, of pack: Int) -> [String]? {
    switch condition.kind {
    case .not(let part): return conclusions(in: part, of: pack)
    case .all(let parts):
      let names = parts.compactMap { negatedConclusions(in: $0, of: pack) }
      return names.count == parts.count ? names.flatMap(\.self) : nil
    default: return nil
    }
  }
}

extension CaseWitness {
  /// The case on one line.
  fileprivate var line: String {
    let said = facts.map { "\($0.name): \($0.value)" }.joined(separator: ", ")
    let read = readingNames.isEmpty ? "" : " under \(readingNames.joined(separator: ", "))"
    return "{assessed_on: \(assessedOn), facts: {\(said)}}\(read)"
  }
}

extension Diagnostic.Message {
  fileprivate static func contradiction(_ rules: [String], shownBy line: String) -> Self {
    .init(
      code: "contradiction",
      text: "these hold together in some case, and none yields to another: \(list(rules))",
      hint: "write `unless` or `yields_to` under the one that gives way; the case: \(line)")
  }

  fileprivate static func notTotal(_ rules: [String], shownBy line: String) -> Self {
    .init(
      code: "not-total", text: "one of these must hold, and in some case none does: \(list(rules))",
      hint: "look at the values and days that none of them asks for; the case: \(line)")
  }

  private static func list(_ names: [String]) -> String { names.map { "`\($0)`" }.joined(separator: ", ") }
}
