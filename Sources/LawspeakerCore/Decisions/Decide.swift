// SPDX-License-Identifier: Apache-2.0

/// Decides a case under the packs that apply to it.
///
/// - Parameters:
///   - file: The case.
///   - caseSHA256: SHA-256 of the file's bytes, in hexadecimal.
///   - generation: The generation under which the case was read.
/// - Returns: The answer with its reasons, and advice on what is open.
public func decide(_ file: Case, caseSHA256: String, under generation: Generation) -> Decision {
  let decider = Decider(box: CaseBox(file, under: generation))
  let (answer, advice) = decider.decide()
  let packs = file.packs.map { number in
    let pack = generation.packs[number]
    return Decision.PackReference(id: pack.id, version: pack.version, sha256: pack.sha256)
  }
  return Decision(
    reference: file.reference, caseSHA256: caseSHA256, assessedOn: file.assessedOn,
    jurisdiction: file.jurisdiction,
    isJurisdictionStated: file.isJurisdictionStated, packs: packs, frame: file.frame, answer: answer,
    advice: advice)
}

struct Decider {
  let box: CaseBox
  var generation: Generation { box.generation }

  func decide() -> (Answer, Advice) {
    let rules = generation.rules.indices.filter { box.file.packs.contains(generation.rules[$0].pack) }
    var conclusions: [Conclusion] = []
    var advice = Advice(open: [], flips: [])
    var frames: [Generation.Frame: FrameBox] = [:]
    for rule in rules {
      conclusions.append(conclude(rule, &frames, &advice))
    }
    let touched = conclusions.filter { $0.status == .contradictory }.map(\.rule)
    let answer = Answer(
      conclusions: conclusions, disregarded: disregarded(conclusions),
      contradictions: contradictions(touching: touched),
      duties: duties(of: conclusions, for: box.file, under: generation), cautions: cautions())
    return (answer, advice)
  }

  private func conclude(
    _ number: Int, _ frames: inout [Generation.Frame: FrameBox], _ advice: inout Advice
  ) -> Conclusion {
    let rule = generation.rules[number]
    let frame = frames[rule.frame] ?? FrameBox(box, rule.frame)
    frames[rule.frame] = frame
    var conclusion = Conclusion(rule: number, status: frame.status(of: rule, generation))
    guard let days = frame.days, let completions = frame.completions else { return conclusion }
    noteDaysLeftOut(days[rule.day], rule, in: &conclusion)
    let evaluator = Evaluator(generation: generation, frame: rule.frame)
    let reasoner = Reasoner(box: box, rule: rule, evaluator: evaluator)
    switch conclusion.status {
    case .holds:
      giveGrounds(reasoner, completions, &conclusion)
      countReasons(reasoner, &conclusion, &advice)
    case .fails:
      conclusion.failed = rule.grounds.flatMap { lacking($0, reasoner, completions) }
      countReasons(reasoner, &conclusion, &advice)
    case .undetermined: advice.open.append(self.advice(number, evaluator, completions))
    case .contradictory, .notInForce, .unsettled: break
    }
    return conclusion
  }

  private func countReasons(_ reasoner: Reasoner, _ conclusion: inout Conclusion, _ advice: inout Advice) {
    let rule = reasoner.rule
    let sets = reasoner.reasonSets(for: rule.formula, node: rule.node, being: conclusion.status == .holds)
    conclusion.reasons = .init(count: sets.reasons.count, isAtLeast: sets.isCapped)
    let changes = sets.changes.filter { !$0.isEmpty }.prefix(3).map { variables in
      variables.sorted().compactMap { variable in
        box.statements[variable].map { ReasonFact(variable: variable, values: $0) }
      }
    }
    if !changes.isEmpty { advice.flips.append(.init(rule: conclusion.rule, changes: Array(changes))) }
  }

  /// Says which days were left out because no ground was in force.
  private func noteDaysLeftOut(
    _ days: ValueSet, _ rule: Generation.LinkedRule, in conclusion: inout Conclusion
  ) {
    let left = days.intersection(rule.window)
    if let first = days.least, let start = left.least, first < start {
      conclusion.onlyFrom = .init(dayNumber: start)
    }
    if let last = days.greatest, let end = left.greatest, end < last {
      conclusion.onlyUntil = .init(dayNumber: end + 1)
    }
  }

  private func giveGrounds(_ reasoner: Reasoner, _ box: Box, _ conclusion: inout Conclusion) {
    let rule = reasoner.rule
    for ground in rule.grounds where reasoner.evaluator.isForced(ground.node, being: true, in: box) == true {
      let reason = reasoner.reason(for: ground.formula, node: ground.node, being: true)
      for interval in generation.clause(ground.clause).inForce
      where box.meets(interval.days, rule.day, generation) {
        conclusion.grounds.append(
          .init(
            clause: ground.clause, inForce: interval, reason: reason,
            exceptions: ground.exceptions.map(\.clause)))
      }
    }
    if conclusion.grounds.isEmpty {
      let possible = rule.grounds.filter { reasoner.evaluator.verity(of: $0.node, in: box) != .never }
      conclusion.either.clauses = possible.map(\.clause)
      conclusion.either.reason = reasoner.reason(for: rule.formula, node: rule.node, being: true)
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
    _ ground: Generation.LinkedGround, _ reasoner: Reasoner, _ box: Box
  ) -> [Conclusion.FailedElement] {
    let failed = ground.parts.filter { reasoner.evaluator.isForced($0.node, being: false, in: box) == true }
    let whole = Generation.Part(element: .condition, formula: ground.formula, node: ground.node)
    return (failed.isEmpty ? [whole] : failed).map { part in
      .init(
        clause: ground.clause, element: part.element,
        reason: reasoner.reason(for: part.formula, node: part.node, being: false))
    }
  }
}

/// The completions of one frame, computed once a case.
struct FrameBox {
  /// Before days without law are left out; nil if the facts contradict each other.
  let days: Domains?
  /// After; nil if no day is left.
  let completions: Box?

  init(_ box: CaseBox, _ frame: Generation.Frame) {
    days = box.days(frame)
    completions = days.flatMap { box.inForce($0, frame) }.map { box.box(frame, $0) }
  }
}

extension Box {
  /// True if some day that is left lies in a set of days.
  func meets(_ days: ValueSet, _ day: Int, _ generation: Generation) -> Bool {
    masks[day] & generation.plan.mask(of: days, variable: day) != 0
  }
}

/// The status of every conclusion that applies to a case, without reasons or advice.
///
/// - Parameters:
///   - file: The case.
///   - generation: The generation under which the case was read.
/// - Returns: Each rule of the packs that apply, by number, in pack and rule order.
public func statuses(of file: Case, under generation: Generation) -> [(rule: Int, status: Status)] {
  let box = CaseBox(file, under: generation)
  var frames: [Generation.Frame: FrameBox] = [:]
  return generation.rules.indices.filter { file.packs.contains(generation.rules[$0].pack) }.map { number in
    let rule = generation.rules[number]
    let frame = frames[rule.frame] ?? FrameBox(box, rule.frame)
    frames[rule.frame] = frame
    return (number, frame.status(of: rule, generation))
  }
}

extension FrameBox {
  func status(of rule: Generation.LinkedRule, _ generation: Generation) -> Status {
    guard days != nil else { return .contradictory }
    guard let completions else { return .notInForce }
    switch Evaluator(generation: generation, frame: rule.frame).verity(of: rule.node, in: completions) {
    case .always: return .holds
    case .never: return .fails
    case .sometimes: return .undetermined
    case .unsettled: return .unsettled
    }
  }
}
