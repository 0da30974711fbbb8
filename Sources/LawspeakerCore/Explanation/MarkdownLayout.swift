// SPDX-License-Identifier: Apache-2.0

/// Which conclusions a decision for people shows in full, which in a line, and which it folds.
struct MarkdownLayout {
  /// What is open and touched by the file: what is presumed first, then that from which a duty may follow, then the
  /// nearest to settled, then in pack order.
  let open: [Advice.OpenConclusion]
  /// What is open and of which the file says nothing, in pack order.
  let untouched: [Advice.OpenConclusion]
  /// What is not met for more than an age, and touched by more, in pack order.
  let failing: [Int]
  /// Rules from which something must be done by others than the State.
  let givesDuty: Set<Int>

  init(_ decision: Decision, of file: Case, under generation: Generation, isMain: (Int) -> Bool) {
    let conclusions = decision.answer.conclusions.filter { isMain($0.rule) }
    let presumed = Set(conclusions.filter { $0.presumed != nil && $0.presumed != $0.status }.map(\.rule))
    let main = Set(conclusions.map(\.rule))
    let open = decision.advice.open.filter { main.contains($0.rule) }
    untouched = open.filter { $0.isUntouched && !presumed.contains($0.rule) }
    let givesDuty = Self.rulesWithDuties(file, generation)
    self.givesDuty = givesDuty
    self.open = open.filter { !$0.isUntouched || presumed.contains($0.rule) }.sorted { a, b in
      func key(_ advice: Advice.OpenConclusion) -> [Int] {
        let urgency = presumed.contains(advice.rule) ? 0 : givesDuty.contains(advice.rule) ? 1 : 2
        return [urgency, advice.facts.count, advice.rule]
      }
      return key(a).lexicographicallyPrecedes(key(b))
    }
    let said = Set(file.given.flatMap(\.values).map(\.variable))
    let beside = generation.agesAndBirths.union(generation.governingDays)
    failing = conclusions.filter { conclusion in
      conclusion.status == .fails && generation.isTouched(conclusion.rule, saying: said.contains)
        && !conclusion.failed.flatMap(\.reason).allSatisfy { beside.contains($0.variable) }
    }.map(\.rule)
  }

  private static func rulesWithDuties(_ file: Case, _ generation: Generation) -> Set<Int> {
    Set(
      generation.duties.filter { duty in
        duty.declaration.isMust && duty.declaration.byWhom != "state" && file.packs.contains(duty.pack)
          && generation.clause(duty.clause).days.contains(file.assessedOn.dayNumber)
      }.map(\.rule))
  }

  /// The conclusions shown in full, with those that hold.
  func inFull(_ decision: Decision, isMain: (Int) -> Bool) -> [Int] {
    let holding = decision.answer.conclusions.filter { $0.status == .holds && isMain($0.rule) }.map(\.rule)
    return holding + open.prefix(MarkdownWriter.mostInFull).map(\.rule) + failing
  }
}

extension Generation {
  /// The rules that some rules are built of, themselves left out, by name: a rule may stand there under a standard.
  func notions(beneath rules: [Int]) -> Set<String> {
    var found: Set<Int> = []
    var waiting = rules
    while let next = waiting.popLast() {
      self.rules[next].formula.forEachLeaf({ _ in }) { inner in
        if found.insert(inner).inserted { waiting.append(inner) }
      }
    }
    return Set(found.map { self.rules[$0].id })
  }
}
