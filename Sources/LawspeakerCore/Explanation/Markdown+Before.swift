// SPDX-License-Identifier: Apache-2.0

/// What a reader must know before the conclusions: danger, duties, what clashes, what holds back.
extension MarkdownWriter {
  mutating func danger() {
    guard decision.frame.isInDangerNow == true else { return }
    section(wording.danger)
    lines += wording.dangerHelp
    for entry in decision.answer.duties {
      let duty = generation.duties[entry.duty].declaration
      if duty.isMust, duty.promptly == .atOnce { lines.append("- " + wording.atOnce(names.duty(entry.duty))) }
    }
  }

  mutating func duties() {
    let all = decision.answer.duties
    let must = all.filter { generation.duties[$0.duty].declaration.isMust }
    let may = all.filter { !generation.duties[$0.duty].declaration.isMust }
    if !must.isEmpty {
      section(wording.duties)
      for entry in must { duty(entry) }
    }
    if !may.isEmpty {
      section(wording.possibilities)
      for entry in may { duty(entry) }
    }
  }

  private mutating func duty(_ entry: DutyEntry) {
    let duty = generation.duties[entry.duty]
    let declared = duty.declaration
    let pressing = [declared.promptly.map { wording.promptly($0) }, deadline(of: entry)].compactMap { $0 }
    let when = pressing.isEmpty ? "" : " – \(pressing.joined(separator: "; "))"
    lines.append("- **\(names.duty(entry.duty))**\(when)")
    let body = wording.by(names.body(declared.byWhom, of: duty.pack))
    let clause = wording.underClause(names.cite(duty.clause))
    lines.append("  - " + [body, clause, wording.serves(declared.kind)].joined(separator: "; "))
    lines.append("  - " + wording.follows(from: names.title(ofRule: duty.rule), entry.restsOn))
    if let bound = bound(entry) { lines.append("  - " + bound) }
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
    let all = wording.binds(binds.map { names.body($0, of: duty.pack) }.joined(separator: ", "))
    guard let isBound = entry.bindsRecorder, let recorder = decision.frame.recordedBy else { return all }
    return "\(all); \(wording.bindsRecorder(names.body(recorder, of: duty.pack), isBound))"
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
