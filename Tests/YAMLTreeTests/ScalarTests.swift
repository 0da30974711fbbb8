// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("Scalars") struct ScalarTests {
  @Test(
    "what YAML would take for a number, a date, a truth or nothing stays the text it is",
    arguments: [
      "NO", "no", "Yes", "on", "true", "3:46", "24e1", "1.10", "0123", "0o17", "0x1F", "1_000", "+1", ".5",
      "-0",
      "2003-12-25", "2001-12-14t21:59:43.10-05:00", "null", "Null", "~", ".inf", ".NaN", "=",
    ])
  func raw(text: String) throws {
    let tree = try read("plain: \(text)\nflow: [\(text)]\n\(text): key\n")

    #expect(tree["plain"]?.shape == .plain(text))
    #expect(tree["flow"]?.items.first?.shape == .plain(text))
    #expect(tree.entries.last?.key == text)
  }

  @Test(
    "a scalar in quotes or in a block is told apart from a plain one",
    arguments: ["\"NO\"", "'NO'", "|-\n  NO", ">-\n  NO"])
  func quoted(written: String) throws {
    let tree = try read("country: \(written)\n")

    #expect(tree["country"]?.shape == .quoted("NO"))
  }

  @Test("a value left out is an empty plain scalar, and empty quotes are not") func absent() throws {
    let tree = try read("left_out:\nempty: ''\nin_flow: {a, b: }\n")

    #expect(tree["left_out"]?.shape == .plain(""))
    #expect(tree["empty"]?.shape == .quoted(""))
    #expect(tree["in_flow"]?.entries.map(\.value.text) == ["", ""])
  }

  @Test("lines of a plain or folded scalar are joined, those of a literal one are kept") func lines() throws {
    let tree = try read("plain: a\n  b\nfolded: >\n  a\n  b\nliteral: |\n  a\n  b\n")

    #expect(tree["plain"]?.text == "a b")
    #expect(tree["folded"]?.text == "a b\n")
    #expect(tree["literal"]?.text == "a\nb\n")
  }

  @Test("lines that end in CR LF, or in CR alone, read as if they ended in LF", arguments: ["\r\n", "\r"])
  func carriageReturns(lineBreak: String) throws {
    let written = "a: 1\nb: |\n  x\n  y\nc: [\n  \"p\n  q\"]\n"

    let tree = try read(written.replacing("\n", with: lineBreak))

    #expect(tree == (try read(written)))
    #expect(tree["b"]?.text == "x\ny\n")
  }

  @Test("letters that look alike and are composed otherwise stay the bytes they are") func composition()
    throws
  {
    let tree = try read("- \u{E9}\n- e\u{301}\n")

    #expect(tree.items.map { Array(($0.text ?? "").utf8) } == [[0xC3, 0xA9], [0x65, 0xCC, 0x81]])
  }

  @Test("a file without a final newline is read: what is cut off is the spool's to say")
  func noFinalNewline() throws {
    #expect(try read("a: 1\nb: 2")["b"]?.text == "2")
    #expect(try read("a: |\n  x")["a"]?.text == "x")
  }
}
