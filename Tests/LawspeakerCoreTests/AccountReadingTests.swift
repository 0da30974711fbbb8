// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import Testing
import YAMLTree

/// What a case under the packs of `packs/good` says of one fact.
private func given(_ line: String, foundTo: String? = nil) throws -> Case.Given {
  let standard = foundTo.map { "found_to: \($0)\n" } ?? ""
  let text = "lawspeaker: 1\ncase: K-1\nassessed_on: 2024-01-15\n\(standard)facts:\n  \(line)\n"
  return try #require(try readCase(text, under: goodPacks()).given.first)
}

/// `threat`, `blow` and `trick` by their names, with what is left of each.
private func acts(_ statements: [Case.Statement]) throws -> [String: ValueSet] {
  let fact = try #require(try goodPacks().facts.first { $0.id == "full.acts" })
  return Dictionary(
    uniqueKeysWithValues: statements.map {
      (fact.declaration.type.members[$0.variable - fact.variables.lowerBound], $0.values)
    })
}

@Suite("Reading how surely something was found") struct FoundToTests {
  @Test("a value is found to its own standard, else to the file's, else to indications")
  func standards() throws {
    #expect(try given("harm: yes").values.map(\.foundTo) == [.indications])
    #expect(try given("harm: yes", foundTo: "probable").values.map(\.foundTo) == [.probable])
    let own = "harm: {value: yes, found_to: beyond_reasonable_doubt}"
    #expect(try given(own, foundTo: "probable").values.map(\.foundTo) == [.beyondReasonableDoubt])
    let lower = "harm: {value: yes, by: person, found_to: indications}"
    #expect(try given(lower, foundTo: "probable").values.map(\.foundTo) == [.indications])
  }

  @Test("every member of a set is found to the standard of its value")
  func members() throws {
    let said = try given("acts: {value: {exactly: [blow]}, found_to: probable}")
    #expect(said.values.map(\.foundTo) == [.probable, .probable, .probable])
  }
}

@Suite("Reading what several voices say") struct AccountReadingTests {
  @Test("each account keeps its value, its manner and what surrounds it")
  func accounts() throws {
    let said = try given(
      """
      kind:
          accounts:
            - {by: person, value: mild, source: "talk 1", on: 2024-01-02, found_to: probable, note: "calm"}
            - {by: police, value: {one_of: [mild, grave]}}
            - {by: alleged_actor, value: refused}
      """, foundTo: "reasonable_grounds")
    #expect(said.accounts.map(\.by) == ["person", "police", "alleged_actor"])
    #expect(said.accounts.map { $0.values.map(\.values) } == [[ValueSet(0)], [ValueSet(0, 1)], []])
    #expect(said.accounts.map { $0.values.map(\.foundTo) } == [[.probable], [.reasonableGrounds], []])
    #expect(said.accounts.map(\.manner) == [.stated, .stated, .refused])
    let person = said.accounts[0]
    #expect((person.source, person.on?.description, person.note) == ("talk 1", "2024-01-02", "calm"))
    #expect(said.by == nil && said.source == nil && said.on == nil && said.note == nil)
  }

  @Test("together a fact may be whatever a voice that speaks allows, found to the surest of them")
  func joint() throws {
    let said = try given(
      "kind: {accounts: [{by: person, value: mild, found_to: probable}, {by: police, value: grave}, {by: ngo, value: unknown}]}"
    )
    #expect(said.values.map(\.values) == [ValueSet(0, 1)])
    #expect(said.values.map(\.foundTo) == [.probable])
    #expect(said.manner == .stated)
  }

  @Test("voices that agree leave one value; ranges come together as they are")
  func agreement() throws {
    let same = try given("harm: {accounts: [{by: person, value: yes}, {by: police, value: yes}]}")
    #expect(same.values.map(\.values) == [.yes])
    let ranges = try given(
      "cost: {accounts: [{by: person, value: {below: 5 kroner}}, {by: police, value: 9 kroner}]}")
    #expect(ranges.values.map(\.values) == [ValueSet(union: [ValueSet(0, 4), ValueSet(9)])])
  }

  @Test("where voices leave everything possible, the fact is spoken of and stays open")
  func open() throws {
    let said = try given("harm: {accounts: [{by: person, value: yes}, {by: police, value: no}]}")
    #expect(said.values.map(\.values) == [.either])
    #expect(said.accounts.count == 2)
    #expect(said.manner == .stated)
  }

  @Test("of a set each member is heard by itself: who is silent on one has no part in it")
  func members() throws {
    let said = try given(
      """
      acts:
          accounts:
            - {by: person, value: {has: [threat, blow]}}
            - {by: alleged_actor, value: {not: [blow, trick]}}
      """)
    #expect(try acts(said.values) == ["threat": .yes, "blow": .either, "trick": .no])
    #expect(
      try said.accounts.map { try acts($0.values) } == [
        ["threat": .yes, "blow": .yes], ["blow": .no, "trick": .no],
      ])
  }

  @Test("a single account is also the fact's own")
  func single() throws {
    let said = try given(
      "harm: {accounts: [{by: person, value: no, source: \"talk 1\", on: 2024-01-02, note: \"x\"}]}")
    #expect(
      (said.by, said.source, said.on?.description, said.note) == ("person", "talk 1", "2024-01-02", "x"))
    #expect(said.manner == .denied)
    #expect(said.values.map(\.values) == [.no])
    #expect(said.accounts.map(\.by) == ["person"])
  }

  @Test(
    "who speaks is heard before who does not, and only if all refuse the fact is refused",
    arguments: [
      (["yes", "no"], .stated), (["no", "unknown"], .denied), (["refused", "refused"], .refused),
      (["refused", "unknown"], .unknown), (["not_proved", "refused"], .notProved),
      (["unknown", "unknown"], .unknown), (["refused", "yes"], .stated),
    ] as [([String], Case.Manner)])
  func manners(values: [String], manner: Case.Manner) throws {
    let accounts = zip(["person", "police"], values).map { "{by: \($0), value: \($1)}" }
    #expect(try given("harm: {accounts: [\(accounts.joined(separator: ", "))]}").manner == manner)
  }
}

@Suite("Reading conduct over time") struct ThroughoutTests {
  private let april = ValueSet(
    CivilDate(year: 2023, month: 4, day: 1)?.dayNumber ?? 0,
    CivilDate(year: 2023, month: 4, day: 30)?.dayNumber ?? 0)

  @Test("throughout names every day, and leaves the same days")
  func days() throws {
    let said = try given("act_date: {throughout: [2023-04-01, 2023-04-30]}")
    #expect(said.throughout == april)
    #expect(said.values.map(\.values) == [april])
    let attributed = try given(
      "act_date: {value: {throughout: [2023-04-01, 2023-04-30]}, by: person, found_to: probable}")
    #expect(attributed.throughout == april)
    #expect(attributed.values.map(\.foundTo) == [.probable])
    #expect(try given("act_date: {between: [2023-04-01, 2023-04-30]}").throughout == nil)
  }

  @Test("what is ongoing ends on the day of assessment")
  func ongoing() throws {
    let said = try given("act_date: {throughout: [2024-01-15, ongoing]}")
    #expect(said.throughout?.single == CivilDate("2024-01-15")?.dayNumber)
  }
}

@Suite("Reading the frame of a case") struct FrameReadingTests {
  @Test("who recorded, danger, language, interpreter, the hearing and documents are kept")
  func frame() throws {
    let text = """
      lawspeaker: 1
      case: K-1
      frame:
        recorded_by: municipal_child_welfare
        danger_now: no
        language: zh-Hant
        interpreter: independent
        heard: {on: 2024-01-12}
        references:
          - {id: 2024/1187-5}
          - {id: J-7731, sha256: e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855}
      facts: {}

      """
    let frame = try readCase(text, under: goodPacks()).frame
    #expect(frame.recordedBy == "municipal_child_welfare")
    #expect(frame.isInDangerNow == false)
    #expect(frame.language == "zh-Hant")
    #expect(frame.interpreter == "independent")
    #expect(frame.heardOn == CivilDate("2024-01-12"))
    #expect(frame.references.map(\.id) == ["2024/1187-5", "J-7731"])
    #expect(frame.references.map { $0.sha256 == nil } == [true, false])
  }

  @Test("a file that says nothing of it has an empty one")
  func none() throws {
    let frame = try readCase("lawspeaker: 1\ncase: K-1\nfacts: {}\n", under: goodPacks()).frame
    #expect(frame.recordedBy == nil && frame.isInDangerNow == nil && frame.references == [])
  }
}
