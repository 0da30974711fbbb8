// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import TestSupport
import Testing

@Suite("The evaluator beside plain enumeration") struct OracleTests {
  /// Enough for 200,000 comparisons; `make differential` asks for more.
  private static let seeds =
    ProcessInfo.processInfo.environment["LAWSPEAKER_SEEDS"].flatMap(UInt64.init) ?? 900
  private static let casesOfASeed = 48

  @Test("every status of 200,000 is the one that looking at every completion gives")
  func statuses() async throws {
    let parts: UInt64 = 4
    let compared = try await withThrowingTaskGroup(of: Int.self) { group in
      for part in 0..<parts {
        group.addTask {
          try stride(from: part, to: Self.seeds, by: Int(parts)).reduce(0) { try $0 + Self.compare(seed: $1) }
        }
      }
      return try await group.reduce(0, +)
    }
    print("differential: \(compared) comparisons over \(Self.seeds) seeds")
    #expect(compared >= 200 * Self.seeds, "nearly every case is small enough to be compared")
    #expect(compared >= 200_000)
  }

  /// Compares every status of some cases; the number of comparisons.
  private static func compare(seed: UInt64) throws -> Int {
    // Three of four have the steps around rules: standards, readings, voices, law in time.
    let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 4))
    let generation = try generation(of: packs.sources)
    let packed = ReferenceEvaluator(
      generation, assessedOn: packs.assessedOn, saying: Testimony(), patience: 400)
    // Another sequence than the packs'; no seed is that large.
    var random = SplitMix64(seed: seed &+ 1_000_000)
    var compared = 0
    for number in 0..<casesOfASeed {
      let file = randomCase(for: packs, under: generation, using: &random)
      let expected = packed.asked(on: file.assessedOn, saying: file.testimony).statuses()
      let read = try readCase(file.text, under: generation)
      let found = LawspeakerCore.statuses(of: read, under: generation)
      for (rule, status) in found where status != expected[rule] {
        if expected[rule] == nil, status != .unsettled { continue }
        let wanted = expected[rule]?.rawValue ?? "anything but that"
        Issue.record(
          """
          seed \(seed), case \(number): \(generation.rules[rule].id) is \(status), not \(wanted)
          \(packs.sources.map(\.text).joined())
          \(file.text)
          """)
      }
      compared += found.count { expected[$0.rule] != nil }
      guard seed.isMultiple(of: 20), number == 0 else { continue }
      let decided = decide(read, caseSHA256: "", under: generation).answer.conclusions
      #expect(decided.map(\.status) == found.map(\.status), "with reasons and without, seed \(seed)")
    }
    return compared
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
