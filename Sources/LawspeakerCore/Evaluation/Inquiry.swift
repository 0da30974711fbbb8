// SPDX-License-Identifier: Apache-2.0

/// Formulas that are asked of cases beside a generation's own, each in the completions of one of its rules.
///
/// What checks packs asks so whether a test shows something, and whether any case could.
package struct Inquiry: Sendable {
  /// The generation, with the questions laid out beside its own formulas.
  let generation: Generation
  private let questions: [Question]
  /// By frame, the nodes of all its questions: each stands after those it is made of.
  private let cones: [Int: Plan.Cone]

  private struct Question {
    let rule: Int
    let frame: Int
    let node: Int
  }

  /// Lays out questions.
  ///
  /// - Parameters:
  ///   - generation: The packs, with every name resolved.
  ///   - asked: Rules by number, each with a formula that compares variables with no other values than the rules do.
  package init(_ generation: Generation, asking asked: [(rule: Int, formula: Formula)]) {
    var generation = generation
    var questions: [Question] = []
    for (rule, formula) in asked {
      let node = generation.plan.add(formula)
      generation.plan.prepare(node)
      questions.append(Question(rule: rule, frame: generation.rules[rule].frame.number, node: node))
    }
    self.generation = generation
    self.questions = questions
    var nodes: [Int: Set<Int>] = [:]
    for question in questions {
      nodes[question.frame, default: []].formUnion(generation.plan.cone(of: question.node).nodes)
    }
    cones = nodes.mapValues { Plan.Cone(nodes: $0.sorted(), variables: []) }
  }

  /// How many questions there are.
  package var count: Int { questions.count }

  /// The questions that are true in every completion of a case, as far as it has any.
  ///
  /// - Parameters:
  ///   - file: The case, read under the generation.
  ///   - numbers: The questions that are asked.
  ///   - isExact: False to look with three truth values alone: quick, and some are missed.
  /// - Returns: Those of the questions that the case settles as true.
  package func settled(in file: Case, among numbers: [Int], isExact: Bool) -> [Int] {
    let box = CaseBox(file, under: generation)
    var settled: [Int] = []
    for (frame, numbers) in Dictionary(grouping: numbers, by: { questions[$0].frame }) {
      let looked = FrameBox(box, generation.rules[questions[numbers[0]].rule].frame)
      guard var completions = looked.completions, let cone = cones[frame] else { continue }
      generation.plan.read(cone, completions.masks, into: &completions.truths)
      for number in numbers {
        let node = questions[number].node
        switch completions.truths[node] {
        case .yes: settled.append(number)
        case .no: break
        case .open:
          if isExact, looked.evaluator.isForced(node, being: true, in: completions) == true {
            settled.append(number)
          }
        }
      }
    }
    return settled.sorted()
  }

  /// What all completions of a case say of a question; never, if it has none.
  func verity(of number: Int, in file: Case) -> Verity {
    let question = questions[number]
    let looked = FrameBox(CaseBox(file, under: generation), generation.rules[question.rule].frame)
    guard var completions = looked.completions else { return .never }
    generation.plan.read(
      generation.plan.cone(of: question.node), completions.masks, into: &completions.truths)
    return looked.evaluator.verity(of: question.node, in: completions)
  }

  /// The rule in whose completions a question is asked.
  func rule(of number: Int) -> Int { questions[number].rule }

  /// The variables that a question compares, in the order in which it names them.
  func compared(by number: Int) -> [Int] { generation.plan.cone(of: questions[number].node).variables }

  /// True if no case on any day can settle a question as true; false if that is not certain.
  ///
  /// The completions that are looked at are more than all cases have together: the day of assessment is left open, and
  /// what ties it to others is followed for one stretch of days of assessment at a time.
  package func isImpossible(_ number: Int) -> Bool {
    let stretches = generation.plan.cells[Generation.assessedOn]
    if canBe(number, assessedOn: .days) == false { return true }
    return stretches.allSatisfy { canBe(number, assessedOn: $0) == false }
  }

  /// Whether a question can be true in a case that is assessed on some days; nil if that was not settled.
  private func canBe(_ number: Int, assessedOn days: ValueSet) -> Bool? {
    let question = questions[number]
    let frame = generation.rules[question.rule].frame
    guard let domains = everyDay(frame, assessedOn: days) else { return false }
    var masks = generation.silent
    for flag in generation.flags { masks[flag.flag] = generation.plan.full[flag.flag] }
    for variable in frame.days {
      masks[variable] = generation.plan.mask(of: domains[variable], variable: variable)
    }
    var box = Box(
      masks: masks, domains: frame.tied.isEmpty ? nil : domains,
      truths: [Truth](repeating: .open, count: generation.plan.nodes.count))
    generation.plan.read(generation.plan.cone(of: question.node), masks, into: &box.truths)
    var evaluator = Evaluator(plan: generation.plan, frame: frame)
    switch evaluator.verity(of: question.node, in: box) {
    case .never: return false
    case .always, .sometimes: return true
    case .unsettled: return nil
    }
  }

  /// What the days of a frame can be, whatever a file says.
  private func everyDay(_ frame: Generation.Frame, assessedOn days: ValueSet) -> Domains? {
    let past = ValueSet(CivilDate.first.dayNumber, days.greatest ?? CivilDate.last.dayNumber)
    var domains = Domains(
      frame.days,
      frame.days.map { variable in
        if variable == Generation.assessedOn { return days }
        let domain = generation.variables[variable].domain
        return generation.governingDays.contains(variable) ? domain.intersection(past) : domain
      })
    guard domains.narrow(frame.day, to: frame.window), domains.settle(frame.relations) else { return nil }
    return domains
  }
}
