// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore

/// The rules of the packs of a decision as a graph for Graphviz, with what decided it.
package struct DrawGraph: DeskCommand {
  package static let name = "graph"
  package static let rights: [AccessRight] = [.read, .audit]

  package var decision: CaseVersion
  /// Nil for all conclusions.
  package var conclusion: String?
  package var language: String

  package init(_ decision: CaseVersion, conclusion: String?, language: Language) {
    self.decision = decision
    self.conclusion = conclusion
    self.language = language.rawValue
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let (stored, verdict) = try visit.verdict(decision)
    let language = Language(rawValue: language) ?? .en
    let title = "\(stored.reference)@\(stored.version)"
    if let words = try visit.withdrawalWords(of: stored, in: language) { try visit.complain(words) }
    try visit.say(
      Self.dot(of: conclusion, on: verdict.file, titled: title, under: verdict.generation, in: language))
    return 0
  }

  /// The graph of one conclusion or of all.
  ///
  /// - Throws: ``Failure`` if there is no such conclusion.
  package static func dot(
    of conclusion: String?, on file: Case?, titled title: String?, under generation: Generation,
    in language: Language
  ) throws -> String {
    let rule = try conclusion.map { id in
      guard let rule = generation.rules.indices.first(where: { generation.rules[$0].id == id }) else {
        let known = generation.rules.prefix(generation.ownRules).map(\.id).joined(separator: ", ")
        throw Failure.input(
          "\(id): error: there is no such conclusion [unknown-rule]\n    hint: known: \(known)")
      }
      return rule
    }
    let packs = generation.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    let parts = [conclusion ?? packs, title].compactMap { $0 }
    return RuleGraph(of: rule, on: file, under: generation, in: language)
      .dot(titled: parts.joined(separator: " · "))
  }
}
