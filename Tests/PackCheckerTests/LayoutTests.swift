// SPDX-License-Identifier: Apache-2.0

import Foundation
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("The canonical layout") struct LayoutTests {
  /// Every YAML file below these folders that can be read.
  static let files: [String] = ["rulepacks", "examples", "Tests/Fixtures"].flatMap { folder in
    let names =
      FileManager.default.subpaths(atPath: Repository.root.appendingPathComponent(folder).path) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.map { "\(folder)/\($0)" }.sorted()
  }

  @Test("the packs that come with the program are in it as they are") func shipped() throws {
    let packs = Self.files.filter { $0.hasPrefix("rulepacks/") }
    #expect(packs.count > 100)
    for file in packs {
      let bytes = try Self.bytes(of: file)
      #expect(try laidOut(bytes, file: file) == bytes, "\(file) would change")
    }
  }

  @Test("every file that can be read keeps its tree and its comments, and a second time changes nothing")
  func fixtures() throws {
    var read = 0
    for file in Self.files {
      let bytes = try Self.bytes(of: file)
      guard (try? readYAML(bytes, file: file, documents: .many)) != nil else { continue }
      read += 1
      let once = try laidOut(bytes, file: file)
      try expectSame(bytes, once, file)
      #expect(try laidOut(once, file: file) == once, "\(file) changes a second time")
    }
    #expect(read > 150)
  }

  @Test("what is ruffled comes back to the canonical lines", arguments: 0..<60 as Range<UInt64>)
  func ruffled(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    // a comment at the end of a line keeps its column, wherever the line begins
    let files = try Self.files.filter { file in
      let text = String(decoding: try Self.bytes(of: file), as: UTF8.self)
      return file.hasPrefix("rulepacks/palermo/") && !text.contains(/\S +#/)
    }
    let file = try #require(files.randomElement(using: &random))
    let bytes = try Self.bytes(of: file)
    let ruffled = ruffle(String(decoding: bytes, as: UTF8.self), using: &random)
    try expectSame(bytes, ruffled, "the ruffled \(file)")
    #expect(try laidOut(ruffled, file: file) == bytes)
  }

  @Test("random documents keep their tree and their comments", arguments: 0..<400 as Range<UInt64>)
  func random(seed: UInt64) throws {
    var writer = MessyWriter(random: SplitMix64(seed: seed))
    let text = writer.document()
    let bytes = Array(text.utf8)
    let once = try laidOut(bytes, file: "random")
    try expectSame(bytes, once, text)
    #expect(try laidOut(once, file: "random") == once)
  }

  @Test("spaces, tabs, line breaks of other systems and lists beside their key are put in order")
  func example() throws {
    let messy = """
      # a list of things\u{20}\u{20}


      key:   {a: 1 , b : [ x,y ,"z" ]}   # kept
      things:
      - one
      -   name:  two
          # about the third
          more: { p: 'q' ,
             r: s}

      #  the end
      text: |
          as it
            stands


      last: "two
         lines"
      """
    let canonical = """
      # a list of things

      key: {a: 1, b: [x, y, "z"]}        # kept
      things:
        - one
        - name: two
          # about the third
          more: {p: 'q',
                 r: s}

      #  the end
      text: |
        as it
          stands

      last: "two
        lines"

      """
    let written = try laidOut(Array(messy.replacing("\n", with: "\r\n").utf8), file: "example")
    #expect(String(decoding: written, as: UTF8.self) == canonical)
  }

  @Test("a file that cannot be read, or holds what has no form, is left alone") func refused() {
    #expect(throws: NotLaidOut.self) { try laidOut(Array("a: [".utf8), file: "x") }
    let strange = #expect(throws: NotLaidOut.self) { try laidOut(Array("a: b\n? c\n: d\n".utf8), file: "x") }
    #expect(strange?.diagnostics.map(\.message.code) == ["layout-unknown"])
    #expect(strange?.diagnostics.first?.location.line == 2)
  }

  private static func bytes(of file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Repository.root.appendingPathComponent(file)))
  }
}

/// Expects two files to hold the same tree and the same comments, looked at in another way than the layout does.
private func expectSame(_ a: [UInt8], _ b: [UInt8], _ what: String) throws {
  let trees = try [a, b].map { try readYAML($0, file: what, documents: .many).map(written) }
  #expect(trees[0] == trees[1], "\(what) holds another tree")
  #expect(signs(a) == signs(b), "\(what) lost a sign")
}

/// A tree without its places, quotes told from plain text.
private func written(_ node: YAMLNode) -> String {
  switch node.content {
  case .scalar(let scalar): "\(scalar.isPlain)" + String(reflecting: scalar.text)
  case .sequence(let items): "[" + items.map(written).joined(separator: ",") + "]"
  case .mapping(let entries):
    "{" + entries.map { String(reflecting: $0.key) + ":" + written($0.value) }.joined(separator: ",") + "}"
  }
}

/// Everything that can be seen, comments among it, in order.
private func signs(_ bytes: [UInt8]) -> [UInt8] {
  bytes.filter { $0 > 0x20 && ![0xEF, 0xBB, 0xBF].contains($0) }
}

/// Indents deeper, and adds spaces and empty lines where they mean nothing.
private func ruffle(_ text: String, using random: inout SplitMix64) -> [UInt8] {
  let scale = Int.random(in: 1...3, using: &random)
  let lines = text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map { line in
    if line.isEmpty { return Bool.random(using: &random) ? "" : "  \n\n" }
    let depth = line.prefix { $0 == " " }.count
    let spaces = String(repeating: " ", count: depth * scale)
    return spaces + line.dropFirst(depth)
      + String(repeating: " ", count: Int.random(in: 0...3, using: &random))
  }
  return Array((lines.joined(separator: "\n") + "\n\n").utf8)
}

/// Writes documents that are sound YAML and badly laid out.
private struct MessyWriter {
  var random: SplitMix64
  private var comments = 0

  init(random: SplitMix64) { self.random = random }

  mutating func document() -> String {
    var text = chance(20) ? "---\n" : ""
    if chance(30) { text += comment(0) }
    text += block(at: chance(20) ? 1 : 0, depth: 3)
    if chance(30) { text += comment(number(0...3)) }
    return text
  }

  private mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  private mutating func chance(_ percent: Int) -> Bool { number(0...99) < percent }
  private mutating func gap(_ least: Int) -> String {
    String(repeating: " ", count: number(least...least + 2))
  }

  private mutating func comment(_ column: Int) -> String {
    comments += 1
    return String(repeating: " ", count: column) + "# remark \(comments)" + gap(0) + "\n"
      + (chance(20) ? "\n\n" : "")
  }

  private mutating func endOfLine() -> String {
    comments += 1
    return chance(20) ? gap(1) + "# beside \(comments)\n" : gap(0) + (chance(10) ? "\n\n\n" : "\n")
  }

  /// Lines of a list or mapping at a column.
  private mutating func block(at column: Int, depth: Int) -> String {
    let isList = chance(40)
    let count = number(1...4)
    var text = ""
    for place in 0..<count {
      if chance(15) { text += comment(column) }
      let margin = String(repeating: " ", count: column)
      if isList {
        text += margin + "-" + value(under: column, depth: depth, isInList: true)
      } else {
        text +=
          margin + "k\(place)" + (chance(10) ? " " : "") + ":"
          + value(under: column, depth: depth, isInList: false)
      }
    }
    return text
  }

  private mutating func value(under column: Int, depth: Int, isInList: Bool) -> String {
    if depth > 0, chance(50) {
      let deeper = column + number(1...4)
      let body = block(at: deeper, depth: depth - 1)
      return endOfLine() + body
    }
    if chance(15) {
      let deeper = String(repeating: " ", count: column + number(1...3))
      let style = ["|", ">", "|-", ">+", "|+"][number(0...4)]
      return " \(style)\n\(deeper)first line\n\(chance(30) ? "\n" : "")\(deeper)  second # no comment\n"
    }
    if chance(15) {
      let deeper = String(repeating: " ", count: column + number(1...5))
      let quote = ["\"", "'", ""][number(0...2)]
      return " \(quote)folded over\n\(deeper)two lines\(quote)\(endOfLine())"
    }
    return gap(1) + flow(depth: 2, column: column + 1) + endOfLine()
  }

  private mutating func flow(depth: Int, column: Int) -> String {
    let scalars = [
      "NO", "3:46", "1.10", "0123", "\"a: b\"", "'it''s'", "\"\\\" # x\"", "2003-12-25", "~", "å",
    ]
    guard depth > 0, chance(50) else { return scalars[number(0...scalars.count - 1)] }
    let isList = chance(50)
    let items = (0..<number(0...3)).map { place in
      (isList ? "" : "f\(place):" + gap(1)) + flow(depth: depth - 1, column: column)
    }
    let margin = String(repeating: " ", count: column)
    let separators = [",", " , ", ",\n\(margin)", ", # within\n\(margin)"]
    let separator = separators[chance(80) ? number(0...1) : number(2...3)]
    let inner = items.joined(separator: separator == "," ? ", " : separator)
    return (isList ? "[" : "{") + gap(0) + inner + gap(0) + (isList ? "]" : "}")
  }
}
