// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import TestSupport
import Testing

/// A JSON text as Foundation reads it; numbers that are no whole numbers of 64 bits are counted and left out.
private struct Read: Decodable {
  var json: JSON?
  var leftOut: [String] = []

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      var entries: [String: JSON] = [:]
      for key in object.allKeys {
        let value = try object.decode(Read.self, forKey: key)
        leftOut += value.leftOut.map { key.stringValue + $0 }
        entries[key.stringValue] = value.json
      }
      json = .object(entries)
    } else if var list = try? decoder.unkeyedContainer() {
      var items: [JSON] = []
      while !list.isAtEnd {
        let place = list.currentIndex
        let value = try list.decode(Read.self)
        leftOut += value.leftOut.map { "[\(place)]\($0)" }
        items += value.json.map { [$0] } ?? []
      }
      json = .array(items)
    } else {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        json = .null
      } else if let truth = try? value.decode(Bool.self) {
        json = .bool(truth)
      } else if let number = try? value.decode(Int.self) {
        json = .integer(number)
      } else if let text = try? value.decode(String.self) {
        json = .string(text)
      } else {
        leftOut = [""]
      }
    }
  }
}

@Suite("Canonical JSON (RFC 8785)") struct CanonicalJSONTests {
  private static let vectors = Repository.root.deletingLastPathComponent().appendingPathComponent(
    "shared/vectors/jcs")

  private func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Self.vectors.appendingPathComponent(path)))
  }

  @Test(
    "the published vectors come out byte for byte",
    .enabled(if: FileManager.default.fileExists(atPath: CanonicalJSONTests.vectors.path)),
    arguments: ["arrays", "french", "structures", "unicode", "weird"])
  func vector(name: String) throws {
    let read = try JSONDecoder().decode(Read.self, from: Data(bytes("input/\(name).json")))
    let json = try #require(read.json)
    #expect(read.leftOut == [])
    #expect(try json.canonicalBytes == bytes("output/\(name).json"))
    let hex = try String(decoding: bytes("outhex/\(name).txt"), as: UTF8.self).split(
      whereSeparator: \.isWhitespace)
    #expect(json.canonicalBytes == hex.compactMap { UInt8($0, radix: 16) })
  }

  /// Decisions hold whole numbers only, and the writer has no spelling for any other: `values.json` is compared without
  /// the five members of its list `numbers`, of which four are fractions and one (1E30) exceeds 64 bits.
  @Test(
    "the vector with fractions comes out byte for byte but for these five numbers",
    .enabled(if: FileManager.default.fileExists(atPath: CanonicalJSONTests.vectors.path)))
  func fractions() throws {
    let read = try JSONDecoder().decode(Read.self, from: Data(bytes("input/values.json")))
    #expect(read.leftOut.sorted() == (0..<5).map { "numbers[\($0)]" })
    let expected = try String(decoding: bytes("output/values.json"), as: UTF8.self)
    let numbers = "[333333333.3333333,1e+30,4.5,0.002,1e-27]"
    try #require(expected.contains(numbers))
    #expect(read.json?.canonicalText == expected.replacingOccurrences(of: numbers, with: "[]"))
  }

  @Test(
    "all the files of the vectors are among those compared",
    .enabled(if: FileManager.default.fileExists(atPath: CanonicalJSONTests.vectors.path)))
  func all() throws {
    let names = try FileManager.default.contentsOfDirectory(
      atPath: Self.vectors.appendingPathComponent("input").path
    ).sorted()
    #expect(names == ["arrays", "french", "structures", "unicode", "values", "weird"].map { $0 + ".json" })
  }

  @Test("keys are sorted by UTF-16 code units, not by code points or alphabet")
  func keys() {
    let keys = ["\u{FFFD}", "\u{1F602}", "b", "a", "B", "ab", "", "1", "10", "9"]
    let text = JSON.object(Dictionary(uniqueKeysWithValues: keys.map { ($0, .null) })).canonicalText
    #expect(
      text == "{\"\":null,\"1\":null,\"10\":null,\"9\":null,\"B\":null,\"a\":null,\"ab\":null,\"b\":null,"
        + "\"\u{1F602}\":null,\"\u{FFFD}\":null}")
  }

  @Test("control characters have their shortest escape, and nothing else is escaped but quote and backslash")
  func escapes() {
    let text = JSON.string("\u{0}\u{8}\t\n\u{B}\u{C}\r\u{1F} \"\\/\u{7F}\u{80}\u{2028}é").canonicalText
    #expect(text == #""\u0000\b\t\n\u000b\f\r\u001f \"\\/"# + "\u{7F}\u{80}\u{2028}é\"")
  }

  @Test("whole numbers are written out")
  func numbers() {
    #expect(
      JSON.array([.integer(0), .integer(-1), .integer(.max)]).canonicalText == "[0,-1,9223372036854775807]")
  }

  @Test("canonical text is a fixed point of reading and writing", arguments: 0..<100 as Range<UInt64>)
  func fixedPoint(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let json = JSON.object(["root": Self.value(&random, depth: 4)])
    let read = try JSONDecoder().decode(Read.self, from: Data(json.canonicalBytes))
    #expect(read.json == json)
    #expect(read.json?.canonicalBytes == json.canonicalBytes)
  }

  private static func value(_ random: inout SplitMix64, depth: Int) -> JSON {
    let letters = ["a", "é", "\n", "\"", "\\", "\u{1F602}", "\u{FB33}", "/", "\u{1}", " "]
    func text() -> String {
      (0..<Int.random(in: 0...5, using: &random)).map { _ in letters.randomElement(using: &random) ?? "" }
        .joined()
    }
    switch Int.random(in: depth > 0 ? 0...5 : 0...3, using: &random) {
    case 0: return .null
    case 1: return .bool(.random(using: &random))
    case 2: return .integer(.random(in: -1_000_000_000_000...1_000_000_000_000, using: &random))
    case 3: return .string(text())
    case 4: return .array((0..<3).map { _ in value(&random, depth: depth - 1) })
    default:
      let entries = (0..<3).map { _ in (text(), value(&random, depth: depth - 1)) }
      return .object(Dictionary(entries) { first, _ in first })
    }
  }
}
