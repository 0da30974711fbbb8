// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// The steps of law between facts and answers: readings, the day whose law governs, presumptions, and changes to the
/// rules of other packs.
extension TreeReader {
  mutating func readings(_ node: YAMLNode) -> [Reading]? {
    entries(node, "`readings`")?.compactMap { reading($0) }
  }

  private mutating func reading(_ entry: YAMLNode.Entry) -> Reading? {
    let isName = name(entry.key, "a reading", at: entry.keyMark)
    guard let form = form(entry.value, "a reading", required: ["decides", "default", "readings"]) else {
      return nil
    }
    let decides = form["decides"].flatMap { decided($0) }
    var variants: [Reading.Variant] = []
    var known: [String] = []
    if let node = form["readings"], let entries = entries(node, "`readings`") {
      if entries.isEmpty { report(.emptyList("`readings`"), at: node.mark) }
      known = entries.map(\.key)
      variants = entries.compactMap { variant($0) }
    }
    let standing = form["default"].flatMap { name($0, "`default`") }
    if let node = form["default"], let standing, !known.isEmpty, !known.contains(standing.text) {
      report(.unknownWord(standing.text, "`default`", known: known), at: node.mark)
    }
    guard isName, let decides, let standing, variants.contains(where: { $0.name == standing.text }) else {
      return nil
    }
    return Reading(
      name: entry.key, decides: decides, standing: standing, variants: variants,
      location: location(entry.keyMark))
  }

  /// What a reading decides: a rule, a fact, or a member of a fact.
  private mutating func decided(_ node: YAMLNode) -> Reading.Decides? {
    if case .scalar = node.content { return name(node, "`decides`").map(Reading.Decides.named) }
    guard let entries = entries(node, "`decides`") else { return nil }
    guard entries.count == 1, let entry = entries.first else {
      report(.decidesOneThing, at: node.mark)
      return nil
    }
    let fact = Name(text: entry.key, location: location(entry.keyMark))
    return name(entry.value, "`decides`").map { .member($0, of: fact) }
  }

  private mutating func variant(_ entry: YAMLNode.Entry) -> Reading.Variant? {
    let isName = name(entry.key, "a reading", at: entry.keyMark)
    guard
      let form = form(entry.value, "one of the readings", required: ["cite"], optional: ["holds_if"])
    else { return nil }
    let cite = form["cite"].flatMap { inEachLanguage($0, "`cite`") } ?? [:]
    let condition = form["holds_if"].flatMap { topCondition($0) }
    guard isName, form["holds_if"] == nil || condition != nil else { return nil }
    return .init(name: entry.key, cite: cite, condition: condition, location: location(entry.keyMark))
  }

  mutating func lawInTime(_ node: YAMLNode) -> [LawInTime]? {
    list(node, "`law_in_time`")?.compactMap { item in
      let required = ["rules", "day", "clause"]
      guard
        let form = form(item, "an entry of `law_in_time`", required: required, optional: ["flag_milder"])
      else { return nil }
      let rules = form["rules"].flatMap { someNames($0, "`rules`") }
      let day = form["day"].flatMap { name($0, "`day`") }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let flagsMilder = form["flag_milder"].flatMap { yesNo($0, "`flag_milder`") } ?? false
      guard let rules, let day, let clause else { return nil }
      return LawInTime(rules: rules, day: day, clause: clause, flagsMilder: flagsMilder)
    }
  }

  mutating func presumptions(_ node: YAMLNode) -> [Presumption]? {
    list(node, "`presumptions`")?.compactMap { item in
      let required = ["fact", "value", "when", "clause", "for"]
      guard let form = form(item, "a presumption", required: required) else { return nil }
      let fact = form["fact"].flatMap { name($0, "`fact`") }
      let condition = form["when"].flatMap { topCondition($0) }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let rules = form["for"].flatMap { someNames($0, "`for`") }
      let value = form["value"]
      if let value, let text = value.text, noAnswers.contains(text) {
        report(.nothingPresumed(text), at: value.mark)
        return nil
      }
      guard let fact, let value, let condition, let clause, let rules else { return nil }
      return Presumption(
        fact: fact, value: value, condition: condition, clause: clause, rules: rules,
        location: location(item.mark))
    }
  }

  mutating func changes(_ node: YAMLNode) -> [Change]? {
    list(node, "`changes`")?.compactMap { item in
      let kinds = Change.Kind.allCases.map(\.rawValue)
      guard let form = form(item, "a change", required: ["clause", "reason"], optional: kinds) else {
        return nil
      }
      let stated = Change.Kind.allCases.filter { form[$0.rawValue] != nil }
      if stated.count != 1 { report(.oneChange(known: kinds), at: item.mark) }
      let rule = stated.first.flatMap { form[$0.rawValue] }.flatMap { name($0, "a change") }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let reason = form["reason"].flatMap { inEachLanguage($0, "`reason`") }
      guard stated.count == 1, let rule, let clause, let reason else { return nil }
      return Change(kind: stated[0], rule: rule, clause: clause, reason: reason)
    }
  }
}
