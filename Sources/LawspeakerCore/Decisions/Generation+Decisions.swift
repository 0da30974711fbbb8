// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// The clause that says which day's law governs a rule, where a pack names one.
  func lawInTime(ofRule number: Int) -> ClauseReference? {
    let rule = rules[number]
    for (place, pack) in packs.enumerated() {
      let entry = pack.lawInTime.first { entry in
        entry.rules.contains { $0.text == rule.id || place == rule.pack && $0.text == rule.declaration.name }
      }
      if let entry { return clause(named: entry.clause.text, in: place) }
    }
    return nil
  }

  /// A clause as a pack names it: its own bare, another's with its pack.
  private func clause(named name: String, in pack: Int) -> ClauseReference? {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard let last = parts.last,
      let owner = parts.count == 2 ? packs.firstIndex(where: { $0.id == parts[0] }) : pack,
      let place = packs[owner].clauses.firstIndex(where: { $0.name == last })
    else { return nil }
    return ClauseReference(pack: owner, clause: place)
  }
}

extension Generation.LinkedPresumption {
  /// What is presumed, as a reason says it.
  var presumes: [ReasonFact] { values.map { ReasonFact(variable: $0.variable, values: $0.values) } }
}
