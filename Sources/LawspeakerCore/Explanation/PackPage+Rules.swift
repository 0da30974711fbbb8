// SPDX-License-Identifier: Apache-2.0

/// The rules of a pack: conclusions first, then the notions that they are built of.
extension PackPageWriter {
  private var ownRules: [Int] {
    generation.rules.indices.prefix(generation.ownRules).filter { generation.rules[$0].pack == number }
  }

  /// The rules that are shown to people by themselves.
  var conclusions: [Int] {
    let hasAbout = pack.rules.contains { $0.about != nil }
    return ownRules.filter { !hasAbout || generation.rules[$0].declaration.about != nil }
  }

  mutating func rules() {
    let main = conclusions
    let beneath = ownRules.filter { !main.contains($0) }
    if !main.isEmpty {
      section(wording.conclusions, wording.conclusionsHelp)
      for rule in main { self.rule(rule, isConclusion: true) }
    }
    if !beneath.isEmpty {
      section(wording.notions, wording.notionsHelp)
      for rule in beneath { self.rule(rule, isConclusion: false) }
    }
  }

  private mutating func rule(_ number: Int, isConclusion: Bool) {
    let rule = generation.rules[number]
    let declared = rule.declaration
    lines += [
      "<a name=\"\(declared.name)\"></a>", "", "### \(names.title(ofRule: number))", "", "`\(declared.name)`",
    ]
    lines[lines.count - 1] += isConclusion ? " · \(frame(of: number))" : beneath(number)
    lines += ["", "- \(wording.governed(by: day(of: number)))"]
    for name in declared.yieldsTo {
      if let other = index.rules[index.full(name, in: pack.id)] {
        lines.append("- \(wording.yields(to: title(other)))")
      }
    }
    for ground in declared.grounds { self.ground(ground) }
    for line in readingsDeciding(number) { lines.append("- \(line)") }
    let missing = Set(rule.notModelled).sorted { generation.id(of: $0) < generation.id(of: $1) }
    if !missing.isEmpty {
      let cites = missing.map { names.cite($0) }.joined(separator: "; ")
      lines.append("- \(wording.notDecidedHere): \(cites)")
    }
    lines.append("")
  }

  /// Whom a conclusion is about, how surely its facts must be found, and who decides the matter.
  private func frame(of number: Int) -> String {
    let declared = generation.rules[number].declaration
    let bodies = bodies(declared.competent, of: self.number)
    return [
      declared.about.map { wording.about($0) }, declared.isIncriminating ? wording.incriminating : nil,
      wording.pageStandard(declared.standard), bodies.isEmpty ? nil : wording.competent(bodies),
    ].compactMap { $0 }.joined(separator: " · ")
  }

  /// A notion with a standard of its own keeps it wherever it is used.
  private func beneath(_ number: Int) -> String {
    let declared = generation.rules[number].declaration
    return declared.standard.map { " · \(wording.standard($0))" } ?? ""
  }

  private mutating func ground(_ ground: Ground) {
    guard let clause = index.clauses[index.full(ground.clause, in: pack.id)] else { return }
    lines.append("- \(wording.underClause(cite(clause))):")
    for part in outlines(ground.condition, of: pack.id) { lines += part.lines(indented: 1) }
    for exception in ground.exceptions { lines += outline(exception).lines(indented: 1) }
  }

  private func outline(_ exception: Exception) -> Outline {
    let clause = index.clauses[index.full(exception.clause, in: pack.id)]
    let parts = outlines(exception.condition, of: pack.id) + exception.exceptions.map(outline)
    return Outline(
      text: "\(wording.unless) \(wording.underClause(clause.map { cite($0) } ?? "")):", parts: parts)
  }

  /// The day whose law governs, and the clause that says so.
  func day(of rule: Int) -> String {
    let rule = generation.rules[rule]
    let day = generation.variables[rule.day].fact.map { wording.quoted(names.question(ofFact: $0)) }
    guard let said = rule.lawInTime else { return day ?? wording.dayOfAssessment }
    let milder = said.flagsMilder ? "; \(wording.flagsMilder)" : ""
    return "\(day ?? wording.dayOfAssessment) (\(names.cite(said.clause))\(milder))"
  }

  private func readingsDeciding(_ rule: Int) -> [String] {
    generation.readings.filter { $0.decides == .rule(rule) }.map { reading in
      wording.decidedByReading(
        wording.quoted(names.readingTitle(reading.pack, reading.declaration.name) ?? reading.id))
    }
  }

  mutating func lawInTime() {
    let stated = ownRules.filter { generation.rules[$0].lawInTime != nil }
    guard !stated.isEmpty else { return }
    section(wording.lawInTime, wording.lawInTimeHelp)
    var groups: [(day: String, clause: Generation.ClauseReference, rules: [Int])] = []
    for rule in stated {
      guard let clause = generation.rules[rule].lawInTime?.clause else { continue }
      let day = day(of: rule)
      if let place = groups.firstIndex(where: { $0.day == day }) {
        groups[place].rules.append(rule)
      } else {
        groups.append((day, clause, [rule]))
      }
    }
    for group in groups {
      let main = group.rules.filter(conclusions.contains)
      lines.append("- \(group.day)")
      lines.append("  - \(names.summary(group.clause))")
      if !main.isEmpty { lines.append("  - \(main.map { title($0) }.joined(separator: "; "))") }
      let rest = group.rules.count - main.count
      if rest > 0 { lines.append("  - \(wording.andNotions(rest))") }
    }
    let silent = ownRules.filter { generation.rules[$0].lawInTime == nil }
    for day in Set(silent.map { day(of: $0) }).sorted() {
      lines.append("- \(wording.byDefault(day, silent.filter { self.day(of: $0) == day }.count))")
    }
  }
}

extension Names {
  /// The question of interpretation, in the words of a pack.
  func readingTitle(_ pack: Int, _ name: String) -> String? {
    generation.packs[pack].texts[language]?.readings[name]?.title
  }
}
