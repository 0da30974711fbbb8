// SPDX-License-Identifier: Apache-2.0

/// Tells the statuses of case after case under one generation; what it has worked out for one case serves the next.
///
/// A conclusion's status depends on the cells of what its formula compares and, where several of the days and ages among
/// them are open, on what these can be together. Most cases leave most conclusions the same, so the answer is looked up by
/// that, and worked out only where it is new. Each thread has a reader of its own.
package struct StatusReader {
  package let generation: Generation
  /// Whether an answer can depend on what a file says about a fact, by its number.
  package let facts: [Bool]
  private let frames: [Generation.Frame]
  /// For each frame, those with the same days and ties, which are settled together, and its place among them.
  private let settlements: [(group: Int, place: Int)]
  /// For each frame, the births among its ties; nil where the ties are of another shape.
  private let births: [[AgesByBirth]?]
  /// What is answered, in pack and rule order.
  private let rules: [LookedAt]
  /// The variables that rules compare and on which their days do not depend, with the places of these rules.
  private let askers: [(variable: Int, rules: [Int])]
  /// For each rule, the answers by what the file says, and by what is left of the rule then.
  private var answers: KnownAnswers
  private var rests: KnownAnswers
  /// Room for one case: of each rule, the variables that the file narrows with their cells.
  private var touched: [[UInt64]]
  /// The frames that are settled together.
  private let settledTogether: [[Int]]
  /// What was left of their days, by what a file said of these.
  private var knownDays: [[[Int]: [FrameDays]]]
  /// Room for one case: of the frames that are settled together, what is left of the days of each.
  private var days: [[FrameDays]]

  /// What a rule looks at.
  private struct LookedAt {
    let number: Int
    let pack: Int
    /// The place of its frame.
    let frame: Int
    /// The days and ages of its frame that its formula compares, by their place among its days.
    let days: [Int]
    /// How many of these come first that are tied to others.
    let tied: Int
  }

  /// Prepares to read cases that were read under a generation.
  ///
  /// - Parameters:
  ///   - generation: The packs.
  ///   - asked: The conclusions that are answered, by number, rising; nil for all. what is not asked about costs nothing.
  package init(_ generation: Generation, answering asked: [Int]? = nil) {
    self.generation = generation
    var (frames, places): ([Generation.Frame], [Int: Int]) = ([], [:])
    var rules: [LookedAt] = []
    var askers = [[Int]](repeating: [], count: generation.variables.count)
    for (answered, number) in (asked ?? Array(0..<generation.ownRules)).enumerated() {
      let rule = generation.rules[number]
      let frame = rule.frame
      let place = places[frame.number] ?? frames.count
      if place == frames.count {
        places[frame.number] = place
        frames.append(frame)
      }
      let compared = generation.plan.cone(of: rule.node).variables
      let days = frame.days.indices.filter { compared.contains(frame.days[$0]) }
      let tied = days.filter { frame.tied.contains(frame.days[$0]) }
      let others = days.filter { !frame.tied.contains(frame.days[$0]) }
      rules.append(
        LookedAt(
          number: number, pack: rule.pack, frame: place, days: tied + others, tied: tied.count))
      for variable in compared where !frame.days.contains(variable) { askers[variable].append(answered) }
    }
    self.frames = frames
    facts = generation.factsReached(by: rules.lazy.map(\.number))
    let alike = Dictionary(grouping: frames.indices) { place in
      frames.firstIndex { $0.isSettledLike(frames[place]) } ?? place
    }
    let groups = alike.values.sorted { $0[0] < $1[0] }
    settlements = frames.indices.map { frame in
      let group = groups.firstIndex { $0.contains(frame) } ?? 0
      return (group, groups[group].firstIndex(of: frame) ?? 0)
    }
    settledTogether = groups
    knownDays = Array(repeating: [:], count: groups.count)
    days = Array(repeating: [], count: groups.count)
    births = frames.map { AgesByBirth.all($0.relations, generation.plan) }
    self.rules = rules
    self.askers = askers.enumerated().filter { !$1.isEmpty }.map { ($0, $1) }
    (answers, rests) = (KnownAnswers(rules: rules.count), KnownAnswers(rules: rules.count))
    touched = Array(repeating: [], count: rules.count)
  }

  /// The status of every conclusion that is asked about and applies to a case.
  ///
  /// - Parameter file: The case, read under this generation.
  /// - Returns: The same as ``statuses(of:under:)`` has of these: each rule by number, in pack and rule order.
  package mutating func statuses(of file: Case) -> [(rule: Int, status: Status)] {
    guard file.readings.isEmpty else {
      let asked = Set(rules.map(\.number))
      return LawspeakerCore.statuses(of: file, under: generation).filter { asked.contains($0.rule) }
    }
    let box = CaseBox(file, under: generation)
    settleDays(in: box)
    noteTouched(in: box)
    var hearings: Hearings?
    let voices = Voices(file)
    var statuses: [(rule: Int, status: Status)] = []
    statuses.reserveCapacity(rules.count)
    for rule in rules.indices where file.packs.contains(rules[rule].pack) {
      var status = status(of: rule, box, &hearings)
      if voices.differ && status != .holds || voices.goOn {
        var heard = hearing(box, &hearings)
        hearings = nil  // so that there is one owner, and nothing is copied
        status = heard.status(of: rules[rule].number, jointly: status)
        hearings = heard
      }
      statuses.append((rules[rule].number, status))
    }
    return statuses
  }

  /// What makes the answer more than that of all voices together on one day.
  private struct Voices {
    let differ: Bool
    let goOn: Bool

    init(_ file: Case) {
      differ = file.given.contains(where: \.isContested)
      goOn = file.given.contains { $0.throughout != nil }
    }
  }

  /// The status of a rule, all voices heard together and conduct not cut into stretches.
  private mutating func status(of rule: Int, _ box: CaseBox, _ hearings: inout Hearings?) -> Status {
    switch days(of: rules[rule].frame).left {
    case .contradictory: return .contradictory
    case .notInForce: return .notInForce
    case .open(let days):
      noteDays(of: rule)
      if let known = answers[rule][touched[rule]] { return known }
      let status = status(of: rule, days, box, &hearings)
      answers.note(status, for: rule, touched[rule])
      return status
    }
  }

  /// The same by what is left of the rule once it is read: many facts that are new together leave what others left.
  private mutating func status(
    of rule: Int, _ days: Domains, _ box: CaseBox, _ hearings: inout Hearings?
  ) -> Status {
    let (node, frame) = (generation.rules[rules[rule].number].node, rules[rule].frame)
    var completions = box.box(frames[frame], days)
    generation.plan.read(generation.plan.cone(of: node), completions.masks, into: &completions.truths)
    switch completions.truths[node] {
    case .yes: return .holds
    case .no: return .fails
    case .open: break
    }
    var rest = generation.plan.rest(of: node, in: completions)
    let open = frames[frame].tied.count {
      rest.compared.contains($0) && completions.masks[$0].nonzeroBitCount > 1
    }
    if open > 1 { rest.words += self.days(of: frame).together }
    if let known = rests[rule][rest.words] { return known }
    let status = hearing(box, &hearings).joint.status(of: rules[rule].number)
    rests.note(status, for: rule, rest.words)
    return status
  }

  private func hearing(_ box: CaseBox, _ hearings: inout Hearings?) -> Hearings {
    if let hearings { return hearings }
    let made = Hearings(box)
    hearings = made
    return made
  }

  // MARK: One case

  /// What is left of the days of a frame in one case.
  private enum DaysLeft {
    case contradictory
    case notInForce
    case open(Domains)
  }

  /// The same with the cells of each day, none where the facts contradict each other, and what the days and ages are
  /// together, where several of them are open.
  private struct FrameDays {
    let left: DaysLeft
    var cells: [UInt64] = []
    var together: [UInt64] = []
  }

  /// Past so many answers about the days of some frames, these are forgotten.
  private static let mostDays = 500

  /// Works out what is left of the days of each frame; many files say the same of their days.
  private mutating func settleDays(in box: CaseBox) {
    for group in settledTogether.indices {
      let said = said(ofDays: frames[settledTogether[group][0]], in: box)
      if let known = knownDays[group][said] {
        days[group] = known
        continue
      }
      days[group] = settled(settledTogether[group], in: box)
      if knownDays[group].count == Self.mostDays { knownDays[group] = [:] }
      knownDays[group][said] = days[group]
    }
  }

  /// What is left of the days of a frame.
  private func days(of frame: Int) -> FrameDays { days[settlements[frame].group][settlements[frame].place] }

  /// All on which the days of a frame depend in a file: the day of assessment, and what is said of each.
  private func said(ofDays frame: Generation.Frame, in box: CaseBox) -> [Int] {
    var said = [box.file.assessedOn.dayNumber]
    for variable in frame.days {
      guard let values = box.statements[variable] else {
        said.append(-1)  // as many spans as nothing has
        continue
      }
      said.append(values.spans.count)
      for span in values.spans {
        said.append(span.low)
        said.append(span.high)
      }
    }
    return said
  }

  /// What is left of the days of frames that are settled together.
  private func settled(_ places: [Int], in box: CaseBox) -> [FrameDays] {
    guard let whole = box.days(frames[places[0]]) else {
      return places.map { _ in FrameDays(left: .contradictory) }
    }
    let open = open(whole, places[0])
    return places.map { place in
      if whole[frames[place].day].isSubset(of: frames[place].window) { return open }
      guard let left = box.inForce(whole, frames[place]) else { return FrameDays(left: .notInForce) }
      return self.open(left, place)
    }
  }

  /// Days of a frame that are left, with their cells and what these and the ages are together.
  private func open(_ domains: Domains, _ place: Int) -> FrameDays {
    let frame = frames[place]
    var days = FrameDays(left: .open(domains))
    days.cells = frame.days.map { generation.plan.mask(of: domains[$0], variable: $0) }
    let open = zip(frame.days, days.cells).count { frame.tied.contains($0) && $1.nonzeroBitCount > 1 }
    guard open > 1 else { return days }
    let births = births[place]?.compactMap { $0.cells(in: domains, generation.plan) }
    // INVARIANT: a first word tells apart what is told in cells and what is told in days
    if let births, births.count == self.births[place]?.count {
      days.together = [0] + births.flatMap { [UInt64($0.count)] + $0 }
    } else {
      days.together = [1] + frame.days.flatMap { exactly(domains[$0]) }
    }
    return days
  }

  private func exactly(_ values: ValueSet) -> [UInt64] {
    [UInt64(values.spans.count)]
      + values.spans.flatMap { [UInt64(bitPattern: Int64($0.low)), UInt64(bitPattern: Int64($0.high))] }
  }

  /// Notes for each rule what the file narrows of what it compares, days and ages apart.
  private mutating func noteTouched(in box: CaseBox) {
    for rule in touched.indices { touched[rule].removeAll(keepingCapacity: true) }
    for (variable, rules) in askers where box.cells(of: variable) != box.cellsUnsaid(of: variable) {
      for rule in rules {
        touched[rule].append(UInt64(variable))
        touched[rule].append(box.cells(of: variable))
      }
    }
    // INVARIANT: what is appended after this tells the two apart, since no variable has this number.
    for rule in touched.indices { touched[rule].append(.max) }
  }

  /// Notes the cells of the days that a rule compares and, where several that are tied are open, what these can be
  /// together.
  private mutating func noteDays(of rule: Int) {
    let days = days(of: rules[rule].frame)
    var open = 0
    for place in rules[rule].days.indices {
      let cells = days.cells[rules[rule].days[place]]
      touched[rule].append(cells)
      if place < rules[rule].tied, cells.nonzeroBitCount > 1 { open += 1 }
    }
    if open > 1 { touched[rule] += days.together }
  }
}

/// For each rule, answers by the words of what they depend on.
private struct KnownAnswers: Sendable {
  /// Past so many answers, no more are kept.
  private static let most = 100_000
  private var byRule: [[[UInt64]: Status]]
  private var count = 0

  init(rules: Int) { byRule = Array(repeating: [:], count: rules) }

  subscript(rule: Int) -> [[UInt64]: Status] { byRule[rule] }

  mutating func note(_ status: Status, for rule: Int, _ words: [UInt64]) {
    guard count < Self.most else { return }
    byRule[rule][words] = status
    count += 1
  }
}

extension Generation.Frame {
  /// True if what is left of days is the same here and there before law is looked at.
  fileprivate func isSettledLike(_ other: Self) -> Bool { days == other.days && relations == other.relations }
}

extension Generation {
  /// Whether the status of some rules can depend on what a file says about a fact, by its number.
  fileprivate func factsReached(by rules: some Sequence<Int>) -> [Bool] {
    var isReached = [Bool](repeating: false, count: facts.count)
    for rule in rules {
      for variable in self.rules[rule].reach + self.rules[rule].frame.days {
        switch variables[variable].role {
        case .fact(let number, _): isReached[number] = true
        case .isStated(let looked): variables[looked].fact.map { isReached[$0] = true }
        case .assessedOn, .choice: break
        }
      }
    }
    return isReached
  }
}

extension Plan {
  /// What a box leaves of a node that is open: what is decided in it, and what is compared that can still be both.
  fileprivate func rest(of node: Int, in box: Box) -> (words: [UInt64], compared: Set<Int>) {
    var (words, compared): ([UInt64], Set<Int>) = ([], [])
    var isReached = [Bool](repeating: false, count: nodes.count)
    isReached[node] = true
    for number in cone(of: node).nodes.reversed() where isReached[number] {
      let inner = nodes[number]
      switch box.truths[number] {
      case .no: words.append(UInt64(number) * 4)
      case .yes: words.append(UInt64(number) * 4 + 1)
      case .open where inner.kind == .atom:
        words += [UInt64(number) * 4 + 2, box.masks[inner.number]]
        compared.insert(inner.number)
      case .open: for place in inner.range { isReached[parts[place]] = true }
      }
    }
    return (words, compared)
  }
}
