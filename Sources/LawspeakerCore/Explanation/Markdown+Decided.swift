// SPDX-License-Identifier: Apache-2.0

/// What holds, what does not, and how firmly.
extension MarkdownWriter {
  mutating func holding() {
    let conclusions = main(.holds)
    guard !conclusions.isEmpty else { return }
    section(wording.holds)
    for conclusion in conclusions {
      lines += ["### \(names.title(ofRule: conclusion.rule)): \(wording.holdsStatus)", ""]
      standing(conclusion)
      for ground in conclusion.grounds { self.ground(ground) }
      if !conclusion.either.clauses.isEmpty {
        let cites = conclusion.either.clauses.map { names.cite($0) }.joined(separator: ", ")
        lines.append("- " + wording.either(cites))
        reasons(conclusion.either.reason)
      }
      for judgement in conclusion.judged { lines.append("- " + judged(judgement)) }
      firmness(conclusion)
      days(of: conclusion)
      lines.append("")
    }
    lines.removeLast()
  }

  /// To which standard, by whom, on what is presumed, in which stretch of days, and under which later law.
  mutating func standing(_ conclusion: Conclusion) {
    let rule = generation.rules[conclusion.rule]
    let bodies = rule.declaration.competent.map { names.body($0, of: rule.pack) }.joined(separator: ", ")
    let competent = bodies.isEmpty ? "" : "; \(wording.competent(bodies))"
    lines.append("- \(wording.standard(rule.declaration.standard))\(competent)")
    if let presumed = conclusion.presumed {
      let bases = decision.answer.presumed.filter { $0.rules.contains(conclusion.rule) }.map { entry in
        let presumption = generation.presumptions[entry.presumption]
        let facts = names.reasons(presumption.presumes).joined(separator: " · ")
        return wording.presumes(facts, names.cite(presumption.clause))
      }
      lines.append("- **\(wording.presumed(presumed))**")
      lines += bases.map { "  - " + $0 }
    }
    for part in conclusion.parts {
      let cites = part.grounds.map { names.cite($0) }.joined(separator: ", ")
      let words = wording.part(part.from.description, part.until.description, part.status)
      lines.append("- \(words)\(cites.isEmpty ? "" : " (\(cites))")")
    }
    if !conclusion.laterLaw.isEmpty {
      let clause = rule.lawInTime.map { names.cite($0.clause) }
      lines.append(
        "- "
          + wording.laterLaw(conclusion.laterLaw.map { names.cite($0) }.joined(separator: ", "), by: clause))
    }
  }

  private mutating func ground(_ ground: Conclusion.AppliedGround) {
    let until = ground.inForce.until.map { " \(wording.until) \($0)" } ?? ""
    let force = "\(wording.inForceFrom) \(ground.inForce.from)\(until)"
    lines.append("- \(wording.underClause(names.cite(ground.clause))) (\(force)), \(wording.rests):")
    reasons(ground.reason)
    if !ground.exceptions.isEmpty {
      let cites = ground.exceptions.map { names.cite($0) }.joined(separator: ", ")
      lines.append("  - " + wording.exceptionsConsidered(cites))
    }
  }

  private mutating func reasons(_ reasons: [ReasonFact]) {
    if reasons.isEmpty { lines.append("  - " + wording.restsOnNothing()) }
    for reason in names.reasons(reasons) { lines.append("  - " + reason) }
  }

  private func judged(_ judgement: Conclusion.Judgement) -> String {
    let fact = generation.facts[judgement.fact]
    let what = judgement.member.map { names.label(fact.declaration.type.members[$0], ofFact: judgement.fact) }
    return wording.judged(what ?? names.question(ofFact: judgement.fact), by: judgement.by)
  }

  mutating func days(of conclusion: Conclusion) {
    if let day = conclusion.onlyFrom { lines.append("- " + wording.onlyFrom(day.description)) }
    if let day = conclusion.onlyUntil { lines.append("- " + wording.onlyUntil(day.description)) }
  }

  mutating func failing() {
    let conclusions = main(.fails)
    guard !conclusions.isEmpty else { return }
    section(wording.fails)
    lines += [wording.failsHelp, ""]
    for conclusion in conclusions {
      lines += ["### \(names.title(ofRule: conclusion.rule)): \(wording.failsStatus)", ""]
      standing(conclusion)
      for failed in conclusion.failed {
        let element = names.element(failed.element)
        let how = isInTheWay(failed) ? wording.inTheWay : wording.lacks
        lines.append("- \(wording.underClause(names.cite(failed.clause))), \(how): \(element)")
        if failed.element != .force { reasons(failed.reason) }
      }
      firmness(conclusion)
      days(of: conclusion)
      lines.append("")
    }
    lines.removeLast()
  }

  /// True if a ground fails since something is so that must not be, rather than for want of it.
  private func isInTheWay(_ failed: Conclusion.FailedElement) -> Bool {
    switch failed.element {
    case .rule(let number):
      let id = generation.rules[number].id
      return decision.answer.conclusions.contains {
        generation.rules[$0.rule].id == id && $0.status == .holds
      }
    case .fact(let number):
      switch generation.facts[number].declaration.type {
      case .yesNo, .set:
        return failed.reason.contains {
          generation.variables[$0.variable].fact == number && $0.values == .yes
        }
      case .date, .quantity, .oneOf: return false
      }
    case .exception, .force, .condition: return false
    }
  }

  /// How firmly an answer stands: how many reasons it has, and what would undo it.
  mutating func firmness(_ conclusion: Conclusion) {
    let count = conclusion.reasons
    if count.count > 0 {
      lines.append(
        "- " + (count.count == 1 && !count.isAtLeast ? wording.onlyReason : wording.reasonCount(count)))
    }
    let flips = decision.advice.flips.first { $0.rule == conclusion.rule }
    guard let change = flips?.changes.first else { return }
    let fixed = change.contains { !generation.canChange($0) } ? " (\(wording.cannotChange))" : ""
    lines.append("- " + wording.wouldFlip(names.reasons(change).joined(separator: " · ")) + fixed)
  }

  mutating func unanswered() {
    let words: [(Status, String)] = [
      (.contradictory, wording.contradictory), (.notInForce, wording.notInForce),
      (.unsettled, wording.unsettled),
    ]
    let entries = words.flatMap { status, words in
      main(status).map { "- \(names.title(ofRule: $0.rule)): \(words)" }
    }
    guard !entries.isEmpty else { return }
    section(wording.otherwise)
    lines += entries
  }

  mutating func elements() {
    let elements = decision.answer.conclusions.filter { !isMain($0) }
    guard !elements.isEmpty else { return }
    section(wording.elements)
    for conclusion in elements {
      lines.append("- \(names.title(ofRule: conclusion.rule)): \(words(for: conclusion.status))")
    }
  }

  /// Conclusions side by side, an aspect a line: so that neither is taken for the other.
  mutating func comparisons() {
    for number in decision.answer.comparisons {
      let comparison = generation.comparisons[number]
      guard let text = names.texts(comparison.pack).comparisons[comparison.declaration.name] else { continue }
      section(text.title)
      lines += ["\(wording.sideBySide(names.cite(comparison.clause)))", ""]
      let titles = comparison.rules.map { names.title(ofRule: $0) }
      lines.append("| | \(titles.joined(separator: " | ")) |")
      lines.append("|---|" + titles.map { _ in "---|" }.joined())
      for aspect in comparison.declaration.aspects {
        let words = comparison.declaration.rules.map { text.words[$0.text]?[aspect] ?? "" }
        lines.append("| \(text.aspects[aspect] ?? aspect) | \(words.joined(separator: " | ")) |")
      }
    }
  }

  func words(for status: Status) -> String {
    switch status {
    case .holds: wording.holdsStatus
    case .fails: wording.failsStatus
    case .undetermined: wording.openStatus
    case .contradictory: wording.contradictory
    case .notInForce: wording.notInForce
    case .unsettled: wording.unsettled
    }
  }
}
