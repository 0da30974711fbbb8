// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// From cells to values, and from values to files that the core confirms.
extension CaseSpace {
  /// Chooses a value for every variable of some ways, the same in all but for the variables that may differ.
  ///
  /// - Returns: Nil if the days of the ways do not go together.
  func sketches(_ ways: [Way], _ looking: Looking, _ ties: Set<Int>) -> [Sketch]? {
    var sketches = ways.map { Sketch($0, space: self) }
    let times = Set(ways.flatMap(\.keys)).union([Generation.assessedOn]).filter(calendar.isTime)
    var eras = ways.map { way in calendar.era(of: way.keys.filter(calendar.isTime), ties: ties) }
    for (place, way) in ways.enumerated() {
      guard eras[place].settle() else { return nil }
      for (variable, cells) in way where calendar.isTime(variable) {
        guard eras[place].narrow(variable, to: plan.values(cells, of: variable)) else { return nil }
      }
    }
    for variable in times.sorted(by: isChosenBefore) {
      let mayDiffer = looking.differing.contains(variable)
      for group in mayDiffer ? eras.indices.map({ [$0] }) : [Array(eras.indices)] {
        let left = group.reduce(plan.values(plan.full[variable], of: variable)) {
          $0.intersection(eras[$1].domains[variable])
        }
        guard let value = plainValue(of: variable, left, eras[group[0]]) else { return nil }
        for place in group {
          guard eras[place].narrow(variable, to: ValueSet(value)) else { return nil }
          if variable == Generation.assessedOn {
            sketches[place].assessedOn = value
          } else if ways[place][variable] != nil {
            sketches[place].said[variable] = value
          }
        }
      }
    }
    return sketches
  }

  /// The day of assessment first, then days, then ages, then births.
  private func isChosenBefore(_ a: Int, _ b: Int) -> Bool {
    func rank(_ variable: Int) -> Int {
      if variable == Generation.assessedOn { return 0 }
      if generation.relations.contains(where: { $0.since == variable }) { return 3 }
      return generation.relations.contains { $0.age == variable } ? 2 : 1
    }
    return (rank(a), a) < (rank(b), b)
  }

  /// A value that nobody stumbles over: a recent day, the age next to where the law draws its line.
  private func plainValue(of variable: Int, _ left: ValueSet, _ era: SpaceCalendar.Era) -> Int? {
    guard let least = left.least, let greatest = left.greatest else { return nil }
    let isDay = variable == Generation.assessedOn || generation.isDate(variable)
    guard isDay else {
      let domain = generation.variables[variable].domain
      let span = left.spans[0]
      return span.low == domain.least && span.high != domain.greatest ? span.high : span.low
    }
    let checked = generation.packs.map(\.source.checked.dayNumber).max() ?? CivilDate.first.dayNumber
    let today =
      variable == Generation.assessedOn ? checked : era.domains[Generation.assessedOn].least ?? checked
    if variable == Generation.assessedOn, left.contains(today) { return today }
    let isBirth = generation.relations.contains { $0.since == variable }
    let reach = isBirth ? 18 * 365 : 2 * 365
    guard let span = left.spans.last(where: { $0.low <= today }) else {
      return least + min(greatest - least, reach) / 2
    }
    let high = min(span.high, today)
    let low = max(span.low, high - reach)
    return low + (high - low) / 2
  }

  /// What a file will say, before it is put into words.
  struct Sketch {
    /// The value of each variable, by its number.
    var said: [Int: Int]
    /// The day of assessment.
    var assessedOn: Int
    /// The variant of each reading that is asked about.
    var readings: [Int: Int]
    /// How surely each variable must be found, where a higher standard must not find it.
    var foundTo: [Int: Standard]

    init(_ way: Way, space: CaseSpace) {
      let generation = space.generation
      (said, readings, foundTo, assessedOn) = ([:], [:], [:], 0)
      var unstated: Set<Int> = []
      for flag in generation.flags where way[flag.flag] == 1 {
        let variable = generation.whole(flag.fact)
        if space.rank(flag.flag) == .indications { unstated.insert(variable) }
        foundTo[variable] = Standard.allCases.last { $0 < space.rank(flag.flag) }.map {
          min($0, foundTo[variable] ?? .beyondReasonableDoubt)
        }
      }
      for flag in generation.flags where way[flag.flag] == 2 {
        let variable = generation.whole(flag.fact)
        if way[variable] == nil { said[variable] = 0 }
      }
      for (variable, cells) in way {
        let value = space.plan.values(cells, of: variable).least ?? 0
        switch generation.variables[variable].role {
        case .choice(let reading):
          if value != generation.readings[reading].standing { readings[reading] = value }
        case .fact: if !space.calendar.isTime(variable) { said[variable] = value }
        case .assessedOn, .isStated: break
        }
      }
      for variable in unstated { said[variable] = nil }
    }
  }

  /// The files of sketches, if the core says of each what it is an example of.
  func confirmed(_ sketches: [Sketch], _ truths: [CaseTruth]) -> [Confirmed]? {
    var files: [Confirmed] = []
    for (sketch, truth) in zip(sketches, truths) {
      guard let formula = truth.formula else { return nil }
      let file = witness(of: sketch, formula)
      guard let read = try? file.read(under: generation),
        generation.isSettled(formula, in: read) == true
      else { return nil }
      files.append(Confirmed(sketch: sketch, file: file))
    }
    return files
  }

  /// A file with what it was made from.
  struct Confirmed {
    var sketch: Sketch
    var file: CaseWitness
  }

  private func witness(of sketch: Sketch, _ formula: Formula) -> CaseWitness {
    var foundTo: [Int: Standard] = [:]
    for (variable, standard) in sketch.foundTo where sketch.said[variable] != nil {
      guard let fact = generation.variables[variable].fact else { continue }
      foundTo[fact] = min(standard, foundTo[fact] ?? standard)
    }
    return CaseWitness(
      sketch.said, foundTo: foundTo, readings: sketch.readings,
      assessedOn: CivilDate(dayNumber: sketch.assessedOn), jurisdiction: jurisdiction(sketch, formula),
      under: generation)
  }

  /// Where the packs of the rules and facts apply.
  private func jurisdiction(_ sketch: Sketch, _ formula: Formula) -> String {
    var packs = Set(
      sketch.said.keys.compactMap { generation.variables[$0].fact }.map { generation.facts[$0].pack })
    formula.forEachLeaf({ _ in }, rule: { packs.insert(generation.rules[$0].pack) })
    let places = packs.map { generation.packs[$0].jurisdiction }.filter { $0 != "UN" }.sorted()
    return places.first ?? "NOR"
  }

  /// The files without what their answers do not need; what is shared is left out of all or none.
  func spared(_ files: [Confirmed], _ truths: [CaseTruth], _ differing: [Int]) -> [CaseWitness] {
    var files = files
    let stated = Set(files.flatMap(\.sketch.said.keys)).sorted { a, b in
      isSparedBefore(a, b)
    }
    for variable in stated {
      let values = Set(files.map { $0.sketch.said[variable] })
      guard values.count == 1 || !differing.contains(variable) else { continue }
      var sketches = files.map(\.sketch)
      for place in sketches.indices { sketches[place].said[variable] = nil }
      if let fewer = confirmed(sketches, truths) { files = fewer }
    }
    for reading in Set(files.flatMap(\.sketch.readings.keys)).sorted() {
      var sketches = files.map(\.sketch)
      for place in sketches.indices { sketches[place].readings[reading] = nil }
      if let fewer = confirmed(sketches, truths) { files = fewer }
    }
    return files.map(\.file)
  }

  /// Births are left out before anything else, then what is sensitive, then what comes late.
  private func isSparedBefore(_ a: Int, _ b: Int) -> Bool {
    func rank(_ variable: Int) -> Int {
      if generation.relations.contains(where: { $0.since == variable }) { return 0 }
      guard let fact = generation.variables[variable].fact else { return 3 }
      return generation.facts[fact].declaration.isSensitive ? 1 : 2
    }
    return (rank(a), -a) < (rank(b), -b)
  }
}

extension Generation {
  /// True for the day of a fact.
  func isDate(_ variable: Int) -> Bool {
    variables[variable].fact.map { facts[$0].declaration.type == .date } ?? false
  }
}
