// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import Synchronization
import TestSupport
import Testing

/// How much was compared, for the record; nothing hangs on it but the report at the end of a suite.
private let compared = Atomic<Int>(0)
private let skipped = Atomic<Int>(0)

@Suite("The evaluator beside plain enumeration") struct OracleTests {
  @Test("every status is the one that looking at every completion gives", arguments: 0..<240 as Range<UInt64>)
  func statuses(seed: UInt64) throws {
    let packs = randomPacks(seed: seed)
    let generation = try generation(of: packs.sources)
    var random = SplitMix64(seed: seed &+ 1_000_000)  // another sequence than the packs'; no seed is that large
    for _ in 0..<12 {
      let file = randomCase(for: packs, under: generation, using: &random)
      let decision = try generation.decision(on: file.text)
      let oracle = ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: file.said)
      for conclusion in decision.answer.conclusions {
        guard let expected = oracle.status(ofRule: conclusion.rule) else {
          skipped.add(1, ordering: .relaxed)
          continue
        }
        compared.add(1, ordering: .relaxed)
        #expect(
          conclusion.status == expected,
          "\(generation.rules[conclusion.rule].id)\n\(packs.sources[0].text)\n\(file.text)")
      }
    }
    if seed == 239 { print("compared \(compared.load(ordering: .relaxed)) skipped \(skipped.load(ordering: .relaxed))") }
  }
}

extension PackSource {
  /// The pack's introduction, facts, clauses and rules, to be shown when a test fails.
  var text: String { files.first { $0.path == "pack.yaml" }.map { String(decoding: $0.bytes, as: UTF8.self) } ?? "" }
}
