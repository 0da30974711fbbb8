// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// A pack's words in one language, as they are gathered from the files that hold them.
struct TextGathering {
  var texts = PackTexts()
  /// Where the first file begins: what is missing is missing there.
  let place: SourceLocation
  /// Where the text of a name stands, by section and name.
  var places: [String: [String: SourceLocation]] = [:]
}

extension TreeReader {
  /// Reads the words of one file.
  ///
  /// - Parameters:
  ///   - root: The file.
  ///   - declared: The names that stand under a top-level key of the pack.
  ///   - gathering: The words of this language so far, to which those of the file are added.
  mutating func packTexts(
    _ root: YAMLNode, declared: (String) -> [String], into gathering: inout TextGathering
  ) {
    let sections = ["facts", "rules", "clauses", "duties", "cautions", "comparisons", "readings", "bodies"]
    guard let form = form(root, "a text file", optional: sections) else { return }
    for section in sections {
      let known = section == "bodies" ? nil : declared(section)
      for entry in form[section].flatMap({ entries($0, "`\(section)`") }) ?? [] {
        if let known, !known.contains(entry.key) {
          report(.textForNothing(entry.key, section, known: known), at: entry.keyMark)
        }
        if let first = gathering.places[section]?[entry.key] {
          report(.textTwice(entry.key, of: section, first: first.file), at: entry.keyMark)
        } else {
          gathering.places[section, default: [:]][entry.key] = location(entry.keyMark)
          words(entry, of: section, into: &gathering.texts)
        }
      }
    }
  }

  private mutating func words(_ entry: YAMLNode.Entry, of section: String, into texts: inout PackTexts) {
    let name = entry.key
    switch section {
    case "facts": texts.facts[name] = factText(entry.value)
    case "comparisons": texts.comparisons[name] = comparisonText(entry.value)
    case "readings": texts.readings[name] = readingText(entry.value)
    case "rules": texts.rules[name] = text(entry.value, "`\(name)`")
    case "clauses": texts.clauses[name] = text(entry.value, "`\(name)`")
    case "duties": texts.duties[name] = text(entry.value, "`\(name)`")
    case "cautions": texts.cautions[name] = text(entry.value, "`\(name)`")
    default: texts.bodies[name] = text(entry.value, "`\(name)`")
    }
  }

  private mutating func factText(_ node: YAMLNode) -> PackTexts.FactText? {
    guard let form = form(node, "a fact's text", required: ["question"], optional: ["help", "values"]) else {
      return nil
    }
    let question = form["question"].flatMap { text($0, "`question`") }
    let help = form["help"].flatMap { text($0, "`help`") }
    return .init(question: question ?? "", help: help, values: sentences(form["values"], "`values`"))
  }

  private mutating func readingText(_ node: YAMLNode) -> PackTexts.ReadingText? {
    guard let form = form(node, "a reading's text", required: ["title", "readings"]) else { return nil }
    let title = form["title"].flatMap { text($0, "`title`") }
    return .init(title: title ?? "", labels: sentences(form["readings"], "`readings`"))
  }

  mutating func sentences(_ node: YAMLNode?, _ what: String) -> [String: String] {
    var sentences: [String: String] = [:]
    for entry in node.flatMap({ entries($0, what) }) ?? [] {
      sentences[entry.key] = text(entry.value, "`\(entry.key)`")
    }
    return sentences
  }
}

extension TextGathering {
  /// Every question, label, title and summary that a pack lacks in this language, and every label of nothing.
  ///
  /// - Parameters:
  ///   - pack: The pack whose words these are.
  ///   - areBodiesKnown: True if every rule and every duty could be read, so that no other body is named.
  /// - Returns: One diagnostic for each, where it is missing or where it stands.
  func gaps(in pack: RulePack, areBodiesKnown: Bool) -> [Diagnostic] {
    var messages: [Diagnostic.Message] = []
    for fact in pack.facts {
      if let text = texts.facts[fact.name] {
        messages += labelGaps(text.values, of: fact.name, fact.type.members)
      } else {
        messages.append(.missingText("the question of `\(fact.name)`"))
      }
    }
    for reading in pack.readings {
      if let text = texts.readings[reading.name] {
        messages += labelGaps(text.labels, of: reading.name, reading.variants.map(\.name))
      } else {
        messages.append(.missingText("the title of the reading `\(reading.name)`"))
      }
    }
    messages += gaps(texts.rules, pack.rules.map(\.name), "the title of")
    messages += gaps(texts.clauses, pack.clauses.map(\.name), "the summary of")
    messages += gaps(texts.duties, pack.duties.map(\.name), "what to do under the duty")
    messages += gaps(texts.cautions, pack.cautions.map(\.name), "the text of the caution")
    for comparison in pack.comparisons { messages += gaps(of: comparison) }
    let bodies = pack.bodies.sorted()
    messages += gaps(texts.bodies, bodies, "the name of the body")
    let idle = areBodiesKnown ? (places["bodies"] ?? [:]).filter { !bodies.contains($0.key) } : [:]
    return messages.map { Diagnostic(at: place, $0) }
      + idle.map { Diagnostic(at: $0.value, .bodyForNothing($0.key, known: bodies)) }
  }

  private func gaps(
    _ texts: [String: String], _ names: [String], _ what: String
  ) -> [Diagnostic.Message] {
    names.filter { texts[$0] == nil }.map { .missingText("\(what) `\($0)`") }
  }

  private func gaps(of comparison: Comparison) -> [Diagnostic.Message] {
    guard let text = texts.comparisons[comparison.name] else {
      return [.missingText("the words of the comparison `\(comparison.name)`")]
    }
    let ofRules = comparison.rules.flatMap { rule in
      labelGaps(text.words[rule.text] ?? [:], of: rule.text, comparison.aspects)
    }
    return labelGaps(text.aspects, of: comparison.name, comparison.aspects) + ofRules
  }

  private func labelGaps(
    _ labels: [String: String], of name: String, _ members: [String]
  ) -> [Diagnostic.Message] {
    let missing = members.filter { labels[$0] == nil }.map {
      Diagnostic.Message.missingText("the label of `\($0)` in `\(name)`")
    }
    let idle = labels.keys.filter { !members.contains($0) }.sorted().map {
      Diagnostic.Message.textForNothing($0, name, known: members)
    }
    return missing + idle
  }
}

extension RulePack {
  /// Every body that a rule or a duty names.
  var bodies: Set<String> {
    Set(rules.flatMap(\.competent) + duties.flatMap { [$0.byWhom] + ($0.binds ?? []) })
  }
}
