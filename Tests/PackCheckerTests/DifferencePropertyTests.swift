// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("The difference between packs made up and changed at random") struct DifferencePropertyTests {
  /// The packs of a seed, and the same with the condition of one ground turned round.
  private func editions(_ seed: UInt64) throws -> (packs: RandomPacks, before: Generation, after: Generation)
  {
    let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 2))
    let before = try generation(of: packs.sources)
    var random = SplitMix64(seed: seed &+ 2_000_000)
    var changed = before.packs
    let pack = try #require(
      changed.indices.filter { !changed[$0].rules.isEmpty }.randomElement(using: &random))
    let rule = try #require(changed[pack].rules.indices.randomElement(using: &random))
    let condition = changed[pack].rules[rule].grounds[0].condition
    changed[pack].rules[rule].grounds[0].condition.kind = .not(condition)
    return (packs, before, try Generation.link(changed))
  }

  private func statuses(_ text: String, _ generation: Generation, _ packs: RandomPacks) throws -> [String:
    Status]
  {
    let defaults = CaseDefaults(jurisdiction: "NOR", today: packs.assessedOn)
    let file = try readCase(Array(text.utf8), file: "case", under: generation, defaults: defaults)
    let found = LawspeakerCore.statuses(of: file, under: generation)
    return Dictionary(found.map { (generation.rules[$0.rule].id, $0.status) }) { first, _ in first }
  }

  @Test(
    "What is proved the same is answered alike in every case made up", arguments: [1, 2, 3, 5] as [UInt64])
  func same(seed: UInt64) throws {
    let (packs, before, after) = try editions(seed)
    let difference = PackDifference(from: PackEdition(before, []), to: PackEdition(after, []))
    let same = difference.conclusions.filter { if case .same = $0.finding { true } else { false } }.map(\.id)

    var random = SplitMix64(seed: seed &+ 3_000_000)
    for _ in 0..<30 {
      let text = randomCase(for: packs, under: before, using: &random).text
      let (old, new) = (try statuses(text, before, packs), try statuses(text, after, packs))
      for id in same { #expect(old[id] == new[id], "\(id)\n\(text)") }
    }
  }
}
