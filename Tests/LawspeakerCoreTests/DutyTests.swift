// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import Testing
import YAMLTree

@Suite("Duties and possibilities") struct DutyTests {
  @Test(
    "one shows from what holds, on the facts or on what is presumed, and from what is possible where that is enough",
    arguments: [
      (Status.holds, nil, false, DutyEntry.Basis.holds), (.undetermined, .holds, false, .presumed),
      (.undetermined, nil, true, .possible), (.undetermined, .holds, true, .presumed),
      (.unsettled, nil, true, .possible), (.undetermined, nil, false, nil),
      (.undetermined, .fails, false, nil), (.fails, nil, true, nil), (.notInForce, nil, true, nil),
      (.contradictory, nil, true, nil),
    ] as [(Status, Status?, Bool, DutyEntry.Basis?)])
  func basis(status: Status, presumed: Status?, isFromPossible: Bool, expected: DutyEntry.Basis?) throws {
    var desk = try Desk()
    desk.duty("report") { $0.isFromPossible = isFromPossible }
    desk.conclusion.status = status
    desk.conclusion.presumed = presumed

    #expect(desk.entries.map(\.restsOn) == (expected.map { [$0] } ?? []))
  }

  @Test("one whose clause is not in force on the day of assessment does not show")
  func force() throws {
    var desk = try Desk(facts: "assessed_on: 1999-12-31")
    desk.duty("report")
    #expect(desk.entries.isEmpty)
  }

  @Test("one of a pack that does not apply does not show")
  func packs() throws {
    var desk = try Desk()
    desk.duty("report")
    desk.file.packs = []
    #expect(desk.entries.isEmpty)
  }

  @Test(
    "its limit is counted from the earliest day that may have set it running",
    arguments: [
      ("2024-01-31", "2024-02-29"), ("2024-01", "2024-02-01"),
      ("{between: [2023-03-05, 2024-01-01]}", "2023-04-05"),
      ("{after: 2024-01-01}", "2024-02-02"), ("{before: 2024-01-01}", nil), ("unknown", nil),
    ])
  func due(day: String, expected: String?) throws {
    var desk = try Desk(facts: "facts: {placed_on: \(day)}")
    desk.duty("review") { $0.within = .init(count: 1, unit: .months, from: name("placed_on")) }
    #expect(desk.entries.map(\.due) == [expected.flatMap { CivilDate($0) }])
  }

  @Test("a limit from the day of assessment is counted from that day")
  func assessed() throws {
    var desk = try Desk(facts: "assessed_on: 2024-01-15")
    desk.duty("answer", from: 0) { $0.within = .init(count: 3, unit: .weeks, from: name("assessed_on")) }
    #expect(desk.entries.map(\.due) == [CivilDate("2024-02-05")])
  }

  @Test(
    "one says whether it binds who recorded the case, if the file says who did"
  )
  func binds() throws {
    for (recorder, expected) in [("school", [true]), ("ngo", [false]), (nil, [nil])] as [(String?, [Bool?])] {
      var desk = try Desk()
      desk.duty("report") { $0.binds = ["school", "health"] }
      desk.file.frame.recordedBy = recorder
      #expect(desk.entries.map(\.bindsRecorder) == expected)
    }
    var desk = try Desk()
    desk.duty("report")
    desk.file.frame.recordedBy = "school"
    #expect(desk.entries.map(\.bindsRecorder) == [nil])
  }

  @Test("what must be done comes first; then what is at once, by due date, without delay, and the rest")
  func order() throws {
    var desk = try Desk(facts: "facts: {placed_on: 2024-01-01}")
    desk.duty("possible") {
      $0.isMust = false; $0.promptly = .atOnce
    }
    desk.duty("some_day")
    desk.duty("soon") { $0.promptly = .withoutDelay }
    desk.duty("in_a_month") { $0.within = .init(count: 1, unit: .months, from: name("placed_on")) }
    desk.duty("in_hours") { $0.within = .init(count: 30, unit: .hours, from: name("placed_on")) }
    desk.duty("in_a_week") { $0.within = .init(count: 1, unit: .weeks, from: name("placed_on")) }
    desk.duty("now") { $0.promptly = .atOnce }

    #expect(
      desk.entries.map { desk.generation.duties[$0.duty].declaration.name }
        == ["now", "in_hours", "in_a_week", "in_a_month", "soon", "some_day", "possible"])
  }
}

private func name(_ text: String) -> Name { Name(text: text, location: SourceLocation(file: "test")) }

/// One rule, a case, and duties made by hand.
private struct Desk {
  var generation: Generation
  var file: Case
  var conclusion = Conclusion(rule: 0, status: .holds)

  init(facts: String = "facts: {}") throws {
    let words = """
      facts: {placed_on: {question: When?}, bad: {question: Is it bad?}}
      rules: {r: The rule}
      clauses: {s1: What it says}

      """
    let pack = """
      lawspeaker: 1
      pack: {id: p, version: 1.0.0, jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts: {placed_on: {type: date}, bad: {type: yes_no}}
      clauses: {s1: {path: [s 1], cite: {en: "s 1", nb: "§ 1"}, in_force: {from: 2000-01-01}}}
      rules: {r: {about: person, grounds: [{clause: s1, holds_if: bad}]}}

      """
    let files = [("pack.yaml", pack), ("text/en.yaml", words), ("text/nb.yaml", words)]
    generation = try LawspeakerCoreTests.generation(of: [
      PackSource(
        folder: "p", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) }, sha256: "digest")
    ])
    let rest = facts.contains("facts:") ? "" : "facts: {}\n"
    file = try readCase("lawspeaker: 1\ncase: K-1\n\(facts)\n\(rest)", under: generation)
  }

  var entries: [DutyEntry] { duties(of: [conclusion], for: file, under: generation) }

  /// Adds a duty with nothing but what is changed.
  mutating func duty(_ called: String, from variable: Int? = nil, _ change: (inout Duty) -> Void = { _ in }) {
    var duty = Duty(
      name: called, rule: name("r"), isFromPossible: false, clause: name("s1"), byWhom: "municipality",
      binds: nil, isMust: true, promptly: nil, within: nil, kind: .protection,
      location: SourceLocation(file: "test"))
    change(&duty)
    let placedOn = generation.facts[0].variables.lowerBound
    generation.duties.append(
      .init(
        id: "p.\(called)", pack: 0, declaration: duty, rule: 0, clause: .init(pack: 0, clause: 0),
        from: variable ?? (duty.within == nil ? nil : placedOn)))
  }
}
