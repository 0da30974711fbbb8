// SPDX-License-Identifier: Apache-2.0

import Foundation
@testable import LawspeakerCore
import TestSupport
import Testing

@Suite("Statuses of case after case", .timeLimit(.minutes(30))) struct StatusReaderTests {
  @Test(
    "they and the clauses applied are those of the decision, in made-up packs and cases",
    arguments: 0..<60 as Range<UInt64>)
  func random(seed: UInt64) throws {
    let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 3))
    let generation = try generation(of: packs.sources)
    var reader = StatusReader(generation)
    var random = SplitMix64(seed: seed &+ 500)
    for _ in 0..<6 {
      let text = randomCase(for: packs, under: generation, using: &random).text
      let file = try readCase(text, under: generation)
      try expectSame(file, generation, &reader, text)
    }
  }

  /// Twice: what was worked out the first time is looked up the second.
  private func expectSame(
    _ file: Case, _ generation: Generation, _ reader: inout StatusReader, _ text: String
  ) throws {
    let decision = decide(file, caseSHA256: "", under: generation)
    for _ in 0..<2 {
      let statuses = reader.statuses(of: file)
      #expect(statuses.map(\.rule) == decision.answer.conclusions.map(\.rule))
      #expect(statuses.map(\.status) == decision.answer.conclusions.map(\.status), "\(text)")
    }
    for conclusion in decision.answer.conclusions {
      let applied = Set(conclusion.grounds.map(\.clause) + conclusion.either.clauses)
      let clauses = clausesApplied(to: conclusion.rule, in: file, under: generation)
      #expect(Set(clauses) == applied, "\(generation.rules[conclusion.rule].id) \(text)")
    }
  }

  @Test(
    "who asks about some conclusions is told what who asks about all is told",
    arguments: 0..<40 as Range<UInt64>)
  func some(seed: UInt64) throws {
    let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 3))
    let generation = try generation(of: packs.sources)
    var random = SplitMix64(seed: seed &+ 900)
    let asked = (0..<generation.ownRules).filter { _ in Bool.random(using: &random) }
    var (all, some) = (StatusReader(generation), StatusReader(generation, answering: asked))
    for _ in 0..<6 {
      let text = randomCase(for: packs, under: generation, using: &random).text
      let file = try readCase(text, under: generation)
      let expected = all.statuses(of: file).filter { asked.contains($0.rule) }
      let found = some.statuses(of: file)
      #expect(found.map(\.rule) == expected.map(\.rule), "\(text)")
      #expect(found.map(\.status) == expected.map(\.status), "\(text)")
    }
  }

  @Test("a file need be read no further than what is asked about can reach")
  func partly() throws {
    var unread = 0
    for seed in 0..<60 as Range<UInt64> {
      let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 3))
      let generation = try generation(of: packs.sources)
      var random = SplitMix64(seed: seed &+ 1300)
      let asked = Int.random(in: 0..<generation.ownRules, using: &random)
      var (reader, other) = (
        StatusReader(generation, answering: [asked]), StatusReader(generation, answering: [asked])
      )
      for _ in 0..<6 {
        let text = randomCase(for: packs, under: generation, using: &random).text
        let whole = try readCase(text, under: generation)
        let defaults = CaseDefaults(jurisdiction: whole.jurisdiction, today: whole.assessedOn)
        let some = try readCase(
          Array(text.utf8), file: "case", under: generation, defaults: defaults, facts: reader.facts)
        unread += whole.given.count - some.given.count
        let (expected, found) = (reader.statuses(of: whole), other.statuses(of: some))
        #expect(found.map(\.status) == expected.map(\.status), "seed \(seed): \(text)")
        let told = [whole, some].map { Set(clausesApplied(to: asked, in: $0, under: generation)) }
        #expect(told[0] == told[1], "seed \(seed): \(text)")
      }
    }
    #expect(unread > 100, "\(unread) facts were left unread")
  }

  @Test("they are those of the decision on each example, under the three packs")
  func examples() throws {
    let generation = try shipped()
    var reader = StatusReader(generation)
    let folder = Repository.root.appendingPathComponent("examples")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasSuffix(".yaml") && !$0.hasPrefix("08")
    }
    for name in names {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      try expectSame(try readCase(text, under: generation), generation, &reader, name)
    }
    #expect(names.count == 7)
  }

  @Test("they are those of each conclusion by itself in all of the packs' own tests")
  func packTests() throws {
    let generation = try shipped()
    var reader = StatusReader(generation)
    let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-07-02")))
    var asked = 0
    for test in generation.packs.flatMap(\.tests) {
      let file = try readCase(
        test.node, file: "test", under: generation, defaults: defaults, extraKeys: PackTest.ownKeys)
      let found = reader.statuses(of: file)
      let expected = statuses(of: file, under: generation)
      #expect(found.map(\.rule) == expected.map(\.rule) && found.map(\.status) == expected.map(\.status))
      asked += found.count
    }
    #expect(asked > 150_000)
  }

  @Test(
    "what was worked out for some days and ages is not taken for others", arguments: 0..<4 as Range<UInt64>)
  func days(seed: UInt64) throws {
    let generation = try generation(of: [ages])
    var reader = StatusReader(generation)
    var random = SplitMix64(seed: seed)
    func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
    func day(_ years: ClosedRange<Int>) -> String {
      CivilDate(year: number(years), month: number(1...12), day: number(1...28))?.description ?? ""
    }
    var seen: Set<[Status]> = []
    for _ in 0..<150 {
      var lines: [String] = []
      switch number(0...4) {
      case 0: lines.append("age: {at_least_as: \(number(12...20)) years}")
      case 1: lines.append("born: {between: [\(day(1990...1999)), \(day(2000...2008))]}")
      case 2: lines.append("age: {one_of: [\(number(10...17)) years, 18 years]}")
      default: break
      }
      if number(0...4) > 0 { lines.append("act_date: \(day(2009...2023))") }
      let text = caseText(lines, assessedOn: try #require(CivilDate(day(2024...2026))))
      let file = try readCase(text, under: generation)
      let expected = statuses(of: file, under: generation).map(\.status)
      #expect(reader.statuses(of: file).map(\.status) == expected, "\(text)")
      seen.insert(expected)
    }
    #expect(seen.count > 3)
  }

  /// Rules that ask about two ages of one person at once.
  private var ages: PackSource {
    let pack = """
      lawspeaker: 1
      pack: {id: p, version: 1.0.0, jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts:
        act_date: {type: date}
        born: {type: date}
        age: {type: quantity, unit: years, range: [0, 130], as_of: act_date, since: born}
        age_now: {type: quantity, unit: years, range: [0, 130], as_of: assessed_on, since: born}
      law_in_time: [{rules: [child_then, grown_up, of_old], day: act_date, clause: c}]
      clauses: {c: {path: [a], cite: {en: C, nb: C}, in_force: {from: 2010-01-01}}}
      rules:
        child_then: {grounds: [{clause: c, holds_if: {all: [{age: {below: 18 years}}, {age_now: {at_least_as: 25 years}}]}}]}
        grown_up: {grounds: [{clause: c, holds_if: {any: [{age: {below: 18 years}}, {age_now: {at_least_as: 21 years}}]}}]}
        of_old: {grounds: [{clause: c, holds_if: {all: [{born: {before: 2000-01-01}}, {age: {below: 14 years}}]}}]}

      """
    let words = """
      facts: {act_date: {question: x}, born: {question: x}, age: {question: x}, age_now: {question: x}}
      rules: {child_then: x, grown_up: x, of_old: x}
      clauses: {c: x}

      """
    let files = [("pack.yaml", pack), ("text/en.yaml", words), ("text/nb.yaml", words)]
    return PackSource(
      folder: "p", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) }, sha256: "digest")
  }

  private func shipped() throws -> Generation {
    try generation(of: ["palermo", "norway", "child-welfare"].map { try Repository.pack($0) })
  }
}

@Suite("Years of age and days") struct AgeDayTests {
  @Test("who has completed so many years was born at the latest, and has them first, on these days")
  func boundaries() throws {
    var random = SplitMix64(seed: 7)
    let leapDays = [2000, 2004, 2100, 4].compactMap { CivilDate(year: $0, month: 2, day: 29)?.dayNumber }
    for number in 0..<3000 {
      let day =
        number < leapDays.count * 50
        ? leapDays[number % leapDays.count] + Int.random(in: -1...1, using: &random)
        : Int.random(in: -700_000...2_900_000, using: &random)
      let years = Int.random(in: 0...130, using: &random)
      func completed(_ birth: Int, _ day: Int) -> Int {
        CivilDate(dayNumber: day).completedYears(since: CivilDate(dayNumber: birth))
      }

      let latest = latestBirth(completing: years, on: day)
      #expect(completed(latest, day) >= years && completed(latest + 1, day) < years, "\(day) \(years)")
      let first = firstDay(completing: years, since: day)
      #expect(completed(day, first) >= years && completed(day, first - 1) < years, "\(day) \(years)")
    }
  }
}
