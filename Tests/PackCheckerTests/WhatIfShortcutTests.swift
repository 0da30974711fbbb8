// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
@testable import PackChecker
import TestSupport
import Testing
import YAMLTree

/// What is done to packs between one generation and the next.
enum PackEdit: String, CaseIterable, Sendable {
  case nothing, rule, clauseDays, range, defaultReading, wholePack, lawInTime, standard, order, type,
    jurisdiction

  /// The same packs, edited somewhere; nil where there is nothing to edit.
  func edited(_ packs: RandomPacks, seed: UInt64, using random: inout SplitMix64) -> [PackSource]? {
    switch self {
    case .nothing: packs.sources
    case .rule: replaced([("{all: ", "{any: "), ("{any: ", "{all: "), ("{not: ", "{any: [")], packs, &random)
    case .clauseDays:
      replaced(
        [("until: 2", "until: 3"), ("in_force: {from: 0001-", "in_force: {from: 2024-")], packs, &random)
    case .range:
      replaced([("range: [0, 9]", "range: [0, 4]"), ("range: [0, 9]", "range: [0, 12]")], packs, &random)
    case .defaultReading:
      replaced([("default: wide", "default: narrow"), ("default: narrow", "default: wide")], packs, &random)
    case .wholePack: wholePack(packs, seed: seed)
    case .lawInTime:
      replaced(
        [("day: assessed_on", "day: act_date"), ("day: act_date", "day: assessed_on")], packs, &random)
    case .standard:
      replaced(
        [
          ("standard: probable", "standard: indications"), ("effect: incriminating, ", ""),
          ("{standard: ", "{effect: incriminating, standard: "),
        ], packs, &random)
    case .order: randomPacks(seed: seed, isShuffled: true, hasSteps: true).sources
    case .type:
      replaced(
        [
          ("values: [low, medium, high]", "values: [high, medium, low]"),
          ("of: [red, green, blue]", "of: [blue, red, green]"),
        ], packs, &random)
    case .jurisdiction:
      replaced(
        [("jurisdiction: UN", "jurisdiction: NOR"), ("jurisdiction: NOR", "jurisdiction: UN")], packs, &random
      )
    }
  }

  /// The second pack gone, or where there is none the first as another seed makes it.
  private func wholePack(_ packs: RandomPacks, seed: UInt64) -> [PackSource] {
    packs.sources.count > 1 ? [packs.sources[0]] : randomPacks(seed: seed + 6, hasSteps: true).sources
  }

  /// One of some words replaced where it stands, one time.
  private func replaced(
    _ words: [(String, String)], _ packs: RandomPacks, _ random: inout SplitMix64
  ) -> [PackSource]? {
    var sources = packs.sources
    var found: [(source: Int, file: Int, range: Range<String.Index>, new: String)] = []
    for source in sources.indices {
      for file in sources[source].files.indices {
        let text = String(decoding: sources[source].files[file].bytes, as: UTF8.self)
        for (old, new) in words { found += text.ranges(of: old).map { (source, file, $0, new) } }
      }
    }
    guard let place = found.randomElement(using: &random) else { return nil }
    var text = String(decoding: sources[place.source].files[place.file].bytes, as: UTF8.self)
    text.replaceSubrange(place.range, with: place.new)
    sources[place.source].files[place.file].bytes = Array(text.utf8)
    sources[place.source].sha256 += "e"
    return sources
  }
}

/// A case file as it was decided under packs; nil if it cannot be read under them.
private func past(_ text: String, _ jurisdiction: String, _ generation: Generation) -> PastCase? {
  guard let day = CivilDate("2026-01-01") else { return nil }
  let defaults = CaseDefaults(jurisdiction: jurisdiction, today: day)
  guard let file = try? readCase(Array(text.utf8), file: "case", under: generation, defaults: defaults) else {
    return nil
  }
  let found = statuses(of: file, under: generation)
  let clauses = found.filter { $0.status == .holds }.flatMap {
    clausesApplied(to: $0.rule, in: file, under: generation)
  }
  let ids = Set(clauses.map { generation.id(of: $0) }).sorted()
  return PastCase(
    reference: "R-1", version: 1, caseBytes: { Array(text.utf8) }, jurisdiction: file.jurisdiction,
    assessedOn: file.assessedOn, conclusions: found.map { generation.rules[$0.rule].id },
    statuses: found.map(\.status), clauses: { ids })
}

@Suite("What need not be worked out again", .timeLimit(.minutes(30))) struct WhatIfShortcutTests {
  @Test(
    "what is counted with what stands as recorded is what is counted when all is worked out",
    arguments: PackEdit.allCases)
  func same(edit: PackEdit) throws {
    var (pairs, stood, otherwise, refused) = (0, 0, 0, 0)
    for seed in 0..<24 as Range<UInt64> {
      let packs = randomPacks(seed: seed, hasSteps: true)
      var random = SplitMix64(seed: seed &+ 77)
      guard let sources = edit.edited(packs, seed: seed, using: &random),
        let other = try? generation(linking: sources)
      else { continue }
      pairs += 1
      let before = try generation(linking: packs.sources)
      var (short, whole) = (WhatIf(under: other), WhatIf(under: other))
      for number in 0..<6 {
        let jurisdiction = number == 5 ? "SWE" : "NOR"
        let text = randomCase(for: packs, under: before, using: &random).text
          .replacing("jurisdiction: NOR", with: "jurisdiction: \(jurisdiction)")
        guard let past = past(text, jurisdiction, before) else { continue }
        let applicable = before.applicablePacks(in: jurisdiction).map { before.packs[$0] }
        let earlier = EarlierPacks(try Generation.link(applicable), besides: other)
        stood +=
          past.conclusions.count - (earlier.open(among: past.conclusions, in: jurisdiction)?.count ?? 0)
        try short.take(past, decidedUnder: earlier)
        try whole.take(past)
      }
      #expect(short.tally.snapshot == whole.tally.snapshot, "seed \(seed)")
      otherwise += whole.tally.changed.count
      refused += whole.tally.refused.count
    }
    #expect(pairs > 3, "\(pairs) pairs")
    // days that are cut otherwise tell apart otherwise all that rests on them, in these small packs everything
    #expect(stood > 0 || edit == .clauseDays || edit == .wholePack, "nothing stood")
    switch edit {
    case .nothing: #expect(otherwise == 0 && refused == 0)
    case .order, .type: #expect(otherwise == 0, "what is told apart by name stays what it is")
    default: #expect(otherwise + refused > 0)
    }
  }

  @Test("what rests on the same is not looked at again, and what rests on something else is")
  func resting() throws {
    let facts = "a: {type: yes_no}\nb: {type: yes_no}"
    func act(_ second: String, _ third: String) throws -> Generation {
      try InventedPack(
        facts: facts,
        rules: """
          first: {grounds: [{clause: s1, holds_if: a}]}
          second: {grounds: [{clause: s2, holds_if: \(second)}]}
          third: {grounds: [{clause: s3, holds_if: \(third)}]}
          """
      ).generation()
    }
    let before = try act("{all: [first, b]}", "second")
    let names = ["act.first", "act.second", "act.third"]
    func open(_ other: Generation) -> [Int]? {
      EarlierPacks(before, besides: other).open(among: names, in: "NOR")
    }
    #expect(open(before) == [])
    #expect(try open(act("{any: [first, b]}", "second")) == [1, 2], "the third rests on the second")
    #expect(try open(act("{all: [first, b]}", "first")) == [2])
    #expect(EarlierPacks(before, besides: before).open(among: ["act.first"], in: "NOR") == nil)
  }

  /// Decisions about `a: yes`, of which the recorded answer is another than the packs give.
  private func falsified(_ status: Status, _ conclusion: String = "act.first") -> PastCase {
    PastCase(
      reference: "R-1", version: 1,
      caseBytes: { Array("lawspeaker: 1\ncase: R-1\njurisdiction: NOR\nfacts: {a: yes}\n".utf8) },
      jurisdiction: "NOR", assessedOn: .last, conclusions: [conclusion], statuses: [status], clauses: { [] })
  }

  private func act(_ facts: String) throws -> Generation {
    try InventedPack(facts: facts, rules: "first: {grounds: [{clause: s1, holds_if: a}]}").generation()
  }

  @Test("a recorded status stands where everything is the same that it depends on")
  func stands() throws {
    let act = try act("a: {type: yes_no}")
    var whatIf = WhatIf(under: act)
    try whatIf.take(falsified(.fails), decidedUnder: EarlierPacks(act, besides: act))
    #expect(whatIf.tally.unchanged == 1)
    try whatIf.take(falsified(.fails))
    #expect(whatIf.tally.changed.count == 1, "without the earlier packs it is worked out again")
  }

  @Test("what was not settled, or names other conclusions than its packs have, is worked out again")
  func workedOut() throws {
    let act = try act("a: {type: yes_no}")
    var whatIf = WhatIf(under: act)
    let earlier = EarlierPacks(act, besides: act)
    try whatIf.take(falsified(.unsettled), decidedUnder: earlier)
    #expect(
      whatIf.tally.changed.map(\.changes) == [[.init(conclusion: "act.first", from: .unsettled, to: .holds)]])
    try whatIf.take(falsified(.holds, "act.gone"), decidedUnder: earlier)
    #expect(
      whatIf.tally.changed.last?.changes == [
        .init(conclusion: "act.gone", from: .holds, to: nil),
        .init(conclusion: "act.first", from: nil, to: .holds),
      ])
  }

  @Test("a file that can no longer be read is found although no conclusion is otherwise")
  func unreadable() throws {
    let (before, other) = try (act("a: {type: yes_no}\nb: {type: yes_no}"), act("a: {type: yes_no}"))
    var past = falsified(.holds)
    let text = String(decoding: try past.caseBytes(), as: UTF8.self)
    past.caseBytes = { Array(text.replacing("a: yes", with: "a: yes, b: no").utf8) }
    let earlier = EarlierPacks(before, besides: other)
    #expect(earlier.open(among: past.conclusions, in: "NOR") == [])
    var whatIf = WhatIf(under: other)
    try whatIf.take(past, decidedUnder: earlier)
    #expect(whatIf.tally.refused.map(\.codes) == [["unknown-fact"]])
  }

  private func generation(linking sources: [PackSource]) throws -> Generation {
    let readings = sources.map { readPack($0) }
    guard readings.allSatisfy({ $0.isWhole && $0.diagnostics.allSatisfy(\.message.isWarning) }) else {
      throw PackRejected(diagnostics: [])
    }
    return try Generation.link(readings.compactMap(\.pack))
  }
}
