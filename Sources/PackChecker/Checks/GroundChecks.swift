// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Grounds that can never hold, exceptions that can never apply, and grounds that say what another says.
extension SpaceChecks {
  mutating func checkRule(_ number: Int) {
    let rule = generation.rules[number]
    var reachable: [Int] = []
    for (place, ground) in rule.grounds.enumerated() {
      let declared = rule.declaration.grounds[place]
      guard !generation.clause(ground.clause).isPending, !space.isOverBudget else { continue }
      space = space.fresh()
      let isReachable = check(ground, declared, of: rule)
      note(ground.clause, isIdle: !isReachable)
      if isReachable { reachable.append(place) } else { explain(declared.condition, in: rule.pack) }
    }
    guard !space.isOverBudget else { return }
    checkShadows(reachable, of: rule)
    checkOrder(reachable, of: rule)
  }

  /// True if the ground can hold, or if that could not be settled.
  private mutating func check(
    _ ground: Generation.LinkedGround, _ declared: Ground, of rule: Generation.LinkedRule
  ) -> Bool {
    let inForce = inForce(ground.days, on: rule.day)
    let written = WrittenCondition(declared.condition, ground.written)
    let place = declared.clause.location
    let (clause, name) = (declared.clause.text, rule.declaration.name)
    let isSound = check(written, while: clause, isSo: inForce, in: rule.pack)
    let condition = space.truth(of: ground.condition)
    let met = space.and(inForce, condition)
    if isImpossible(met) {
      // a rule that can never hold by itself is spoken of where it stands
      if isSound, !isImpossible(condition) { report(.unreachableGround(clause, of: name, .days), at: place) }
      return false
    }
    for (exception, words) in zip(ground.exceptions, declared.exceptions) {
      check(exception, words, of: rule, within: met)
    }
    let formula = space.truth(of: ground.formula)
    guard isImpossible(formula) else { return true }
    report(.unreachableGround(clause, of: name, .exceptions), at: place)
    return false
  }

  private mutating func check(
    _ exception: Generation.LinkedGround, _ declared: Exception, of rule: Generation.LinkedRule,
    within: CaseSpace.CaseTruth
  ) {
    guard !generation.clause(exception.clause).isPending else { return }
    let inForce = inForce(exception.days, on: rule.day)
    let written = WrittenCondition(declared.condition, exception.written)
    let isSound = check(written, while: declared.clause.text, isSo: inForce, in: rule.pack)
    let condition = space.truth(of: exception.condition)
    let met = space.and(space.and(within, inForce), condition)
    let applies = space.and(within, space.truth(of: exception.formula))
    let isIdle = isImpossible(applies)
    note(exception.clause, isIdle: isIdle)
    if isIdle, isSound, !isImpossible(condition) {
      report(.idleException(declared.clause.text), at: declared.clause.location)
      explain(declared.condition, in: rule.pack)
    }
    guard !isImpossible(met) else { return }
    for (inner, words) in zip(exception.exceptions, declared.exceptions) {
      check(inner, words, of: rule, within: met)
    }
  }

  /// Grounds under one clause of which one says what the other says; another clause is cited by itself, and may.
  private mutating func checkShadows(_ grounds: [Int], of rule: Generation.LinkedRule) {
    guard Set(grounds.map { rule.grounds[$0].clause }).count < grounds.count else { return }
    space = space.fresh()
    let truths = grounds.map { space.truth(of: rule.grounds[$0].formula) }
    for (place, ground) in grounds.enumerated() {
      let other = grounds.indices.first { other in
        guard other != place, rule.grounds[grounds[other]].clause == rule.grounds[ground].clause,
          implies(truths[place], truths[other]),
          !isUnderSeveralStandards(rule.grounds[ground].formula, beside: rule.formula)
        else { return false }
        return other < place || !implies(truths[other], truths[place])
      }
      guard let other else { continue }
      let (declared, wider) = (rule.declaration.grounds[ground], rule.declaration.grounds[grounds[other]])
      report(
        .shadowedGround(of: rule.declaration.name, by: wider.condition), at: declared.clause.location)
      explain(declared.condition, in: rule.pack)
    }
  }

  /// Rules that a rule yields to and can never meet.
  private mutating func checkOrder(_ grounds: [Int], of rule: Generation.LinkedRule) {
    var first = 0
    for stronger in rule.declaration.yieldsTo {
      let id = generation.packs[rule.pack].qualified(stronger.text)
      guard let other = generation.rules.first(where: { $0.id == id }) else { continue }
      let count = other.grounds.count
      defer { first += count }
      let meets = grounds.contains { place in
        let ground = rule.grounds[place]
        let own = rule.declaration.grounds[place].exceptions.count
        let met = space.and(inForce(ground.days, on: rule.day), space.truth(of: ground.condition))
        return ground.exceptions.dropFirst(own + first).prefix(count).contains { exception in
          !isImpossible(space.and(met, space.truth(of: exception.formula)))
        }
      }
      if !meets, !grounds.isEmpty {
        report(.idleOrder(stronger.text, over: rule.declaration.name), at: stronger.location)
      }
    }
  }
}
