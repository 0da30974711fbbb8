// SPDX-License-Identifier: Apache-2.0

/// What stands beside the conclusions.
extension DecisionWriter {
  func disregarded(_ entry: Disregarded) -> JSON {
    .object([
      "fact": .string(generation.facts[entry.fact].id),
      "to": .optional(entry.rule.map { generation.rules[$0].id }),
      "because": .string(entry.because.rawValue),
      "clause": .optional(entry.clause.map { generation.id(of: $0) }),
      "until": .array(entry.until.map(element)),
    ])
  }

  func contradiction(_ contradiction: Contradiction) -> JSON {
    .object([
      "facts": reasons(contradiction.facts),
      "touches": .strings(contradiction.touches.map { generation.rules[$0].id }),
    ])
  }

  func caution(_ caution: Caution) -> JSON {
    let name: String
    var (fact, clause, source, pack): (String?, String?, String?, String?) = (nil, nil, nil, nil)
    switch caution {
    case .ofPack(let number):
      let linked = generation.cautions[number]
      name = linked.id
      clause = linked.clause.map { generation.id(of: $0) }
      if case .source(let text) = linked.declaration.basis { source = text }
    case .denialWithoutSource(let number):
      (name, fact) = ("denial_without_source", generation.facts[number].id)
    case .notProved(let number): (name, fact) = ("not_proved", generation.facts[number].id)
    case .notLookedAt(let number): (name, pack) = ("not_looked_at", generation.packs[number].id)
    }
    return .object([
      "caution": .string(name), "fact": .optional(fact), "clause": .optional(clause),
      "source": .optional(source), "pack": .optional(pack),
    ])
  }

  func comparison(_ number: Int) -> JSON {
    let comparison = generation.comparisons[number]
    return .object([
      "comparison": .string(comparison.id), "clause": .string(generation.id(of: comparison.clause)),
      "of": .strings(comparison.rules.map { generation.rules[$0].id }),
    ])
  }

  func contested(_ contested: Contested) -> JSON {
    .object([
      "fact": .string(generation.facts[contested.fact].id),
      "voices": .array(
        contested.voices.map { .object(["by": .string($0.by), "says": reasons($0.says)]) }),
    ])
  }

  func presumed(_ presumed: Presumed) -> JSON {
    let presumption = generation.presumptions[presumed.presumption]
    return .object([
      "fact": .string(generation.facts[presumption.fact].id),
      "presumes": reasons(presumption.presumes),
      "clause": .string(generation.id(of: presumption.clause)),
      "conclusions": .strings(presumed.rules.map { generation.rules[$0].id }),
    ])
  }

  func stated(_ entry: StatedBesideReading) -> JSON {
    .object([
      "reading": .string(generation.readings[entry.reading].id),
      "stated": reason(entry.stated),
      "by": .optional(entry.by),
      "gives": .string(entry.gives.rawValue),
    ])
  }

  func duty(_ entry: DutyEntry) -> JSON {
    let duty = generation.duties[entry.duty]
    let declared = duty.declaration
    return .object([
      "duty": .string(duty.id),
      "conclusion": .string(generation.rules[duty.rule].id),
      "rests_on": .string(entry.restsOn.rawValue),
      "clause": .string(generation.id(of: duty.clause)),
      "cite": cite(duty.clause),
      "by_whom": .string(declared.byWhom),
      "binds": declared.binds.map { .strings($0) } ?? .null,
      "binds_recorder": entry.bindsRecorder.map { .bool($0) } ?? .null,
      "force": .string(declared.isMust ? "must" : "may"),
      "promptly": .optional(declared.promptly?.rawValue),
      "within": declared.within.map { within($0, from: duty.from) } ?? .null,
      "due": .optional(entry.due?.description),
      "kind": .string(declared.kind.rawValue),
    ])
  }

  private func within(_ limit: Duty.Limit, from variable: Int?) -> JSON {
    let from = variable.flatMap { generation.meaning(of: $0)?.fact.id } ?? "assessed_on"
    return .object([
      "count": .integer(limit.count), "unit": .string(limit.unit.rawValue), "from": .string(from),
    ])
  }
}
