// SPDX-License-Identifier: Apache-2.0

/// A case as the words common to several generations tell it.
package struct ToldCase: Hashable, Sendable {
  /// The day of assessment.
  package var assessedOn: CivilDate
  /// What it says of facts, by the id of the fact, then by the place of the member.
  package var statements: [Statement]
  /// Readings other than the usual ones under which it is decided: the id of the reading, and the variant.
  package var readings: [String: String]
  /// How surely its facts were found; nil if it does not say.
  package var foundTo: Standard?

  /// What a case says of one fact, or of one member of a set.
  package struct Statement: Hashable, Sendable {
    /// `palermo.act`.
    package let fact: String
    /// For a set, the member.
    package let member: String?
    /// The value, as a number of the fact's domain.
    package let value: Int
  }
}

extension CommonSpace {
  /// A case that goes a way.
  ///
  /// - Parameters:
  ///   - way: What variables are to be.
  ///   - day: The day of assessment, if the way leaves it.
  /// - Returns: The case; nil if its days cannot be told together.
  func told(_ way: [Settling.Step], assessedOn day: CivilDate) -> ToldCase? {
    let timely = timely
    let clock = Clock(self, reaching: timely)
    var domains = clock.all
    for step in way where timely.contains(step.variable) {
      guard domains.narrow(step.variable, to: plan.values(step.cells, of: step.variable)) else { return nil }
    }
    guard clock.settle(&domains) else { return nil }
    var onTheDay = domains
    if onTheDay.narrow(assessedOn, to: ValueSet(day.dayNumber)), clock.settle(&onTheDay) {
      domains = onTheDay
    }
    var told = ToldCase(assessedOn: day, statements: [], readings: [:], foundTo: nil)
    var stated: Set<ToldCase.Statement> = []
    for step in way where step.variable != assessedOn {
      var values = plan.values(step.cells, of: step.variable)
      if timely.contains(step.variable) { values = domains[step.variable] }
      guard let value = plainValue(of: step.variable, in: values) else { return nil }
      if timely.contains(step.variable) {
        guard domains.narrow(step.variable, to: ValueSet(value)), clock.settle(&domains) else { return nil }
      }
      tell(step.variable, value, &told, &stated)
    }
    let assessed = domains[assessedOn]
    if !assessed.contains(day.dayNumber), let other = plainValue(of: assessedOn, in: assessed) {
      told.assessedOn = CivilDate(dayNumber: other)
    }
    told.statements = stated.sorted {
      ($0.fact, $0.member ?? "", $0.value) < ($1.fact, $1.member ?? "", $1.value)
    }
    return told
  }

  private func tell(
    _ variable: Int, _ value: Int, _ told: inout ToldCase, _ stated: inout Set<ToldCase.Statement>
  ) {
    switch variables[variable].role {
    case .assessedOn: break
    case .fact(let id, let member): stated.insert(.init(fact: id, member: member, value: value))
    case .choice(let id):
      let reading = words.reading(id, side: variables[variable].side ?? 0)
      guard let reading, value != reading.standing else { return }
      told.readings[id] = reading.variants[value]
    case .isStated(let id, let member):
      let isTold = stated.contains { $0.fact == id && $0.member == member }
      if value == 1, !isTold { stated.insert(.init(fact: id, member: member, value: 0)) }
    }
  }

  /// The value of some that a person would think of first: next to the limit that makes the difference.
  private func plainValue(of variable: Int, in values: ValueSet) -> Int? {
    values.least == domains[variable].least && values.greatest != domains[variable].greatest
      ? values.greatest : values.least
  }
}
