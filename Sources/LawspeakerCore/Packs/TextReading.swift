// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension TreeReader {
  /// The words of a pack in one language.
  ///
  /// - Parameters:
  ///   - root: The file.
  ///   - declared: The names that stand under a top-level key of the pack.
  /// - Returns: What could be read of them.
  mutating func packTexts(_ root: YAMLNode, declared: (String) -> [String]) -> PackTexts {
    var texts = PackTexts()
    let later = ["duties", "cautions", "readings"]
    guard let form = form(root, "a text file", optional: ["facts", "rules", "clauses"], later: later) else {
      return texts
    }
    for section in ["facts", "rules", "clauses"] {
      let known = declared(section)
      for entry in form[section].flatMap({ entries($0, "`\(section)`") }) ?? []
      where !known.contains(entry.key) {
        report(.textForNothing(entry.key, section, known: known), at: entry.keyMark)
      }
    }
    for entry in form["facts"].flatMap({ entries($0, "`facts`") }) ?? [] {
      texts.facts[entry.key] = factText(entry.value)
    }
    texts.rules = sentences(form["rules"], "`rules`")
    texts.clauses = sentences(form["clauses"], "`clauses`")
    return texts
  }

  private mutating func factText(_ node: YAMLNode) -> PackTexts.FactText? {
    guard let form = form(node, "a fact's text", required: ["question"], optional: ["help", "values"]) else {
      return nil
    }
    let question = form["question"].flatMap { text($0, "`question`") }
    let help = form["help"].flatMap { text($0, "`help`") }
    return .init(question: question ?? "", help: help, values: sentences(form["values"], "`values`"))
  }

  /// Reports every question, label, title and summary that a pack lacks in one language.
  mutating func checkComplete(_ texts: PackTexts, of pack: RulePack, at mark: YAMLNode.Mark) {
    for fact in pack.facts {
      guard let text = texts.facts[fact.name] else {
        report(.missingText("the question of `\(fact.name)`"), at: mark)
        continue
      }
      let members = fact.type.members
      for member in members where text.values[member] == nil {
        report(.missingText("the label of `\(member)` in `\(fact.name)`"), at: mark)
      }
      for label in text.values.keys.sorted() where !members.contains(label) {
        report(.textForNothing(label, fact.name, known: members), at: mark)
      }
    }
    for rule in pack.rules where texts.rules[rule.name] == nil {
      report(.missingText("the title of `\(rule.name)`"), at: mark)
    }
    for clause in pack.clauses where texts.clauses[clause.name] == nil {
      report(.missingText("the summary of `\(clause.name)`"), at: mark)
    }
  }

  private mutating func sentences(_ node: YAMLNode?, _ what: String) -> [String: String] {
    var sentences: [String: String] = [:]
    for entry in node.flatMap({ entries($0, what) }) ?? [] {
      sentences[entry.key] = text(entry.value, "`\(entry.key)`")
    }
    return sentences
  }

  /// A case file with `test` and `expect`.
  mutating func packTest(_ root: YAMLNode) -> PackTest? {
    guard let entries = entries(root, "a test") else { return nil }
    let form = Form(mark: root.mark, entries: entries)
    for key in ["test", "expect", "assessed_on"] where form[key] == nil {
      report(.missingKey(key, in: "a test"), at: root.mark)
    }
    let name = form["test"].flatMap { text($0, "`test`") }
    var expected: [PackTest.Expectation] = []
    for entry in form["expect"].flatMap({ self.entries($0, "`expect`") }) ?? [] {
      let known = Status.allCases.map(\.rawValue)
      guard let word = word(entry.value, "`expect`", among: known), let status = Status(rawValue: word) else {
        continue
      }
      expected.append(.init(rule: Name(text: entry.key, location: location(entry.keyMark)), status: status))
    }
    if let node = form["expect"], expected.isEmpty { report(.emptyList("`expect`"), at: node.mark) }
    return PackTest(name: name ?? "", node: root, expected: expected, location: location(root.mark))
  }
}
