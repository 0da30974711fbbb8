// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import YAMLTree

@Suite("Random trees") struct RoundTripTests {
  @Test("written as YAML, in block and flow, are read back equal", arguments: 0..<200 as Range<UInt64>)
  func yaml(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tree = Shape.random(.yaml, depth: 4, using: &random)
    let written = tree.writtenAsYAML(using: &random)

    let roots = try readYAML(Array(written.utf8), file: "seed-\(seed).yaml")

    #expect(roots.map(\.shape) == [tree], "\(written)")
  }

  @Test("written as JSON are read back equal", arguments: 0..<100 as Range<UInt64>)
  func json(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tree = Shape.random(.json, depth: 4, using: &random)
    let written = tree.writtenAsJSON(using: &random)

    let roots = try readYAML(Array(written.utf8), file: "seed-\(seed).json")

    #expect(roots.map(\.shape) == [tree], "\(written)")
  }

  @Test(
    "damaged at random are read or refused, with sorted places in the file",
    arguments: 0..<100 as Range<UInt64>)
  func damaged(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    var bytes = Array(Shape.random(.yaml, depth: 4, using: &random).writtenAsYAML(using: &random).utf8)
    for _ in 0..<3 where !bytes.isEmpty {
      let place = Int.random(in: bytes.indices, using: &random)
      bytes[place] = Array("&*!%?:-#[]{},'\"|>\\\n\t \0".utf8).randomElement(using: &random) ?? UInt8.max
    }

    let found = diagnostics(bytes)

    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).count
    #expect(found == found.sorted())
    #expect(found.allSatisfy { 1...(lines + 1) ~= $0.location.line && $0.location.column >= 1 })
  }
}
