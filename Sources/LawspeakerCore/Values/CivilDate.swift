// SPDX-License-Identifier: Apache-2.0

/// A day of the proleptic Gregorian calendar, without clock or time zone.
public struct CivilDate: Hashable, Sendable, Comparable {
  /// Days since 1970-01-01.
  public let dayNumber: Int

  /// The day with a number of days since 1970-01-01.
  public init(dayNumber: Int) { self.dayNumber = dayNumber }

  /// The day of a year, month and day of the month; nil if the calendar has no such day.
  ///
  /// Days are counted in eras of 400 years from 1 March (Hinnant, "chrono-compatible low-level date algorithms").
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
    guard day >= 1, day <= Self.length(ofMonth: month, year: year) else { return nil }
    dayNumber = Self.dayNumber(year: year, month: month, day: day)
  }

  /// The days from 1970-01-01 to a day of any year, those before the year 1 counted on.
  package static func dayNumber(year: Int, month: Int, day: Int) -> Int {
    let shifted = month > 2 ? year : year - 1
    let era = (shifted >= 0 ? shifted : shifted - 399) / 400
    let yearOfEra = shifted - era * 400
    let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// Reads `yyyy-mm-dd`, strictly; nil for anything else or a day that does not exist.
  public init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
    guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10])
    else {
      return nil
    }
    self.init(year: year, month: month, day: day)
  }

  /// The first day that is counted, 0001-01-01.
  public static let first = CivilDate(dayNumber: -719_162)
  /// The last day that is counted, 9999-12-31.
  public static let last = CivilDate(dayNumber: 2_932_896)

  /// Year, month and day of the month.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = dayNumber + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
    return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// Orders by time.
  public static func < (a: CivilDate, b: CivilDate) -> Bool { a.dayNumber < b.dayNumber }

  /// The completed years from a birthday to this day.
  ///
  /// Who was born on 29 February turns a year older on 1 March in common years (design section 4). Before the birthday
  /// itself the count is negative.
  public func completedYears(since birth: CivilDate) -> Int {
    let (year, month, day) = parts
    let born = birth.parts
    return year - born.year - ((month, day) < (born.month, born.day) ? 1 : 0)
  }

  /// The number of days in a month.
  package static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CivilDate: CustomStringConvertible {
  /// `yyyy-mm-dd`.
  public var description: String {
    let (year, month, day) = parts
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }
}

/// A day, a month or a year, as people write dates they half know: `2023-04-01`, `2023-04`, `2023`.
public struct PartialDate: Hashable, Sendable {
  /// The first day it can mean.
  public let first: CivilDate
  /// The last day it can mean.
  public let last: CivilDate

  /// Reads one of the three forms, strictly; nil for anything else or a day that does not exist.
  public init?(_ text: String) {
    if let day = CivilDate(text) {
      (first, last) = (day, day)
      return
    }
    let bytes = Array(text.utf8)
    guard bytes.count == 4 || bytes.count == 7, let year = number(bytes[0..<4]) else { return nil }
    if bytes.count == 4 {
      guard let start = CivilDate(year: year, month: 1, day: 1),
        let end = CivilDate(year: year, month: 12, day: 31)
      else { return nil }
      (first, last) = (start, end)
      return
    }
    guard bytes[4] == UInt8(ascii: "-"), let month = number(bytes[5..<7]),
      let start = CivilDate(year: year, month: month, day: 1),
      let end = CivilDate(year: year, month: month, day: CivilDate.length(ofMonth: month, year: year))
    else { return nil }
    (first, last) = (start, end)
  }
}

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
  var value = 0
  for digit in digits {
    guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
    value = value * 10 + Int(digit - UInt8(ascii: "0"))
  }
  return value
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = String(number)
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
