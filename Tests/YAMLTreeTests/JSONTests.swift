// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("JSON") struct JSONTests {
  @Test("is read by the same reader into the same tree") func sameTree() throws {
    let tree = try read(#"{"case": "K-1", "facts": {"act": ["recruitment", "transfer"]}, "frame": {}}"#)

    #expect(tree.entries.map(\.key) == ["case", "facts", "frame"])
    #expect(tree["facts"]?["act"]?.items.map(\.text) == ["recruitment", "transfer"])
    #expect(tree["frame"]?.content == .mapping([]))
  }

  @Test(
    "tells strings from numbers, truths and null, and keeps their text",
    arguments: ["-1.50E+02", "true", "null"])
  func literals(written: String) throws {
    let tree = try read("{\"bare\":\(written),\"string\":\"\(written)\"}")

    #expect(tree["bare"]?.shape == .plain(written))
    #expect(tree["string"]?.shape == .quoted(written))
  }

  @Test("has its escapes resolved, in keys too") func escapes() throws {
    let tree = try read(#"{"\u00e5\"": "\" \\ \/ \b \f \n \r \t \u00E9 \u20ac"}"#)

    #expect(tree.entries.map(\.key) == ["å\""])
    #expect(tree.entries.map(\.value.text) == ["\" \\ / \u{8} \u{C} \n \r \t é €"])
  }

  @Test("may be nested, packed or spread over lines") func layout() throws {
    let packed = try read(#"{"a":[{"b":[[],{}]},"c"],"d":{"e":-1}}"#)
    let spread = try read("{\n  'a' : [ { 'b' : [ [ ] , { } ] }\n , 'c'\n] ,\r\n 'd' : {\n'e':\n-1 } }\n\n")

    #expect(packed.shape == spread.shape)
    #expect(packed["a"]?.items.first?["b"]?.items.count == 2)
  }

  @Test("may be indented and spaced with tabs") func tabs() throws {
    let tree = try read("{\n\t\"a\":\t1\t,\n\t\t\"b\"\t:\t[1,\t2\n\t]\n}\n")

    #expect(tree["a"]?.place == "2:7")
    #expect(tree["b"]?.items.map(\.text) == ["1", "2"])
  }

  @Test("with a key twice in one object is refused, however the key is written") func duplicateKeys() {
    #expect(problems(#"{"a": 1, "b": {"a": 2}, "a": 3}"#) == ["1:25 duplicate-key"])
    #expect(problems(#"{"a": 1, "\u0061": 2}"#) == ["1:10 duplicate-key"])
  }

  @Test("that was cut off anywhere is refused") func cutOff() {
    let whole = Array(#"{"case": "K-1", "facts": {"act": ["a", "b"], "age": 17}}"#.utf8)

    let readable = whole.indices.dropFirst().filter { problems(Array(whole.prefix($0))).isEmpty }

    #expect(problems(whole).isEmpty)
    #expect(readable.isEmpty)
  }

  @Test("of several values in one file is refused") func severalValues() {
    #expect(problems("{\"a\": 1}\n{\"b\": 2}\n") == ["2:1 yaml-syntax"])
  }

  @Test("in forms that libyaml does not know is refused in place, and never misread")
  func unknownForms() {
    let longKey = String(repeating: "k", count: 1025)

    #expect(problems(#"{"a": "\ud83d\ude00"}"#) == ["1:10 yaml-syntax"])
    #expect(problems("{\"a\"\n: 1}") == ["2:1 yaml-syntax"])
    #expect(problems("\t{\"a\": 1}") == ["1:1 yaml-syntax"])
    #expect(problems("{\"\(longKey)\": 1}") == ["1:1029 yaml-syntax"])
  }
}
