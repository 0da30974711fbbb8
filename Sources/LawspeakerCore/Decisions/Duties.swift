// SPDX-License-Identifier: Apache-2.0

/// The duties and possibilities that the conclusions of a case give rise to, the most pressing first.
///
/// One shows where its rule holds, on the facts or on what is presumed, or, if it is enough that the rule is possible,
/// where the rule is not decided; never from a rule that fails, was not in force or is contradictory. Its clause must be
/// in force on the day of assessment.
/// - Parameters:
///   - conclusions: What can be said of each rule.
///   - file: The case.
///   - generation: The generation under which the case was read.
/// - Returns: What must be done before what may be done; then what is to be done at once, by due date, without delay, and
///   the rest; then in pack and file order.
public func duties(
  of conclusions: [Conclusion], for file: Case, under generation: Generation
) -> [DutyEntry] {
  let byRule = Dictionary(conclusions.map { ($0.rule, $0) }) { first, _ in first }
  let entries = generation.duties.indices.compactMap { number -> DutyEntry? in
    guard let conclusion = byRule[generation.duties[number].rule] else { return nil }
    let duty = generation.duties[number]
    let isInForce = generation.clause(duty.clause).days.contains(file.assessedOn.dayNumber)
    guard file.packs.contains(duty.pack), isInForce, let basis = conclusion.basis(for: duty.declaration)
    else { return nil }
    return DutyEntry(
      duty: number, restsOn: basis, due: due(duty, file), bindsRecorder: binds(duty.declaration, file))
  }
  // sorting by a tuple that ends in the number keeps pack and file order among equals
  return entries.sorted { a, b in
    let (first, second) = (urgency(of: a, file, generation), urgency(of: b, file, generation))
    return first == second ? a.duty < b.duty : first < second
  }
}

extension Conclusion {
  /// What a duty that follows from this rule rests on; nil if it does not follow.
  fileprivate func basis(for duty: Duty) -> DutyEntry.Basis? {
    switch status {
    case .holds: .holds
    case .undetermined, .unsettled:
      presumed == .holds ? .presumed : duty.isFromPossible ? .possible : nil
    case .fails, .notInForce, .contradictory: nil
    }
  }
}

extension Case {
  /// The earliest day that a date can still be by what the file says; nil if it says nothing that begins on a day.
  func earliestDay(of variable: Int) -> CivilDate? {
    if variable == Generation.assessedOn { return assessedOn }
    for given in given {
      guard let statement = given.values.first(where: { $0.variable == variable }) else { continue }
      guard let first = (given.throughout ?? statement.values).least, first > CivilDate.first.dayNumber else {
        return nil
      }
      return CivilDate(dayNumber: first)
    }
    return nil
  }
}

/// The last day of a duty's limit, counted from the earliest day that may have set it running.
private func due(_ duty: Generation.LinkedDuty, _ file: Case) -> CivilDate? {
  guard let limit = duty.declaration.within, let from = duty.from else { return nil }
  return file.earliestDay(of: from)?.adding(limit.count, limit.unit)
}

/// Whether a duty binds who recorded the case; nil if the file does not say who did, or the duty does not say whom.
private func binds(_ duty: Duty, _ file: Case) -> Bool? {
  guard let binds = duty.binds, let recorder = file.frame.recordedBy else { return nil }
  return binds.contains(recorder)
}

/// How pressing a duty is: less is more so.
private func urgency(of entry: DutyEntry, _ file: Case, _ generation: Generation) -> Urgency {
  let duty = generation.duties[entry.duty]
  let rank: Int
  var day = CivilDate.last.dayNumber
  if duty.declaration.promptly == .atOnce {
    rank = 0
  } else if let last = entry.due ?? lastDay(ofHours: duty, file) {
    (rank, day) = (1, last.dayNumber)
  } else if duty.declaration.promptly == .withoutDelay {
    rank = 2
  } else {
    rank = 3
  }
  return Urgency(key: [duty.declaration.isMust ? 0 : 1, rank, day])
}

/// The day in which a limit of hours begins to end, for the order alone.
private func lastDay(ofHours duty: Generation.LinkedDuty, _ file: Case) -> CivilDate? {
  guard let limit = duty.declaration.within, limit.unit == .hours, let from = duty.from else { return nil }
  return file.earliestDay(of: from)?.adding(days: limit.count / 24)
}

private struct Urgency: Comparable {
  let key: [Int]

  static func < (a: Self, b: Self) -> Bool { a.key.lexicographicallyPrecedes(b.key) }
}
