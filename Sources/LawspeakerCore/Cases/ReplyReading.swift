// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// What was answered, before who answered it.
struct Reply {
  var values: [Case.Statement] = []
  var manner: Case.Manner = .stated
  /// For a date: the days on each of which the conduct went on.
  var throughout: ValueSet?
}

extension TreeReader {
  /// Reads a value by the type of its fact: what a case file says of it, or what a pack presumes.
  ///
  /// - Parameters:
  ///   - node: The value alone, without who said it.
  ///   - fact: The fact that it answers.
  ///   - assessedOn: The day on which what is `ongoing` ends; nil where `throughout` cannot be said.
  /// - Returns: What is left of each variable; nil if something is wrong, which is then reported.
  mutating func reply(
    _ node: YAMLNode, to fact: Generation.LinkedFact, assessedOn: CivilDate? = nil
  ) -> Reply? {
    switch node.text {
    case "unknown": return Reply(manner: .unknown)
    case "refused": return Reply(manner: .refused)
    case "not_proved": return Reply(manner: .notProved)
    default: break
    }
    let name = fact.declaration.name
    let variable = fact.variables.lowerBound
    if let days = node["throughout"] {
      guard let assessedOn, fact.declaration.type == .date else {
        let isDate = fact.declaration.type == .date
        report(isDate ? .throughoutHere(name) : .throughoutNotDate(name), at: days.mark)
        return nil
      }
      return throughout(node, name, assessedOn: assessedOn).map {
        Reply(values: [.init(variable: variable, values: $0)], throughout: $0)
      }
    }
    if case .set(let members) = fact.declaration.type {
      return setReply(node, name, members, first: variable)
    }
    let values: ValueSet?
    switch fact.declaration.type {
    case .yesNo: values = yesNo(node, "`\(name)`").map { $0 ? .yes : .no }
    case .oneOf(let known): values = choice(node, name, known)
    case .quantity(let unit, let low, let high):
      values = range(
        node, name, among: ["between", "below", "at_least_as", "above", "at_most", "one_of"], low, high
      ) {
        $0.quantity($1, name, unit, low, high).map { ValueSet($0) }
      }
    case .date, .set:
      let (low, high) = (CivilDate.first.dayNumber, CivilDate.last.dayNumber)
      values = range(node, name, among: ["between", "before", "after", "one_of"], low, high) {
        $0.days($1, name)
      }
    }
    guard let values, !values.isEmpty else { return nil }
    let isDenial = fact.declaration.type == .yesNo && values == .no
    return Reply(values: [.init(variable: variable, values: values)], manner: isDenial ? .denied : .stated)
  }

  /// The days from one to another, on each of which conduct went on.
  private mutating func throughout(_ node: YAMLNode, _ name: String, assessedOn: CivilDate) -> ValueSet? {
    guard let ends = form(node, "`\(name)`", required: ["throughout"])?["throughout"],
      let items = list(ends, "`throughout`")
    else { return nil }
    guard items.count == 2 else {
      report(.twoEnds, at: ends.mark)
      return nil
    }
    let from = wholeDay(items[0], name)
    let isOngoing = items[1].text == "ongoing"
    guard let until = isOngoing ? assessedOn : wholeDay(items[1], name), let from else { return nil }
    if from <= until { return ValueSet(from.dayNumber, until.dayNumber) }
    report(isOngoing ? .notBegun(name) : .twoEnds, at: ends.mark)
    return nil
  }

  private mutating func wholeDay(_ node: YAMLNode, _ name: String) -> CivilDate? {
    guard let text = text(node, "`\(name)`") else { return nil }
    if let day = CivilDate(text) { return day }
    report(.notAWholeDay(name), at: node.mark)
    return nil
  }

  private mutating func setReply(_ node: YAMLNode, _ name: String, _ members: [String], first: Int) -> Reply?
  {
    func statements(_ numbers: [Int], _ values: ValueSet) -> [Case.Statement] {
      numbers.map { .init(variable: first + $0, values: values) }
    }
    if node.text == "none" { return Reply(values: statements(Array(members.indices), .no), manner: .denied) }
    if case .sequence(let items) = node.content {
      if items.isEmpty { report(.emptyAnswer(name), at: node.mark) }
      return memberNumbers(node, name, members).map { Reply(values: statements($0, .yes)) }
    }
    guard case .mapping = node.content else {
      report(
        .notAnAnswer(name, "a list of members, `none`, `{has: […], not: […]}` or `{exactly: […]}`"),
        at: node.mark)
      return nil
    }
    guard let form = form(node, "`\(name)`", optional: ["has", "not", "exactly"]) else { return nil }
    if let exactly = form["exactly"], form.entries.count == 1 {
      guard let present = memberNumbers(exactly, name, members) else { return nil }
      let absent = members.indices.filter { !present.contains($0) }
      return Reply(values: statements(present, .yes) + statements(absent, .no), manner: .denied)
    }
    guard form["exactly"] == nil, !form.entries.isEmpty else {
      report(.notAnAnswer(name, "`has` and `not`, or `exactly` alone"), at: node.mark)
      return nil
    }
    let present = form["has"].map { memberNumbers($0, name, members) } ?? []
    let absent = form["not"].map { memberNumbers($0, name, members) } ?? []
    guard let present, let absent else { return nil }
    if present.isEmpty, absent.isEmpty { report(.emptyAnswer(name), at: node.mark) }
    guard Set(present).isDisjoint(with: absent) else {
      report(.presentAndAbsent(name), at: node.mark)
      return nil
    }
    return Reply(
      values: statements(present, .yes) + statements(absent, .no), manner: absent.isEmpty ? .stated : .denied)
  }

  /// The members of a list, by number; a repeated one counts once.
  private mutating func memberNumbers(_ node: YAMLNode, _ name: String, _ members: [String]) -> [Int]? {
    guard let items = list(node, "`\(name)`") else { return nil }
    var numbers: Set<Int> = []
    var isWhole = true
    for item in items {
      if let number = item.text.flatMap({ members.firstIndex(of: $0) }) {
        numbers.insert(number)
      } else {
        report(.notAMember(of: name, members), at: item.mark)
        isWhole = false
      }
    }
    return isWhole ? numbers.sorted() : nil
  }

  private mutating func choice(_ node: YAMLNode, _ name: String, _ known: [String]) -> ValueSet? {
    if case .mapping = node.content {
      guard let list = form(node, "`\(name)`", required: ["one_of"])?["one_of"] else { return nil }
      if case .sequence(let items) = list.content, items.isEmpty {
        report(.emptyList("`one_of`"), at: list.mark)
      }
      return memberNumbers(list, name, known).map { ValueSet(union: $0.map { ValueSet($0) }) }
    }
    if let number = node.text.flatMap({ known.firstIndex(of: $0) }) { return ValueSet(number) }
    report(.notAMember(of: name, known), at: node.mark)
    return nil
  }

  /// A quantity or a date: one value, or a comparison with one.
  private mutating func range(
    _ node: YAMLNode, _ name: String, among words: [String], _ low: Int, _ high: Int,
    value: (inout TreeReader, YAMLNode) -> ValueSet?
  ) -> ValueSet? {
    guard case .mapping = node.content else { return value(&self, node) }
    guard let form = form(node, "`\(name)`", optional: words) else { return nil }
    guard form.entries.count == 1, let entry = form.entries.first, words.contains(entry.key) else {
      if form.entries.count != 1 { report(.oneComparison(known: words), at: node.mark) }
      return nil
    }
    switch entry.key {
    case "between", "one_of":
      guard let items = list(entry.value, "`\(entry.key)`") else { return nil }
      let values = items.map { item in
        entry.key == "one_of" ? range(item, name, among: words, low, high, value: value) : value(&self, item)
      }
      let found = values.compactMap { $0 }
      guard found.count == values.count else { return nil }
      if entry.key == "one_of", !found.isEmpty { return ValueSet(union: found) }
      if found.count == 2, let least = found[0].least, let greatest = found[1].greatest, least <= greatest {
        return ValueSet(least, greatest)
      }
      report(.twoEnds, at: entry.value.mark)
      return nil
    default:
      guard let bound = value(&self, entry.value), let least = bound.least, let greatest = bound.greatest
      else {
        return nil
      }
      let left: ValueSet
      switch entry.key {
      case "below", "before": left = ValueSet(low, least - 1)
      case "at_most": left = ValueSet(low, greatest)
      case "at_least_as": left = ValueSet(least, high)
      default: left = ValueSet(greatest + 1, high)
      }
      if left.isEmpty { report(.nothingLeft(name), at: node.mark) }
      return left
    }
  }

  private mutating func quantity(
    _ node: YAMLNode, _ name: String, _ unit: String, _ low: Int, _ high: Int
  ) -> Int? {
    guard let text = text(node, "`\(name)`") else { return nil }
    guard let number = quantityNumber(text, unit: unit) else {
      report(.notAQuantity(name, unit: unit), at: node.mark)
      return nil
    }
    if low <= number, number <= high { return number }
    report(.outOfRange(name, low, high, unit), at: node.mark)
    return nil
  }

  private mutating func days(_ node: YAMLNode, _ name: String) -> ValueSet? {
    guard let text = text(node, "`\(name)`") else { return nil }
    if let date = PartialDate(text) { return ValueSet(date.first.dayNumber, date.last.dayNumber) }
    report(.notADate(name), at: node.mark)
    return nil
  }
}
