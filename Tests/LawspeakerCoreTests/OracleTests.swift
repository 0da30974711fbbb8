// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("The evaluator beside plain enumeration") struct OracleTests {
  @Test("every status is the one that looking at every completion gives", arguments: 0..<240 as Range<UInt64>)
  func statuses(seed: UInt64) throws {
    let packs = randomPacks(seed: seed)
    let generation = try generation(of: packs.sources)
    // Another sequence than that of the packs: no seed is as large.
    var random = SplitMix64(seed: seed &+ 1_000_000)  // cannot wrap
    var compared = 0
    for _ in 0..<18 {
      let file = randomCase(for: packs, under: generation, using: &random)
      let decision = try generation.decision(on: file.text)
      let oracle = ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: file.said)
      for conclusion in decision.answer.conclusions {
        guard let expected = oracle.status(ofRule: conclusion.rule) else { continue }
        compared += 1
        #expect(
          conclusion.status == expected,
          "\(generation.rules[conclusion.rule].id)\n\(packs.sources.map(\.text).joined())\n\(file.text)")
      }
    }
    #expect(compared >= 12, "nearly every case is small enough to be compared")
  }

  @Test(
    "a day of which nothing is said is any day up to the day of assessment", arguments: 0..<6 as Range<UInt64>
  )
  func unknownDay(seed: UInt64) throws {
    let packs = randomPacks(seed: seed * 6 + 1)  // 2024
    let generation = try generation(of: packs.sources)
    var random = SplitMix64(seed: seed)
    let file = randomCase(for: packs, under: generation, using: &random)
    guard let day = generation.facts.first(where: { $0.declaration.name == "act_date" }) else { return }
    let lines = file.lines.filter { !$0.hasPrefix(day.id + ":") }
    let decision = try generation.decision(on: caseText(lines, assessedOn: file.assessedOn))

    // Before the year of the case nothing changes: one early day stands for all of them.
    let year = CivilDate.first.dayNumber...CivilDate.first.dayNumber
    let recent = file.assessedOn.adding(-400).dayNumber...file.assessedOn.dayNumber
    var said = file.said
    said[day.variables.lowerBound] = [year, recent]
    let oracle = ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: said, patience: 40_000)
    for conclusion in decision.answer.conclusions {
      let reaches = generation.rules[conclusion.rule].relations.isEmpty
      guard reaches, let expected = oracle.status(ofRule: conclusion.rule) else { continue }
      #expect(conclusion.status == expected, "\(generation.rules[conclusion.rule].id)\n\(file.text)")
    }
  }
}

extension PackSource {
  /// The pack's introduction, facts, clauses and rules, to be shown when a test fails.
  var text: String {
    files.first { $0.path == "pack.yaml" }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? ""
  }
}
