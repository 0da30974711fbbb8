// SPDX-License-Identifier: Apache-2.0

/// How the ages that are counted from one birth move from cell to cell together, as the birth moves over the days that
/// are left for it.
///
/// Where each age is counted on one day, this is all that a formula can learn of what the ages are together.
struct AgesByBirth {
  /// The variable of the day of birth.
  let since: Int
  /// The first value of each stretch of its cells.
  private let lows: [Int]
  private let ages: [Age]

  private struct Age {
    let variable: Int
    /// The variable of the day on which it is counted.
    let asOf: Int
    /// The first value of each stretch of its cells.
    let lows: [Int]
  }

  /// The births among some ties; nil if an age is counted from several, or is the day on which another is counted.
  static func all(_ relations: [Generation.AgeRelation], _ plan: Plan) -> [AgesByBirth]? {
    let (ages, days) = (relations.map(\.age), Set(relations.map(\.asOf)))
    let births = Set(relations.map(\.since)).sorted()
    guard Set(ages).count == ages.count, days.isDisjoint(with: ages), days.isDisjoint(with: births) else {
      return nil
    }
    func lows(_ variable: Int) -> [Int] { plan.cells[variable].flatMap(\.spans).map(\.low) }
    return births.map { birth in
      let tied = relations.filter { $0.since == birth }
      return AgesByBirth(
        since: birth, lows: lows(birth),
        ages: tied.map { Age(variable: $0.age, asOf: $0.asOf, lows: lows($0.age)) })
    }
  }

  /// The cells of the birth and of each age, from the first birth that is left to the last; nil if one of the days on
  /// which ages are counted is open.
  func cells(in domains: Domains, _ plan: Plan) -> [UInt64]? {
    let births = domains[since]
    var changes = births.spans.map(\.low) + lows.filter(births.contains)
    for age in ages {
      guard let day = domains[age.asOf].single else { return nil }
      changes += age.lows.map { latestBirth(completing: $0, on: day) + 1 }.filter(births.contains)
    }
    var cells: [UInt64] = []
    for birth in changes.sorted() {
      var together = [plan.mask(of: ValueSet(birth), variable: since)]
      for age in ages {
        guard let day = domains[age.asOf].single else { return nil }
        let years = CivilDate(dayNumber: day).completedYears(since: CivilDate(dayNumber: birth))
        together.append(plan.mask(of: ValueSet(years), variable: age.variable))
      }
      if cells.suffix(together.count) != together[...] { cells += together }
    }
    return cells
  }
}
