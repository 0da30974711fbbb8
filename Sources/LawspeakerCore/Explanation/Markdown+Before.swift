// SPDX-License-Identifier: Apache-2.0

/// What a reader must know before the conclusions: danger, duties, what clashes, what holds back.
extension MarkdownWriter {
  mutating func danger() {
    guard decision.frame.isInDangerNow == true else { return }
    section(wording.danger)
    lines += wording.dangerHelp
    lines += duties(where: isForDanger)
  }

  mutating func duties() {
    let isShown = decision.frame.isInDangerNow == true ? isForDanger : { _ in false }
    let must = duties { $0.declaration.isMust && !isShown($0) && !isOfState($0) }
    let may = duties { !$0.declaration.isMust && !isOfState($0) }
    let ofState = decision.answer.duties.contains { isOfState(generation.duties[$0.duty]) }
    if !must.isEmpty || (ofState && may.isEmpty) {
      section(wording.duties)
      lines += must
    }
    if !may.isEmpty {
      section(wording.possibilities)
      lines += may
    }
    if ofState { dutiesOfState(isAfterOthers: !must.isEmpty || !may.isEmpty) }
  }

  /// True for what stands under «danger now», and is not repeated.
  private func isForDanger(_ duty: Generation.LinkedDuty) -> Bool {
    duty.declaration.isMust && duty.declaration.promptly == .atOnce && !isOfState(duty)
  }

  private func isOfState(_ duty: Generation.LinkedDuty) -> Bool { duty.declaration.byWhom == "state" }

  /// A line for each duty, those with the same words for the same body on one.
  private func duties(where isWanted: (Generation.LinkedDuty) -> Bool) -> [String] {
    let entries = decision.answer.duties.filter { isWanted(generation.duties[$0.duty]) }
    func key(_ entry: DutyEntry) -> [String] {
      [
        names.duty(entry.duty), generation.duties[entry.duty].declaration.byWhom,
        entry.due?.description ?? "",
      ]
    }
    return entries.map(key).withoutRepetition().map { wanted in duty(entries.filter { key($0) == wanted }) }
  }

  private func duty(_ entries: [DutyEntry]) -> String {
    let duty = generation.duties[entries[0].duty]
    let declared = duty.declaration
    let pressing = [declared.promptly.map { wording.promptly($0) }, deadline(of: entries[0])].compactMap {
      $0
    }
    let cites = entries.map { names.cite(generation.duties[$0.duty].clause) }.withoutRepetition()
    let bases = entries.map { entry in
      wording.follows(from: names.title(ofRule: generation.duties[entry.duty].rule), entry.restsOn)
    }.withoutRepetition()
    let body = wording.by(names.body(declared.byWhom, of: duty.pack))
    let clause = wording.underClause(cites.joined(separator: ", "))
    let parts = pressing + [body, bound(entries[0]), clause].compactMap { $0 } + bases
    return "- **\(names.duty(entries[0].duty))** – \(parts.joined(separator: "; "))"
  }

  /// What binds the State, under what it follows from.
  private mutating func dutiesOfState(isAfterOthers: Bool) {
    lines += (isAfterOthers ? [""] : []) + ["### \(wording.ofState)", ""]
    let entries = decision.answer.duties.filter { isOfState(generation.duties[$0.duty]) }
    func basis(_ entry: DutyEntry) -> String {
      wording.follows(from: names.title(ofRule: generation.duties[entry.duty].rule), entry.restsOn)
    }
    for title in entries.map(basis).withoutRepetition() {
      lines.append("- \(wording.capitalised(title)):")
      for entry in entries where basis(entry) == title {
        let duty = generation.duties[entry.duty]
        let due = deadline(of: entry).map { "; \($0)" } ?? ""
        lines.append("  - \(names.duty(entry.duty)) (\(names.cite(duty.clause))\(due))")
      }
    }
  }

  /// The last day and how it is counted; without a day, how it would be.
  private func deadline(of entry: DutyEntry) -> String? {
    let duty = generation.duties[entry.duty]
    guard let limit = duty.declaration.within, let from = duty.from else { return nil }
    let question = generation.variables[from].fact.map { wording.quoted(names.question(ofFact: $0)) }
    let start = file.earliestDay(of: from)?.description ?? wording.dayNotKnown
    let counted = wording.limit(
      limit.count, limit.unit, from: question.map { "\($0) (\(start))" } ?? wording.ofAssessment(start))
    guard let due = entry.due else { return counted }
    let passed = due < decision.assessedOn ? ", \(wording.passed)" : ""
    return "**\(wording.due(due.description))**\(passed) (\(counted))"
  }

  private func bound(_ entry: DutyEntry) -> String? {
    let duty = generation.duties[entry.duty]
    guard let binds = duty.declaration.binds else { return nil }
    guard let isBound = entry.bindsRecorder, let recorder = decision.frame.recordedBy else {
      return wording.binds(binds.map { names.body($0, of: duty.pack) }.joined(separator: ", "))
    }
    return wording.bindsRecorder(names.body(recorder, of: duty.pack), isBound)
  }

  mutating func contradictions() {
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

  mutating func cautions() {
    guard !decision.answer.cautions.isEmpty else { return }
    section(wording.cautions)
    var unseen: [RulePack] = []
    for caution in decision.answer.cautions {
      switch caution {
      case .ofPack(let number): lines.append("- " + names.caution(number) + basis(ofCaution: number))
      case .denialWithoutSource(let fact):
        lines.append("- " + wording.denialWithoutSource(names.question(ofFact: fact)))
      case .notProved(let fact): lines.append("- " + wording.notProved(names.question(ofFact: fact)))
      case .notLookedAt(let pack): unseen.append(generation.packs[pack])
      }
    }
    let packs = unseen.map { "`\($0.id)` \($0.source.checked)" }.joined(separator: ", ")
    if !unseen.isEmpty { lines.append("- " + wording.notLookedAt(packs)) }
  }

  private func basis(ofCaution number: Int) -> String {
    let caution = generation.cautions[number]
    if let clause = caution.clause { return " (\(names.cite(clause)))" }
    guard case .source(let text) = caution.declaration.basis else { return "" }
    return " (\(text))"
  }
}
