// SPDX-License-Identifier: Apache-2.0

/// What was disregarded, whom it turns on, what is not decided, and by which packs.
extension MarkdownWriter {
  /// Each fact once, and under it the conclusions for which the same is true.
  mutating func disregarded() {
    let entries = decision.answer.disregarded
    guard !entries.isEmpty else { return }
    section(wording.disregarded)
    var facts: [Int] = []
    for entry in entries where !facts.contains(entry.fact) { facts.append(entry.fact) }
    for fact in facts {
      let own = entries.filter { $0.fact == fact }
      let reasons = [irrelevant(own), cannotBeWeighed(own), notDecisive(own), notRead(own)].flatMap { $0 }
      let question = names.question(ofFact: fact)
      if reasons.count == 1 {
        lines.append("- \(question) – \(reasons[0])")
      } else {
        lines.append("- \(question)")
        lines += reasons.map { "  - " + $0 }
      }
    }
  }

  /// Conclusions each with the clauses under which a fact is irrelevant to them; of those that the file does not touch
  /// the clauses alone.
  private func irrelevant(_ entries: [Disregarded]) -> [String] {
    let own = entries.filter { $0.because == .irrelevant }
    let untouched = Set(layout.untouched.map(\.rule))
    func cites(_ entries: [Disregarded]) -> String {
      entries.compactMap(\.clause).map { names.cite($0) }.withoutRepetition().joined(separator: ", ")
    }
    let conclusions = own.compactMap(\.rule).withoutRepetition().filter { !untouched.contains($0) }.map {
      rule in
      "\(wording.quoted(names.title(ofRule: rule))) (\(cites(own.filter { $0.rule == rule })))"
    }
    let others = cites(own.filter { untouched.contains($0.rule ?? 0) })
    return (conclusions.isEmpty ? [] : [wording.irrelevant(conclusions.joined(separator: "; "))])
      + (others.isEmpty ? [] : [wording.irrelevantElsewhere(others)])
  }

  private func cannotBeWeighed(_ entries: [Disregarded]) -> [String] {
    let own = entries.filter { $0.because == .cannotBeWeighed }
    let waits = own.compactMap(\.rule).withoutRepetition().map { rule in
      (rule, own.filter { $0.rule == rule }.flatMap(\.until).map { names.element($0) }.withoutRepetition())
    }
    return waits.map(\.1).withoutRepetition().map { until in
      let titles = waits.filter { $0.1 == until }.map { wording.quoted(names.title(ofRule: $0.0)) }
      return wording.cannotBeWeighed(titles.joined(separator: ", "), until: until.joined(separator: "; "))
    }
  }

  private func notDecisive(_ entries: [Disregarded]) -> [String] {
    let rules = entries.filter { $0.because == .notDecisive }.compactMap(\.rule).withoutRepetition()
    let titles = rules.map { wording.quoted(names.title(ofRule: $0)) }.joined(separator: ", ")
    return rules.isEmpty ? [] : [wording.notDecisive(titles)]
  }

  private func notRead(_ entries: [Disregarded]) -> [String] {
    entries.contains { $0.because == .notRead } ? [wording.notRead] : []
  }

  /// The accounts that differ, and where another voice or another reading would lead to another answer.
  mutating func turnsOn() {
    let untouched = Set(layout.untouched.map(\.rule))
    let turning = decision.answer.conclusions.filter {
      isMain($0) && !$0.turnsOn.isEmpty && !untouched.contains($0.rule)
    }
    let (contested, stated) = (decision.answer.contested, decision.answer.statedBesideReading)
    guard !(turning.isEmpty && contested.isEmpty && stated.isEmpty) else { return }
    section(wording.turnsOn)
    for entry in contested {
      let voices = entry.voices.map {
        "\(wording.role($0.by)): **\(names.answer($0.says, ofFact: entry.fact))**"
      }
      lines.append("- " + wording.contested(names.question(ofFact: entry.fact), voices))
    }
    func turns(_ conclusion: Conclusion) -> [String] {
      [wording.answer(conclusion.status)] + conclusion.turnsOn.map { names.words($0) }
    }
    for alike in turning.map(turns).withoutRepetition() {
      let titles = turning.filter { turns($0) == alike }.map { wording.quoted(names.title(ofRule: $0.rule)) }
      lines.append("- " + wording.turns(titles.joined(separator: ", "), alike[0]))
      lines += alike.dropFirst().map { "  - " + $0 }
    }
    for entry in stated {
      let reading = names.reading(entry.reading, variant: generation.readings[entry.reading].standing)
      let said = names.reasons([entry.stated]).joined()
      lines.append("- " + wording.statedBeside(said, by: entry.by, reading, gives: entry.gives))
    }
  }

  /// What touches the conclusions shown in full and was law on the day that governs them; law that is coming first.
  mutating func notModelled() {
    var clauses: [Generation.ClauseReference] = []
    for number in layout.inFull(decision, isMain: { generation.standsForItself($0) }) {
      let rule = generation.rules[number]
      let days = governingDays(of: rule)
      clauses += rule.notModelled.filter { reference in
        let clause = generation.clause(reference)
        return clause.isPending || clause.inForce.isEmpty || !clause.days.isDisjoint(with: days)
      }
    }
    let (pending, law) = (clauses.filter(isPending), clauses.filter { !isPending($0) })
    guard !clauses.isEmpty else { return }
    section(wording.notModelled)
    for clause in (pending + law).withoutRepetition() {
      let remark = isPending(clause) ? " (\(wording.pending))" : ""
      let summary = isPending(clause) ? names.summary(clause) : names.summary(clause).firstSentence
      lines.append("- \(names.cite(clause))\(remark): \(summary)")
    }
  }

  private func isPending(_ clause: Generation.ClauseReference) -> Bool { generation.clause(clause).isPending }

  /// The days whose law may govern a rule, as far as the file says.
  func governingDays(of rule: Generation.LinkedRule) -> ValueSet {
    let today = file.assessedOn.dayNumber
    if rule.day == Generation.assessedOn { return ValueSet(today) }
    for given in file.given {
      guard let said = given.values.first(where: { $0.variable == rule.day }) else { continue }
      return given.throughout ?? said.values
    }
    return ValueSet(CivilDate.first.dayNumber, today)
  }

  mutating func packs() {
    section(wording.packs)
    for number in generation.packs.indices {
      let pack = generation.packs[number]
      guard let used = decision.packs.first(where: { $0.id == pack.id }) else { continue }
      let checked = "\(wording.checked) \(pack.source.checked)"
      lines.append("- \(wording.pack) `\(used.id)` \(used.version): \(pack.source.cite); \(checked)")
      let cites = decision.answer.clausesApplied.filter { $0.pack == number }.map { names.cite($0) }
      if !cites.isEmpty { lines.append("  - \(wording.applied): \(cites.joined(separator: "; "))") }
      lines.append("  - SHA-256 `\(used.sha256)`")
    }
    lines.append("- \(wording.caseFile) SHA-256 `\(decision.caseSHA256)`")
  }
}

extension String {
  /// Up to the first full stop that ends a sentence: after a word that is no abbreviation, before a capital.
  var firstSentence: String {
    let abbreviations: Set = [
      "art", "arts", "no", "nr", "para", "paras", "kap", "ch", "cf", "jf", "vol", "pkt", "prp",
    ]
    let words = split(separator: " ", omittingEmptySubsequences: false)
    for (place, word) in words.enumerated().dropLast() where word.hasSuffix(".") {
      let letters = word.filter(\.isLetter).lowercased()
      guard letters.count > 1 || word.hasSuffix(")."), !abbreviations.contains(letters) else { continue }
      if words[place + 1].first?.isUppercase == true { return words[...place].joined(separator: " ") }
    }
    return self
  }
}
