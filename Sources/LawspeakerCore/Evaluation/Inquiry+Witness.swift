// SPDX-License-Identifier: Apache-2.0

/// Finds cases that settle a question as true, and makes them small.
extension Inquiry {
  /// A case that settles a question as true, in which nothing can be left out.
  ///
  /// - Parameters:
  ///   - number: The question.
  ///   - checked: A day on which someone would likely assess a case; taken where it will do.
  /// - Returns: The case, its values found to the lowest standard that will do; nil if none was found.
  package func witness(of number: Int, near checked: CivilDate) -> Case? {
    for day in daysOfAssessment(near: checked) {
      for start in starts(number, on: day) where verity(of: number, in: start) != .never {
        if let small = goOn(number, from: start).flatMap({ reduced($0, keeping: number) }) { return small }
      }
    }
    return nil
  }

  /// A case without anything that can be left out of it, its values found to the lowest standard that will do.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - number: The question that it settles as true.
  /// - Returns: Nil if the case does not settle the question as true.
  package func reduced(_ file: Case, keeping number: Int) -> Case? {
    guard verity(of: number, in: file) == .always else { return nil }
    return atLowestStandard(file.reduced { verity(of: number, in: $0) == .always }, number)
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
    for (variable, looks) in variablesToState(number) {
      if verity(of: number, in: file) == .always { return file }
      let next = values(of: variable, seenAs: looks, in: file, number).lazy
        .map { file.stating(ValueSet($0), of: variable, under: generation) }
        .first { verity(of: number, in: $0) != .never }
      guard let next else { return nil }
      file = next
    }
    return verity(of: number, in: file) == .always ? file : nil
  }

  /// The variables of which a file speaks that a question compares, each with those that look at it; the day that
  /// governs comes first, and what a reading decides is left out.
  private func variablesToState(_ number: Int) -> [(variable: Int, looks: [Int])] {
    let day = generation.rules[rule(of: number)].day
    let flagged = Set(generation.flags.map { generation.variables[$0.fact].base })
    var stated: [(variable: Int, looks: [Int])] = []
    for variable in [day] + compared(by: number) {
      let base = generation.variables[variable].base
      guard generation.variables[base].fact != nil, !flagged.contains(base) else { continue }
      if let place = stated.firstIndex(where: { $0.variable == base }) {
        if !stated[place].looks.contains(variable) { stated[place].looks.append(variable) }
      } else {
        stated.append((base, [variable]))
      }
    }
    return stated
  }

  /// One value of each cell that is left of a variable: that next to where the rules tell apart.
  private func values(of variable: Int, seenAs looks: [Int], in file: Case, _ number: Int) -> [Int] {
    let frame = generation.rules[rule(of: number)].frame
    let left = CaseBox(file, under: generation).domains(
      saying: generation.variables.indices, relations: frame.relations)
    let domain = generation.variables[variable].domain
    let isDay = domain == .days
    let latest = ValueSet(CivilDate.first.dayNumber, file.assessedOn.dayNumber)
    return looks.flatMap { look -> [Int] in
      let allowed = frame.tied.contains(look) ? left.map { $0[look] } ?? .empty : domain
      return generation.plan.cells[look].compactMap { cell in
        let values = cell.intersection(allowed)
        if isDay { return values.intersection(latest).greatest ?? values.least }
        return values.least == domain.least ? values.greatest : values.least
      }
    }
  }

  /// The same case, found to no higher a standard than the question wants.
  private func atLowestStandard(_ file: Case, _ number: Int) -> Case {
    for standard in Standard.allCases.sorted(by: <) {
      var lower = file
      for given in lower.given.indices {
        for value in lower.given[given].values.indices { lower.given[given].values[value].foundTo = standard }
      }
      if verity(of: number, in: lower) == .always { return lower }
    }
    return file
  }
}
