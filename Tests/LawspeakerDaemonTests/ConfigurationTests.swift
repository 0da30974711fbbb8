// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import TestSupport
import Testing
import YAMLTree

@testable import LawspeakerDaemon

@Suite("The configuration") struct ConfigurationTests {
  private static func read(_ text: String) throws -> Configuration {
    try Configuration(Array(text.utf8), file: "/etc/lawspeaker/lawspeaker.yaml")
  }

  private static let shipped = DaemonHarness.repository + "/config/lawspeaker.yaml"

  @Test("the file that is installed says the defaults")
  func shipped() throws {
    let text = try String(contentsOfFile: Self.shipped, encoding: .utf8)
    #expect(try Self.read(text) == Configuration())
  }

  @Test("its examples are read once the `#` before them is away")
  func examples() throws {
    let lines = try String(contentsOfFile: Self.shipped, encoding: .utf8).components(separatedBy: "\n")
    let used = lines.map { line -> String in
      let start = line.drop { $0 == " " }
      guard start.hasPrefix("#"), let next = start.dropFirst().first, next != " " else { return line }
      return String(line.prefix(line.count - start.count) + start.dropFirst())
    }

    let configuration = try Self.read(used.joined(separator: "\n"))

    #expect(Set(configuration.access.keys) == Set(AccessRight.allCases))
    #expect(configuration.access[.operate] == ["operators", "wheel"])
    #expect(Set(configuration.retention.map(\.what)) == Set(RetentionCategory.allCases))
    #expect(configuration.retention.first?.holds == "palermo.trafficking")
    #expect(configuration.checkpoints.folder == "/mnt/witness/checkpoints")
  }

  @Test("every new key is read, and paths are taken from the file's folder")
  func keys() throws {
    let configuration = try Self.read(
      """
      lawspeaker: 1
      keys: secrets
      checkpoints: {folder: heads, every: 90 minutes}
      privacy: {case_refs: pseudonym, purpose: required, suppress_below: 0}
      access: {read: _readers, audit: [a-1, b_2]}
      retention:
        - {what: cases, holds: norway.unlawful-stay, after: 18 months}
        - {what: cases, after: 2 weeks}
        - {what: done, after: 30 days}

      """)

    #expect(configuration.keyFolder == "/etc/lawspeaker/secrets")
    #expect(configuration.checkpoints.folder == "/etc/lawspeaker/heads")
    #expect(configuration.checkpoints.everySeconds == 5400)
    #expect(configuration.privacy.caseReferences == .pseudonym && configuration.privacy.purpose == .required)
    #expect(configuration.privacy.suppressBelow == 0)
    #expect(configuration.access == [.read: ["_readers"], .audit: ["a-1", "b_2"]])
    let periods = [Period(18, .months), Period(2, .weeks), Period(30, .days)]
    #expect(configuration.retention.map(\.after) == periods)
    #expect(configuration.retention.map(\.what) == [.cases, .cases, .done])
    #expect(configuration.retention.map(\.holds) == ["norway.unlawful-stay", nil, nil])
  }

  @Test("what is left out inside a key keeps its default")
  func partly() throws {
    let configuration = try Self.read(
      "lawspeaker: 1\nprivacy: {purpose: required}\ncheckpoints: {folder: h}\n")
    #expect(configuration.privacy.suppressBelow == 5 && configuration.privacy.caseReferences == .plain)
    #expect(configuration.checkpoints.everySeconds == 3600)
    #expect(configuration.keyFolder == "/etc/lawspeaker/keys")
  }

  @Test(
    "what is wrong is told with its place, its code and a way out",
    arguments: [
      ("keys: []", "2:7", "wrong-kind", ""),
      ("keys: ''", "2:7", "empty-value", "leave the key out"),
      ("checkpoints: {every: 1 hour}", "2:22", "bad-quantity", "1 hours"),
      ("checkpoints: {every: 0 minutes}", "2:22", "bad-quantity", "1 hours"),
      ("checkpoints: {every: 25 hours}", "2:22", "bad-quantity", "1 hours"),
      ("checkpoints: {every: 1000000000 hours}", "2:22", "bad-quantity", "1 hours"),
      ("checkpoints: {evry: 1 hours}", "2:15", "unknown-key", "`every`"),
      ("privacy: {case_refs: pseudonyms}", "2:22", "unknown-value", "`pseudonym`"),
      ("privacy: {purpose: yes}", "2:20", "unknown-value", "`optional`"),
      ("privacy: {suppress_below: -1}", "2:27", "bad-number", "`5`"),
      ("privacy: {suppress_below: five}", "2:27", "bad-number", "plain digits"),
      ("access: caseworkers", "2:9", "wrong-kind", ""),
      ("access: {reed: x}", "2:10", "unknown-key", "`read`"),
      ("access: {read: Lesere}", "2:16", "not-a-group", "caseworkers"),
      ("access: {read: [ok, '-x']}", "2:21", "not-a-group", "caseworkers"),
      ("access: {read: 'a b'}", "2:16", "not-a-group", "caseworkers"),
      ("access: {read: []}", "2:16", "empty-list", "leave the key out"),
      ("retention: {what: cases}", "2:12", "wrong-kind", ""),
      ("retention: [{what: cases}]", "2:13", "missing-key", ""),
      ("retention: [{what: case, after: 1 days}]", "2:20", "unknown-value", "`cases`"),
      ("retention: [{what: cases, after: 0 days}]", "2:34", "bad-period", "leave its rule out"),
      ("retention: [{what: cases, after: 1 year}]", "2:34", "bad-period", "`2 years`"),
      ("retention: [{what: cases, after: for ever}]", "2:34", "bad-period", "`2 years`"),
      ("retention: [{what: done, holds: a.b, after: 1 days}]", "2:33", "holds-without-case", "`what: cases`"),
      ("retention: [{what: cases, holds: trafficking, after: 1 days}]", "2:34", "not-a-name", "palermo."),
      ("retention: [{what: cases, holds: a.B, after: 1 days}]", "2:34", "not-a-name", "small letter"),
      ("retention: [{what: done, after: 1 days}, {what: done, after: 2 days}]", "2:42", "never-fits", ""),
    ])
  func wrong(_ lines: String, _ place: String, _ code: String, _ wayOut: String) throws {
    let refused = try #require(throws: ConfigurationRefused.self) {
      try Self.read("lawspeaker: 1\n" + lines + "\n")
    }

    #expect(refused.diagnostics.count == 1, "\(refused.diagnostics)")
    let diagnostic = try #require(refused.diagnostics.first)
    #expect("\(diagnostic.location.line):\(diagnostic.location.column)" == place, "\(diagnostic)")
    #expect(diagnostic.message.code == code)
    #expect(wayOut.isEmpty || diagnostic.message.hint?.contains(wayOut) == true, "\(diagnostic)")
  }

  @Test("all that is wrong is told at once, in the order of the file")
  func several() throws {
    let refused = try #require(throws: ConfigurationRefused.self) {
      try Self.read(
        "lawspeaker: 1\nretention: [{what: x, after: y}]\naccess: {read: R}\nprivacy: {purpose: z}\n")
    }
    #expect(refused.diagnostics.map(\.location.line) == [2, 2, 3, 4])
  }

  @Test("a rule for one conclusion before the rule for all is reached, and one after it is not")
  func reached() throws {
    let one = "- {what: cases, holds: a.b, after: 9 years}\n"
    let all = "- {what: cases, after: 1 years}\n"
    let other = "- {what: cases, holds: a.c, after: 5 years}\n"
    #expect(try Self.read("lawspeaker: 1\nretention:\n" + one + other + all).retention.count == 3)
    for rules in [all + one, one + one, one + all + other, all + all] {
      #expect(throws: ConfigurationRefused.self) { try Self.read("lawspeaker: 1\nretention:\n" + rules) }
    }
  }
}

@Suite("Periods of retention") struct PeriodTests {
  @Test(
    "the first day that is kept is counted by the calendar",
    arguments: [
      ("30 days", "2026-03-01", "2026-01-30"), ("2 weeks", "2026-01-05", "2025-12-22"),
      ("1 months", "2026-03-31", "2026-02-28"), ("1 months", "2024-03-31", "2024-02-29"),
      ("1 years", "2024-02-29", "2023-02-28"), ("10 years", "2026-11-22", "2016-11-22"),
    ])
  func days(_ period: String, _ today: String, _ first: String) throws {
    let period = try #require(Period(period))
    let today = try #require(CivilDate(today))
    #expect(period.firstDayKept(on: today)?.description == first)
  }

  // made on 28 February, a month is full on 28 March, and the last of March still go back to 28 February
  @Test("nothing goes before its period is full, and all goes within four days after", arguments: 0..<300)
  func never(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let unit = try #require(Period.Unit.allCases.randomElement(using: &random))
    let period = try #require(Period(Int.random(in: 1...40, using: &random), unit))
    let made = CivilDate(dayNumber: Int.random(in: 10_000...30_000, using: &random))
    let full = try #require(Self.day(made, after: period))

    let later = CivilDate(dayNumber: full.dayNumber + 4)

    #expect(try #require(period.firstDayKept(on: full)) <= made, "\(made) after \(period) on \(full)")
    #expect(try #require(period.firstDayKept(on: later)) > made, "\(made) after \(period) on \(later)")
  }

  @Test("a period that reaches before the calendar makes nothing due")
  func farBack() throws {
    let period = try #require(Period("9999 years"))
    #expect(period.firstDayKept(on: CivilDate.last) == nil)
  }

  @Test("what is printed is read back, and only whole numbers of known units are read")
  func text() {
    for unit in Period.Unit.allCases {
      for count in [1, 2, 9999] {
        #expect(Period("\(count) \(unit.rawValue)") == Period(count, unit))
        #expect(Period(count, unit)?.description == "\(count) \(unit.rawValue)")
      }
    }
    let none = ["", "1", "days", "0 days", "-1 days", "10000 days", "1 day", "1.5 years", "01 days"]
    for wrong in none {
      #expect(Period(wrong) == nil, "\(wrong)")
    }
  }

  private static func day(_ day: CivilDate, after period: Period) -> CivilDate? {
    switch period.unit {
    case .days: day.adding(days: period.count)
    case .weeks: day.adding(days: 7 * period.count)
    case .months: day.adding(months: period.count)
    case .years: day.adding(months: 12 * period.count)
    }
  }
}
