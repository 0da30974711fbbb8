// SPDX-License-Identifier: Apache-2.0

/// What one case says, ready to be asked about many rules.
///
/// A class, since all who ask share it and a copy would count a reference for each of its arrays.
final class CaseBox: Sendable {
  let generation: Generation
  let file: Case
  /// What the file says about each variable that it narrows; nil for the others.
  let statements: Statements
  /// The cells in which the file leaves each variable.
  private let masks: [UInt64]
  /// The cells of each variable if the file said nothing.
  private let silent: [UInt64]
  private let past: ValueSet

  /// Prepares a case.
  ///
  /// - Parameters:
  ///   - file: The case.
  ///   - generation: The generation under which it was read.
  ///   - hearing: Who is heard, how the law is read, what is presumed.
  ///   - reach: The variables that will be asked about; nil if any may be.
  init(
    _ file: Case, under generation: Generation, hearing: Hearing = .joint, reaching reach: [Int]? = nil
  ) {
    var isReached = [Bool](repeating: reach == nil, count: generation.variables.count)
    for variable in reach ?? [] { isReached[variable] = true }
    let followsUsual = hearing.readings.isEmpty && file.readings.isEmpty
    silent =
      followsUsual
      ? generation.silent
      : generation.unsaid(reading: hearing.readings.merging(file.readings) { first, _ in first })
    var statements = Statements(ofVariables: generation.variables.count)
    var masks = silent
    func say(_ values: ValueSet, of variable: Int) {
      statements.note(values, of: variable)
      masks[variable] &= generation.plan.mask(of: values, variable: variable)
    }
    if hearing.isAsTheFileStands {
      file.forEachStatement(of: generation) { if isReached[$0] { say($1, of: $0) } }
    } else {
      let heard = HeardCase(file, hearing, under: generation)
      for variable in heard.spokenOf() where isReached[variable] {
        if let values = heard.statement(of: variable) { say(values, of: variable) }
      }
    }
    for flag in generation.flags where statements[flag.fact] != nil {
      masks[flag.flag] = generation.plan.mask(of: .yes, variable: flag.flag)
    }
    self.statements = statements
    self.masks = masks
    past = ValueSet(CivilDate.first.dayNumber, file.assessedOn.dayNumber)
    self.generation = generation
    self.file = file
  }

  /// What a file says about some of many variables, in as few pieces as there are statements.
  struct Statements: Sendable {
    /// For each variable the place of what is said about it; less than zero where nothing is.
    private var places: [Int32]
    private var said: [ValueSet] = []

    init(ofVariables count: Int) { places = Array(repeating: -1, count: count) }

    /// How many variables there are.
    var count: Int { places.count }

    subscript(variable: Int) -> ValueSet? { places[variable] < 0 ? nil : said[Int(places[variable])] }

    mutating func note(_ values: ValueSet, of variable: Int) {
      if places[variable] < 0 {
        places[variable] = Int32(said.count)
        said.append(values)
      } else {
        said[Int(places[variable])] = values
      }
    }
  }

  /// What types, ties and the day of assessment allow, narrowed by what the file says about some variables.
  ///
  /// - Returns: Nil if no completion is left.
  func domains(saying variables: some Sequence<Int>, relations: [Generation.AgeRelation]) -> Domains? {
    let kept = Set(variables)
    let tied = relations.flatMap { [$0.age, $0.asOf, $0.since] }
    let all = kept.union(tied).union([Generation.assessedOn]).sorted()
    return domains(of: all, relations, saying: kept.contains)
  }

  private func domains(
    of variables: [Int], _ relations: [Generation.AgeRelation], saying isKept: (Int) -> Bool
  ) -> Domains? {
    var domains = Domains(variables, variables.map(allowed))
    for variable in variables where isKept(variable) {
      guard let values = statements[variable] else { continue }
      guard domains.narrow(variable, to: values) else { return nil }
    }
    return domains.settle(relations) ? domains : nil
  }

  /// What a variable can be, whatever the file says of it.
  private func allowed(_ variable: Int) -> ValueSet {
    if variable == Generation.assessedOn { return ValueSet(file.assessedOn.dayNumber) }
    let domain = generation.variables[variable].domain
    return generation.governingDays.contains(variable) ? domain.intersection(past) : domain
  }

  /// What is left of the days of a frame, before days without law are left out; nil if no completion is left.
  func days(_ frame: Generation.Frame, saying isKept: (Int) -> Bool = { _ in true }) -> Domains? {
    domains(of: frame.days, frame.relations, saying: isKept)
  }

  /// Leaves out the days on which no ground is in force; nil if none is left.
  ///
  /// Where a rule incriminates and the file gives a day that is uncertain, days before the law stay, and count as false.
  func inForce(
    _ domains: Domains, _ frame: Generation.Frame, saying isKept: (Int) -> Bool = { _ in true }
  ) -> Domains? {
    if frame.isIncriminating, statements[frame.day] != nil, isKept(frame.day) {
      return domains[frame.day].isDisjoint(with: frame.window) ? nil : domains
    }
    if domains[frame.day].isSubset(of: frame.window) { return domains }  // what is settled already stays so
    var left = domains
    guard left.narrow(frame.day, to: frame.window) else { return nil }
    return left.settle(frame.relations) ? left : nil
  }

  /// The completions of a frame that the file leaves.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - domains: The days of the frame that are left, from ``inForce(_:_:)``.
  /// - Returns: The completions, with no formula read yet.
  func box(_ frame: Generation.Frame, _ domains: Domains) -> Box {
    var masks = masks
    narrow(&masks, to: domains, frame)
    let truths = [Truth](repeating: .open, count: generation.plan.nodes.count)
    return Box(masks: masks, domains: frame.tied.isEmpty ? nil : domains, truths: truths)
  }

  /// The completions of a frame in which nothing that the file says is kept, with no formula read yet.
  func silentBox() -> Box {
    let unread = [Truth](repeating: .open, count: generation.plan.nodes.count)
    return Box(masks: silent, domains: nil, truths: unread)
  }

  /// The cells in which the file leaves a variable, ties not followed.
  func cells(of variable: Int) -> UInt64 { masks[variable] }

  /// The cells of a variable if the file said nothing.
  func cellsUnsaid(of variable: Int) -> UInt64 { silent[variable] }

  /// Narrows the days of a frame to what is left of them.
  func narrow(_ masks: inout [UInt64], to domains: Domains, _ frame: Generation.Frame) {
    for variable in frame.days {
      masks[variable] = generation.plan.mask(of: domains[variable], variable: variable)
    }
  }
}
