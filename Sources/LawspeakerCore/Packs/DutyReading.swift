// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// What must or may be done, by whom and how soon, and what holds a reader back.
extension TreeReader {
  mutating func duties(_ node: YAMLNode) -> [Duty]? {
    entries(node, "`duties`")?.compactMap { duty($0) }
  }

  private mutating func duty(_ entry: YAMLNode.Entry) -> Duty? {
    let isName = name(entry.key, "a duty", at: entry.keyMark)
    let required = ["on", "from", "clause", "by_whom", "force", "kind"]
    let optional = ["binds", "promptly", "within"]
    guard let form = form(entry.value, "a duty", required: required, optional: optional) else { return nil }
    let rule = form["on"].flatMap { name($0, "`on`") }
    let from = form["from"].flatMap { word($0, "`from`", among: ["holds", "possible"]) }
    let clause = form["clause"].flatMap { name($0, "`clause`") }
    let byWhom = form["by_whom"].flatMap { body($0, "`by_whom`") }
    let force = form["force"].flatMap { word($0, "`force`", among: ["must", "may"]) }
    let kind = form["kind"].flatMap { oneCase($0, "`kind`", of: Duty.Kind.self) }
    let binds = form["binds"].flatMap { bodies($0, "`binds`") }
    let promptly = form["promptly"].flatMap { oneCase($0, "`promptly`", of: Duty.Promptness.self) }
    let within = form["within"].flatMap { limit($0) }
    guard isName, let rule, let from, let clause, let byWhom, let force, let kind else { return nil }
    return Duty(
      name: entry.key, rule: rule, isFromPossible: from == "possible", clause: clause, byWhom: byWhom,
      binds: binds, isMust: force == "must", promptly: promptly, within: within, kind: kind,
      location: location(entry.keyMark))
  }

  private mutating func limit(_ node: YAMLNode) -> Duty.Limit? {
    guard let form = form(node, "`within`", required: ["limit", "from"]) else { return nil }
    let span = form["limit"].flatMap { self.span($0) }
    let from = form["from"].flatMap { name($0, "`from`") }
    guard let span, let from else { return nil }
    return .init(count: span.count, unit: span.unit, from: from)
  }

  /// A number of hours, days, weeks or months: `2 weeks`.
  private mutating func span(_ node: YAMLNode) -> (count: Int, unit: Duty.Limit.Unit)? {
    guard let text = text(node, "`limit`") else { return nil }
    let words = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    if words.count == 2, let count = wholeNumber(words[0]), let unit = Duty.Limit.Unit(rawValue: words[1]),
      (1...9999).contains(count)
    {
      return (count, unit)
    }
    report(.badLimit(text), at: node.mark)
    return nil
  }

  /// A body or a role, which the texts give a name: small letters and `_`.
  mutating func body(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    if isRoleWord(text) { return text }
    report(.badBody(text), at: node.mark)
    return nil
  }

  mutating func bodies(_ node: YAMLNode, _ what: String) -> [String]? {
    guard let items = list(node, what) else { return nil }
    if items.isEmpty { report(.emptyList(what), at: node.mark) }
    return items.compactMap { body($0, what) }
  }

  mutating func cautions(_ node: YAMLNode) -> [PackCaution]? {
    entries(node, "`cautions`")?.compactMap { caution($0) }
  }

  private mutating func caution(_ entry: YAMLNode.Entry) -> PackCaution? {
    let isName = name(entry.key, "a caution", at: entry.keyMark)
    guard
      let form = form(entry.value, "a caution", required: ["when"], optional: ["clause", "source"])
    else { return nil }
    let condition = form["when"].flatMap { topCondition($0) }
    let clause = form["clause"].flatMap { name($0, "`clause`") }.map(PackCaution.Basis.clause)
    let source = form["source"].flatMap { text($0, "`source`") }.map(PackCaution.Basis.source)
    if (form["clause"] == nil) == (form["source"] == nil) { report(.oneBasis, at: form.mark) }
    guard isName, let condition, let basis = clause ?? source else { return nil }
    return PackCaution(
      name: entry.key, condition: condition, basis: basis, location: location(entry.keyMark))
  }
}
