// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// Quick answers for checks that ask thousands of questions: days and ages are looked at path by path, and most truths
/// that are possible are so on the first.
///
/// Where no answer is found in a number of steps, a truth counts as possible: the checks then find less, and never what is
/// not there.
extension CaseSpace {
  /// After so many thresholds a truth counts as possible.
  private static let patience = 500

  /// True if no possible case makes a truth so; false if one does, or that could not be settled.
  mutating func isImpossible(_ truth: CaseTruth) -> Bool {
    if truth.root == DecisionDiagram.no { return !isOverBudget }
    let times = variables(of: [truth.root]).filter(calendar.isTime)
    guard times.count > 1 else { return false }
    var era = calendar.era(of: times.sorted(), ties: ties(of: [truth]))
    guard era.settle() else { return true }
    var steps = 0
    return !hasCase(truth.root, era, &steps) && !isOverBudget
  }

  /// True if a path leads to a case whose days and ages go together.
  private func hasCase(
    _ root: DecisionDiagram.Reference, _ era: SpaceCalendar.Era, _ steps: inout Int
  ) -> Bool {
    guard let (level, low, high) = diagram.split(root) else { return root == DecisionDiagram.yes }
    steps += 1
    if steps > Self.patience { return true }
    let variable = order[Int(level) / Plan.maximumCells]
    for (next, isBeyond) in [(low, false), (high, true)] where next != DecisionDiagram.no {
      guard calendar.isTime(variable) else {
        if hasCase(next, era, &steps) { return true }
        continue
      }
      let upTo = beneath(Int(level) % Plan.maximumCells)
      let cells = plan.full[variable] & (isBeyond ? ~upTo : upTo)
      var narrowed = era
      if narrowed.narrow(variable, to: plan.values(cells, of: variable)),
        hasCase(next, narrowed, &steps)
      {
        return true
      }
    }
    return false
  }

  /// True if a truth can turn on variables, all else equal, or if that could not be settled.
  ///
  /// Days, births and ages hang together, so what is compared of them counts.
  mutating func canTurn(_ truth: CaseTruth, on variables: [Int]) -> Bool {
    if isOverBudget { return true }
    let compared = self.variables(of: [truth.root])
    guard variables.contains(where: compared.contains) else { return false }
    if variables.contains(where: calendar.isTime) { return true }
    var (so, notSo) = (truth, not(truth))
    for variable in variables where compared.contains(variable) {
      let level = level(of: variable)
      so = CaseTruth(root: diagram.forgetting(so.root, level: level), formula: nil)
      notSo = CaseTruth(root: diagram.forgetting(notSo.root, level: level), formula: nil)
    }
    let both = and(so, notSo)
    return isOverBudget || !isImpossible(both)
  }
}
