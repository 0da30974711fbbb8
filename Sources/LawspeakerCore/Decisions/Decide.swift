// SPDX-License-Identifier: Apache-2.0

/// Decides a case under the packs that apply to it.
///
/// - Parameters:
///   - file: The case.
///   - caseSHA256: SHA-256 of the file's bytes, in hexadecimal.
///   - generation: The generation under which the case was read.
public func decide(_ file: Case, caseSHA256: String, under generation: Generation) -> Decision {
  let decider = Decider(box: CaseBox(file, under: generation))
  let (answer, advice) = decider.decide()
  let packs = file.packs.map { number in
    let pack = generation.packs[number]
    return Decision.PackReference(id: pack.id, version: pack.version, sha256: pack.sha256)
  }
  return Decision(
    reference: file.reference, caseSHA256: caseSHA256, assessedOn: file.assessedOn, jurisdiction: file.jurisdiction,
    isJurisdictionStated: file.isJurisdictionStated, packs: packs, answer: answer, advice: advice)
}

struct Decider {
  let box: CaseBox
  var generation: Generation { box.generation }

  func decide() -> (Answer, Advice) {
    let rules = generation.rules.indices.filter { box.file.packs.contains(generation.rules[$0].pack) }
    var conclusions: [Conclusion] = []
    var open: [Advice.OpenConclusion] = []
    for rule in rules {
      let (conclusion, advice) = conclude(rule)
      conclusions.append(conclusion)
      if let advice { open.append(advice) }
    }
    let touched = conclusions.filter { $0.status == .contradictory }.map(\.rule)
    let answer = Answer(
      conclusions: conclusions, disregarded: disregarded(conclusions), contradictions: contradictions(touching: touched),
      cautions: cautions())
    return (answer, Advice(open: open))
  }

  private func conclude(_ number: Int) -> (Conclusion, Advice.OpenConclusion?) {
    let rule = generation.rules[number]
    var conclusion = Conclusion(rule: number, status: .contradictory)
    guard let all = box.domains(for: rule) else { return (conclusion, nil) }
    guard let domains = box.inForce(all, for: rule) else {
      conclusion.status = .notInForce
      return (conclusion, nil)
    }
    noteDaysLeftOut(all[rule.day], rule, in: &conclusion)
    let evaluator = Evaluator(generation, relations: rule.relations)
    conclusion.status = status(of: rule.formula, evaluator, domains)
    let reasoner = Reasoner(box: box, rule: rule, evaluator: evaluator)
    switch conclusion.status {
    case .holds: giveGrounds(reasoner, domains, &conclusion)
    case .fails: conclusion.failed = rule.grounds.flatMap { lacking($0, reasoner, domains) }
    case .undetermined: return (conclusion, advice(number, evaluator, domains))
    case .contradictory, .notInForce, .unsettled: break
    }
    return (conclusion, nil)
  }

  private func status(of formula: Formula, _ evaluator: Evaluator, _ domains: Domains) -> Status {
    let canHold = evaluator.find(formula, being: true, in: domains)
    let canFail = evaluator.find(formula, being: false, in: domains)
    switch (canHold, canFail) {
    case (.found, .found): return .undetermined
    case (.found, .none): return .holds
    case (.none, _): return canFail == .overBudget ? .unsettled : .fails
    case (.overBudget, _), (_, .overBudget): return .unsettled
    }
  }

  /// Says which days were left out because no ground was in force.
  private func noteDaysLeftOut(_ days: ValueSet, _ rule: Generation.LinkedRule, in conclusion: inout Conclusion) {
    let left = days.intersection(rule.window)
    if let first = days.least, let start = left.least, first < start { conclusion.onlyFrom = .init(dayNumber: start) }
    if let last = days.greatest, let end = left.greatest, end < last {
      conclusion.onlyUntil = .init(dayNumber: end + 1)
    }
  }

  private func giveGrounds(_ reasoner: Reasoner, _ domains: Domains, _ conclusion: inout Conclusion) {
    let rule = reasoner.rule
    for ground in rule.grounds
    where reasoner.evaluator.isForced(ground.formula, being: true, in: domains) == true {
      let reason = reasoner.reason(for: ground.formula, being: true)
      for interval in generation.clause(ground.clause).inForce
      where !interval.days.isDisjoint(with: domains[rule.day]) {
        conclusion.grounds.append(
          .init(
            clause: ground.clause, inForce: interval, reason: reason, exceptions: ground.exceptions.map(\.clause)))
      }
    }
    if conclusion.grounds.isEmpty {
      let possible = rule.grounds.filter { reasoner.evaluator.find($0.formula, being: true, in: domains) != .none }
      conclusion.either.clauses = possible.map(\.clause)
      conclusion.either.reason = reasoner.reason(for: rule.formula, being: true)
    }
    let reasons = conclusion.grounds.flatMap(\.reason) + conclusion.either.reason
    conclusion.judged = judgements(reasons)
  }

  private func judgements(_ reasons: [ReasonFact]) -> [Conclusion.Judgement] {
    var judgements: [Conclusion.Judgement] = []
    for reason in reasons {
      guard let (fact, member) = generation.meaning(of: reason.variable),
        let number = generation.variables[reason.variable].fact
      else { continue }
      switch fact.declaration.judged {
      case .no: continue
      case .all: break
      case .members(let names):
        guard let name = member ?? choice(reason, of: fact), names.contains(name) else { continue }
      }
      let by = box.file.given.first { $0.fact == number }?.by
      let judgement = Conclusion.Judgement(
        fact: number, member: generation.variables[reason.variable].member, by: by)
      if !judgements.contains(judgement) { judgements.append(judgement) }
    }
    return judgements
  }

  /// The value of a choice, if exactly one is left.
  private func choice(_ reason: ReasonFact, of fact: Generation.LinkedFact) -> String? {
    guard case .oneOf(let values) = fact.declaration.type else { return nil }
    return reason.values.single.map { values[$0] }
  }

  /// What a ground lacks, part by part where one part alone is false.
  private func lacking(
    _ ground: Generation.LinkedGround, _ reasoner: Reasoner, _ domains: Domains
  ) -> [Conclusion.FailedElement] {
    let parts = parts(of: ground, day: reasoner.rule.day)
    let failed = parts.filter { reasoner.evaluator.isForced($0.formula, being: false, in: domains) == true }
    let named = failed.isEmpty ? [(element: Conclusion.Element.condition, formula: ground.formula)] : failed
    return named.map { part in
      .init(
        clause: ground.clause, element: part.element, reason: reasoner.reason(for: part.formula, being: false))
    }
  }

  /// The parts that must all be true for a ground to hold.
  func parts(of ground: Generation.LinkedGround, day: Int) -> [(element: Conclusion.Element, formula: Formula)] {
    let force = Formula.atom(.init(variable: day, values: ground.days))
    let conditions: [Formula]
    if case .all(let parts) = ground.condition { conditions = parts } else { conditions = [ground.condition] }
    return [(.force, force)] + conditions.map { (element(of: $0), $0) }
      + ground.exceptions.map { (.exception($0.clause), .not($0.formula)) }
  }

  /// The name under which people know a condition.
  func element(of formula: Formula) -> Conclusion.Element {
    switch formula {
    case .rule(let number): return .rule(number)
    case .atom(let atom): return generation.variables[atom.variable].fact.map { .fact($0) } ?? .force
    case .not(let part): return element(of: part)
    case .any(let parts):
      let elements = Set(parts.map { element(of: $0) })
      return elements.count == 1 ? elements.first ?? .condition : .condition
    case .all, .atLeast, .exactly: return .condition
    }
  }
}
