// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// The words with which a condition can begin; no fact or rule may be named so.
let conditionWords: Set<String> = [
  "all", "any", "not", "at_least", "exactly", "of", "if", "then", "assessed_on",
]

private let comparisonWords = [
  "is", "one_of", "below", "at_least_as", "above", "at_most", "before", "after", "between", "has",
]

extension TreeReader {
  mutating func name(_ node: YAMLNode, _ what: String) -> Name? {
    text(node, what).map { Name(text: $0, location: location(node.mark)) }
  }

  mutating func names(_ node: YAMLNode, _ what: String) -> [Name]? {
    list(node, what)?.compactMap { name($0, what) }
  }

  /// Names of which there must be one: a comparison with none of them would be always true or never.
  mutating func someNames(_ node: YAMLNode, _ what: String) -> [Name]? {
    guard let names = names(node, what) else { return nil }
    if case .sequence(let items) = node.content, items.isEmpty {
      report(.emptyList(what), at: node.mark)
      return nil
    }
    return names
  }

  /// A whole condition; one that nests too deeply is warned about.
  mutating func topCondition(_ node: YAMLNode) -> Condition? {
    guard let condition = condition(node) else { return nil }
    if condition.depth > 3 { report(.nestedTooDeep, at: node.mark) }
    return condition
  }

  private mutating func condition(_ node: YAMLNode) -> Condition? {
    conditionKind(node).map { Condition(kind: $0, location: location(node.mark)) }
  }

  private mutating func conditionKind(_ node: YAMLNode) -> Condition.Kind? {
    if case .scalar = node.content { return name(node, "a condition").map(Condition.Kind.named) }
    guard let entries = entries(node, "a condition") else { return nil }
    guard let first = entries.first else {
      report(.emptyValue("a condition"), at: node.mark)
      return nil
    }
    switch first.key {
    case "all", "any": return combined(node, first)
    case "not":
      guard form(node, "`not`", required: ["not"]) != nil else { return nil }
      return condition(first.value).map(Condition.Kind.not)
    case "at_least", "exactly", "of": return counted(node)
    case "if", "then": return implied(node)
    default: return comparison(node, entries)
    }
  }

  private mutating func combined(_ node: YAMLNode, _ entry: YAMLNode.Entry) -> Condition.Kind? {
    guard form(node, "`\(entry.key)`", required: [entry.key]) != nil else { return nil }
    guard let parts = conditions(entry.value, "`\(entry.key)`") else { return nil }
    return entry.key == "all" ? .all(parts) : .any(parts)
  }

  private mutating func conditions(_ node: YAMLNode, _ what: String) -> [Condition]? {
    guard let items = list(node, what) else { return nil }
    if items.isEmpty { report(.emptyList(what), at: node.mark) }
    let parts = items.compactMap { condition($0) }
    return parts.count == items.count && !items.isEmpty ? parts : nil
  }

  private mutating func counted(_ node: YAMLNode) -> Condition.Kind? {
    let word = node["exactly"] == nil ? "at_least" : "exactly"
    guard let form = form(node, "a count", required: [word, "of"]), let number = form[word],
      let of = form["of"]
    else {
      return nil
    }
    let count = integer(number, "`\(word)`")
    guard let parts = conditions(of, "`of`"), let count else { return nil }
    let possible = (word == "exactly" ? 0 : 1)...parts.count
    guard possible.contains(count) else {
      report(.countOutOfRange(word, possible), at: number.mark)
      return nil
    }
    return word == "exactly" ? .exactly(count, parts) : .atLeast(count, parts)
  }

  private mutating func implied(_ node: YAMLNode) -> Condition.Kind? {
    guard let form = form(node, "`if`", required: ["if", "then"]), let premise = form["if"],
      let then = form["then"]
    else { return nil }
    let first = condition(premise)
    guard let second = condition(then), let first else { return nil }
    return .ifThen(first, second)
  }

  private mutating func comparison(_ node: YAMLNode, _ entries: [YAMLNode.Entry]) -> Condition.Kind? {
    let subject = entries[0]
    guard entries.count == 1 else {
      report(.severalConditions, at: entries[1].keyMark)
      return nil
    }
    let fact = Name(text: subject.key, location: location(subject.keyMark))
    guard let form = form(subject.value, "a comparison", optional: comparisonWords) else { return nil }
    guard form.entries.count == 1 else {
      report(.oneComparison(known: comparisonWords), at: subject.value.mark)
      return nil
    }
    return comparison(form.entries[0].key, form.entries[0].value).map { .compare(fact, $0) }
  }

  private mutating func comparison(_ word: String, _ value: YAMLNode) -> Condition.Comparison? {
    let what = "`\(word)`"
    switch word {
    case "is": return name(value, what).map(Condition.Comparison.isValue)
    case "one_of": return someNames(value, what).map(Condition.Comparison.oneOf)
    case "below": return name(value, what).map(Condition.Comparison.below)
    case "at_least_as": return name(value, what).map(Condition.Comparison.atLeastAs)
    case "above": return name(value, what).map(Condition.Comparison.above)
    case "at_most": return name(value, what).map(Condition.Comparison.atMost)
    case "before": return name(value, what).map(Condition.Comparison.before)
    case "after": return name(value, what).map(Condition.Comparison.after)
    case "between":
      guard let ends = names(value, what) else { return nil }
      if ends.count == 2 { return .between(ends[0], ends[1]) }
      report(.twoEnds, at: value.mark)
      return nil
    case "has":
      if value.text == "any" { return .hasAny }
      if case .sequence = value.content { return someNames(value, what).map(Condition.Comparison.has) }
      return name(value, what).map { .has([$0]) }
    default: return nil
    }
  }
}
