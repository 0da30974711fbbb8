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
      "frame": frame.json,
      "readings": .array(readings.sorted { $0.key < $1.key }.map(writer.chosen)),
      "answer": writer.answer(answer),
      "advice": .object([
        "open": .array(advice.open.map(writer.open)), "flips": .array(advice.flips.map(writer.flip)),
      ]),
    ])
  }
}

extension CaseFrame {
  /// What a reader must know of it; documents elsewhere stay in the case file.
  fileprivate var json: JSON {
    .object([
      "danger_now": isInDangerNow.map { .bool($0) } ?? .null,
      "recorded_by": .optional(recordedBy),
      "heard_on": .optional(heardOn?.description),
      "language": .optional(language),
      "interpreter": .optional(interpreter),
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
      "contested": .array(answer.contested.map(contested)),
      "presumed": .array(answer.presumed.map(presumed)),
      "stated_beside_reading": .array(answer.statedBesideReading.map(stated)),
      "contradictions": .array(answer.contradictions.map(contradiction)),
      "duties": .array(answer.duties.map(duty)),
      "cautions": .array(answer.cautions.map(caution)),
      "comparisons": .array(answer.comparisons.map(comparison)),
      "clauses_applied": clauses(answer.clausesApplied),
    ])
  }

  func chosen(_ reading: Int, variant: Int) -> JSON {
    let linked = generation.readings[reading]
    return .object([
      "reading": .string(linked.id), "variant": .string(linked.declaration.variants[variant].name),
    ])
  }

  func element(_ element: Conclusion.Element) -> JSON {
    switch element {
    case .rule(let number): .object(["rule": .string(generation.rules[number].id)])
    case .fact(let number): .object(["fact": .string(generation.facts[number].id)])
    case .exception(let clause): .object(["exception": .string(generation.id(of: clause))])
    case .force: .object(["in_force": .bool(false)])
    case .condition: .object([:])
    }
  }

  func clauses(_ clauses: [Generation.ClauseReference]) -> JSON {
    .strings(clauses.map { generation.id(of: $0) })
  }

  func cite(_ clause: Generation.ClauseReference) -> JSON {
    .string(generation.clause(clause).cite[.en] ?? "")
  }

  func reasons(_ reasons: [ReasonFact]) -> JSON { .array(reasons.map(reason)) }

  func reason(_ reason: ReasonFact) -> JSON {
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
