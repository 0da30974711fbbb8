// SPDX-License-Identifier: Apache-2.0

/// The steps around the rules: readings, presumptions, duties, cautions, and what stands beside.
extension PackPageWriter {
  private var ownReadings: [Int] {
    generation.readings.indices.filter { generation.readings[$0].pack == number }
  }

  mutating func readings() {
    guard !ownReadings.isEmpty else { return }
    section(wording.readingsTitle, wording.readingsHelp)
    for number in ownReadings {
      let reading = generation.readings[number]
      let title = names.readingTitle(reading.pack, reading.declaration.name) ?? reading.id
      lines += [
        "### \(title)", "", "`\(reading.declaration.name)` · \(wording.decides): \(decided(reading))", "",
      ]
      for (place, variant) in reading.declaration.variants.enumerated() {
        let label = names.readingLabel(reading.pack, reading.declaration.name, variant.name)
        let standing = place == reading.standing ? " – \(wording.standing)" : ""
        lines.append("- **\(label)** (`\(variant.name)`)\(standing)")
        if let cite = variant.cite[names.language] { lines.append("  - \(wording.heldBy): \(cite)") }
        lines += given(by: variant, of: reading)
      }
      lines.append("")
    }
  }

  private func given(by variant: Reading.Variant, of reading: Generation.LinkedReading) -> [String] {
    let isOfRule = if case .rule = reading.decides { true } else { false }
    guard let condition = variant.condition else {
      return ["  - \(isOfRule ? wording.groundsAsWritten : wording.drawnFromNothing)"]
    }
    let head = isOfRule ? wording.inPlaceOfGrounds : wording.soIf
    return ["  - \(head):"] + outlines(condition, of: pack.id).flatMap { $0.lines(indented: 2) }
  }

  private func decided(_ reading: Generation.LinkedReading) -> String {
    switch reading.decides {
    case .rule(let rule): return title(rule)
    case .variable(let variable):
      guard let (fact, member) = generation.meaning(of: variable), let number = index.facts[fact.id] else {
        return ""
      }
      let label = member.map { " **\(names.label($0, ofFact: number))**" } ?? ""
      return names.question(ofFact: number) + label
    }
  }

  mutating func presumptions() {
    let own = generation.presumptions.filter { $0.pack == number }
    guard !own.isEmpty else { return }
    section(wording.presumptionsTitle, wording.presumptionsHelp)
    for presumption in own {
      let values = presumption.values.map { ReasonFact(variable: $0.variable, values: $0.values) }
      let value = names.answer(values, ofFact: presumption.fact)
      lines.append(
        "- \(names.question(ofFact: presumption.fact)) **\(value)**, \(wording.underClause(cite(presumption.clause)))"
      )
      lines.append("  - \(wording.soIf):")
      lines += outlines(presumption.declaration.condition, of: pack.id).flatMap { $0.lines(indented: 2) }
      lines.append("  - \(wording.runsFor): \(presumption.rules.map { title($0) }.joined(separator: "; "))")
    }
  }

  mutating func duties() {
    let own = generation.duties.indices.filter { generation.duties[$0].pack == number }
    let must = own.filter { generation.duties[$0].declaration.isMust }
    let may = own.filter { !generation.duties[$0].declaration.isMust }
    if !must.isEmpty {
      section(wording.duties, wording.dutiesHelp)
      for duty in must { self.duty(duty) }
    }
    if !may.isEmpty {
      section(wording.possibilities)
      for duty in may { self.duty(duty) }
    }
  }

  private mutating func duty(_ number: Int) {
    let duty = generation.duties[number]
    let declared = duty.declaration
    let limit = declared.within.map { within in
      let from = duty.from.flatMap { generation.variables[$0].fact }.map {
        wording.quoted(names.question(ofFact: $0))
      }
      return wording.limit(within.count, within.unit, from: from ?? wording.dayOfAssessment)
    }
    let pressing = [declared.promptly.map { wording.promptly($0) }, limit].compactMap { $0 }
    let when = pressing.isEmpty ? "" : " – \(pressing.joined(separator: "; "))"
    lines.append("- **\(names.duty(number))** (`\(declared.name)`)\(when)")
    lines.append(
      "  - "
        + [
          wording.by(names.body(declared.byWhom, of: duty.pack)), wording.underClause(cite(duty.clause)),
          wording.serves(declared.kind),
        ].joined(separator: "; "))
    lines.append(
      "  - " + wording.dutyFollows(from: title(duty.rule), isFromPossible: declared.isFromPossible))
    if let binds = declared.binds { lines.append("  - " + wording.binds(bodies(binds, of: duty.pack))) }
  }

  mutating func cautions() {
    let own = generation.cautions.indices.filter { generation.cautions[$0].pack == number }
    guard !own.isEmpty else { return }
    section(wording.cautionsTitle, wording.cautionsHelp)
    for number in own {
      let caution = generation.cautions[number]
      let basis =
        switch caution.declaration.basis {
        case .clause: caution.clause.map { names.cite($0) } ?? ""
        case .source(let source): source
        }
      lines.append("- \(names.caution(number)) (`\(caution.declaration.name)`; \(basis))")
      lines.append("  - \(wording.shownIf):")
      lines += outlines(caution.declaration.condition, of: pack.id).flatMap { $0.lines(indented: 2) }
    }
  }

  mutating func irrelevances() {
    let own = generation.irrelevances.filter { $0.pack == number }
    guard !own.isEmpty else { return }
    section(wording.irrelevancesTitle, wording.irrelevancesHelp)
    let declared = pack.irrelevances
    for (said, linked) in zip(declared, own) {
      let question = names.question(ofFact: linked.fact)
      lines.append(
        "- \(question) – \(wording.irrelevant(names.title(ofRule: linked.rule), names.cite(linked.clause)))")
      guard let whenever = said.whenever else { continue }
      lines.append("  - \(wording.whenever):")
      lines += outlines(whenever, of: pack.id).flatMap { $0.lines(indented: 2) }
    }
  }

  mutating func comparisons() {
    let own = generation.comparisons.filter { $0.pack == number }
    guard !own.isEmpty else { return }
    section(wording.comparisonsTitle, wording.comparisonsHelp)
    for comparison in own {
      guard let text = names.texts(number).comparisons[comparison.declaration.name] else { continue }
      let cite = names.cite(comparison.clause)
      lines += [
        "### \(text.title)", "", "`\(comparison.declaration.name)` · \(wording.underClause(cite))", "",
      ]
      table([""] + comparison.rules.map { names.title(ofRule: $0) })
      for aspect in comparison.declaration.aspects {
        row(
          [text.aspects[aspect] ?? aspect]
            + comparison.declaration.rules.map { text.words[$0.text]?[aspect] ?? "" })
      }
      lines.append("")
    }
  }

  mutating func changes() {
    guard !pack.changes.isEmpty else { return }
    section(wording.changesTitle, wording.changesHelp)
    for change in pack.changes {
      guard let rule = index.rules[index.full(change.rule, in: pack.id)],
        let clause = index.clauses[index.full(change.clause, in: pack.id)]
      else { continue }
      let reason = change.reason[names.language] ?? ""
      lines.append("- \(wording.change(change.kind, title(rule), names.cite(clause))): \(reason)")
    }
  }

  mutating func notModelled() {
    guard !pack.notModelled.isEmpty else { return }
    section(wording.notModelled, wording.notModelledHelp)
    var groups: [(clause: Generation.ClauseReference, rules: [Int])] = []
    for entry in pack.notModelled {
      guard let clause = index.clauses[index.full(entry.clause, in: pack.id)] else { continue }
      let rules = entry.touches.compactMap { index.rules[index.full($0, in: pack.id)] }
      if let place = groups.firstIndex(where: { $0.clause == clause }) {
        groups[place].rules += rules.filter { !groups[place].rules.contains($0) }
      } else {
        groups.append((clause, rules))
      }
    }
    for group in groups {
      lines.append("- \(cite(group.clause)): \(names.summary(group.clause))")
      lines.append("  - \(wording.touches): \(group.rules.map { title($0) }.joined(separator: "; "))")
    }
  }

  mutating func judgedFacts() {
    let own = index.facts.values.sorted().filter {
      generation.facts[$0].pack == number && generation.facts[$0].declaration.judged != .no
    }
    guard !own.isEmpty else { return }
    section(wording.judgedTitle, wording.judgedHelp)
    for fact in own {
      let declared = generation.facts[fact].declaration
      var labels = ""
      if case .members(let members) = declared.judged {
        let inOrder = declared.type.members.filter(members.contains)
        labels = " **" + inOrder.map { names.label($0, ofFact: fact) }.joined(separator: "**, **") + "**"
      }
      lines.append("- \(names.question(ofFact: fact))\(labels) (`\(declared.name)`)")
    }
  }
}

/// The questions of a pack, for whoever writes case files.
extension PackPageWriter {
  mutating func facts() {
    let own = generation.facts.indices.filter { generation.facts[$0].pack == number }
    guard !own.isEmpty else { return }
    section(wording.factsTitle, wording.factsHelp)
    table(wording.factsHead)
    for fact in own {
      row(["`\(generation.facts[fact].declaration.name)`", names.question(ofFact: fact), answers(to: fact)])
    }
  }

  private func answers(to fact: Int) -> String {
    let declared = generation.facts[fact].declaration
    let members = declared.type.members.map { "`\($0)` \(names.label($0, ofFact: fact))" }.joined(
      separator: "; ")
    return switch declared.type {
    case .yesNo: "\(wording.yes) / \(wording.no)"
    case .date: wording.aDay
    case .quantity(let unit, let low, let high): wording.between("\(low)", "\(high) \(wording.unit(unit))")
    case .oneOf: "\(wording.exactlyOneOf): \(members)"
    case .set: "\(wording.anyNumberOf): \(members)"
    }
  }
}

extension Names {
  /// What a variant of a reading says, in the words of a pack.
  func readingLabel(_ pack: Int, _ name: String, _ variant: String) -> String {
    generation.packs[pack].texts[language]?.readings[name]?.labels[variant] ?? variant
  }
}
