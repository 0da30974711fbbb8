// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("Places") struct PlaceTests {
  @Test("lines and columns count from 1") func fromOne() throws {
    let tree = try read("a: 1\nb:\n  - x\n  - {c: 2}\n")

    #expect(tree.place == "1:1")
    #expect(tree.entries.map(\.keyMark.place) == ["1:1", "2:1"])
    #expect(tree.entries.map(\.value.place) == ["1:4", "3:3"])
    #expect(tree["b"]?.items.map(\.place) == ["3:5", "4:5"])
    #expect(tree["b"]?.items[1]["c"]?.place == "4:9")
  }

  @Test(
    "columns count Unicode scalars, whatever they take in bytes, UTF-16 or on the screen",
    arguments: [("å", 1), ("åå", 2), ("𐐷", 1), ("👩‍👧", 3), ("e\u{301}", 2), ("你好", 2)])
  func scalars(key: String, columns: Int) throws {
    let tree = try read("\(key): {\(key): x}\n")

    let inner = try #require(tree.entries.first?.value)
    #expect(inner.place == "1:\(columns + 3)")
    #expect(inner.entries.first?.value.place == "1:\(2 * columns + 6)")
    #expect(problems("\(key): &a x\n") == ["1:\(columns + 3) anchor"])
  }

  @Test("a key in quotes stands where its quotes begin") func quotedKey() throws {
    let tree = try read("{ \"a\": 'b' }\n")

    #expect(tree.entries.map(\.keyMark.place) == ["1:3"])
    #expect(tree.entries.map(\.value.place) == ["1:8"])
  }

  @Test("a list or mapping knows whether it was written in brackets") func flow() throws {
    let tree = try read("a: [1]\nb:\n  - 1\nc: {d: 1}\ne:\n  f: 1\n")

    #expect(!tree.isFlow)
    #expect(tree.entries.map(\.value.isFlow) == [true, false, true, false])
  }

  @Test("a byte order mark takes no column, so what follows it lines up") func byteOrderMark() throws {
    let tree = try read("\u{FEFF}a: 1\nb: 2\n")

    #expect(tree.entries.map(\.keyMark.place) == ["1:1", "2:1"])
    #expect(problems("\u{FEFF}a: \u{7}\n") == ["1:4 yaml-syntax"])
  }

  @Test(
    "a byte that is no text is placed by the same line breaks as everything else",
    arguments: ["\n", "\r\n", "\r"])
  func breaks(lineBreak: String) {
    let before = "å: 1\(lineBreak)𐐷: "

    #expect(problems(before + "&a x") == ["2:4 anchor"])
    #expect(problems(before + "\u{7}") == ["2:4 yaml-syntax"])
    #expect(problems(Array(before.utf8) + [0xFF]) == ["2:4 invalid-utf8"])
  }

  @Test(
    "a line break that nobody sees is refused where it stands", arguments: ["\u{85}", "\u{2028}", "\u{2029}"])
  func invisibleBreaks(lineBreak: String) {
    #expect(problems("å: 1\(lineBreak)b: 2\n") == ["1:5 invisible-break"])
    #expect(problems("# \(lineBreak)b: 2\n") == ["1:3 invisible-break"])
  }

  @Test("a NUL that an escape hides is refused") func escapedNul() {
    #expect(problems("a: \"\\0\"\nb: \"\\u0000\"\n") == ["1:4 nul-byte", "2:4 nul-byte"])
  }

  @Test("each of several documents keeps the places of the file") func documents() throws {
    let roots = try readYAML(Array("--- a\n---\n- b\n".utf8), file: "case.yaml", documents: .many)

    #expect(roots.map(\.place) == ["1:5", "3:1"])
    #expect(roots[1].items.map(\.place) == ["3:3"])
  }
}
