// SPDX-License-Identifier: Apache-2.0

extension CivilDate {
  /// The day a number of days later, or earlier; nil if it is not counted any more.
  public func adding(days: Int) -> CivilDate? {
    let (number, overflow) = dayNumber.addingReportingOverflow(days)
    guard !overflow, (Self.first.dayNumber...Self.last.dayNumber).contains(number) else { return nil }
    return CivilDate(dayNumber: number)
  }

  /// The day a number of months later, or earlier: the same day of the month, or the month's last where it has no such
  /// day (design section 4).
  ///
  /// - Returns: Nil if the day is not counted any more.
  public func adding(months: Int) -> CivilDate? {
    let (year, month, day) = parts
    let (all, overflow) = (year * 12 + month - 1).addingReportingOverflow(months)
    guard !overflow, all >= 12 else { return nil }
    let (toYear, toMonth) = (all / 12, all % 12 + 1)
    return CivilDate(
      year: toYear, month: toMonth, day: min(day, Self.length(ofMonth: toMonth, year: toYear)))
  }

  /// The last day of a limit that is counted from this day.
  ///
  /// - Returns: Nil if the calendar ends before it, and for hours that make no whole days: the time of day would decide.
  public func adding(_ count: Int, _ unit: Duty.Limit.Unit) -> CivilDate? {
    switch unit {
    case .hours: return count.isMultiple(of: 24) ? adding(days: count / 24) : nil
    case .days: return adding(days: count)
    case .weeks:
      let (days, overflow) = count.multipliedReportingOverflow(by: 7)
      return overflow ? nil : adding(days: days)
    case .months: return adding(months: count)
    }
  }
}
