// SPDX-License-Identifier: Apache-2.0

/// What is open, and what would settle it.
extension MarkdownWriter {
  /// The open conclusions that are shown in full.
  static let mostInFull = 4
  /// The suggested questions that are explained.
  static let mostHelp = 5

  mutating func open() {
    let conclusions = main(.undetermined)
    guard !conclusions.isEmpty else { return }
    section(wording.open)
    if !layout.open.isEmpty { lines += [wording.openMeaning, ""] }
    let questions = nextQuestions()
    for advice in layout.open.prefix(Self.mostInFull) { inFull(advice) }
    let rest = layout.open.dropFirst(Self.mostInFull)
    if !rest.isEmpty {
      lines += ["", "### \(wording.alsoOpen)", ""]
      for advice in rest { inALine(advice, questions) }
    }
    untouchedWithDuty()
  }

  // MARK: Questions

  /// Each suggested question once, with the conclusions it serves: first those from which a duty would follow, then those
  /// that serve most.
  ///
  /// - Returns: The facts that are asked about, in the order of the questions.
  private mutating func nextQuestions() -> [Int] {
    let advising = layout.open.isEmpty ? Array(layout.untouched.prefix(1)) : layout.open
    let facts = advising.compactMap(\.ask).withoutRepetition()
    let served = facts.map { fact in (fact, rules: advising.filter { $0.ask == fact }.map(\.rule)) }
    guard !served.isEmpty else { return [] }
    let ordered = served.enumerated().sorted { a, b in
      let (first, second) = (urgency(of: a.element.rules), urgency(of: b.element.rules))
      return first == second ? a.offset < b.offset : second.lexicographicallyPrecedes(first)
    }.map(\.element)
    lines += ["\(served.count == 1 ? wording.askNext : wording.askNextInOrder):", ""]
    for (place, (fact, rules)) in ordered.enumerated() {
      let titles = rules.map { wording.quoted(names.title(ofRule: $0)) }.joined(separator: ", ")
      let help = place < Self.mostHelp ? names.help(ofFact: fact).map { " \($0)" } ?? "" : ""
      lines.append("\(place + 1). **\(names.question(ofFact: fact))**\(help) \(wording.clearsUp(titles))")
    }
    return ordered.map(\.0)
  }

  private func urgency(of rules: [Int]) -> [Int] {
    [rules.contains { layout.givesDuty.contains($0) } ? 1 : 0, rules.count]
  }
}

/// One open conclusion.
extension MarkdownWriter {
  private mutating func inFull(_ advice: Advice.OpenConclusion) {
    guard let conclusion = decision.answer.conclusions.first(where: { $0.rule == advice.rule }) else {
      return
    }
    lines += ["", "### \(names.title(ofRule: advice.rule)): \(wording.openStatus)", ""]
    standing(conclusion, isDecided: false)
    for ground in advice.grounds {
      let missing = ground.missing.map { names.element($0) }.joined(separator: "; ")
      let clause = wording.capitalised(wording.underClause(names.cite(ground.clause)))
      lines.append("- \(clause), \(wording.stillOpen): \(missing)")
    }
    days(of: conclusion)
    if !isSaidByGrounds(advice) {
      lines.append(
        "- \(wording.findOut): " + advice.facts.map { question($0, in: advice.rule) }.joined(separator: " "))
    }
    settlements(advice)
  }

  private mutating func inALine(_ advice: Advice.OpenConclusion, _ questions: [Int]) {
    let standard =
      generation.rules[advice.rule].declaration.standard.map { " (\(wording.name(of: $0)))" } ?? ""
    let place = advice.ask.flatMap { questions.firstIndex(of: $0) }
    let ask = place.map { " – \(wording.question($0 + 1))" } ?? ""
    lines.append("- \(names.title(ofRule: advice.rule))\(standard)\(ask)")
    guard let conclusion = decision.answer.conclusions.first(where: { $0.rule == advice.rule }) else {
      return
    }
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

  /// A way to settle it each way; where one question of yes or no is open, one way says both.
  private mutating func settlements(_ advice: Advice.OpenConclusion) {
    var ways = [(advice.holdsIf, wording.enoughToHold), (advice.failsIf, wording.enoughToFail)]
    if advice.facts.count == 1, generation.facts[advice.facts[0].fact].declaration.type == .yesNo {
      ways.removeLast()
    }
    for (settlement, sentence) in ways {
      guard let facts = settlement.smallest.first else { continue }
      let more = settlement.ways > 1 ? wording.oneOf(settlement.ways) : ""
      lines.append("- " + sentence(names.reasons(facts).joined(separator: " · ")) + more)
    }
  }
}

/// What the file says nothing about.
extension MarkdownWriter {
  /// Of the conclusions that the file does not touch, those from which a duty would follow, each with its question.
  private mutating func untouchedWithDuty() {
    let (duties, others) = (layout.untouched.filter(givesDuty), layout.untouched.filter { !givesDuty($0) })
    if !duties.isEmpty {
      lines += ["", "### \(wording.untouchedWithDuty)", ""]
      for advice in duties {
        let ask = advice.ask.map { " – \(names.question(ofFact: $0))" } ?? ""
        lines.append("- \(names.title(ofRule: advice.rule))\(ask)")
      }
    }
    if !others.isEmpty { lines += ["", wording.otherUntouched(others.count)] }
  }

  private func givesDuty(_ advice: Advice.OpenConclusion) -> Bool { layout.givesDuty.contains(advice.rule) }

  /// The others, by title.
  mutating func untouched() {
    let others = layout.untouched.filter { !givesDuty($0) }
    guard !others.isEmpty else { return }
    section(wording.untouched)
    lines.append(others.map { names.title(ofRule: $0.rule) }.joined(separator: "; ") + ".")
  }
}
