// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

extension SpaceChecks {
  /// True if a formula compares a fact that it, or what stands beside it, compares under another standard too.
  ///
  /// The space gives each fact one value. A file may find it to one standard and leave it open under another.
  func isUnderSeveralStandards(_ formula: Formula, beside other: Formula) -> Bool {
    let all = compared(in: .all([formula, other]))
    return compared(in: formula).keys.contains { (all[$0]?.count ?? 0) > 1 }
  }

  /// The variables that a formula compares, rules looked through, each with those that look at it under some standard.
  private func compared(in formula: Formula) -> [Int: Set<Int>] {
    var found: [Int: Set<Int>] = [:]
    var seen: Set<Int> = []
    func visit(_ formula: Formula) {
      formula.forEachLeaf(
        { found[generation.whole($0.variable), default: []].insert($0.variable) },
        rule: { if seen.insert($0).inserted { visit(generation.rules[$0].formula) } })
    }
    visit(formula)
    return found
  }
}
