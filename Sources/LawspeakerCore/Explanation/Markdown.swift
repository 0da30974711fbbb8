// SPDX-License-Identifier: Apache-2.0

extension Decision {
  /// The decision for people, in the order of design section 7: danger now, duties and deadlines, what is open, what
  /// holds, what does not, what was disregarded, whom it turns on, what is not modelled, packs and clauses.
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
    var writer = MarkdownWriter(decision: self, file: file, names: names)
    return writer.write(version: version)
  }
}

struct MarkdownWriter {
  let decision: Decision
  let file: Case
  let names: Names
  /// What is shown in full, in a line, or folded.
  let layout: MarkdownLayout
  /// Reasons that stand above, fact by fact, with the title under which they stand.
  var reasonsAbove: [(facts: [String], title: String)] = []
  /// Remarks on conclusions that stand above and are not repeated.
  var remarksAbove: Set<String> = []
  var lines: [String] = []
  var wording: Wording { names.wording }
  var generation: Generation { names.generation }

  init(decision: Decision, file: Case, names: Names) {
    self.decision = decision
    self.file = file
    self.names = names
    let generation = names.generation
    layout = MarkdownLayout(decision, of: file, under: generation) { generation.standsForItself($0) }
  }

  mutating func write(version: Int?) -> String {
    heading(version)
    danger()
    duties()
    contradictions()
    cautions()
    open()
    holding()
    failing()
    unanswered()
    elements()
    comparisons()
    disregarded()
    turnsOn()
    notModelled()
    untouched()
    packs()
    return lines.joined(separator: "\n") + "\n"
  }

  /// A remark that is true of several conclusions stands under the first.
  mutating func remark(_ words: String) {
    if remarksAbove.insert(words).inserted { lines.append("- " + words) }
  }

  mutating func section(_ title: String) { lines += ["", "## \(title)", ""] }

  private mutating func heading(_ version: Int?) {
    lines.append("# \(wording.title): \(decision.reference)")
    lines.append("")
    if !decision.isJurisdictionStated { lines += [wording.assumedJurisdiction(decision.jurisdiction), ""] }
    lines.append("> \(wording.fixedSentence)")
    lines.append("")
    let versionText = version.map { " · \(wording.version): \($0)" } ?? ""
    lines.append("\(wording.assessedOn): \(decision.assessedOn)\(versionText)")
    for (reading, variant) in decision.readings.sorted(by: { $0.key < $1.key }) {
      lines += ["", wording.readAs(names.reading(reading, variant: variant))]
    }
    let frame = decision.frame
    let recorded = frame.recordedBy.map { " · \(wording.recordedBy($0))" } ?? ""
    let heard = frame.heardOn.map { " · \(wording.heardOn($0.description))" } ?? ""
    lines += ["", wording.dangerNow(frame.isInDangerNow) + recorded + heard]
  }

  /// The conclusions that stand for themselves; the notions they are built of are listed apart.
  func main(_ status: Status) -> [Conclusion] {
    decision.answer.conclusions.filter { $0.status == status && isMain($0) }
  }

  func isMain(_ conclusion: Conclusion) -> Bool { generation.standsForItself(conclusion.rule) }
}

extension Generation {
  /// True if a rule is a conclusion of its own and no mere notion that others stand on.
  func standsForItself(_ number: Int) -> Bool {
    let rule = rules[number]
    return rule.declaration.about != nil || !packs[rule.pack].rules.contains { $0.about != nil }
  }
}
