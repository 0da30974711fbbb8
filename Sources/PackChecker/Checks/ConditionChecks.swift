// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Conditions that are true in every case or in none, by themselves or together, and conditions that say nothing beside
/// others.
extension SpaceChecks {
  /// What every case says of a condition.
  private enum Constant {
    case always
    case never
  }

  /// Looks at a condition while its clause is in force.
  ///
  /// - Returns: False if something was found in it.
  @discardableResult
  mutating func check(
    _ written: WrittenCondition, while clause: String?, isSo inForce: CaseSpace.CaseTruth, in pack: Int
  ) -> Bool {
    let before = found.count
    if !findConstants(in: written, clause, inForce, pack, isWhole: true) {
      findIdleParts(of: written, inForce, pack)
    }
    return found.count == before
  }

  private mutating func constant(
    _ written: WrittenCondition, within: CaseSpace.CaseTruth
  ) -> Constant? {
    let truth = space.truth(of: written.formula)
    if isImpossible(space.and(within, truth)) { return .never }
    if isImpossible(space.and(within, space.not(truth))) { return .always }
    return nil
  }

  /// True if it or a part of it is the same in every case; what is made constant by a part is not said again.
  private mutating func findConstants(
    in written: WrittenCondition, _ clause: String?, _ inForce: CaseSpace.CaseTruth, _ pack: Int,
    isWhole: Bool
  ) -> Bool {
    var isInPart = false
    for part in written.parts where findConstants(in: part, clause, inForce, pack, isWhole: false) {
      isInPart = true
    }
    if isInPart { return true }
    let anyDay = constant(written, within: .always)
    if anyDay != nil, case .named(let name) = written.condition.kind, isRule(name, in: pack) { return true }
    guard let constant = anyDay ?? constant(written, within: inForce) else { return false }
    // that all of it never goes with the days of its clause is said of the ground
    if isWhole, anyDay == nil, constant == .never { return true }
    report(
      .constant(written.condition, isTrue: constant == .always, while: anyDay == nil ? clause : nil),
      at: written.location)
    explain(written.condition, in: pack)
    return true
  }

  private func isRule(_ name: Name, in pack: Int) -> Bool {
    let id = generation.packs[pack].qualified(name.text)
    return generation.rules.contains { $0.id == id }
  }

  /// Parts without which the condition would be the same; of two that settle each other the later.
  ///
  /// Two facts that only the calendar ties, such as an age then and an age now, do not settle each other: a file may know
  /// either. Nor does a fact found to one standard settle the same fact under another.
  private mutating func findIdleParts(
    of written: WrittenCondition, _ inForce: CaseSpace.CaseTruth, _ pack: Int
  ) {
    let whole = space.and(inForce, space.truth(of: written.formula))
    var left: Set<SourceLocation> = []
    func visit(_ set: WrittenCondition, _ checks: inout SpaceChecks) {
      for part in set.removableParts.reversed() {
        guard let without = written.formula(without: left.union([part.location])) else { continue }
        let rest = checks.space.and(inForce, checks.space.truth(of: without))
        guard checks.space.difference(rest, whole) == .never, !checks.space.isOverBudget,
          !checks.isUnderSeveralStandards(part.formula, beside: written.formula)
        else {
          visit(part, &checks)
          continue
        }
        left.insert(part.location)
        checks.report(.idleCondition(part.condition), at: part.location)
        checks.explain(part.condition, in: pack)
      }
    }
    visit(written, &self)
  }

  /// Notes what a condition names: something has been said of it.
  mutating func explain(_ condition: Condition, in pack: Int) {
    for name in condition.names { explained.insert(generation.packs[pack].qualified(name.text)) }
  }
}

extension Condition {
  /// Every fact and rule that it names.
  var names: [Name] {
    switch kind {
    case .named(let name), .compare(let name, _): [name]
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      parts.flatMap(\.names)
    case .not(let part): part.names
    case .ifThen(let premise, let conclusion): premise.names + conclusion.names
    }
  }
}
