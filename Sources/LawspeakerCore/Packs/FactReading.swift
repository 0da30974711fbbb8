// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension TreeReader {
  mutating func facts(_ node: YAMLNode) -> [Fact]? {
    entries(node, "`facts`")?.compactMap { fact($0) }
  }

  private mutating func fact(_ entry: YAMLNode.Entry) -> Fact? {
    let isName = ownName(entry, "a fact")
    let general = ["judged", "sensitive", "burden"]
    let special = ["unit", "range", "values", "of", "as_of", "since"]
    guard let form = form(entry.value, "a fact", required: ["type"], optional: general + special) else {
      return nil
    }
    let type = form["type"].flatMap { factType($0, form) }
    let judged = judged(form, type)
    let isSensitive = form["sensitive"].flatMap { yesNo($0, "`sensitive`") } ?? false
    let burden = form["burden"].flatMap { readBurden($0) } ?? 1
    let (asOf, since) = anchors(form, type)
    guard isName, let type else { return nil }
    return Fact(
      name: entry.key, type: type, judged: judged, isSensitive: isSensitive, asOf: asOf, since: since,
      burden: burden,
      location: location(entry.keyMark))
  }

  private mutating func factType(_ node: YAMLNode, _ form: Form) -> FactType? {
    let known = ["yes_no", "date", "quantity", "one_of", "set"]
    guard let word = word(node, "`type`", among: known) else { return nil }
    let own =
      ["quantity": ["unit", "range", "as_of", "since"], "one_of": ["values"], "set": ["of"]][word] ?? []
    for entry in form.entries where !own.contains(entry.key) {
      if ["unit", "range", "values", "of", "as_of", "since"].contains(entry.key) {
        report(.keyNotForType(entry.key, type: word), at: entry.keyMark)
      }
    }
    switch word {
    case "yes_no": return .yesNo
    case "date": return .date
    case "quantity": return quantity(form)
    case "one_of": return members(form, "values").map(FactType.oneOf)
    default: return members(form, "of").map(FactType.set)
    }
  }

  private mutating func quantity(_ form: Form) -> FactType? {
    guard let unitNode = form["unit"], let rangeNode = form["range"] else {
      for key in ["unit", "range"] where form[key] == nil {
        report(.missingKey(key, in: "a quantity"), at: form.mark)
      }
      return nil
    }
    guard let unit = text(unitNode, "`unit`"), name(unit, "a unit", at: unitNode.mark) else { return nil }
    guard let ends = list(rangeNode, "`range`")?.compactMap({ integer($0, "`range`") }) else { return nil }
    guard ends.count == 2, ends[0] <= ends[1] else {
      report(.twoEnds, at: rangeNode.mark)
      return nil
    }
    return .quantity(unit: unit, low: ends[0], high: ends[1])
  }

  private mutating func members(_ form: Form, _ key: String) -> [String]? {
    guard let node = form[key] else {
      report(.missingKey(key, in: "a fact of this type"), at: form.mark)
      return nil
    }
    guard let items = list(node, "`\(key)`") else { return nil }
    if items.isEmpty { report(.emptyList("`\(key)`"), at: node.mark) }
    var members: [String] = []
    for item in items {
      guard let member = text(item, "a member"), name(member, "a member", at: item.mark) else { continue }
      if noAnswers.contains(member) {
        report(.reservedMember(member), at: item.mark)
      }
      if members.contains(member) {
        report(.duplicateName(member), at: item.mark)
      } else {
        members.append(member)
      }
    }
    return members
  }

  private mutating func judged(_ form: Form, _ type: FactType?) -> Fact.Judged {
    guard let node = form["judged"] else { return .no }
    guard case .sequence = node.content else { return yesNo(node, "`judged`") == true ? .all : .no }
    let known: [String]
    switch type {
    case .oneOf(let values): known = values
    case .set(let members): known = members
    case nil: return .no
    default:
      report(.wrongKind("`judged`", expected: "`yes` or `no`", found: node.kind), at: node.mark)
      return .no
    }
    let words = (list(node, "`judged`") ?? []).compactMap { word($0, "`judged`", among: known) }
    return .members(Set(words))
  }

  private mutating func readBurden(_ node: YAMLNode) -> Int? {
    guard let number = integer(node, "`burden`") else { return nil }
    if (1...9).contains(number) { return number }
    report(.burdenOutOfRange, at: node.mark)
    return nil
  }

  /// `as_of` and `since` belong together, on a quantity in years.
  private mutating func anchors(_ form: Form, _ type: FactType?) -> (asOf: Name?, since: Name?) {
    let asOf = form["as_of"].flatMap { name($0, "`as_of`") }
    let since = form["since"].flatMap { name($0, "`since`") }
    guard asOf != nil || since != nil, case .quantity(let unit, let low, let high) = type else {
      return (asOf, since)
    }
    if (asOf == nil) != (since == nil) || unit != "years" || low < 0 || high > 200 {
      report(.anchorsBelongTogether, at: form.mark)
    }
    return (asOf, since)
  }
}
