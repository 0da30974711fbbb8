// SPDX-License-Identifier: Apache-2.0

/// What is open, and what would settle it.
extension MarkdownWriter {
  /// The open conclusions that are shown in full.
  static let mostInFull = 4

  mutating func open() {
    let conclusions = main(.undetermined)
    guard !conclusions.isEmpty else { return }
    section(wording.open)
    lines += [wording.openMeaning]
    nextQuestions()
    for advice in layout.open.prefix(Self.mostInFull) { inFull(advice) }
    let rest = layout.open.dropFirst(Self.mostInFull)
    if !rest.isEmpty {
      lines += ["", "### \(wording.alsoOpen)", ""]
      for advice in rest { inALine(advice) }
    }
    untouched()
  }

  // MARK: Questions

  /// Each suggested question once, with the conclusions it serves: first those from which a duty would follow, then those
  /// that serve most.
  private mutating func nextQuestions() {
    let advising = layout.open.isEmpty ? Array(layout.untouched.prefix(Self.mostInFull)) : layout.open
    var served: [(fact: Int, rules: [Int])] = []
    for advice in advising {
      guard let ask = advice.ask else { continue }
      if let place = served.firstIndex(where: { $0.fact == ask }) {
        served[place].rules.append(advice.rule)
      } else {
        served.append((ask, [advice.rule]))
      }
    }
    guard !served.isEmpty else { return }
    let ordered = served.enumerated().sorted { a, b in
      let (first, second) = (urgency(of: a.element.rules), urgency(of: b.element.rules))
      return first == second ? a.offset < b.offset : second.lexicographicallyPrecedes(first)
    }
    lines += ["", "\(served.count == 1 ? wording.askNext : wording.askNextInOrder):", ""]
    for (place, entry) in ordered.enumerated() {
      let titles = entry.element.rules.map { wording.quoted(names.title(ofRule: $0)) }.joined(separator: ", ")
      let help = names.help(ofFact: entry.element.fact).map { " \($0)" } ?? ""
      let question = names.question(ofFact: entry.element.fact)
      lines.append("\(place + 1). **\(question)**\(help) \(wording.serves(titles))")
    }
  }

  private func urgency(of rules: [Int]) -> [Int] {
    [rules.contains { layout.givesDuty.contains($0) } ? 1 : 0, rules.count]
  }
}

/// One open conclusion.
extension MarkdownWriter {
  private mutating func inFull(_ advice: Advice.OpenConclusion) {
    guard let conclusion = decision.answer.conclusions.first(where: { $0.rule == advice.rule }) else { return }
    lines += ["", "### \(names.title(ofRule: advice.rule)): \(wording.openStatus)", ""]
    standing(conclusion)
    for ground in advice.grounds {
      let missing = ground.missing.map { names.element($0) }.joined(separator: "; ")
      lines.append("- \(wording.underClause(names.cite(ground.clause))), \(wording.stillOpen): \(missing)")
    }
    days(of: conclusion)
    if !isSaidByGrounds(advice) {
      lines.append("- \(wording.findOut): " + advice.facts.map { question($0, in: advice.rule) }.joined(separator: " "))
    }
    settlements(advice)
  }

  private mutating func inALine(_ advice: Advice.OpenConclusion) {
    let standard = generation.rules[advice.rule].declaration.standard.map { " (\(wording.name(of: $0)))" } ?? ""
    let ask = advice.ask.map { " – \(names.question(ofFact: $0))" } ?? ""
    lines.append("- \(names.title(ofRule: advice.rule))\(standard)\(ask)")
    guard let conclusion = decision.answer.conclusions.first(where: { $0.rule == advice.rule }) else { return }
    lines += unusual(conclusion).map { "  " + $0 }
  }

  /// True if the facts that can still matter are what the one ground names as open, and no more need be said of them.
  private func isSaidByGrounds(_ advice: Advice.OpenConclusion) -> Bool {
    guard advice.grounds.count == 1 else { return false }
    let named = advice.grounds[0].missing
    return named.count == advice.facts.count
      && advice.facts.allSatisfy { open in
        named.contains(.fact(open.fact)) && members(of: open).isEmpty && remark(on: open, advice.rule) == nil
      }
  }

  private func question(_ open: Advice.OpenFact, in rule: Int) -> String {
    let labels = members(of: open)
    let members = labels.isEmpty ? "" : " (\(labels.joined(separator: ", ")))"
    let remark = remark(on: open, rule).map { " (\($0))" } ?? ""
    return names.question(ofFact: open.fact) + members + remark
  }

  /// The members of a set that can still matter, if not all can.
  private func members(of open: Advice.OpenFact) -> [String] {
    let members = generation.facts[open.fact].declaration.type.members
    guard open.members.count < members.count else { return [] }
    return open.members.map { names.label(members[$0], ofFact: open.fact) }
  }

  private func remark(on open: Advice.OpenFact, _ rule: Int) -> String? {
    open.isRefused ? wording.refused : foundToLess(open, generation.rules[rule])
  }

  /// What the file says of a fact that is open only because it was found to less than the rule asks.
  private func foundToLess(_ open: Advice.OpenFact, _ rule: Generation.LinkedRule) -> String? {
    guard let standard = rule.declaration.standard,
      let given = file.given.first(where: { $0.fact == open.fact })
    else { return nil }
    let first = generation.facts[open.fact].variables.lowerBound
    let variables = open.members.isEmpty ? [first] : open.members.map { first + $0 }
    let less = given.values.filter { said in
      variables.contains(said.variable) && said.foundTo < standard
        && said.values != generation.variables[said.variable].domain
    }
    guard let weakest = less.map(\.foundTo).min() else { return nil }
    let said = less.map { ReasonFact(variable: $0.variable, values: $0.values) }
    return wording.foundToLess(names.answer(said, ofFact: open.fact), weakest)
  }

  private mutating func settlements(_ advice: Advice.OpenConclusion) {
    let ways = [(advice.holdsIf, wording.enoughToHold), (advice.failsIf, wording.enoughToFail)]
    for (settlement, sentence) in ways {
      guard let facts = settlement.smallest.first else { continue }
      let more = settlement.ways > 1 ? wording.oneOf(settlement.ways) : ""
      lines.append("- " + sentence(names.reasons(facts).joined(separator: " · ")) + more)
    }
  }

  /// The conclusions of which the file says nothing, in two sentences: those from which a duty would follow stand first.
  private mutating func untouched() {
    let rules = layout.untouched.map(\.rule)
    guard !rules.isEmpty else { return }
    let (duties, others) = (rules.filter(layout.givesDuty.contains), rules.filter { !layout.givesDuty.contains($0) })
    func titles(_ rules: [Int]) -> String { rules.map { names.title(ofRule: $0) }.joined(separator: "; ") }
    lines += ["", wording.untouched]
    if !duties.isEmpty { lines += ["", wording.untouchedWithDuty(titles(duties))] }
    if !others.isEmpty { lines += ["", duties.isEmpty ? "\(titles(others))." : wording.otherUntouched(titles(others))] }
  }
}
