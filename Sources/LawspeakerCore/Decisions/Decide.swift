// SPDX-License-Identifier: Apache-2.0

/// Decides a case under the packs that apply to it.
///
/// - Parameters:
///   - file: The case.
///   - caseSHA256: SHA-256 of the file's bytes, in hexadecimal.
///   - generation: The generation under which the case was read.
/// - Returns: The answer with its reasons, and advice on what is open.
public func decide(_ file: Case, caseSHA256: String, under generation: Generation) -> Decision {
  var decider = CaseDecider(file, under: generation)
  let (answer, advice) = decider.decide()
  let packs = file.packs.map { number in
    let pack = generation.packs[number]
    return Decision.PackReference(id: pack.id, version: pack.version, sha256: pack.sha256)
  }
  return Decision(
    reference: file.reference, caseSHA256: caseSHA256, assessedOn: file.assessedOn,
    jurisdiction: file.jurisdiction,
    isJurisdictionStated: file.isJurisdictionStated, packs: packs, frame: file.frame, readings: file.readings,
    answer: answer, advice: advice)
}

struct Decider {
  let box: CaseBox
  /// True for each variable of which the file speaks and which stays unknown for who looks at it: refused, or found
  /// less surely than is asked.
  let isSpokenOfInVain: [Bool]
  var generation: Generation { box.generation }

  init(box: CaseBox) {
    self.box = box
    var isInVain = [Bool](repeating: false, count: box.generation.variables.count)
    for given in box.file.given where given.manner == .refused {
      for variable in box.generation.facts[given.fact].variables { isInVain[variable] = true }
    }
    for (variable, views) in box.generation.views {
      for view in views {
        let isUnknown = box.statements[view] == nil && box.statements[variable] != nil
        isInVain[view] = isInVain[variable] || isUnknown
      }
    }
    isSpokenOfInVain = isInVain
  }

  /// The answer to one rule as the case is heard.
  func conclude(_ number: Int, _ frames: FrameBoxes, _ advice: inout Advice) -> Conclusion {
    let frame = frames.box(of: number)
    var conclusion = Conclusion(rule: number, status: frame.status(of: generation.rules[number].node))
    guard let days = frame.days, let completions = frame.completions else { return conclusion }
    if !frame.keepsEveryDay { noteDaysLeftOut(days[frame.frame.day], frame.frame.window, in: &conclusion) }
    switch conclusion.status {
    case .holds:
      var reasoner = Reasoner(box: box, rule: number, frameBox: frame)
      giveGrounds(generation.rules[number], &reasoner, completions, &conclusion)
      countReasons(&reasoner, &conclusion, &advice)
    case .fails:
      var reasoner = Reasoner(box: box, rule: number, frameBox: frame)
      conclusion.failed = generation.rules[number].grounds.flatMap { lacking($0, &reasoner, completions) }
      countReasons(&reasoner, &conclusion, &advice)
    case .undetermined: advice.open.append(self.advice(number, frame, completions))
    case .contradictory, .notInForce, .unsettled: break
    }
    return conclusion
  }

  private func countReasons(
    _ reasoner: inout Reasoner, _ conclusion: inout Conclusion, _ advice: inout Advice
  ) {
    let node = generation.rules[conclusion.rule].node
    let sets = reasoner.reasonSets(for: node, being: conclusion.status == .holds)
    conclusion.reasons = .init(count: sets.reasons.count, isAtLeast: sets.isCapped)
    let changes = sets.changes.filter { !$0.isEmpty }.prefix(3).map { variables in
      variables.sorted().compactMap { box.reasonFact($0) }.withoutRepetition()
    }
    if !changes.isEmpty { advice.flips.append(.init(rule: conclusion.rule, changes: Array(changes))) }
  }

  /// Says which days were left out because no ground was in force.
  private func noteDaysLeftOut(_ days: ValueSet, _ window: ValueSet, in conclusion: inout Conclusion) {
    let left = days.intersection(window)
    if let first = days.least, let start = left.least, first < start {
      conclusion.onlyFrom = .init(dayNumber: start)
    }
    if let last = days.greatest, let end = left.greatest, end < last {
      conclusion.onlyUntil = .init(dayNumber: end + 1)
    }
  }

  private func giveGrounds(
    _ rule: Generation.LinkedRule, _ reasoner: inout Reasoner, _ box: Box, _ conclusion: inout Conclusion
  ) {
    for ground in rule.grounds where reasoner.isForced(ground.node, being: true, in: box) {
      let reason = reasoner.reason(for: ground.node, being: true)
      for interval in generation.clause(ground.clause).inForce
      where box.meets(interval.days, rule.day, generation) {
        conclusion.grounds.append(
          .init(
            clause: ground.clause, inForce: interval, reason: reason,
            exceptions: ground.exceptions.map(\.clause)))
      }
    }
    if conclusion.grounds.isEmpty {
      let frame = reasoner.frameBox
      let possible = rule.grounds.filter { frame.status(of: $0.node) != .fails }
      conclusion.either.clauses = possible.map(\.clause)
      conclusion.either.reason = reasoner.reason(for: rule.node, being: true)
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
    _ ground: Generation.LinkedGround, _ reasoner: inout Reasoner, _ box: Box
  ) -> [Conclusion.FailedElement] {
    let failed = ground.parts.filter { reasoner.isForced($0.node, being: false, in: box) }
    let whole = Generation.Part(element: .condition, formula: ground.formula, node: ground.node)
    return (failed.isEmpty ? [whole] : failed).map { part in
      .init(
        clause: ground.clause, element: part.element,
        reason: reasoner.reason(for: part.node, being: false))
    }
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
  var hearings = Hearings(file, under: generation)
  return generation.conclusions(of: file).map { ($0, hearings.status(of: $0, .joint)) }
}

/// What a pack's own tests look at: statuses, what is presumed, duties and cautions, without reasons or advice.
///
/// - Parameters:
///   - file: The case.
///   - rules: The conclusions that are asked about, by number.
///   - cautions: The cautions that are asked about, by number.
///   - generation: The generation under which the case was read.
/// - Returns: The answer as far as it was asked for.
package func decideBarely(
  _ file: Case, rules: Set<Int>, cautions: Set<Int>, under generation: Generation
) -> Answer {
  var decider = CaseDecider(file, under: generation)
  return decider.decideBarely(rules: rules, cautions: cautions)
}

/// The status of one conclusion, without reasons or advice; what it cannot reach is not looked at.
///
/// - Parameters:
///   - rule: The conclusion, by its number.
///   - file: The case.
///   - generation: The generation under which the case was read.
/// - Returns: What can be said of it.
public func status(of rule: Int, in file: Case, under generation: Generation) -> Status {
  // by place: what was given is looked at and not copied
  let given = file.given.indices
  if given.contains(where: { !file.given[$0].accounts.isEmpty || file.given[$0].throughout != nil }) {
    var hearings = Hearings(file, under: generation, reaching: generation.rules[rule].reach)
    return hearings.status(of: rule, .joint)
  }
  let node = generation.rules[rule].node
  let box = CaseBox(file, under: generation, reaching: generation.rules[rule].reach)
  let frame = FrameBox(box, generation.rules[rule].frame)
  frame.read(node)
  return frame.status(of: node)
}

/// One conclusion with its reasons and with advice on what is open about it.
///
/// - Parameters:
///   - rule: The conclusion, by its number.
///   - file: The case.
///   - generation: The generation under which the case was read.
/// - Returns: The same as ``decide(_:caseSHA256:under:)`` says about it.
public func conclude(
  on rule: Int, in file: Case, under generation: Generation
) -> (conclusion: Conclusion, advice: Advice) {
  var decider = CaseDecider(file, under: generation, reaching: generation.rules[rule].reach)
  return (decider.conclude(rule), decider.advice)
}
