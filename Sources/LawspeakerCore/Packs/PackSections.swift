// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// A pack's introduction, and what it says of facts that never matter and of law that it does not encode.
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
