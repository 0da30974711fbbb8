// SPDX-License-Identifier: Apache-2.0

extension Decision {
  /// The decision for people, in the order of design section 7: what is open, what holds, what does not, what was
  /// disregarded, what is not modelled, packs and clauses.
  ///
  /// - Parameters:
  ///   - language: The language of the text.
  ///   - version: The number of this version of the case; nil if nothing was recorded.
  ///   - file: The case, for who said what and where it is written down.
  ///   - generation: The generation under which it was decided.
  /// - Returns: The text, ending in a newline.
  public func markdown(
    in language: Language, version: Int?, of file: Case, under generation: Generation
  ) -> String {
    let names = Names(generation: generation, wording: Wording(language: language), given: file.given)
    var writer = MarkdownWriter(decision: self, names: names)
    return writer.write(version: version)
  }
}

struct MarkdownWriter {
  let decision: Decision
  let names: Names
  private var lines: [String] = []
  private var wording: Wording { names.wording }
  private var generation: Generation { names.generation }

  init(decision: Decision, names: Names) {
    self.decision = decision
    self.names = names
  }

  mutating func write(version: Int?) -> String {
    heading(version)
    contradictions()
    cautions()
    open()
    holding()
    failing()
    unanswered()
    elements()
    disregarded()
    notModelled()
    packs()
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func section(_ title: String) { lines += ["", "## \(title)", ""] }

  private mutating func heading(_ version: Int?) {
    lines.append("# \(wording.title): \(decision.reference)")
    lines.append("")
    if !decision.isJurisdictionStated { lines += [wording.assumedJurisdiction(decision.jurisdiction), ""] }
    lines.append("> \(wording.fixedSentence)")
    lines.append("")
    let versionText = version.map { " · \(wording.version): \($0)" } ?? ""
    lines.append("\(wording.assessedOn): \(decision.assessedOn)\(versionText)")
  }

  /// The conclusions that stand for themselves; the notions they are built of are listed apart.
  private func main(_ status: Status) -> [Conclusion] {
    decision.answer.conclusions.filter { $0.status == status && isMain($0) }
  }

  private func isMain(_ conclusion: Conclusion) -> Bool {
    let rule = generation.rules[conclusion.rule]
    let rules = generation.packs[rule.pack].rules
    return rule.declaration.about != nil || !rules.contains { $0.about != nil }
  }

  private mutating func contradictions() {
    guard !decision.answer.contradictions.isEmpty else { return }
    section(wording.contradictions)
    for contradiction in decision.answer.contradictions {
      let facts = names.reasons(contradiction.facts)
      let touched = contradiction.touches.map { names.title(ofRule: $0) }
      let touches = touched.isEmpty ? "" : " (\(wording.touches): \(touched.joined(separator: ", ")))"
      lines.append("- " + facts.joined(separator: " · ") + touches)
    }
    lines += ["", wording.contradictionHelp]
  }

  private mutating func cautions() {
    guard !decision.answer.cautions.isEmpty else { return }
    section(wording.cautions)
    for caution in decision.answer.cautions {
      switch caution {
      case .ofPack(let number): lines.append("- " + names.caution(number))
      case .denialWithoutSource(let fact):
        lines.append("- " + wording.denialWithoutSource(names.question(ofFact: fact)))
      case .notProved(let fact): lines.append("- " + wording.notProved(names.question(ofFact: fact)))
      }
    }
  }

  private mutating func open() {
    let conclusions = main(.undetermined)
    guard !conclusions.isEmpty else { return }
    section(wording.open)
    for conclusion in conclusions where !isUntouched(conclusion.rule) {
      lines.append("### \(names.title(ofRule: conclusion.rule)): \(wording.openStatus)")
      lines.append("")
      guard let advice = decision.advice.open.first(where: { $0.rule == conclusion.rule }) else { continue }
      for ground in advice.grounds {
        let missing = ground.missing.map { names.element($0) }.joined(separator: "; ")
        lines.append("- \(wording.underClause(names.cite(ground.clause))), \(wording.stillOpen): \(missing)")
      }
      days(of: conclusion)
      questions(advice)
    }
    let untouched = conclusions.filter { isUntouched($0.rule) }.map { names.title(ofRule: $0.rule) }
    if untouched.isEmpty {
      lines.removeLast()
    } else {
      lines.append(wording.untouched(untouched.joined(separator: ", ")))
    }
  }

  private func isUntouched(_ rule: Int) -> Bool {
    decision.advice.open.contains { $0.rule == rule && $0.isUntouched }
  }

  private mutating func questions(_ advice: Advice.OpenConclusion) {
    lines += ["", "\(wording.findOut):", ""]
    for open in advice.facts {
      let all = generation.facts[open.fact].declaration.type.members.count
      let labels =
        open.members.count == all
        ? []
        : open.members.map { member in
          names.label(generation.facts[open.fact].declaration.type.members[member], ofFact: open.fact)
        }
      let members = labels.isEmpty ? "" : " (\(labels.joined(separator: ", ")))"
      let refused = open.isRefused ? ": \(wording.refused)" : ""
      lines.append("- \(names.question(ofFact: open.fact))\(members)\(refused)")
    }
    if let ask = advice.ask {
      lines += ["", "\(wording.askNext): **\(names.question(ofFact: ask))**"]
      if let help = names.help(ofFact: ask) { lines += ["", help] }
    }
    settlements(advice)
    lines.append("")
  }

  private mutating func settlements(_ advice: Advice.OpenConclusion) {
    let ways = [(advice.holdsIf, wording.enoughToHold), (advice.failsIf, wording.enoughToFail)]
    lines.append("")
    for (settlement, sentence) in ways {
      guard let facts = settlement.smallest.first else { continue }
      let more = settlement.ways > 1 ? wording.oneOf(settlement.ways) : ""
      lines.append("- " + sentence(names.reasons(facts).joined(separator: " · ")) + more)
    }
  }

  /// How firmly an answer stands: how many reasons it has, and what would undo it.
  private mutating func firmness(_ conclusion: Conclusion) {
    let count = conclusion.reasons
    lines.append(
      "- " + (count.count == 1 && !count.isAtLeast ? wording.onlyReason : wording.reasonCount(count)))
    let flips = decision.advice.flips.first { $0.rule == conclusion.rule }
    guard let change = flips?.changes.first else { return }
    let fixed = change.contains { !generation.canChange($0) } ? " (\(wording.cannotChange))" : ""
    lines.append("- " + wording.wouldFlip(names.reasons(change).joined(separator: " · ")) + fixed)
  }

  private mutating func holding() {
    let conclusions = main(.holds)
    guard !conclusions.isEmpty else { return }
    section(wording.holds)
    for conclusion in conclusions {
      lines += ["### \(names.title(ofRule: conclusion.rule)): \(wording.holdsStatus)", ""]
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

  private mutating func days(of conclusion: Conclusion) {
    if let day = conclusion.onlyFrom { lines.append("- " + wording.onlyFrom(day.description)) }
    if let day = conclusion.onlyUntil { lines.append("- " + wording.onlyUntil(day.description)) }
  }

  private mutating func failing() {
    let conclusions = main(.fails)
    guard !conclusions.isEmpty else { return }
    section(wording.fails)
    lines += [wording.failsHelp, ""]
    for conclusion in conclusions {
      lines += ["### \(names.title(ofRule: conclusion.rule)): \(wording.failsStatus)", ""]
      for failed in conclusion.failed {
        let element = names.element(failed.element)
        lines.append("- \(wording.underClause(names.cite(failed.clause))), \(wording.lacks): \(element)")
        if failed.element != .force { reasons(failed.reason) }
      }
      firmness(conclusion)
      days(of: conclusion)
      lines.append("")
    }
    lines.removeLast()
  }

  private mutating func unanswered() {
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

  private mutating func elements() {
    let elements = decision.answer.conclusions.filter { !isMain($0) }
    guard !elements.isEmpty else { return }
    section(wording.elements)
    for conclusion in elements {
      lines.append("- \(names.title(ofRule: conclusion.rule)): \(words(for: conclusion.status))")
    }
  }

  private func words(for status: Status) -> String {
    switch status {
    case .holds: wording.holdsStatus
    case .fails: wording.failsStatus
    case .undetermined: wording.openStatus
    case .contradictory: wording.contradictory
    case .notInForce: wording.notInForce
    case .unsettled: wording.unsettled
    }
  }

  private mutating func disregarded() {
    guard !decision.answer.disregarded.isEmpty else { return }
    section(wording.disregarded)
    for entry in decision.answer.disregarded {
      lines.append("- \(names.question(ofFact: entry.fact)) – \(why(entry))")
    }
  }

  private func why(_ entry: Disregarded) -> String {
    guard let rule = entry.rule else { return wording.notRead }
    let conclusion = names.title(ofRule: rule)
    switch entry.because {
    case .irrelevant: return wording.irrelevant(conclusion, entry.clause.map { names.cite($0) } ?? "")
    case .cannotBeWeighed:
      let elements = entry.until.map { names.element($0) }.joined(separator: ", ")
      return wording.cannotBeWeighed(conclusion, until: elements)
    case .notDecisive: return wording.notDecisive(conclusion)
    case .notRead: return wording.notRead
    }
  }

  private mutating func notModelled() {
    let shown = decision.answer.conclusions.filter { conclusion in
      isMain(conclusion) && conclusion.status != .notInForce
        && !(conclusion.status == .undetermined && isUntouched(conclusion.rule))
    }
    var clauses: [Generation.ClauseReference] = []
    for clause in shown.flatMap({ generation.rules[$0.rule].notModelled }) where !clauses.contains(clause) {
      clauses.append(clause)
    }
    guard !clauses.isEmpty else { return }
    section(wording.notModelled)
    for clause in clauses { lines.append("- \(names.cite(clause)): \(names.summary(clause))") }
  }

  private mutating func packs() {
    section(wording.packs)
    for number in generation.packs.indices {
      let pack = generation.packs[number]
      guard let used = decision.packs.first(where: { $0.id == pack.id }) else { continue }
      let checked = "\(wording.checked) \(pack.source.checked)"
      lines.append("- \(wording.pack) `\(used.id)` \(used.version): \(pack.source.cite); \(checked)")
      lines.append("  - SHA-256 `\(used.sha256)`")
    }
    for clause in decision.answer.clausesApplied {
      lines.append("- \(names.cite(clause)): \(names.summary(clause))")
    }
    lines.append("- \(wording.caseFile) SHA-256 `\(decision.caseSHA256)`")
  }
}
