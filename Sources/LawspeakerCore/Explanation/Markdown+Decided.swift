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
  mutating func standing(_ conclusion: Conclusion, isDecided: Bool = true) {
    let rule = generation.rules[conclusion.rule]
    let bodies = rule.declaration.competent.map { names.body($0, of: rule.pack) }.joined(separator: ", ")
    let standard =
      rule.declaration.standard.map { wording.standard($0) } ?? (isDecided ? wording.standard(nil) : "")
    let parts = [standard, bodies.isEmpty ? "" : wording.competent(bodies)].filter { !$0.isEmpty }
    if !parts.isEmpty { lines.append("- " + wording.capitalised(parts.joined(separator: "; "))) }
    lines += unusual(conclusion)
  }

  /// What is presumed, the stretches of days, a later law that may be milder: said of a conclusion however short it is.
  func unusual(_ conclusion: Conclusion) -> [String] {
    let rule = generation.rules[conclusion.rule]
    var lines: [String] = []
    if let presumed = conclusion.presumed, presumed != conclusion.status {
      let bases = decision.answer.presumed.filter { $0.rules.contains(conclusion.rule) }.map { entry in
        let presumption = generation.presumptions[entry.presumption]
        let facts = names.reasons(presumption.presumes).joined(separator: " · ")
        return "\(wording.underClause(names.cite(presumption.clause))): \(facts)"
      }
      lines.append("- **\(wording.presumed(presumed))** (\(bases.joined(separator: "; ")))")
    }
    for part in conclusion.parts where conclusion.parts.count > 1 {
      let cites = part.grounds.map { names.cite($0) }.joined(separator: ", ")
      let words = wording.part(part.from.description, part.until.description, part.status)
      lines.append("- \(words)\(cites.isEmpty ? "" : " (\(cites))")")
    }
    for number in conclusion.changes {
      let change = generation.changes[number]
      let title = names.title(ofRule: change.rule)
      let words = wording.change(
        change.declaration.kind, wording.pick("“\(title)”", "«\(title)»"), names.cite(change.clause))
      lines.append("- \(wording.capitalised(words)): \(change.declaration.reason[names.language] ?? "")")
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
    let clause = wording.capitalised(wording.underClause(names.cite(ground.clause)))
    rests("\(clause) (\(force))", ground.reason, of: title)
    if !ground.exceptions.isEmpty {
      let cites = ground.exceptions.map { names.cite($0) }.joined(separator: ", ")
      lines.append("  - " + wording.exceptionsConsidered(cites))
    }
  }

  /// What something rests on: the facts, or where those of them stand above that are the same.
  private mutating func rests(_ what: String, _ reasons: [ReasonFact], of title: String) {
    let facts = names.reasons(reasons)
    let days = names.reasons(reasons.filter { generation.governingDays.contains($0.variable) })
    let key = facts.filter { !days.contains($0) }
    let above = reasonsAbove.filter { $0.facts.allSatisfy(key.contains) }.max {
      $0.facts.count < $1.facts.count
    }
    let start = "- \(what)" + (what.hasSuffix("?") ? " – " : ", ")
    if facts.count < 2 {
      lines.append(start + (facts.first.map { "\(wording.rests): \($0)" } ?? wording.restsOnNothing()))
    } else if let above {
      let more = facts.filter { !above.facts.contains($0) }.joined(separator: " · ")
      let same = above.title == title ? wording.sameFactsAsAbove : wording.sameFacts(as: above.title)
      lines.append(start + same + (more.isEmpty ? "" : wording.andAlso(more)))
    } else {
      lines.append("\(start)\(wording.rests):")
      lines += facts.map { "  - " + $0 }
    }
    if key.count > 1 { reasonsAbove.append((key, title)) }
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
      remark(wording.judged(what, by: judge))
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
    failingByAge(others)
    if others.isEmpty { lines.removeLast() }
  }

  /// What stands against them, and for each the conclusions that fail by it.
  private mutating func failingByAge(_ conclusions: [Conclusion]) {
    let reasons = conclusions.map { inShort($0) }
    for reason in reasons.withoutRepetition() {
      let own = zip(conclusions, reasons).filter { $0.1 == reason }.map(\.0)
      lines.append("- \(reason) – \(own.map { names.title(ofRule: $0.rule) }.joined(separator: "; "))")
      for conclusion in own where !unusual(conclusion).isEmpty {
        lines.append("  - \(names.title(ofRule: conclusion.rule)):")
        lines += unusual(conclusion).map { "    " + $0 }
      }
    }
  }

  /// What stands against a conclusion, what the same facts show together, with these in brackets.
  private func inShort(_ conclusion: Conclusion) -> String {
    let failed = failed(conclusion)
    func facts(_ failed: Conclusion.FailedElement) -> String {
      names.reasons(failed.reason, attributed: false).joined(separator: " · ")
    }
    func kind(_ failed: Conclusion.FailedElement) -> [String] {
      [isInTheWay(failed) ? wording.inTheWay : wording.lacks, facts(failed)]
    }
    let groups = failed.map(kind).withoutRepetition().map { group in
      let own = failed.filter { kind($0) == group }
      let named = own.filter { !isAboutItself($0) }.map { names.element($0.element) }.withoutRepetition()
      let elements = named.count < 2 ? named : named.map { wording.quoted($0) }
      let shown = [elements.joined(separator: ", "), elements.isEmpty ? group[1] : "(\(group[1]))"]
      return "\(group[0]): \(shown.filter { !$0.isEmpty && $0 != "()" }.joined(separator: " "))"
    }
    return wording.capitalised(groups.joined(separator: "; "))
  }

  private mutating func failing(_ conclusion: Conclusion) {
    let title = names.title(ofRule: conclusion.rule)
    lines += ["### \(title): \(wording.failsStatus(title))", ""]
    standing(conclusion)
    func isAlike(_ a: Conclusion.FailedElement, _ b: Conclusion.FailedElement) -> Bool {
      a.element == b.element && a.reason == b.reason
    }
    let all = failed(conclusion)
    for (place, failed) in all.enumerated() where !all[..<place].contains(where: { isAlike($0, failed) }) {
      let cites = all.filter { isAlike($0, failed) }.map { names.cite($0.clause) }.withoutRepetition()
      self.failed(failed, wording.capitalised(wording.underClause(cites.joined(separator: ", "))), of: title)
    }
    firmness(conclusion)
    days(of: conclusion)
    lines.append("")
  }

  private mutating func failed(_ failed: Conclusion.FailedElement, _ clause: String, of title: String) {
    if isAboutItself(failed) {
      let how = isInTheWay(failed) ? wording.inTheWay : wording.lacks
      lines.append("- \(clause), \(how): \(names.reasons(failed.reason).joined(separator: " · "))")
    } else if failed.element == .force {
      lines.append("- \(clause), \(against(failed))")
    } else {
      rests("\(clause), \(against(failed))", failed.reason, of: title)
    }
  }

  /// What is not met: a clause that was not there is named only if nothing else stands against the conclusion.
  private func failed(_ conclusion: Conclusion) -> [Conclusion.FailedElement] {
    let days = governingDays(of: generation.rules[conclusion.rule])
    let real = conclusion.failed.filter {
      $0.element != .force && !generation.clause($0.clause).days.isDisjoint(with: days)
    }
    return real.isEmpty ? conclusion.failed : real
  }

  /// True if what is not met is a fact, and the reason is what the file says of it.
  private func isAboutItself(_ failed: Conclusion.FailedElement) -> Bool {
    let facts = failed.reason.compactMap { generation.variables[$0.variable].fact }
    return !facts.isEmpty && facts.allSatisfy { .fact($0) == failed.element }
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
    case .exception: return true
    case .force, .condition: return false
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
    if !remarks.isEmpty { remark(wording.capitalised(remarks.joined(separator: "; "))) }
  }

  mutating func unanswered() {
    let words: [(Status, String)] = [
      (.contradictory, wording.contradictory), (.notInForce, wording.notInForce),
      (.unsettled, wording.unsettled),
    ]
    let entries = words.compactMap { status, words -> String? in
      let titles = main(status).map { names.title(ofRule: $0.rule) }
      return titles.isEmpty ? nil : "- \(wording.capitalised(words)): \(titles.joined(separator: "; "))"
    }
    guard !entries.isEmpty else { return }
    section(wording.otherwise)
    lines += entries
  }

  /// The notions that the conclusions shown in full are built of, those together that are answered alike; an open one
  /// only beneath what is open, since what is decided does not wait for it.
  mutating func elements() {
    let decided = generation.notions(beneath: layout.inFull(decision) { generation.standsForItself($0) })
    let open = generation.notions(beneath: layout.open.prefix(Self.mostInFull).map(\.rule))
    let elements = decision.answer.conclusions.filter {
      !isMain($0) && ($0.status == .undetermined ? open : decided).contains(generation.rules[$0.rule].id)
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
