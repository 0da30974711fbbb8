// SPDX-License-Identifier: Apache-2.0

/// The words of packs, looked up for one language.
struct Names {
  let generation: Generation
  let wording: Wording
  /// What the file says, for who said it.
  var given: [Case.Given] = []
  var language: Language { wording.language }

  func texts(_ pack: Int) -> PackTexts { generation.packs[pack].texts[language] ?? PackTexts() }

  func title(ofRule number: Int) -> String {
    let rule = generation.rules[number]
    return texts(rule.pack).rules[rule.declaration.name] ?? rule.id
  }

  func question(ofFact number: Int) -> String {
    text(ofFact: number)?.question ?? generation.facts[number].id
  }

  func help(ofFact number: Int) -> String? { text(ofFact: number)?.help }

  private func text(ofFact number: Int) -> PackTexts.FactText? {
    let fact = generation.facts[number]
    return texts(fact.pack).facts[fact.declaration.name]
  }

  func label(_ member: String, ofFact number: Int) -> String {
    text(ofFact: number)?.values[member] ?? member
  }

  func cite(_ reference: Generation.ClauseReference) -> String {
    generation.clause(reference).cite[language] ?? generation.id(of: reference)
  }

  func summary(_ reference: Generation.ClauseReference) -> String {
    texts(reference.pack).clauses[generation.clause(reference).name] ?? ""
  }

  func caution(_ number: Int) -> String {
    let caution = generation.cautions[number]
    return texts(caution.pack).cautions[caution.declaration.name] ?? caution.id
  }

  func duty(_ number: Int) -> String {
    let duty = generation.duties[number]
    return texts(duty.pack).duties[duty.declaration.name] ?? duty.id
  }

  /// A reading with one of its variants, in the words of the pack.
  func reading(_ number: Int, variant: Int) -> String {
    let reading = generation.readings[number]
    let name = reading.declaration.variants[variant].name
    guard let text = texts(reading.pack).readings[reading.declaration.name] else {
      return "\(reading.id): \(name)"
    }
    return "\(text.title): \(text.labels[name] ?? name)"
  }

  /// Who holds a variant of a reading, or where it is written.
  func cite(ofReading number: Int, variant: Int) -> String {
    generation.readings[number].declaration.variants[variant].cite[language] ?? ""
  }

  /// Whom or what an answer turns on, with the answer then.
  func words(_ turn: Conclusion.TurnsOn) -> String {
    switch turn.what {
    case .voice(let role): return wording.onAccount(of: role, turn.status)
    case .reading(let number, let variant):
      let cite = cite(ofReading: number, variant: variant)
      return wording.underReading(reading(number, variant: variant), cite, turn.status)
    }
  }

  /// The name of a body, in the words of a pack.
  func body(_ word: String, of pack: Int) -> String { texts(pack).bodies[word] ?? wording.role(word) }

  /// A part of a ground, as people name it.
  func element(_ element: Conclusion.Element) -> String {
    switch element {
    case .rule(let number): title(ofRule: number)
    case .fact(let number): question(ofFact: number)
    case .exception(let clause): wording.exceptionApplies(cite(clause))
    case .force: wording.clauseNotInForce
    case .condition: wording.wholeCondition
    }
  }

  /// The facts of a reason: each question with its answer, the members of one set together.
  func reasons(_ reasons: [ReasonFact], attributed: Bool = true) -> [String] {
    var facts: [Int] = []
    for case let fact? in reasons.map({ generation.variables[$0.variable].fact }) where !facts.contains(fact)
    {
      facts.append(fact)
    }
    return facts.map { fact in
      let own = reasons.filter { generation.variables[$0.variable].fact == fact }
      let said = attributed ? attribution(own, fact) : ""
      return "\(question(ofFact: fact)) **\(answer(own, ofFact: fact))**" + said
    }
  }

  /// Who said so, where it is written down, when it was said, and the note: for what the file says as it stands.
  private func attribution(_ reasons: [ReasonFact], _ fact: Int) -> String {
    guard let said = given.first(where: { $0.fact == fact }) else { return "" }
    let voices = said.accounts.filter { says(reasons, $0.values) }
    if !voices.isEmpty {
      let all = voices.map { attribution(by: $0.by, $0.source, $0.on, $0.note) }
      return " (\(all.joined(separator: "; ")))"
    }
    guard says(reasons, said.values) else { return "" }
    let words = attribution(by: said.by, said.source, said.on, said.note)
    return words.isEmpty ? "" : " (\(words))"
  }

  private func says(_ reasons: [ReasonFact], _ values: [Case.Statement]) -> Bool {
    reasons.allSatisfy { reason in
      values.contains { $0.variable == reason.variable && $0.values == reason.values }
    }
  }

  private func attribution(by role: String?, _ source: String?, _ on: CivilDate?, _ note: String?) -> String {
    let parts = [role.map { wording.role($0) }, source, on?.description].compactMap { $0 }
    let remark = note.map { "\(wording.note): \($0)" }
    return [parts.joined(separator: ", "), remark ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  func answer(_ reasons: [ReasonFact], ofFact number: Int) -> String {
    let members = generation.facts[number].declaration.type.members.count
    if members > 1, reasons.count == members, reasons.allSatisfy({ $0.values == .no }) {
      return wording.noneOfThese
    }
    return reasons.map { answer(generation.statement(of: $0), ofFact: number) }.joined(separator: ", ")
  }

  private func answer(_ value: StatedValue, ofFact number: Int) -> String {
    switch value {
    case .has(let member): label(member, ofFact: number)
    case .lacks(let member): wording.absent(label(member, ofFact: number))
    case .isValue(let value): text(value, ofFact: number)
    case .oneOf(let values): values.map { text($0, ofFact: number) }.joined(separator: wording.or)
    case .between(let low, let high): wording.between(text(low, ofFact: number), text(high, ofFact: number))
    case .before(let value): wording.before(text(value, ofFact: number), isDate: value.isDate)
    case .after(let value): wording.after(text(value, ofFact: number))
    case .atLeast(let value): wording.atLeast(text(value, ofFact: number))
    case .ranges(let parts): parts.map { answer($0, ofFact: number) }.joined(separator: wording.or)
    }
  }

  private func text(_ value: StatedValue.Value, ofFact number: Int) -> String {
    switch value {
    case .yes: wording.yes
    case .no: wording.no
    case .named(let name): label(name, ofFact: number)
    case .quantity(let count, let unit): "\(count) \(wording.unit(unit))"
    case .date(let date): date.description
    }
  }
}

extension Generation {
  /// What is to be done under a duty, by number, in the words of its pack.
  public func words(ofDuty number: Int, in language: Language) -> String {
    Names(generation: self, wording: Wording(language: language)).duty(number)
  }
}
