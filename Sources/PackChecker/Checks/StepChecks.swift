// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// The conditions of readings, presumptions, cautions and what is irrelevant.
extension SpaceChecks {
  mutating func checkSteps() {
    for reading in generation.readings {
      for (place, variant) in reading.declaration.variants.enumerated() {
        // that it never counts, or always, is something that writers hold
        guard let condition = variant.condition, !condition.isPlainlyConstant,
          let formula = formula(of: place, in: reading)
        else { continue }
        check(condition, formula, named: variant.name, in: reading.pack)
      }
    }
    for presumption in generation.presumptions {
      let declared = presumption.declaration
      guard case .all(let parts) = generation.rules[presumption.condition].formula, parts.count == 2 else {
        continue
      }
      check(declared.condition, parts[1], named: declared.fact.text, in: presumption.pack)
    }
    for caution in generation.cautions {
      let formula = generation.rules[caution.condition].formula
      check(caution.declaration.condition, formula, named: caution.declaration.name, in: caution.pack)
    }
    // INVARIANT: the linker keeps what is irrelevant in pack and file order.
    let declared = generation.packs.enumerated().flatMap { number, pack in
      pack.irrelevances.map { (pack: number, entry: $0) }
    }
    for (linked, written) in zip(generation.irrelevances, declared) {
      guard let formula = linked.whenever, let condition = written.entry.whenever else { continue }
      check(condition, formula, named: written.entry.fact.text, in: written.pack)
    }
  }

  private mutating func check(_ condition: Condition, _ formula: Formula, named name: String, in pack: Int) {
    settle(name, at: condition.location) {
      $0.check(WrittenCondition(condition, formula), while: nil, isSo: .always, in: pack)
    }
  }

  /// What a variant gives: for a fact a rule beneath, for a rule a part of each of its grounds.
  private func formula(of variant: Int, in reading: Generation.LinkedReading) -> Formula? {
    switch reading.decides {
    case .variable: return reading.conditions[variant].map { generation.rules[$0].formula }
    case .rule(let number):
      let followed = Formula.atom(.init(variable: reading.variable, values: ValueSet(variant)))
      return generation.rules[number].grounds.lazy.compactMap { $0.condition.part(beside: followed) }.first
    }
  }
}

extension Formula {
  /// What stands in it together with a formula alone.
  fileprivate func part(beside first: Formula) -> Formula? {
    switch self {
    case .all(let parts) where parts.count == 2 && parts[0] == first: return parts[1]
    case .all(let parts), .any(let parts): return parts.lazy.compactMap { $0.part(beside: first) }.first
    default: return nil
    }
  }
}
