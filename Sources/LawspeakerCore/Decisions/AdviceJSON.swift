// SPDX-License-Identifier: Apache-2.0

extension DecisionWriter {
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
}
