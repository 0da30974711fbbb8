// SPDX-License-Identifier: Apache-2.0

extension DecisionWriter {
  func conclusion(_ conclusion: Conclusion) -> JSON {
    let rule = generation.rules[conclusion.rule]
    return .object([
      "id": .string(rule.id),
      "status": .string(conclusion.status.rawValue),
      "standard": .optional(rule.declaration.standard?.rawValue),
      "about": .optional(rule.declaration.about),
      "competent": .strings(rule.declaration.competent),
      "presumed": .optional(conclusion.presumed?.rawValue),
      "grounds": .array(conclusion.grounds.map(ground)),
      "either": .object([
        "clauses": clauses(conclusion.either.clauses),
        "reason": reasons(conclusion.either.reason),
      ]),
      "failed": .array(conclusion.failed.map(failed)),
      "reasons": .object([
        "count": .integer(conclusion.reasons.count), "at_least": .bool(conclusion.reasons.isAtLeast),
      ]),
      "parts": .array(conclusion.parts.map(part)),
      "turns_on": .array(conclusion.turnsOn.map(turnsOn)),
      "later_law": .object([
        "clause": .optional(rule.lawInTime.map { generation.id(of: $0.clause) }),
        "later": clauses(conclusion.laterLaw),
      ]),
      "changes": .array(
        conclusion.changes.map { number in
          let change = generation.changes[number]
          return .object([
            "kind": .string(change.declaration.kind.rawValue),
            "clause": .string(generation.id(of: change.clause)),
            "reason": .string(change.declaration.reason[.en] ?? ""),
          ])
        }),
      "judged": .array(conclusion.judged.map(judgement)),
      "not_modelled": clauses(rule.notModelled),
      "only_from": .optional(conclusion.onlyFrom?.description),
      "only_until": .optional(conclusion.onlyUntil?.description),
    ])
  }

  private func ground(_ ground: Conclusion.AppliedGround) -> JSON {
    .object([
      "clause": .string(generation.id(of: ground.clause)),
      "cite": cite(ground.clause),
      "in_force": .object([
        "from": .string(ground.inForce.from.description),
        "until": .optional(ground.inForce.until?.description),
      ]),
      "reason": reasons(ground.reason),
      "exceptions": clauses(ground.exceptions),
    ])
  }

  private func failed(_ failed: Conclusion.FailedElement) -> JSON {
    .object([
      "clause": .string(generation.id(of: failed.clause)),
      "cite": cite(failed.clause),
      "element": element(failed.element),
      "reason": reasons(failed.reason),
    ])
  }

  private func judgement(_ judgement: Conclusion.Judgement) -> JSON {
    let fact = generation.facts[judgement.fact]
    return .object([
      "fact": .string(fact.id),
      "member": .optional(judgement.member.map { fact.declaration.type.members[$0] }),
      "by": .optional(judgement.by),
    ])
  }

  private func part(_ part: Conclusion.Part) -> JSON {
    .object([
      "from": .string(part.from.description),
      "until": .string(part.until.description),
      "status": .string(part.status.rawValue),
      "grounds": clauses(part.grounds),
    ])
  }

  private func turnsOn(_ turn: Conclusion.TurnsOn) -> JSON {
    var (voice, reading, variant): (String?, String?, String?) = (nil, nil, nil)
    switch turn.what {
    case .voice(let by): voice = by
    case .reading(let number, let chosen):
      let linked = generation.readings[number]
      (reading, variant) = (linked.id, linked.declaration.variants[chosen].name)
    }
    return .object([
      "voice": .optional(voice), "reading": .optional(reading), "variant": .optional(variant),
      "status": .string(turn.status.rawValue),
    ])
  }
}
