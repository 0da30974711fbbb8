// SPDX-License-Identifier: Apache-2.0

internal import PackChecker
internal import LawspeakerCore

/// A past decision as a test of a pack: what matters to its conclusions, and nothing that names anybody.
package struct PromoteDecision: DeskCommand {
  package static let name = "packs promote"
  package static let rights: [AccessRight] = [.read]

  package var decision: CaseVersion
  /// The pack whose test it becomes; else that of the first conclusion.
  package var pack: String?
  /// The test's name.
  package var title: String?
  /// The conclusions that are expected; if empty, those of the pack that the decision settled.
  package var conclusions: [String]
  package var json: Bool

  package init(_ decision: CaseVersion, pack: String?, title: String?, conclusions: [String], json: Bool) {
    self.decision = decision
    self.pack = pack
    self.title = title
    self.conclusions = conclusions
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let (stored, verdict) = try visit.verdict(decision)
    let generation = verdict.generation
    let named = try conclusions.map { try rule($0, in: generation) }
    guard let pack = try packNumber(named, in: generation) else {
      throw Failure(
        code: 2,
        message:
          "error: say for which pack the test is [no-pack]\n    hint: add `--pack ID`, or `--for CONCLUSION`")
    }
    let settled = verdict.decision.answer.conclusions.filter {
      let rule = generation.rules[$0.rule]
      return rule.pack == pack && rule.declaration.about != nil
        && ($0.status == .holds || $0.status == .fails)
    }
    let rules = named.isEmpty ? settled.map(\.rule) : named
    guard !rules.isEmpty else {
      throw Failure.input(
        "\(decision): error: the decision settled no conclusion of this pack [nothing-settled]\n"
          + "    hint: name those that the test expects with `--for CONCLUSION`")
    }
    let test = promote(verdict.file, expecting: rules, named: title, toPack: pack, under: generation)
    let text = test.text(under: generation, of: generation.packs[pack])
    if let words = try visit.withdrawalWords(of: stored, in: .en) { try visit.complain(words) }
    if json {
      try visit.say(
        .object([
          "pack": .string(generation.packs[pack].id), "name": .string(test.name), "text": .string(text),
        ]))
    } else {
      try visit.say(text)
    }
    return 0
  }

  private func rule(_ name: String, in generation: Generation) throws -> Int {
    let rules = generation.rules.prefix(generation.ownRules)
    let id = name.contains(".") ? name : pack.map { "\($0).\(name)" } ?? name
    if let number = rules.firstIndex(where: { $0.id == id }) { return number }
    let known = rules.map(\.id).joined(separator: ", ")
    throw Failure.input(
      "\(name): error: there is no such conclusion [unknown-rule]\n    hint: known: \(known)")
  }

  private func packNumber(_ named: [Int], in generation: Generation) throws -> Int? {
    guard let pack else { return named.first.map { generation.rules[$0].pack } }
    if let number = generation.packs.firstIndex(where: { $0.id == pack }) { return number }
    throw Failure.input("\(pack): error: there is no such pack here [unknown-pack]")
  }
}
