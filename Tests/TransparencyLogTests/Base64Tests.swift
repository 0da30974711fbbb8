// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TransparencyLog

@Suite("Base 64") struct Base64Tests {
  @Test("is what others write, and is read back", arguments: 0..<100 as Range<UInt64>)
  func roundTrip(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let bytes = (0..<Int(seed)).map { _ in UInt8.random(in: 0...255, using: &random) }

    let text = Base64.text(bytes)

    #expect(text == Base64Text.of(bytes))
    #expect(Base64.bytes(Array(text.utf8)[...]) == bytes)
  }

  @Test(
    "is refused where it could be written in another way",
    arguments: [
      "A", "AA", "AA=", "AAA", "AB==", "AAB=", "A===", "====", "AA==AA==", "AA-_", " AAA", "AAA\n", "=AAA",
    ])
  func refused(text: String) {
    #expect(Base64.bytes(Array(text.utf8)[...]) == nil)
  }
}
