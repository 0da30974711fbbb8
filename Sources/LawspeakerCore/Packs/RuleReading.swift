// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// The conclusions with their grounds and exceptions.
extension TreeReader {
  mutating func rules(_ node: YAMLNode) -> [Rule]? {
    entries(node, "`rules`")?.compactMap { rule($0) }
  }

  private mutating func rule(_ entry: YAMLNode.Entry) -> Rule? {
    let isName = ownName(entry, "a rule")
    let optional = ["about", "standard", "effect", "competent", "yields_to"]
    guard let form = form(entry.value, "a rule", required: ["grounds"], optional: optional) else {
      return nil
    }
    let about = form["about"].flatMap { word($0, "`about`", among: ["person", "conduct", "actor"]) }
    let standard = form["standard"].flatMap { oneCase($0, "`standard`", of: Standard.self) }
    let effect = form["effect"].flatMap { word($0, "`effect`", among: ["incriminating"]) }
    let competent = form["competent"].flatMap { bodies($0, "`competent`") } ?? []
    let yieldsTo = form["yields_to"].flatMap { someNames($0, "`yields_to`") } ?? []
    var grounds: [Ground] = []
    if let node = form["grounds"], let items = list(node, "`grounds`") {
      if items.isEmpty { report(.emptyList("`grounds`"), at: node.mark) }
      grounds = items.compactMap { ground($0) }
    }
    guard isName else { return nil }
    return Rule(
      name: entry.key, about: about, standard: standard, isIncriminating: effect != nil, competent: competent,
      yieldsTo: yieldsTo, grounds: grounds, location: location(entry.keyMark))
  }

  /// A name that a condition may use, so none of the condition words.
  mutating func ownName(_ entry: YAMLNode.Entry, _ what: String) -> Bool {
    guard name(entry.key, what, at: entry.keyMark) else { return false }
    if conditionWords.contains(entry.key) {
      report(.reservedName(entry.key), at: entry.keyMark)
      return false
    }
    return true
  }

  private mutating func ground(_ node: YAMLNode) -> Ground? {
    guard let form = form(node, "a ground", required: ["clause", "holds_if"], optional: ["unless"]) else {
      return nil
    }
    let clause = form["clause"].flatMap { name($0, "`clause`") }
    let condition = form["holds_if"].flatMap { topCondition($0) }
    let exceptions = form["unless"].map { self.exceptions($0) } ?? []
    guard let clause, let condition else { return nil }
    return Ground(clause: clause, condition: condition, exceptions: exceptions)
  }

  private mutating func exceptions(_ node: YAMLNode) -> [Exception] {
    guard let items = list(node, "`unless`") else { return [] }
    if items.isEmpty { report(.emptyList("`unless`"), at: node.mark) }
    return items.compactMap { item in
      guard let form = form(item, "an exception", required: ["clause", "holds_if"], optional: ["unless"])
      else {
        return nil
      }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let condition = form["holds_if"].flatMap { topCondition($0) }
      let inner = form["unless"].map { exceptions($0) } ?? []
      guard let clause, let condition else { return nil }
      return Exception(clause: clause, condition: condition, exceptions: inner)
    }
  }
}
