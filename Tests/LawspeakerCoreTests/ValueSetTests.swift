// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("Sets of whole numbers") struct ValueSetTests {
  private static let world = -3...16

  /// A random set beside a plain one that holds the same.
  private static func pair(_ random: inout SplitMix64) -> (ValueSet, Set<Int>) {
    var parts: [ValueSet] = []
    var plain: Set<Int> = []
    for _ in 0..<Int.random(in: 0...4, using: &random) {
      let low = Int.random(in: 0...12, using: &random)
      let high = low + Int.random(in: -1...3, using: &random)
      parts.append(ValueSet(low, high))
      if low <= high { plain.formUnion(low...high) }
    }
    return (ValueSet(union: parts), plain)
  }

  private static func numbers(_ set: ValueSet) -> Set<Int> { Set(world.filter(set.contains)) }

  @Test("every operation gives what plain sets give", arguments: 0..<100 as Range<UInt64>)
  func model(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<20 {
      let (a, plainA) = Self.pair(&random)
      let (b, plainB) = Self.pair(&random)
      #expect(Self.numbers(a) == plainA)
      #expect(Self.numbers(a.intersection(b)) == plainA.intersection(plainB))
      #expect(Self.numbers(a.subtracting(b)) == plainA.subtracting(plainB))
      #expect(Self.numbers(ValueSet(union: [a, b])) == plainA.union(plainB))
      #expect(a.isSubset(of: b) == plainA.isSubset(of: plainB))
      #expect(a.isDisjoint(with: b) == plainA.isDisjoint(with: plainB))
      #expect((a == b) == (plainA == plainB), "equal sets have equal spans")
      #expect(a.isEmpty == plainA.isEmpty)
      #expect(a.least == plainA.min())
      #expect(a.greatest == plainA.max())
      #expect(a.single == (plainA.count == 1 ? plainA.first : nil))
      for set in [a.intersection(b), a.subtracting(b), ValueSet(union: [a, b])] {
        for (span, next) in zip(set.spans, set.spans.dropFirst()) { #expect(span.high + 1 < next.low) }
        for span in set.spans { #expect(span.low <= span.high) }
      }
    }
  }

  @Test("a range with its ends the wrong way round is empty")
  func reversed() {
    #expect(ValueSet(2, 1) == .empty)
    #expect(ValueSet(2, 1).isEmpty)
    #expect(ValueSet(union: []) == .empty)
  }
}
