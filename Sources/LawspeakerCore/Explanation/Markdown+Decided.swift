// SPDX-License-Identifier: Apache-2.0

/// What holds, what does not, and how firmly.
extension MarkdownWriter {
  mutating func holding() {
    let conclusions = main(.holds)
    guard !conclusions.isEmpty else { return }
    section(wording.holds)
    for conclusion in conclusions {
      let title = names.title(ofRule: conclusion.rule)
      lines += ["### \(title): \(wording.holdsStatus(title))", ""]
      standing(conclusion)
      for ground in conclusion.grounds { self.ground(ground, of: title) }
      if !conclusion.either.clauses.isEmpty {
        let cites = conclusion.either.clauses.map { names.cite($0) }.joined(separator: ", ")
        rests(wording.either(cites), conclusion.either.reason, of: title)
      }
      judged(conclusion.judged)
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
    lines += unusual(conclusion)
  }

  /// What is presumed, the stretches of days, a later law that may be milder: said of a conclusion however short it is.
  func unusual(_ conclusion: Conclusion) -> [String] {
    let rule = generation.rules[conclusion.rule]
    var lines: [String] = []
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
    return lines
  }

  private mutating func ground(_ ground: Conclusion.AppliedGround, of title: String) {
    let until = ground.inForce.until.map { " \(wording.until) \($0)" } ?? ""
    let force = "\(wording.inForceFrom) \(ground.inForce.from)\(until)"
    rests("\(wording.underClause(names.cite(ground.clause))) (\(force))", ground.reason, of: title)
    if !ground.exceptions.isEmpty {
      let cites = ground.exceptions.map { names.cite($0) }.joined(separator: ", ")
      lines.append("  - " + wording.exceptionsConsidered(cites))
    }
  }

  /// What something rests on: the facts, or under which title the same ones stand above.
  private mutating func rests(_ what: String, _ reasons: [ReasonFact], of title: String) {
    let facts = names.reasons(reasons)
    let key = facts.joined(separator: "\n")
    if facts.count > 1, let above = reasonsAbove[key] {
      lines.append("- \(what), " + (above == title ? wording.sameFactsAsAbove : wording.sameFacts(as: above)))
    } else if facts.count < 2 {
      lines.append("- \(what), " + (facts.first.map { "\(wording.rests): \($0)" } ?? wording.restsOnNothing()))
    } else {
      lines.append("- \(what), \(wording.rests):")
      lines += facts.map { "  - " + $0 }
      reasonsAbove[key] = title
    }
  }

  /// What the reasons call by its legal name, and who judged it so.
  private mutating func judged(_ judgements: [Conclusion.Judgement]) {
    var judges: [String?] = []
    for judgement in judgements where !judges.contains(judgement.by) { judges.append(judgement.by) }
    for judge in judges {
      let what = judgements.filter { $0.by == judge }.map { judgement in
        let type = generation.facts[judgement.fact].declaration.type
        let label = judgement.member.map { names.label(type.members[$0], ofFact: judgement.fact) }
        return wording.quoted(label ?? names.question(ofFact: judgement.fact))
      }
      lines.append("- " + wording.judged(what, by: judge))
    }
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
    let inFull = conclusions.filter { layout.failing.contains($0.rule) }
    for conclusion in inFull { failing(conclusion) }
    let others = conclusions.filter { !layout.failing.contains($0.rule) }
    if !inFull.isEmpty, !others.isEmpty { lines += ["### \(wording.failsByAge)", ""] }
    for conclusion in others {
      let reasons = failed(conclusion).map { failed in
        let facts = names.reasons(failed.reason, attributed: false).joined(separator: " · ")
        return facts.isEmpty ? against(failed) : "\(against(failed)): \(facts)"
      }.withoutRepetition()
      lines.append("- \(names.title(ofRule: conclusion.rule)) – \(reasons.joined(separator: "; "))")
      lines += unusual(conclusion).map { "  " + $0 }
    }
    if others.isEmpty { lines.removeLast() }
  }

  private mutating func failing(_ conclusion: Conclusion) {
    let title = names.title(ofRule: conclusion.rule)
    lines += ["### \(title): \(wording.failsStatus(title))", ""]
    standing(conclusion)
    for failed in failed(conclusion) {
      let what = "\(wording.underClause(names.cite(failed.clause))), \(against(failed))"
      if failed.element == .force { lines.append("- \(what)") } else { rests(what, failed.reason, of: title) }
    }
    firmness(conclusion)
    days(of: conclusion)
    lines.append("")
  }

  /// What is not met: a clause that was not there is named only if nothing else stands against the conclusion.
  private func failed(_ conclusion: Conclusion) -> [Conclusion.FailedElement] {
    let real = conclusion.failed.filter { $0.element != .force }
    return real.isEmpty ? conclusion.failed : real
  }

  private func against(_ failed: Conclusion.FailedElement) -> String {
    "\(isInTheWay(failed) ? wording.inTheWay : wording.lacks): \(names.element(failed.element))"
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
    var remarks: [String] = []
    if count.count > 0 {
      remarks.append(count.count == 1 && !count.isAtLeast ? wording.onlyReason : wording.reasonCount(count))
    }
    let flips = decision.advice.flips.first { $0.rule == conclusion.rule }
    if let change = flips?.changes.first {
      let fixed = change.contains { !generation.canChange($0) } ? " (\(wording.cannotChange))" : ""
      let facts = names.reasons(change, attributed: false).joined(separator: " · ")
      remarks.append(wording.wouldFlip(facts) + fixed)
    }
    if !remarks.isEmpty { lines.append("- " + remarks.joined(separator: "; ")) }
  }

  mutating func unanswered() {
    let words: [(Status, String)] = [
      (.contradictory, wording.contradictory), (.notInForce, wording.notInForce),
      (.unsettled, wording.unsettled),
    ]
    let entries = words.compactMap { status, words -> String? in
      let titles = main(status).map { names.title(ofRule: $0.rule) }
      return titles.isEmpty ? nil : "- \(words): \(titles.joined(separator: "; "))"
    }
    guard !entries.isEmpty else { return }
    section(wording.otherwise)
    lines += entries
  }

  /// The notions that the conclusions shown in full are built of, those together that are answered alike.
  mutating func elements() {
    let inFull = layout.inFull(decision) { generation.standsForItself($0) }
    let shown = generation.notions(beneath: inFull)
    let elements = decision.answer.conclusions.filter {
      !isMain($0) && shown.contains(generation.rules[$0.rule].id)
    }
    let answers: [Status] = [.holds, .fails, .undetermined, .contradictory, .unsettled]
    let entries = answers.compactMap { status -> String? in
      let titles = elements.filter { $0.status == status }.map { names.title(ofRule: $0.rule) }
      return titles.isEmpty ? nil : "- \(wording.element(status)): \(titles.joined(separator: "; "))"
    }
    guard !entries.isEmpty else { return }
    section(wording.elements)
    lines += entries
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
}
