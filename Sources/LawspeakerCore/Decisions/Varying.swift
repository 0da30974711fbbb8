// SPDX-License-Identifier: Apache-2.0

/// Every way in which a case has been heard, with the completions that were worked out for it.
struct Hearings {
  let file: Case
  let generation: Generation
  /// The variables that will be asked about; nil if any may be.
  private let reach: [Int]?
  /// All voices together, the readings the case is decided under, and nothing presumed.
  let joint: FrameBoxes
  private var heard: [Hearing: FrameBoxes] = [:]

  /// What voices differ about.
  private let contested: [Case.Given]

  /// Past so many combinations of accounts, each voice is heard as a whole.
  static let maximumCombinations = 64

  init(_ file: Case, under generation: Generation, reaching reach: [Int]? = nil) {
    self.init(CaseBox(file, under: generation, reaching: reach), reaching: reach)
  }

  /// Goes on from a case as it is heard with all voices together.
  init(_ box: CaseBox, reaching reach: [Int]? = nil) {
    file = box.file
    generation = box.generation
    self.reach = reach
    contested = box.file.given.filter(\.isContested)
    joint = FrameBoxes(box)
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

  /// The same for the joint hearing, where it is known what all voices say of the conclusion on all days together.
  mutating func status(of rule: Int, jointly joint: Status) -> Status {
    guard stretches(of: rule, .joint).isEmpty else { return status(of: rule, .joint) }
    // where no voice can be believed alone, no way to believe one is looked for
    return contestedWhereOneIsEnough(rule).isEmpty ? joint : statusOfOne(rule, .joint)
  }

  private mutating func statusOfOne(_ rule: Int, _ hearing: Hearing) -> Status {
    self[believing(rule, hearing)].status(of: rule)
  }

  /// The accounts under which a conclusion holds for which one account is enough; as it is, if there are none.
  ///
  /// A duty to protect is not switched off by whoever disagrees: of all ways to believe one account on each contested
  /// fact, the first under which the conclusion holds is followed. Where one voice is heard alone, or something is
  /// presumed, that stands, and one account is enough for the rest.
  mutating func believing(_ rule: Int, _ hearing: Hearing) -> Hearing {
    guard !contested.isEmpty, self[hearing].status(of: rule) != .holds else { return hearing }
    let presumed = hearing.presumptions.flatMap { generation.presumptions[$0].values.map(\.variable) }
    let contested = contestedWhereOneIsEnough(rule).filter { one in
      !presumed.contains(one.variable) && !one.accounts.contains { $0.by == hearing.voice }
    }
    for accounts in combinations(contested, rule, hearing) {
      var other = hearing
      other.accounts = accounts
      if self[other].status(of: rule) == .holds { return other }
    }
    return hearing
  }

  /// A variable of which voices say different things.
  private struct ContestedVariable {
    let variable: Int
    /// The accounts that speak of it, by their places among those of the fact.
    let accounts: [(place: Int, by: String, values: ValueSet)]
  }

  /// The contested variables that a rule looks at under a standard for which one account is enough; members of sets one
  /// by one.
  private func contestedWhereOneIsEnough(_ rule: Int) -> [ContestedVariable] {
    if contested.isEmpty { return [] }
    let looked = Set(
      generation.rules[rule].reach.compactMap { number -> Int? in
        let variable = generation.variables[number]
        return variable.standard?.isMetByOneAccount == true ? variable.base : nil
      })
    return contested.flatMap { given in
      given.contestedVariables.filter(looked.contains).map { variable in
        let told = given.accounts.enumerated().flatMap { place, account in
          account.values.filter { $0.variable == variable }.map { (place, account.by, $0.values) }
        }
        return ContestedVariable(variable: variable, accounts: told)
      }
    }
  }

  private mutating func combinations(
    _ contested: [ContestedVariable], _ rule: Int, _ hearing: Hearing
  ) -> [[Int: Int]] {
    let count = contested.reduce(1) { min($0 * $1.accounts.count, Self.maximumCombinations + 1) }
    if count > Self.maximumCombinations {
      return waysToHold(contested, rule, hearing) + voicesAsAWhole(contested)
    }
    return contested.reduce([[:]]) { ways, one in
      ways.flatMap { way in
        one.accounts.map { way.merging([one.variable: $0.place]) { first, _ in first } }
      }
    }
  }

  /// The accounts that say what would make the conclusion hold, for each of the smallest ways to it.
  private mutating func waysToHold(
    _ contested: [ContestedVariable], _ rule: Int, _ hearing: Hearing
  ) -> [[Int: Int]] {
    guard let box = self[hearing].box(of: rule).completions else { return [] }
    let plan = generation.plan
    return plan.settling(generation.rules[rule].node, being: true, in: box).smallest.map { steps in
      var way: [Int: Int] = [:]
      for step in steps {
        let variable = generation.variables[step.variable].base
        guard let one = contested.first(where: { $0.variable == variable }) else { continue }
        way[variable] =
          one.accounts.first { account in
            plan.mask(of: account.values, variable: step.variable) & ~step.cells == 0
          }?.place
      }
      return way
    }
  }

  /// Each voice in turn, and where it is silent whoever speaks first.
  private func voicesAsAWhole(_ contested: [ContestedVariable]) -> [[Int: Int]] {
    file.voices.map { voice in
      var way: [Int: Int] = [:]
      for one in contested {
        way[one.variable] = (one.accounts.first { $0.by == voice } ?? one.accounts.first)?.place
      }
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
      let looked = [variable] + generation.views[variable, default: []]
      guard looks(rule, at: looked) else { continue }
      let cuts = cuts(of: looked, rule, hearing).filter { first < $0 && $0 <= last }
      let starts = [first] + Set(cuts).sorted()
      return starts.enumerated().map { place, start in
        let end = place + 1 < starts.count ? starts[place + 1] - 1 : last
        return .init(variable: variable, days: ValueSet(start, end))
      }
    }
    return []
  }

  /// True if a rule compares a day, or an age that is counted on it.
  private func looks(_ rule: Int, at days: [Int]) -> Bool {
    let compared = generation.plan.cone(of: generation.rules[rule].node).variables
    let ages = generation.rules[rule].frame.relations.filter { days.contains($0.asOf) }.map(\.age)
    return compared.contains { days.contains($0) || ages.contains($0) }
  }

  /// The first days on which something is otherwise: a clause that comes or goes, or an age that may be reached.
  private mutating func cuts(of days: [Int], _ rule: Int, _ hearing: Hearing) -> [Int] {
    var cuts = days.flatMap { generation.plan.cells[$0].flatMap(\.spans) }.map(\.low)
    let frame = generation.rules[rule].frame
    for tie in frame.relations where days.contains(tie.asOf) {
      guard let births = self[hearing].box(of: rule).days?[tie.since] else { continue }
      for age in generation.plan.cells[tie.age].flatMap(\.spans).map(\.low) {
        for birth in births.spans.flatMap({ [$0.low, $0.high] }) {
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
  var isContested: Bool { accounts.count > 1 && !contestedVariables.isEmpty }

  /// The variables of which two voices that speak do not allow the same, rising.
  var contestedVariables: [Int] {
    Set(accounts.flatMap(\.values).map(\.variable)).filter { variable in
      let told = accounts.compactMap { $0.values.first { $0.variable == variable }?.values }
      return Set(told).count > 1
    }.sorted()
  }
}
