// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// The sections of a pack, each read by its line of the grammar.
extension TreeReader {
  mutating func introduction(_ node: YAMLNode, folder: String, sha256: String) -> RulePack? {
    guard let form = form(node, "`pack`", required: ["id", "version", "jurisdiction"]) else { return nil }
    let id = form["id"].flatMap { text($0, "`id`") }
    if let id, let node = form["id"] {
      _ = name(id, "a pack", at: node.mark)
      let folderName = folder.split(separator: "/").last.map(String.init) ?? folder
      if id != folderName { report(.packNotFolder(id, folder: folderName), at: node.mark) }
    }
    let version = form["version"].flatMap { packVersion($0) }
    let jurisdiction = form["jurisdiction"].flatMap { self.jurisdiction($0) }
    guard let id else { return nil }
    return RulePack(
      id: id, version: version ?? "0.0.0", jurisdiction: jurisdiction ?? "UN",
      source: .init(cite: "", texts: [], checked: .first), imports: [], facts: [], clauses: [], rules: [],
      irrelevances: [], notModelled: [], texts: [:], tests: [], sha256: sha256, location: location(node.mark))
  }

  /// Three whole numbers with full stops between them.
  mutating func packVersion(_ node: YAMLNode) -> String? {
    guard let text = text(node, "`version`") else { return nil }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    if parts.count == 3, parts.allSatisfy({ wholeNumber(String($0)).map { $0 >= 0 } == true }) { return text }
    report(.badVersion(text), at: node.mark)
    return nil
  }

  /// `UN` or three capital letters.
  package mutating func jurisdiction(_ node: YAMLNode) -> String? {
    guard let text = text(node, "`jurisdiction`") else { return nil }
    let isCode =
      text.utf8.count == 3 && text.utf8.allSatisfy { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) }
    if text == "UN" || isCode { return text }
    report(.badJurisdiction, at: node.mark)
    return nil
  }

  mutating func source(_ node: YAMLNode) -> RulePack.Source? {
    guard let form = form(node, "`source`", required: ["cite", "texts", "checked"]) else { return nil }
    let cite = form["cite"].flatMap { text($0, "`cite`") }
    let languages = form["texts"].flatMap { texts($0, "`texts`") }
    let checked = form["checked"].flatMap { date($0, "`checked`") }
    guard let cite, let languages, let checked else { return nil }
    return .init(cite: cite, texts: languages, checked: checked)
  }

  mutating func imports(_ node: YAMLNode) -> [RulePack.Import]? {
    list(node, "`imports`")?.compactMap { item in
      guard let form = form(item, "an import", required: ["pack", "version"]) else { return nil }
      let pack = form["pack"].flatMap { text($0, "`pack`") }
      guard let version = form["version"].flatMap({ packVersion($0) }), let pack else { return nil }
      return .init(pack: pack, version: version, location: location(item.mark))
    }
  }

  mutating func clauses(_ node: YAMLNode) -> [Clause]? {
    entries(node, "`clauses`")?.compactMap { clause($0) }
  }

  private mutating func clause(_ entry: YAMLNode.Entry) -> Clause? {
    let isName = name(entry.key, "a clause", at: entry.keyMark)
    guard
      let form = form(
        entry.value, "a clause", required: ["path", "cite", "in_force"],
        optional: ["official_id", "confidence"],
        later: ["pending", "text_sha256", "applies_to"])
    else { return nil }
    let path = form["path"].flatMap { texts($0, "`path`") } ?? []
    let cite = form["cite"].flatMap { inEachLanguage($0, "`cite`") } ?? [:]
    let inForce = form["in_force"].flatMap { intervals($0) } ?? []
    let officialID = form["official_id"].flatMap { text($0, "`official_id`") }
    let confidence = form["confidence"].flatMap {
      word($0, "`confidence`", among: ["high", "medium", "low"])
    }
    guard isName else { return nil }
    return Clause(
      name: entry.key, path: path, cite: cite, inForce: inForce, officialID: officialID,
      confidence: confidence,
      location: location(entry.keyMark))
  }

  /// A text in every language.
  private mutating func inEachLanguage(_ node: YAMLNode, _ what: String) -> [Language: String]? {
    let languages = Language.allCases.map(\.rawValue)
    guard let form = form(node, what, required: languages) else { return nil }
    var texts: [Language: String] = [:]
    for language in Language.allCases {
      texts[language] = form[language.rawValue].flatMap { text($0, "`\(language.rawValue)`") }
    }
    return texts
  }

  package mutating func word(_ node: YAMLNode, _ what: String, among known: [String]) -> String? {
    guard let text = text(node, what) else { return nil }
    if known.contains(text) { return text }
    report(.unknownWord(text, what, known: known), at: node.mark)
    return nil
  }

  private mutating func intervals(_ node: YAMLNode) -> [Clause.Interval]? {
    if case .mapping = node.content { return interval(node).map { [$0] } }
    guard let items = list(node, "`in_force`") else { return nil }
    if items.isEmpty { report(.emptyList("`in_force`"), at: node.mark) }
    var intervals: [Clause.Interval] = []
    for item in items {
      guard let next = interval(item) else { continue }
      if let last = intervals.last, last.until.map({ $0 > next.from }) ?? true {
        report(.intervalsOverlap, at: item.mark)
      }
      intervals.append(next)
    }
    return intervals
  }

  private mutating func interval(_ node: YAMLNode) -> Clause.Interval? {
    guard let form = form(node, "`in_force`", required: ["from"], optional: ["until"]) else { return nil }
    let from = form["from"].flatMap { date($0, "`from`") }
    let until = form["until"].flatMap { date($0, "`until`") }
    guard let from else { return nil }
    if let until, until <= from {
      report(.emptyInterval, at: node.mark)
      return nil
    }
    return .init(from: from, until: until)
  }

  mutating func rules(_ node: YAMLNode) -> [Rule]? {
    entries(node, "`rules`")?.compactMap { rule($0) }
  }

  private mutating func rule(_ entry: YAMLNode.Entry) -> Rule? {
    let isName = ownName(entry, "a rule")
    guard
      let form = form(
        entry.value, "a rule", required: ["grounds"], optional: ["about"],
        later: ["standard", "effect", "competent", "yields_to"])
    else { return nil }
    let about = form["about"].flatMap { word($0, "`about`", among: ["person", "conduct", "actor"]) }
    var grounds: [Ground] = []
    if let node = form["grounds"], let items = list(node, "`grounds`") {
      if items.isEmpty { report(.emptyList("`grounds`"), at: node.mark) }
      grounds = items.compactMap { ground($0) }
    }
    guard isName else { return nil }
    return Rule(name: entry.key, about: about, grounds: grounds, location: location(entry.keyMark))
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

  /// A whole condition; one that nests too deeply is warned about.
  private mutating func topCondition(_ node: YAMLNode) -> Condition? {
    guard let condition = condition(node) else { return nil }
    if condition.depth > 3 { report(.nestedTooDeep, at: node.mark) }
    return condition
  }

  mutating func irrelevances(_ node: YAMLNode) -> [Irrelevance]? {
    list(node, "`irrelevant`")?.compactMap { item in
      guard
        let form = form(item, "an irrelevance", required: ["fact", "to", "clause"], optional: ["whenever"])
      else { return nil }
      let fact = form["fact"].flatMap { name($0, "`fact`") }
      let rule = form["to"].flatMap { name($0, "`to`") }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let whenever = form["whenever"].flatMap { topCondition($0) }
      guard let fact, let rule, let clause else { return nil }
      return Irrelevance(fact: fact, rule: rule, clause: clause, whenever: whenever)
    }
  }

  mutating func notModelled(_ node: YAMLNode) -> [NotModelled]? {
    list(node, "`not_modelled`")?.compactMap { item in
      guard let form = form(item, "an entry of `not_modelled`", required: ["clause", "touches"]) else {
        return nil
      }
      let clause = form["clause"].flatMap { name($0, "`clause`") }
      let touches = form["touches"].flatMap { names($0, "`touches`") }
      if let node = form["touches"], touches == [] { report(.emptyList("`touches`"), at: node.mark) }
      guard let clause, let touches else { return nil }
      return NotModelled(clause: clause, touches: touches)
    }
  }
}
