// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// A pack of any size in the shape of a statute, made up from a seed: chapters of ten facts, in which conclusions stand
/// on notions, notions on facts, and one ground in three has an exception.
public struct LawShapedPack {
  /// The pack.
  public let source: PackSource
  /// The names of its facts with their types, in order.
  let facts: [(name: String, kind: Kind)]

  enum Kind {
    case yesNo
    case choice
    case amount
    case members
  }

  static let choices = ["first", "second", "third", "fourth"]
  static let members = ["alpha", "beta", "gamma", "delta", "epsilon"]

  /// Makes up a pack.
  ///
  /// - Parameters:
  ///   - count: How many facts it has.
  ///   - seed: A smaller pack of the same seed is the beginning of a larger one.
  public init(facts count: Int, seed: UInt64 = 1) {
    var writer = StatuteWriter(random: SplitMix64(seed: seed))
    while writer.facts.count < count { writer.addChapter(of: min(10, count - writer.facts.count)) }
    facts = writer.facts
    source = writer.source
  }

  /// Makes up a case file.
  ///
  /// - Parameters:
  ///   - percent: How many of the facts are known, in a hundred.
  ///   - touched: The case says nothing about the facts after this many.
  ///   - seed: What to make it of.
  /// - Returns: The file.
  public func caseText(known percent: Int, touching touched: Int = .max, seed: UInt64) -> String {
    var random = SplitMix64(seed: seed &+ 7_000)  // another sequence than the pack's
    var lines = ["act_date: 2024-05-01"]
    for (name, kind) in facts.prefix(touched) where Int.random(in: 0..<100, using: &random) < percent {
      lines.append("\(name): \(Self.answer(kind, &random))")
    }
    guard let day = CivilDate("2025-01-01") else { preconditionFailure("a day of the calendar") }
    return TestSupport.caseText(lines, assessedOn: day)
  }

  private static func answer(_ kind: Kind, _ random: inout SplitMix64) -> String {
    switch kind {
    case .yesNo: return Bool.random(using: &random) ? "yes" : "no"
    case .choice: return choices.randomElement(using: &random) ?? ""
    case .amount: return "\(Int.random(in: 0...99, using: &random)) coins"
    case .members:
      let present = members.filter { _ in Int.random(in: 0..<3, using: &random) == 0 }
      return present.isEmpty ? "none" : "{exactly: [\(present.joined(separator: ", "))]}"
    }
  }
}

/// Writes a statute chapter by chapter.
private struct StatuteWriter {
  var random: SplitMix64
  var facts: [(name: String, kind: LawShapedPack.Kind)] = []
  var rules: [String] = []
  var conclusions: [String] = []
  var chapters = 0

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }

  mutating func addChapter(of count: Int) {
    chapters += 1
    let first = facts.count
    for _ in 0..<count {
      let kinds: [LawShapedPack.Kind] = [.yesNo, .yesNo, .yesNo, .yesNo, .choice, .amount, .members]
      facts.append(("f\(facts.count)", kinds[number(0...6)]))
    }
    let own = first..<facts.count
    let notions = (0..<3).map { "notion\(chapters)_\($0)" }
    for notion in notions { rules.append("\(notion): {grounds: [\(ground(list(own, number(2...3))))]}") }
    let conclusion = "conclusion\(chapters)"
    let grounds = (0..<number(2...3)).map { _ in
      var parts = [notions[number(0...2)], question(number(own.lowerBound...own.upperBound - 1))]
      if chance(20), let earlier = conclusions.randomElement(using: &random) {
        parts.append("{not: \(earlier)}")
      }
      return ground("{all: [\(parts.joined(separator: ", "))]}")
    }
    rules.append("\(conclusion): {about: conduct, grounds: [\(grounds.joined(separator: ", "))]}")
    conclusions.append(conclusion)
  }

  private mutating func ground(_ condition: String) -> String {
    var text = "clause: c\(chapters), holds_if: \(condition)"
    if chance(33) {
      let inner =
        chance(30) ? ", unless: [{clause: c\(chapters), holds_if: \(question(facts.count - 1))}]" : ""
      text +=
        ", unless: [{clause: c\(chapters), holds_if: \(question(number(max(0, facts.count - 10)...facts.count - 1)))\(inner)}]"
    }
    return "{\(text)}"
  }

  private mutating func list(_ own: Range<Int>, _ count: Int) -> String {
    let parts = (0..<count).map { _ in question(number(own.lowerBound...own.upperBound - 1)) }.joined(
      separator: ", ")
    switch number(0...5) {
    case 0...2: return "{all: [\(parts)]}"
    case 3...4: return "{any: [\(parts)]}"
    default: return "{at_least: 2, of: [\(parts)]}"
    }
  }

  private mutating func question(_ place: Int) -> String {
    let (name, kind) = facts[place]
    switch kind {
    case .yesNo: return chance(25) ? "{not: \(name)}" : name
    case .choice: return "{\(name): {one_of: [first, \(LawShapedPack.choices[number(1...3)])]}}"
    case .amount: return "{\(name): {\(chance(50) ? "at_least_as" : "below"): \(number(2...9) * 10) coins}}"
    case .members:
      return chance(50)
        ? "{\(name): {has: any}}" : "{\(name): {has: \(LawShapedPack.members[number(0...4)])}}"
    }
  }

  private func declaration(_ kind: LawShapedPack.Kind) -> String {
    switch kind {
    case .yesNo: "yes_no"
    case .choice: "one_of, values: [\(LawShapedPack.choices.joined(separator: ", "))]"
    case .amount: "quantity, unit: coins, range: [0, 99]"
    case .members: "set, of: [\(LawShapedPack.members.joined(separator: ", "))]"
    }
  }

  private func labels(_ kind: LawShapedPack.Kind) -> String {
    switch kind {
    case .yesNo, .amount: ""
    case .choice: ", values: {\(LawShapedPack.choices.map { "\($0): v" }.joined(separator: ", "))}"
    case .members: ", values: {\(LawShapedPack.members.map { "\($0): v" }.joined(separator: ", "))}"
    }
  }

  var source: PackSource {
    var pack = "lawspeaker: 1\npack: {id: law, version: 1.0.0, jurisdiction: UN}\n"
    pack +=
      "source: {cite: \"made up\", texts: [en], checked: 2026-01-01}\nfacts:\n  act_date: {type: date}\n"
    pack += facts.map { "  \($0.name): {type: \(declaration($0.kind))}\n" }.joined()
    pack += "clauses:\n"
    pack += (1...chapters).map {
      "  c\($0): {path: [a], cite: {en: C, nb: C}, in_force: {from: 2000-01-01}}\n"
    }.joined()
    pack += "rules:\n" + rules.map { "  \($0)\n" }.joined()
    var text = "facts:\n  act_date: {question: \"?\"}\n"
    text += facts.map { "  \($0.name): {question: \"?\"\(labels($0.kind))}\n" }.joined()
    text += "rules:\n" + rules.map { "  \($0.prefix { $0 != ":" }): t\n" }.joined()
    text += "clauses:\n" + (1...chapters).map { "  c\($0): s\n" }.joined()
    let files = [("pack.yaml", pack), ("text/en.yaml", text), ("text/nb.yaml", text)]
    return PackSource(
      folder: "rulepacks/law", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) }, sha256: "0law"
    )
  }
}
