// SPDX-License-Identifier: Apache-2.0

/// Decides a case with the steps around each rule: whom one believes, how one reads, what is presumed, which days.
struct CaseDecider {
  let file: Case
  let generation: Generation
  var hearings: Hearings
  var advice = Advice(open: [], flips: [])

  init(_ file: Case, under generation: Generation, reaching reach: [Int]? = nil) {
    self.file = file
    self.generation = generation
    hearings = Hearings(file, under: generation, reaching: reach)
  }

  mutating func decide() -> (Answer, Advice) {
    let conclusions = generation.conclusions(of: file).map { conclude($0) }
    let frames = hearings[.joint]
    let decider = frames.decider
    let touched = conclusions.filter { $0.status == .contradictory }.map(\.rule)
    var answer = Answer(
      conclusions: conclusions, disregarded: decider.disregarded(conclusions, frames),
      contradictions: decider.contradictions(touching: touched), cautions: decider.cautions())
    answer.contested = contested()
    answer.statedBesideReading = statedBesideReadings()
    answer.cautions = cautionsOfPacks(among: Array(generation.cautions.indices)) + answer.cautions
    presume(in: &answer)
    answer.comparisons = decider.comparisons(conclusions)
    answer.duties = duties(of: answer.conclusions, decider)
    return (answer, advice)
  }

  /// The answer to some rules and cautions without reasons: statuses, what is presumed, and the duties of these rules.
  mutating func decideBarely(rules: Set<Int>, cautions: Set<Int>) -> Answer {
    let conclusions = generation.conclusions(of: file).filter(rules.contains).map {
      Conclusion(rule: $0, status: hearings.status(of: $0, .joint))
    }
    var answer = Answer(
      conclusions: conclusions, disregarded: [], contradictions: [],
      cautions: cautionsOfPacks(among: cautions.sorted()))
    presume(in: &answer)
    answer.duties = duties(of: answer.conclusions, hearings[.joint].decider)
    return answer
  }

  /// What is to be done; a rule of which the file says nothing at all gives rise to nothing.
  private func duties(of conclusions: [Conclusion], _ decider: Decider) -> [DutyEntry] {
    let touched = conclusions.filter {
      $0.status != .undetermined || $0.presumed == .holds || decider.saysSomething(about: $0.rule)
    }
    return LawspeakerCore.duties(of: touched, for: file, under: generation)
  }

  /// The answer to one rule; what is to be advised about it is added to ``advice``.
  mutating func conclude(_ rule: Int) -> Conclusion {
    let stretches = hearings.stretches(of: rule, .joint)
    var conclusion = stretches.isEmpty ? concludeOne(rule, .joint) : conclude(rule, over: stretches)
    conclusion.turnsOn = turnsOn(rule, conclusion.status)
    noteLaterLaw(in: &conclusion)
    conclusion.changes = generation.changes.indices.filter { number in
      let change = generation.changes[number]
      return change.rule == rule && file.packs.contains(change.pack)
        && generation.clause(change.clause).days.contains(file.assessedOn.dayNumber)
    }
    return conclusion
  }

  private mutating func concludeOne(_ rule: Int, _ hearing: Hearing) -> Conclusion {
    let believed = hearings.believing(rule, hearing)
    let frames = hearings[believed]
    return frames.decider.conclude(rule, frames, &advice)
  }

  // MARK: Conduct over days

  /// Conduct on every day: the answer for each stretch, and for all together that of the first that decides it.
  private mutating func conclude(_ rule: Int, over stretches: [Hearing.Stretch]) -> Conclusion {
    let before = advice
    var each: [(conclusion: Conclusion, advice: Advice)] = []
    for stretch in stretches {
      advice = before
      each.append((concludeOne(rule, Hearing(stretch: stretch)), advice))
    }
    let status = Status.together(each.map(\.conclusion.status))
    let deciding = each.first { $0.conclusion.status == status } ?? each[0]
    advice = deciding.advice
    var conclusion = deciding.conclusion
    conclusion.status = status
    for (other, _) in each where other.status == .holds {
      for ground in other.grounds
      where !conclusion.grounds.contains(where: { $0.clause == ground.clause && $0.inForce == ground.inForce }
      ) {
        conclusion.grounds.append(ground)
      }
    }
    conclusion.parts = parts(zip(stretches, each.map(\.conclusion)).map { ($0, $1) })
    return conclusion
  }

  /// The stretches, those together that are answered alike.
  private func parts(_ answered: [(Hearing.Stretch, Conclusion)]) -> [Conclusion.Part] {
    var parts: [Conclusion.Part] = []
    for (stretch, conclusion) in answered {
      let clauses = conclusion.grounds.map(\.clause) + conclusion.either.clauses
      let part = Conclusion.Part(
        from: CivilDate(dayNumber: stretch.days.least ?? 0),
        until: CivilDate(dayNumber: stretch.days.greatest ?? 0),
        status: conclusion.status, grounds: clauses)
      if let last = parts.last, last.status == part.status, last.grounds == part.grounds {
        parts[parts.count - 1].until = part.until
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  /// Grounds that came into force after the first day of the conduct and up to the day of assessment.
  private mutating func noteLaterLaw(in conclusion: inout Conclusion) {
    let rule = generation.rules[conclusion.rule]
    let box = hearings[.joint]
    guard rule.lawInTime?.flagsMilder == true, [.holds, .undetermined].contains(conclusion.status),
      box.box.statements[rule.day] != nil,
      let first = box.box(of: conclusion.rule).days?[rule.day].least
    else { return }
    conclusion.laterLaw = rule.grounds.filter { ground in
      ground.days.least.map { first < $0 && $0 <= file.assessedOn.dayNumber } ?? false
    }.map(\.clause)
  }

  // MARK: Voices and readings

  private mutating func turnsOn(_ rule: Int, _ status: Status) -> [Conclusion.TurnsOn] {
    var turns: [Conclusion.TurnsOn] = []
    let facts = Set(generation.rules[rule].reach.compactMap { generation.variables[$0].fact })
    if file.given.contains(where: { facts.contains($0.fact) && $0.isContested }) {
      for voice in file.voices {
        let other = hearings.status(of: rule, Hearing(voice: voice))
        if other != status { turns.append(.init(what: .voice(voice), status: other)) }
      }
    }
    for variable in generation.rules[rule].reach {
      guard case .choice(let reading) = generation.variables[variable].role else { continue }
      let followed = file.readings[reading] ?? generation.readings[reading].standing
      for variant in generation.readings[reading].declaration.variants.indices where variant != followed {
        let other = hearings.status(of: rule, Hearing(readings: [reading: variant]))
        if other != status { turns.append(.init(what: .reading(reading, variant: variant), status: other)) }
      }
    }
    return turns
  }

  private func contested() -> [Contested] {
    file.given.filter(\.isContested).map { given in
      let speaking = given.accounts.filter { !$0.values.isEmpty }
      return .init(
        fact: given.fact,
        voices: speaking.map { account in
          .init(by: account.by, says: account.values.map { .init(variable: $0.variable, values: $0.values) })
        })
    }
  }

  /// What is stated although a reading decides it, beside what the reading gives.
  private mutating func statedBesideReadings() -> [StatedBesideReading] {
    var entries: [StatedBesideReading] = []
    for (number, reading) in generation.readings.enumerated() where file.packs.contains(reading.pack) {
      guard case .variable(let variable) = reading.decides,
        let condition = reading.conditions[file.readings[number] ?? reading.standing],
        let given = file.given.first(where: { $0.values.contains { $0.variable == variable } }),
        let statement = given.values.first(where: { $0.variable == variable })
      else { continue }
      entries.append(
        .init(
          reading: number, stated: .init(variable: variable, values: statement.values), by: given.by,
          gives: hearings.status(of: condition, .joint)))
    }
    return entries
  }

  private mutating func cautionsOfPacks(among asked: [Int]) -> [Caution] {
    asked.filter { number in
      let caution = generation.cautions[number]
      return file.packs.contains(caution.pack) && hearings.status(of: caution.condition, .joint) == .holds
    }.map { .ofPack($0) }
  }

  // MARK: Presumptions

  /// After the facts: where presumptions speak, each conclusion that runs on them gets a second answer beside its own.
  private mutating func presume(in answer: inout Answer) {
    var followed: [Int: [Int]] = [:]
    let asked = Set(answer.conclusions.map(\.rule))
    for (number, presumption) in generation.presumptions.enumerated()
    where file.packs.contains(presumption.pack) {
      guard hearings.status(of: presumption.condition, .joint) == .holds else { continue }
      let rules = presumption.rules.filter { asked.contains($0) && isOpen(presumption, for: $0) }
      for rule in rules { followed[rule, default: []].append(number) }
      if !rules.isEmpty { answer.presumed.append(.init(presumption: number, rules: rules)) }
    }
    for place in answer.conclusions.indices {
      let rule = answer.conclusions[place].rule
      guard let presumptions = followed[rule] else { continue }
      answer.conclusions[place].presumed = hearings.status(of: rule, Hearing(presumptions: presumptions))
    }
  }

  /// True if a rule reads the fact and the file leaves open whether it is as presumed.
  private mutating func isOpen(_ presumption: Generation.LinkedPresumption, for rule: Int) -> Bool {
    let linked = generation.rules[rule]
    guard let days = hearings[.joint].box(of: rule).days else { return false }
    let box = hearings[.joint].box
    return presumption.values.contains { presumed in
      linked.reach.contains { variable in
        guard generation.variables[variable].base == presumed.variable else { return false }
        let left =
          linked.frame.tied.contains(variable)
          ? days[variable] : box.statements[variable] ?? generation.variables[variable].domain
        return !left.isSubset(of: presumed.values) && !left.isDisjoint(with: presumed.values)
      }
    }
  }
}
