// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import Testing

private func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text), "\(text)") }

@Suite("Days of the calendar") struct CalendarTests {
  @Test(
    "known days have their known numbers",
    arguments: [
      ("1970-01-01", 0), ("1969-12-31", -1), ("2000-01-01", 10_957), ("2000-02-29", 11_016),
      ("2000-03-01", 11_017),
      ("1900-01-01", -25_567), ("2024-02-29", 19_782), ("2038-01-19", 24_855), ("2100-12-31", 47_846),
      ("0001-01-01", -719_162), ("9999-12-31", 2_932_896), ("1600-01-01", -135_140),
    ])
  func anchors(text: String, number: Int) throws {
    #expect(try date(text).dayNumber == number)
    #expect(CivilDate(dayNumber: number).description == text)
  }

  @Test("every day from 1900 to 2100 follows the one before and survives being written and read")
  func everyDay() throws {
    let lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var (year, month, day) = (1900, 1, 1)
    for number in -25_567...47_846 {
      let date = CivilDate(dayNumber: number)
      #expect(date.parts == (year, month, day))
      #expect(CivilDate(date.description) == date)
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      let length = month == 2 && isLeap ? 29 : lengths[month - 1]
      (year, month, day) =
        day < length ? (year, month, day + 1) : month < 12 ? (year, month + 1, 1) : (year + 1, 1, 1)
    }
    #expect((year, month, day) == (2101, 1, 1))
  }

  @Test(
    "29 February is there every fourth year, but not in three of four turns of the century",
    arguments: [
      (1900, false), (2000, true), (2023, false), (2024, true), (2100, false), (2400, true), (4, true),
      (100, false),
    ])
  func leapYears(year: Int, isLeap: Bool) {
    #expect((CivilDate(year: year, month: 2, day: 29) != nil) == isLeap)
  }

  @Test(
    "nothing but yyyy-mm-dd is a day",
    arguments: [
      "", "2023", "2023-04", "2023-4-1", "23-04-01", "2023-04-1", "2023/04/01", "2023-04-01 ", " 2023-04-01",
      "+023-04-01",
      "-023-04-01", "2023-04-31", "2023-02-29", "2023-13-01", "2023-00-01", "2023-01-00", "0000-01-01",
      "20230401",
      "2023-04-01T00:00:00Z", "２０２３-04-01", "2023-04-0١", "10000-01-01", "2023-0a-01",
    ])
  func strict(text: String) { #expect(CivilDate(text) == nil) }

  @Test(
    "completed years turn on the birthday, and for 29 February on 1 March of common years",
    arguments: [
      ("2005-05-10", "2023-05-09", 17), ("2005-05-10", "2023-05-10", 18), ("2004-02-29", "2022-02-28", 17),
      ("2004-02-29", "2022-03-01", 18), ("2004-02-29", "2024-02-28", 19), ("2004-02-29", "2024-02-29", 20),
      ("2004-02-28", "2022-02-28", 18), ("2004-03-01", "2022-02-28", 17), ("2000-12-31", "2001-01-01", 0),
      ("2000-01-01", "2000-01-01", 0), ("2000-01-02", "2000-01-01", -1), ("1896-02-29", "1900-02-28", 3),
      ("1896-02-29", "1900-03-01", 4),
    ])
  func ages(born: String, day: String, years: Int) throws {
    #expect(try date(day).completedYears(since: date(born)) == years)
  }

  @Test(
    "a day, a month or a year can be half known",
    arguments: [
      ("2023-04-01", "2023-04-01", "2023-04-01"), ("2023-04", "2023-04-01", "2023-04-30"),
      ("2024-02", "2024-02-01", "2024-02-29"), ("1900-02", "1900-02-01", "1900-02-28"),
      ("2023", "2023-01-01", "2023-12-31"),
      ("0001", "0001-01-01", "0001-12-31"), ("9999-12", "9999-12-01", "9999-12-31"),
    ])
  func partial(text: String, first: String, last: String) throws {
    let partial = try #require(PartialDate(text))
    #expect(partial.first.description == first)
    #expect(partial.last.description == last)
  }

  @Test(
    "nothing else is half a day",
    arguments: [
      "", "202", "0000", "2023-", "2023-4", "2023-13", "2023-00", "2023-02-29", "2023/04", "20230401",
      "2023-0４", "abcd",
    ])
  func noPartial(text: String) { #expect(PartialDate(text) == nil) }
}

@Suite("Limits by the calendar") struct LimitTests {
  @Test(
    "months keep the day of the month, or end on the month's last day",
    arguments: [
      ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"), ("2024-01-15", 3, "2024-04-15"),
      ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"), ("2023-08-31", 6, "2024-02-29"),
      ("2024-11-30", 3, "2025-02-28"), ("2024-12-31", 2, "2025-02-28"), ("2024-03-31", -1, "2024-02-29"),
      ("2024-01-31", 0, "2024-01-31"),
    ])
  func months(from: String, count: Int, to: String) throws {
    #expect(try date(from).adding(months: count) == date(to))
  }

  @Test("days and weeks go over the ends of months and years, and over 29 February")
  func days() throws {
    #expect(try date("2024-01-15").adding(2, .weeks) == date("2024-01-29"))
    #expect(try date("2024-02-22").adding(1, .weeks) == date("2024-02-29"))
    #expect(try date("2023-02-22").adding(1, .weeks) == date("2023-03-01"))
    #expect(try date("2024-12-31").adding(1, .days) == date("2025-01-01"))
  }

  @Test("hours end on a day only if they make whole days")
  func hours() throws {
    #expect(try date("2024-01-31").adding(48, .hours) == date("2024-02-02"))
    #expect(try date("2024-01-31").adding(36, .hours) == nil)
  }

  @Test("nothing is counted beyond the calendar")
  func ends() throws {
    #expect(CivilDate.last.adding(days: 1) == nil)
    #expect(CivilDate.last.adding(months: 1) == nil)
    #expect(CivilDate.first.adding(months: -1) == nil)
    #expect(try date("2024-01-01").adding(.max, .weeks) == nil)
    #expect(try date("2024-01-01").adding(months: .max) == nil)
  }
}
