// SPDX-License-Identifier: Apache-2.0

/// Finds cases that settle a question as true, and makes them small.
extension Inquiry {
  /// A case that settles a question as true, in which nothing can be left out.
  ///
  /// - Parameters:
  ///   - number: The question.
  ///   - checked: A day on which someone would likely assess a case; taken where it will do.
  /// - Returns: The case, with all its values beyond reasonable doubt; nil if none was found.
  package func witness(of number: Int, near checked: CivilDate) -> Case? {
    for day in daysOfAssessment(near: checked) {
      for start in starts(number, on: day) where verity(of: number, in: start) != .never {
        guard let found = goOn(number, from: start) else { continue }
        return found.reduced { verity(of: number, in: $0) == .always }
      }
    }
    return nil
  }

  /// One day of every stretch of days of assessment between which no rule tells apart: the likely one first.
  private func daysOfAssessment(near checked: CivilDate) -> [CivilDate] {
    let stretches = generation.plan.cells[Generation.assessedOn].reversed().flatMap(\.spans)
    let days = stretches.flatMap { span in
      span.low <= checked.dayNumber && checked.dayNumber <= span.high
        ? [checked.dayNumber] : span.high == CivilDate.last.dayNumber ? [span.low] : [span.high, span.low]
    }
    return days.sorted { abs($0 - checked.dayNumber) < abs($1 - checked.dayNumber) }
      .map { CivilDate(dayNumber: $0) }
  }

  /// Silent cases, but for what a reading would decide: that may be stated either way or not at all.
  private func starts(_ number: Int, on day: CivilDate) -> [Case] {
    let pack = generation.packs[generation.rules[rule(of: number)].pack]
    let jurisdiction = pack.jurisdiction == "UN" ? "NOR" : pack.jurisdiction
    let silent = Case(
      reference: "T-1", person: nil, related: [], jurisdiction: jurisdiction, isJurisdictionStated: false,
      assessedOn: day, given: [], packs: generation.applicablePacks(in: jurisdiction))
    let compared = Set(compared(by: number))
    let flagged = Set(
      generation.flags.filter { compared.contains($0.flag) }.map { generation.variables[$0.fact].base })
    return flagged.sorted().prefix(3).reduce([silent]) { starts, variable in
      starts
        + starts.flatMap { start in
          [ValueSet.yes, .no].map { start.stating($0, of: variable, under: generation) }
        }
    }
  }

  /// States what the question compares, one variable after the other, as long as the question can still be true.
  private func goOn(_ number: Int, from start: Case) -> Case? {
    var file = start
    var variables = [generation.rules[rule(of: number)].day]
    for variable in compared(by: number) {
      let base = generation.variables[variable].base
      if generation.variables[base].fact != nil, !variables.contains(base) { variables.append(base) }
    }
    let flagged = Set(generation.flags.map { generation.variables[$0.fact].base })
    for variable in variables where variable != Generation.assessedOn && !flagged.contains(variable) {
      if verity(of: number, in: file) == .always { return file }
      let next = values(of: variable, in: file, number).lazy
        .map { file.stating(ValueSet($0), of: variable, under: generation) }
        .first { verity(of: number, in: $0) != .never }
      guard let next else { return nil }
      file = next
    }
    return verity(of: number, in: file) == .always ? file : nil
  }

  /// One value of each cell that is left of a variable: that next to where the rules tell apart.
  private func values(of variable: Int, in file: Case, _ number: Int) -> [Int] {
    let frame = generation.rules[rule(of: number)].frame
    let left = CaseBox(file, under: generation).domains(
      saying: generation.variables.indices, relations: frame.relations)
    let domain = generation.variables[variable].domain
    let isKnown = frame.tied.contains(variable)
    let allowed = isKnown ? left.map { $0[variable] } ?? .empty : domain
    let isDay = domain == .days
    let latest = ValueSet(CivilDate.first.dayNumber, file.assessedOn.dayNumber)
    return generation.plan.cells[variable].compactMap { cell in
      let values = cell.intersection(allowed)
      if isDay { return values.intersection(latest).greatest ?? values.least }
      return values.least == domain.least ? values.greatest : values.least
    }
  }
}

extension Case {
  /// With a variable known beyond reasonable doubt to lie among some values.
  package func stating(_ values: ValueSet, of variable: Int, under generation: Generation) -> Case {
    guard let fact = generation.variables[variable].fact else { return self }
    let statement = Statement(variable: variable, values: values, foundTo: .beyondReasonableDoubt)
    var file = self
    if let place = file.given.firstIndex(where: { $0.fact == fact }) {
      file.given[place].values.removeAll { $0.variable == variable }
      file.given[place].values.append(statement)
      file.given[place].values.sort { $0.variable < $1.variable }
    } else {
      file.given.append(Given(fact: fact, values: [statement], manner: .stated))
      file.given.sort { $0.fact < $1.fact }
    }
    return file
  }

  /// Leaves out whatever can be left out while something stays true of the case: first whole facts, then what is said of
  /// single members, last first.
  package func reduced(while isStillSo: (Case) -> Bool) -> Case {
    var file = self
    for place in file.given.indices.reversed() {
      var without = file
      without.given.remove(at: place)
      if isStillSo(without) { file = without }
    }
    for place in file.given.indices.reversed() {
      for value in file.given[place].values.indices.reversed() where file.given[place].values.count > 1 {
        var without = file
        without.given[place].values.remove(at: value)
        if isStillSo(without) { file = without }
      }
    }
    return file
  }
}
