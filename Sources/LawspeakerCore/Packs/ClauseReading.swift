// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// The cited provisions and the days on which they are in force.
extension TreeReader {
  mutating func clauses(_ node: YAMLNode) -> [Clause]? {
    entries(node, "`clauses`")?.compactMap { clause($0) }
  }

  private mutating func clause(_ entry: YAMLNode.Entry) -> Clause? {
    let isName = name(entry.key, "a clause", at: entry.keyMark)
    guard
      let form = form(
        entry.value, "a clause", required: ["path", "cite"],
        optional: ["in_force", "pending", "official_id", "confidence", "text_sha256"], later: ["applies_to"])
    else { return nil }
    let path = form["path"].flatMap { texts($0, "`path`") } ?? []
    let cite = form["cite"].flatMap { inEachLanguage($0, "`cite`") } ?? [:]
    let isPending = form["pending"].flatMap { yesNo($0, "`pending`") } ?? false
    let inForce = inForce(form, isPending: isPending)
    let officialID = form["official_id"].flatMap { text($0, "`official_id`") }
    let confidence = form["confidence"].flatMap {
      word($0, "`confidence`", among: ["high", "medium", "low"])
    }
    let textSHA256 = form["text_sha256"].flatMap { digest($0, "`text_sha256`") }
    guard isName else { return nil }
    return Clause(
      name: entry.key, path: path, cite: cite, inForce: inForce, isPending: isPending, officialID: officialID,
      confidence: confidence, textSHA256: textSHA256, location: location(entry.keyMark))
  }

  /// The days of force, of which a pending clause has none.
  private mutating func inForce(_ form: Form, isPending: Bool) -> [Clause.Interval] {
    guard let node = form["in_force"] else {
      if !isPending { report(.missingKey("in_force", in: "a clause"), at: form.mark) }
      return []
    }
    let read = intervals(node) ?? []
    if isPending { report(.pendingInForce, at: node.mark) }
    return isPending ? [] : read
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
}
