// SPDX-License-Identifier: Apache-2.0

extension Decision {
  /// The decision document: every key always present, empty when empty (`docs/decision-1.schema.json`).
  public func json(under generation: Generation) -> JSON {
    let writer = DecisionWriter(generation: generation)
    return .object([
      "format": .integer(Self.format),
      "case": .string(reference),
      "case_sha256": .string(caseSHA256),
      "assessed_on": .string(assessedOn.description),
      "jurisdiction": .string(jurisdiction),
      "jurisdiction_stated": .bool(isJurisdictionStated),
      "packs": .array(packs.map(\.json)),
      "answer": writer.answer(answer),
      "advice": .object([
        "open": .array(advice.open.map(writer.open)), "flips": .array(advice.flips.map(writer.flip)),
      ]),
    ])
  }
}

extension Decision.PackReference {
  /// Name, version and digest.
  public var json: JSON {
    .object(["id": .string(id), "version": .string(version), "sha256": .string(sha256)])
  }
}

struct DecisionWriter {
  let generation: Generation

  func answer(_ answer: Answer) -> JSON {
    .object([
      "conclusions": .array(answer.conclusions.map(conclusion)),
      "disregarded": .array(answer.disregarded.map(disregarded)),
      "contested": .array([]),
      "presumed": .array([]),
      "contradictions": .array(answer.contradictions.map(contradiction)),
      "duties": .array([]),
      "cautions": .array(answer.cautions.map(caution)),
      "clauses_applied": .strings(answer.clausesApplied.map { generation.id(of: $0) }),
    ])
  }

  private func conclusion(_ conclusion: Conclusion) -> JSON {
    let rule = generation.rules[conclusion.rule]
    return .object([
      "id": .string(rule.id),
      "status": .string(conclusion.status.rawValue),
      "standard": .null,
      "about": .optional(rule.declaration.about),
      "grounds": .array(conclusion.grounds.map(ground)),
      "either": .object([
        "clauses": clauses(conclusion.either.clauses),
        "reason": reasons(conclusion.either.reason),
      ]),
      "failed": .array(conclusion.failed.map(failed)),
      "reasons": .object([
        "count": .integer(conclusion.reasons.count), "at_least": .bool(conclusion.reasons.isAtLeast),
      ]),
      "parts": .array([]),
      "turns_on": .array([]),
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

  private func disregarded(_ entry: Disregarded) -> JSON {
    .object([
      "fact": .string(generation.facts[entry.fact].id),
      "to": .optional(entry.rule.map { generation.rules[$0].id }),
      "because": .string(entry.because.rawValue),
      "clause": .optional(entry.clause.map { generation.id(of: $0) }),
      "until": .array(entry.until.map(element)),
    ])
  }

  private func contradiction(_ contradiction: Contradiction) -> JSON {
    .object([
      "facts": reasons(contradiction.facts),
      "touches": .strings(contradiction.touches.map { generation.rules[$0].id }),
    ])
  }

  private func caution(_ caution: Caution) -> JSON {
    switch caution {
    case .ofPack(let number):
      .object([
        "caution": .string(generation.cautions[number].id),
        "clause": .optional(generation.cautions[number].clause.map { generation.id(of: $0) }),
      ])
    case .denialWithoutSource(let fact):
      .object(["caution": .string("denial_without_source"), "fact": .string(generation.facts[fact].id)])
    case .notProved(let fact):
      .object(["caution": .string("not_proved"), "fact": .string(generation.facts[fact].id)])
    }
  }

  func open(_ open: Advice.OpenConclusion) -> JSON {
    .object([
      "conclusion": .string(generation.rules[open.rule].id),
      "grounds": .array(
        open.grounds.map { ground in
          .object([
            "clause": .string(generation.id(of: ground.clause)),
            "missing": .array(ground.missing.map(element)),
          ])
        }),
      "facts": .array(
        open.facts.map { fact in
          let declared = generation.facts[fact.fact]
          return .object([
            "fact": .string(declared.id),
            "members": .strings(fact.members.map { declared.declaration.type.members[$0] }),
            "refused": .bool(fact.isRefused),
          ])
        }),
      "ask": .optional(open.ask.map { generation.facts[$0].id }),
      "holds_if": settlement(open.holdsIf),
      "fails_if": settlement(open.failsIf),
      "untouched": .bool(open.isUntouched),
    ])
  }

  private func settlement(_ settlement: Advice.Settlement) -> JSON {
    .object(["smallest": .array(settlement.smallest.map(reasons)), "ways": .integer(settlement.ways)])
  }

  func flip(_ flip: Advice.Flip) -> JSON {
    .object([
      "conclusion": .string(generation.rules[flip.rule].id),
      "changes": .array(
        flip.changes.map { facts in
          .array(facts.map { .object(["was": reason($0), "can_change": .bool(generation.canChange($0))]) })
        }),
    ])
  }

  private func element(_ element: Conclusion.Element) -> JSON {
    switch element {
    case .rule(let number): .object(["rule": .string(generation.rules[number].id)])
    case .fact(let number): .object(["fact": .string(generation.facts[number].id)])
    case .exception(let clause): .object(["exception": .string(generation.id(of: clause))])
    case .force: .object(["in_force": .bool(false)])
    case .condition: .object([:])
    }
  }

  private func clauses(_ clauses: [Generation.ClauseReference]) -> JSON {
    .strings(clauses.map { generation.id(of: $0) })
  }

  private func cite(_ clause: Generation.ClauseReference) -> JSON {
    .string(generation.clause(clause).cite[.en] ?? "")
  }

  private func reasons(_ reasons: [ReasonFact]) -> JSON { .array(reasons.map(reason)) }

  private func reason(_ reason: ReasonFact) -> JSON {
    let fact = generation.meaning(of: reason.variable)?.fact.id ?? "assessed_on"
    return .object(
      ["fact": .string(fact)].merging(entries(generation.statement(of: reason))) { first, _ in first })
  }

  private func entries(_ value: StatedValue) -> [String: JSON] {
    switch value {
    case .has(let member): ["has": .string(member)]
    case .lacks(let member): ["not": .string(member)]
    case .isValue(let value): ["is": .string(value.text)]
    case .oneOf(let values): ["one_of": .strings(values.map(\.text))]
    case .between(let low, let high): ["between": .strings([low.text, high.text])]
    case .before(let value): [value.isDate ? "before" : "below": .string(value.text)]
    case .after(let value): ["after": .string(value.text)]
    case .atLeast(let value): ["at_least_as": .string(value.text)]
    case .ranges(let parts): ["one_of": .array(parts.map { .object(entries($0)) })]
    }
  }
}

extension StatedValue.Value {
  /// As a case file spells it.
  public var text: String {
    switch self {
    case .yes: "yes"
    case .no: "no"
    case .named(let name): name
    case .quantity(let number, let unit): "\(number) \(unit)"
    case .date(let date): date.description
    }
  }

  var isDate: Bool { if case .date = self { true } else { false } }
}
