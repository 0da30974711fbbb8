// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// A comparison with its names resolved.
  public struct LinkedComparison: Sendable {
    /// `palermo.smuggling_or_trafficking`.
    public let id: String
    /// The pack, by its number.
    public let pack: Int
    /// As the pack declares it.
    public let declaration: Comparison
    /// The conclusions, by number, in the order of the declaration.
    public let rules: [Int]
    /// The clause that says so.
    public let clause: ClauseReference
  }
}

extension Linker {
  mutating func linkComparisons() {
    for (number, pack) in generation.packs.enumerated() {
      for comparison in pack.comparisons {
        let rules = comparison.rules.compactMap { resolve($0, "rule", ruleNumbers, in: pack) }
        let clause = resolve(comparison.clause, "clause", clauseNumbers, in: pack)
        guard rules.count == comparison.rules.count, let clause else { continue }
        generation.comparisons.append(
          .init(
            id: pack.id + "." + comparison.name, pack: number, declaration: comparison, rules: rules,
            clause: clause))
      }
    }
  }
}
