// SPDX-License-Identifier: Apache-2.0

/// What some variables can still be, those of days and ages: a box of completions.
package struct Domains: Sendable {
  /// The variables; so few that looking through them is the quickest way to find one.
  private let variables: [Int]
  private var values: [ValueSet]

  /// What each variable can be before anything narrows it.
  package init(_ variables: [Int], _ values: [ValueSet]) {
    self.variables = variables
    self.values = values
  }

  /// What a variable can still be; it must be one of these variables.
  package subscript(variable: Int) -> ValueSet { values[place(of: variable)] }

  private func place(of variable: Int) -> Int {
    for place in variables.indices where variables[place] == variable { return place }
    preconditionFailure("the days of a frame are all there")
  }

  /// Narrows a variable; false if nothing is left.
  package mutating func narrow(_ variable: Int, to allowed: ValueSet) -> Bool {
    let place = place(of: variable)
    values[place] = values[place].intersection(allowed)
    return !values[place].isEmpty
  }

  /// Narrows ages, births and days by each other until nothing changes; false if nothing is left.
  ///
  /// The ties form trees (the linker refuses circles) and each narrows exactly, so what is left is the exact range of
  /// every variable, and a box that is not empty holds a completion.
  mutating func settle(_ relations: [Generation.AgeRelation]) -> Bool {
    while true {
      guard let changed = narrow(by: relations) else { return false }
      if !changed { return true }
    }
  }

  /// Narrows ages, births and days by each other once; nil if nothing is left, else true if anything changed.
  package mutating func narrow(by relations: [Generation.AgeRelation]) -> Bool? {
    var changed = false
    for relation in relations {
      let before = (self[relation.age], self[relation.asOf], self[relation.since])
      guard narrow(relation.age, to: ages(relation)), narrow(relation.since, to: births(relation)),
        narrow(relation.asOf, to: days(relation))
      else { return nil }
      if before != (self[relation.age], self[relation.asOf], self[relation.since]) { changed = true }
    }
    return changed
  }

  private func ages(_ relation: Generation.AgeRelation) -> ValueSet {
    union(self[relation.since], self[relation.asOf]) { births, days in
      let youngest = years(from: births.high, to: days.low)
      return ValueSet(youngest, years(from: births.low, to: days.high))
    }
  }

  private func births(_ relation: Generation.AgeRelation) -> ValueSet {
    union(self[relation.age], self[relation.asOf]) { ages, days in
      let earliest = latestBirth(completing: ages.high + 1, on: days.low) + 1
      return ValueSet(earliest, latestBirth(completing: ages.low, on: days.high))
    }
  }

  private func days(_ relation: Generation.AgeRelation) -> ValueSet {
    union(self[relation.age], self[relation.since]) { ages, births in
      let first = firstDay(completing: ages.low, since: births.low)
      return ValueSet(first, firstDay(completing: ages.high + 1, since: births.high) - 1)
    }
  }

  private func union(
    _ a: ValueSet, _ b: ValueSet, _ combine: (ValueSet.Span, ValueSet.Span) -> ValueSet
  ) -> ValueSet {
    if a.spans.count == 1, b.spans.count == 1 { return combine(a.spans[0], b.spans[0]) }
    return ValueSet(union: a.spans.flatMap { first in b.spans.map { combine(first, $0) } })
  }
}

private func years(from birth: Int, to day: Int) -> Int {
  CivilDate(dayNumber: day).completedYears(since: CivilDate(dayNumber: birth))
}

/// The last day of birth of someone who has completed a number of years on a day: the same day of the month that many
/// years before, and on 29 February the last of the month.
func latestBirth(completing count: Int, on day: Int) -> Int {
  let (year, month, dayOfMonth) = CivilDate(dayNumber: day).parts
  let length = CivilDate.length(ofMonth: month, year: year - count)
  return CivilDate.dayNumber(year: year - count, month: month, day: min(dayOfMonth, length))
}

/// The first day on which someone has completed a number of years: the birthday, and for who was born on 29 February the
/// day after the month's last (design section 4).
func firstDay(completing count: Int, since birth: Int) -> Int {
  let (year, month, dayOfMonth) = CivilDate(dayNumber: birth).parts
  let length = CivilDate.length(ofMonth: month, year: year + count)
  let last = CivilDate.dayNumber(year: year + count, month: month, day: min(dayOfMonth, length))
  return dayOfMonth > length ? last + 1 : last
}
