// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("Limits of a file") struct LimitTests {
  @Test("a file as long as the limit is read, and one byte more is refused") func bytes() {
    var limits = YAMLLimits()
    limits.bytes = 6

    #expect(problems("a: 123", limits: limits) == [])
    #expect(problems("a: 1234", limits: limits) == ["1:1 file-too-large"])
  }

  @Test("a file that is too long is refused before anything in it is looked at") func lengthComesFirst() {
    let broken = [0, 0xFF] + [UInt8](repeating: UInt8(ascii: "["), count: YAMLLimits().bytes)

    #expect(problems(broken) == ["1:1 file-too-large"])
  }

  @Test("the limits are those of the design unless others are asked for") func defaults() {
    let limits = YAMLLimits()

    #expect(limits.bytes == 1_048_576)
    #expect(limits.depth == 64)
    #expect(limits.nodes == 100_000)
    #expect(limits.scalarBytes == 65_536)
  }

  @Test("64 brackets in each other are read, and the 65th is refused") func flowDepth() {
    let brackets = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }

    #expect(problems(brackets(64)) == [])
    #expect(problems(brackets(65)) == ["1:65 too-deep"])
  }

  @Test("64 mappings in each other are read, and the 65th is refused") func blockDepth() {
    let block = { (depth: Int) in
      (0..<depth).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
    }

    #expect(problems(block(64)) == [])
    #expect(problems(block(65)) == ["65:65 too-deep"])
    #expect(problems(String(repeating: "- ", count: 65)) == ["1:129 too-deep"])
  }

  @Test("beside each other, brackets may be as many as one likes") func width() {
    #expect(problems("[" + String(repeating: "[[]],", count: 1000) + "]") == [])
  }

  @Test(
    "a megabyte of openings is refused at once",
    .timeLimit(.minutes(30)), arguments: ["[", "{", "- ", "? ", "{a: ", "[[], "])
  func hostile(opening: String) {
    let bytes = Array(String(repeating: opening, count: YAMLLimits().bytes / opening.utf8.count).utf8)

    let taken = ContinuousClock().measure {
      #expect(diagnostics(bytes).count == 1)
    }

    // Some milliseconds; libyaml alone takes minutes (yaml/libyaml#251).
    #expect(taken < .seconds(10))
  }

  @Test("as many nodes as the limit are read, keys counted too, and one more is refused") func nodes() {
    var limits = YAMLLimits()
    limits.nodes = 5

    #expect(problems("{a: 1, b: 2}", limits: limits) == [])
    #expect(problems("{a: 1, b: 2, c}", limits: limits) == ["1:15 too-many-nodes"])
    #expect(problems("[1, 2, 3, 4]", limits: limits) == [])
    #expect(problems("[1, 2, 3, 4, 5]", limits: limits) == ["1:1 too-many-nodes"])
  }

  @Test("the limit of nodes holds over all documents of a file") func nodesOfDocuments() {
    var limits = YAMLLimits()
    limits.nodes = 2

    #expect(problems("--- a\n--- b\n", limits: limits, documents: .many) == [])
    #expect(problems("--- a\n--- b\n--- c\n", limits: limits, documents: .many) == ["3:5 too-many-nodes"])
  }

  @Test("a scalar as long as the limit in bytes is read, and one byte more is refused") func scalarBytes() {
    var limits = YAMLLimits()
    limits.scalarBytes = 4

    #expect(problems("a: åå\n", limits: limits) == [])
    #expect(problems("a: ååx\n", limits: limits) == ["1:4 value-too-long"])
    #expect(problems("12345: a\n", limits: limits) == ["1:1 value-too-long"])
    #expect(problems("a: \"\\u00e5\\u00e5\"\n", limits: limits) == [])
  }

  @Test("reading stops at a limit, and what stood before is told too") func beforeLimit() {
    var limits = YAMLLimits()
    limits.depth = 1

    #expect(problems("[&x 1, [2], &y 3]", limits: limits) == ["1:2 anchor", "1:8 too-deep"])
  }
}
