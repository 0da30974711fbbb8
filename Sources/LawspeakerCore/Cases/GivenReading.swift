// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// What a file says of one fact, and who says so.
extension CaseReader {
  /// A value, a value with who said it, or the accounts of several voices.
  mutating func given(_ node: YAMLNode, to fact: Generation.LinkedFact, number: Int) -> Case.Given? {
    if node["accounts"] != nil { return givenByVoices(node, to: fact, number: number) }
    if !isAttributed(node) {
      guard let reply = tree.reply(node, to: fact, assessedOn: assessedOn) else { return nil }
      return given(number, reply, Saying(foundTo: foundTo))
    }
    let optional = ["by"] + CaseReader.aroundAValue
    let what = "`\(fact.declaration.name)`"
    guard let form = tree.form(node, what, required: ["value"], optional: optional) else { return nil }
    let saying = self.saying(form)
    guard let value = form["value"], let reply = tree.reply(value, to: fact, assessedOn: assessedOn) else {
      return nil
    }
    return given(number, reply, saying)
  }

  private func isAttributed(_ node: YAMLNode) -> Bool {
    (["value", "by"] + CaseReader.aroundAValue).contains { node[$0] != nil }
  }

  /// What may stand around a value, beside who said it.
  private static let aroundAValue = ["source", "on", "found_to", "note", "safe_to_share"]

  /// What surrounds a value.
  private struct Saying {
    var by: String?
    var source: String?
    var on: CivilDate?
    var note: String?
    var foundTo: Standard
    var isSafeToShare: Bool?
  }

  private mutating func saying(_ form: Form) -> Saying {
    Saying(
      by: form["by"].flatMap { tree.role($0, "`by`") },
      source: form["source"].flatMap { tree.text($0, "`source`") },
      on: form["on"].flatMap { tree.date($0, "`on`") },
      note: form["note"].flatMap { tree.text($0, "`note`") },
      foundTo: form["found_to"].flatMap { tree.standard($0) } ?? foundTo,
      isSafeToShare: form["safe_to_share"].flatMap { tree.yesNo($0, "`safe_to_share`") })
  }

  private func given(_ number: Int, _ reply: Reply, _ saying: Saying) -> Case.Given {
    Case.Given(
      fact: number, values: reply.values(foundTo: saying.foundTo), manner: reply.manner, by: saying.by,
      source: saying.source, on: saying.on, note: saying.note, throughout: reply.throughout,
      isSafeToShare: saying.isSafeToShare)
  }

  /// A fact as each of several voices tells it.
  private mutating func givenByVoices(
    _ node: YAMLNode, to fact: Generation.LinkedFact, number: Int
  ) -> Case.Given? {
    let name = fact.declaration.name
    guard let list = tree.form(node, "`\(name)`", required: ["accounts"])?["accounts"],
      let items = tree.list(list, "`accounts`")
    else { return nil }
    if items.isEmpty { tree.report(.emptyList("`accounts`"), at: list.mark) }
    var accounts: [Case.Account] = []
    for item in items {
      guard let account = account(item, of: fact) else { continue }
      if accounts.contains(where: { $0.by == account.by }) {
        tree.report(.voiceTwice(name), at: item.mark)
      } else {
        accounts.append(account)
      }
    }
    guard !accounts.isEmpty else { return nil }
    return joint(accounts, number: number)
  }

  private mutating func account(_ node: YAMLNode, of fact: Generation.LinkedFact) -> Case.Account? {
    let optional = CaseReader.aroundAValue
    guard let form = tree.form(node, "an account", required: ["by", "value"], optional: optional) else {
      return nil
    }
    let saying = self.saying(form)
    guard let value = form["value"], let reply = tree.reply(value, to: fact), let by = saying.by else {
      return nil
    }
    return Case.Account(
      by: by, values: reply.values(foundTo: saying.foundTo), manner: reply.manner, source: saying.source,
      on: saying.on, note: saying.note, isSafeToShare: saying.isSafeToShare)
  }

  /// What voices leave possible together: for each variable whatever any of those allows that speak of it.
  private func joint(_ accounts: [Case.Account], number: Int) -> Case.Given {
    let spoken = Dictionary(grouping: accounts.flatMap(\.values), by: \.variable)
    let values = spoken.keys.sorted().map { variable in
      let said = spoken[variable] ?? []
      return Case.Statement(
        variable: variable, values: ValueSet(union: said.map(\.values)),
        foundTo: said.map(\.foundTo).max() ?? .indications)
    }
    let only = accounts.count == 1 ? accounts[0] : nil
    return Case.Given(
      fact: number, values: values, manner: jointManner(accounts.map(\.manner)), by: only?.by,
      source: only?.source, on: only?.on, note: only?.note, accounts: accounts,
      isSafeToShare: only?.isSafeToShare)
  }

  /// How voices answer together: whoever speaks is heard before who does not, and a fact is never asked again only if
  /// nobody wants to answer.
  private func jointManner(_ manners: [Case.Manner]) -> Case.Manner {
    if manners.contains(.stated) { return .stated }
    if manners.contains(.denied) { return .denied }
    if manners.allSatisfy({ $0 == .refused }) { return .refused }
    return manners.contains(.notProved) ? .notProved : .unknown
  }
}

extension Reply {
  func values(foundTo standard: Standard) -> [Case.Statement] {
    values.map { .init(variable: $0.variable, values: $0.values, foundTo: standard) }
  }
}

extension TreeReader {
  /// `[a-z_]{1,32}`: a role, never a name.
  mutating func role(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = text(node, what) else { return nil }
    if isRoleWord(text) { return text }
    report(.badRole(what), at: node.mark)
    return nil
  }

  /// How surely something was found; what stands there is not repeated.
  mutating func standard(_ node: YAMLNode) -> Standard? {
    guard let text = text(node, "`found_to`") else { return nil }
    if let standard = Standard(rawValue: text) { return standard }
    report(.badStandard, at: node.mark)
    return nil
  }
}
