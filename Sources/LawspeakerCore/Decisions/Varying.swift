// SPDX-License-Identifier: Apache-2.0

/// Every way in which a case has been heard, with the completions that were worked out for it.
struct Hearings {
  let file: Case
  let generation: Generation
  /// The variables that will be asked about; nil if any may be.
  private let reach: [Int]?
  private let joint: FrameBoxes
  private var heard: [Hearing: FrameBoxes] = [:]

  /// Past so many combinations of accounts, each voice is heard as a whole.
  static let maximumCombinations = 64

  init(_ file: Case, under generation: Generation, reaching reach: [Int]? = nil) {
    self.file = file
    self.generation = generation
    self.reach = reach
    joint = FrameBoxes(CaseBox(file, under: generation, reaching: reach))
  }

  /// The completions under one way of hearing.
  subscript(hearing: Hearing) -> FrameBoxes {
    mutating get {
      if hearing == .joint { return joint }
      if let known = heard[hearing] { return known }
      let frames = FrameBoxes(CaseBox(file, under: generation, hearing: hearing, reaching: reach))
      heard[hearing] = frames
      return frames
    }
  }

  /// What can be said of a conclusion under one way of hearing, whole stretches of conduct and accounts included.
  mutating func status(of rule: Int, _ hearing: Hearing) -> Status {
    let stretches = stretches(of: rule, hearing)
    if stretches.isEmpty { return statusOfOne(rule, hearing) }
    return .together(
      stretches.map { stretch in
        var part = hearing
        part.stretch = stretch
        return statusOfOne(rule, part)
      })
  }

  private mutating func statusOfOne(_ rule: Int, _ hearing: Hearing) -> Status {
    self[believing(rule, hearing)].status(of: rule)
  }

  /// The accounts under which a conclusion holds for which one account is enough; as it is, if there are none.
  ///
  /// A duty to protect is not switched off by whoever disagrees: of all ways to believe one account on each contested
  /// fact, the first under which the conclusion holds is followed.
  mutating func believing(_ rule: Int, _ hearing: Hearing) -> Hearing {
    guard hearing.voice == nil, self[hearing].status(of: rule) != .holds else { return hearing }
    for accounts in combinations(contestedWhereOneIsEnough(rule)) {
      var other = hearing
      other.accounts = accounts
      if self[other].status(of: rule) == .holds { return other }
    }
    return hearing
  }

  /// The contested facts that a rule looks at under a standard for which one account is enough.
  private func contestedWhereOneIsEnough(_ rule: Int) -> [Case.Given] {
    let contested = file.given.filter(\.isContested)
    if contested.isEmpty { return [] }
    let looked = Set(
      generation.rules[rule].reach.compactMap { number -> Int? in
        let variable = generation.variables[number]
        return variable.standard?.isMetByOneAccount == true ? variable.fact : nil
      })
    return contested.filter { looked.contains($0.fact) }
  }

  private func combinations(_ contested: [Case.Given]) -> [[Int: Int]] {
    let count = contested.reduce(1) { min($0 * max($1.accounts.count, 1), Self.maximumCombinations + 1) }
    if count > Self.maximumCombinations { return voicesAsAWhole(contested) }
    return contested.reduce([[:]]) { ways, given in
      ways.flatMap { way in
        given.accounts.indices.map { way.merging([given.fact: $0]) { first, _ in first } }
      }
    }
  }

  private func voicesAsAWhole(_ contested: [Case.Given]) -> [[Int: Int]] {
    file.voices.map { voice in
      var way: [Int: Int] = [:]
      for given in contested { way[given.fact] = given.accounts.firstIndex { $0.by == voice } }
      return way
    }
  }

  /// The stretches of days into which conduct is cut for a conclusion: where the law changes, and on a birthday that a
  /// rule asks about; none if the file does not speak of conduct on every day.
  mutating func stretches(of rule: Int, _ hearing: Hearing) -> [Hearing.Stretch] {
    guard hearing.stretch == nil else { return [] }
    for given in file.given {
      guard let days = given.throughout, let first = days.least, let last = days.greatest else { continue }
      let variable = generation.facts[given.fact].variables.lowerBound
      guard looks(rule, at: variable) else { continue }
      let cuts = cuts(of: variable, rule, hearing).filter { first < $0 && $0 <= last }
      let starts = [first] + Set(cuts).sorted()
      return starts.enumerated().map { place, start in
        let end = place + 1 < starts.count ? starts[place + 1] - 1 : last
        return .init(variable: variable, days: ValueSet(start, end))
      }
    }
    return []
  }

  /// True if a rule compares a day, or an age that is counted on it.
  private func looks(_ rule: Int, at day: Int) -> Bool {
    let compared = generation.plan.cone(of: generation.rules[rule].node).variables
    let ages = generation.rules[rule].frame.relations.filter { $0.asOf == day }.map(\.age)
    return compared.contains { $0 == day || ages.contains($0) }
  }

  /// The first days on which something is otherwise: a clause that comes or goes, or an age that may be reached.
  private mutating func cuts(of day: Int, _ rule: Int, _ hearing: Hearing) -> [Int] {
    var cuts = generation.plan.cells[day].flatMap(\.spans).map(\.low)
    let frame = generation.rules[rule].frame
    for tie in frame.relations where tie.asOf == day {
      guard let births = self[hearing].box(of: rule).days?[tie.since] else { continue }
      for age in generation.plan.cells[tie.age].flatMap(\.spans).map(\.low) {
        for birth in [births.least, births.greatest].compactMap({ $0 }) {
          cuts.append(firstDay(completing: age, since: birth))
        }
      }
    }
    return cuts
  }
}

extension Status {
  /// What can be said of conduct over several stretches: one that holds is enough, and all must fail.
  static func together(_ parts: [Status]) -> Status {
    if parts.contains(.holds) { return .holds }
    let looked = parts.filter { $0 != .notInForce && $0 != .contradictory }
    if looked.isEmpty { return parts.contains(.notInForce) ? .notInForce : .contradictory }
    if looked.allSatisfy({ $0 == .fails }) { return .fails }
    return looked.contains(.unsettled) ? .unsettled : .undetermined
  }
}

extension Case {
  /// The roles that give an account of anything, in the order of the file.
  var voices: [String] {
    var voices: [String] = []
    for account in given.flatMap(\.accounts) where !voices.contains(account.by) { voices.append(account.by) }
    return voices
  }
}

extension Case.Given {
  /// True if two voices that speak of one thing do not allow the same.
  var isContested: Bool {
    Set(accounts.flatMap(\.values).map(\.variable)).contains { variable in
      let told = accounts.compactMap { $0.values.first { $0.variable == variable }?.values }
      return Set(told).count > 1
    }
  }
}
