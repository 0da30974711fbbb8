// SPDX-License-Identifier: Apache-2.0

extension Decision {
  /// A letter to the person concerned about what is held, what was done with it and how to correct it.
  ///
  /// It answers a request for access (GDPR Art. 15), and is written from what may be shared alone: nothing else in the file, and no answer, changes a word of it, so that
  /// nothing can be read out of it. Where the file does not say `safe_to_share: yes` it is a note to the caseworker that
  /// this must be assessed first, with nothing of the case.
  ///
  /// - Parameters:
  ///   - language: The language of the letter.
  ///   - file: The newest version of the case.
  ///   - held: What the ledger knows of the case.
  ///   - generation: The generation under which it was decided.
  /// - Returns: The text, ending in a newline.
  package func subjectAccess(
    in language: Language, of file: Case, held: HeldCase, under generation: Generation
  ) -> String {
    let wording = Wording(language: language)
    guard file.frame.isSafeToShare else {
      return wording.notYetAssessed(reference).joined(separator: "\n") + "\n"
    }
    let names = Names(generation: generation, wording: wording)
    var letter = SubjectLetter(
      decision: self, file: file, held: held, names: names, shared: file.shared(under: generation))
    return letter.write()
  }
}

private struct SubjectLetter {
  let decision: Decision
  let file: Case
  let held: HeldCase
  let names: Names
  let shared: [SharedFact]
  var lines: [String] = []
  var wording: Wording { names.wording }
  var generation: Generation { names.generation }
  /// Whom to ask.
  var body: String { file.frame.recordedBy.map { wording.role($0) } ?? wording.whoGaveYouThis }

  mutating func write() -> String {
    lines = ["# \(wording.heldUnder(decision.reference))", "", wording.forThePerson]
    whatIsHeld()
    whatWasUsed()
    whatWasDone()
    section(wording.whoLooked)
    var reviewed: [String] = []
    for version in held.versions {
      for review in version.reviews {
        let line = "- " + wording.gone(through: version.number, by: review.by, on: review.on.description)
        if !reviewed.contains(line) { reviewed.append(line) }  // what came of it is not said, so once a day
      }
    }
    lines += reviewed.isEmpty ? [wording.nobodyLooked] : reviewed
    section(wording.wrongOrMissing)
    lines.append(wording.howToCorrect(body))
    section(wording.yourRights)
    lines += wording.rights(isNorway: file.jurisdiction == "NOR").map { "- " + $0 }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func section(_ title: String) { lines += ["", "## \(title)", ""] }

  private mutating func whatIsHeld() {
    section(wording.whatIsHeld)
    lines.append("- " + wording.underReference(decision.reference))
    if let recorder = file.frame.recordedBy { lines.append("- " + wording.recordedBy(recorder)) }
    if let day = file.frame.heardOn { lines.append("- " + wording.youWereHeard(day.description)) }
    lines.append("- \(wording.assessedOn): \(decision.assessedOn)")
    let newest = held.versions.map(\.number).max()
    lines += held.versions.map { version in
      "- "
        + wording.kept(
          version.number, on: version.recordedOn.description, isReplaced: version.number != newest,
          withdrawn: version.withdrawnOn?.description)
    }
    lines.append("- " + wording.read(held.reads))
  }

  private mutating func whatWasUsed() {
    section(wording.whatWasUsed)
    lines += shared.map { said in
      "- \(names.question(ofFact: said.fact)) **\(answer(said))**" + origin(of: said)
    }
    if !shared.isEmpty { lines.append("") }
    lines.append(wording.mayNotBeAll(body, isNorway: file.jurisdiction == "NOR"))
  }

  private func answer(_ said: SharedFact) -> String {
    if let days = said.throughout, let from = days.least, let until = days.greatest {
      return wording.everyDay(
        CivilDate(dayNumber: from).description, CivilDate(dayNumber: until).description)
    }
    if said.values.isEmpty { return wording.noValue(said.manner) }
    let values = said.values.map { ReasonFact(variable: $0.variable, values: $0.values) }
    return names.answer(values, ofFact: said.fact)
  }

  private func origin(of said: SharedFact) -> String {
    let who = said.by.map { wording.from($0 == "person" ? wording.you : wording.role($0)) }
    let note = said.note.map { "\(wording.note): \($0)" }
    let parts = [who, said.source, said.on?.description, note].compactMap { $0 }
    return parts.isEmpty ? "" : " (\(parts.joined(separator: ", ")))"
  }

  private mutating func whatWasDone() {
    section(wording.whatWasDone)
    lines.append(wording.machineReading)
    let looked = conditions()
    if !looked.isEmpty { lines += ["", wording.lookedAt, ""] + looked.map { "- " + $0 } }
    lines += ["", wording.rulesAreFrom, ""]
    for used in decision.packs {
      guard let pack = generation.packs.first(where: { $0.id == used.id }) else { continue }
      lines.append("- \(pack.source.cite) (\(wording.pack.lowercased()) `\(used.id)` \(used.version))")
    }
    lines += ["", wording.askForOutcome(body)]
  }

  /// Conclusions on which what is shared bears, by title, each with the clauses that were law on the days in question;
  /// without an answer, and without those about who is said to have done something.
  private func conditions() -> [String] {
    let said = Set(shared.flatMap(\.values).map(\.variable))
    return generation.conclusions(of: file).compactMap { number in
      let rule = generation.rules[number]
      guard generation.standsForItself(number), rule.declaration.about != "actor",
        generation.isTouched(number, saying: said.contains)
      else { return nil }
      let days = governingDays(of: rule)
      let clauses = rule.grounds.filter { !$0.days.isDisjoint(with: days) }.map { names.cite($0.clause) }
      guard !clauses.isEmpty else { return nil }
      return "\(names.title(ofRule: number)): \(clauses.withoutRepetition().joined(separator: ", "))"
    }
  }

  /// As far as what is shared says.
  private func governingDays(of rule: Generation.LinkedRule) -> ValueSet {
    let today = file.assessedOn.dayNumber
    if rule.day == Generation.assessedOn { return ValueSet(today) }
    let days = shared.flatMap { said in
      said.values.filter { $0.variable == rule.day }.map { said.throughout ?? $0.values }
    }
    return days.isEmpty ? ValueSet(CivilDate.first.dayNumber, today) : ValueSet(union: days)
  }
}
