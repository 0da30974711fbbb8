// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
@testable import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("Checking packs") struct PackCheckTests {
  @Test("a pack with a hundred mistakes gets a hundred diagnostics in one run")
  func hundredMistakes() throws {
    let kinds = ["{age: {above: 99 years}}", "{all: [{age: {below: 9 years}}, {age: {above: 9 years}}]}"]
    let rules = (1...100).map { number in
      "r\(number): {about: conduct, grounds: [{clause: s1, holds_if: \(kinds[number % 2])}]}"
    }
    let pack = InventedPack(
      facts: "age: {type: quantity, unit: years, range: [0, 99]}", clauses: ["s1"],
      rules: (rules + ["r0: {about: conduct, grounds: [{clause: s1, holds_if: {age: {above: 9 years}}}]}"])
        .joined(separator: "\n"))
    let found = check(try pack.generation())
    #expect(found.count == 100)
    #expect(Set(found.map(\.location.line)).count == 100)
    #expect(found.map(\.message.code) == Array(repeating: "never-true", count: 100))
  }

  @Test("what outgrows its budget is said, and what does not is looked at all the same")
  func budget() throws {
    let facts = (0..<12).map { "f\($0): {type: yes_no}" }
    let first = (0..<6).map { "f\($0)" }.joined(separator: ", ")
    let pairs = (0..<6).map { "{all: [f\($0), f\($0 + 6)]}" }.joined(separator: ", ")
    let pack = InventedPack(
      facts: facts.joined(separator: "\n"), clauses: ["s1"],
      rules: """
        wide: {about: conduct, grounds: [{clause: s1, holds_if: {all: [{any: [\(first)]}, {any: [\(pairs)]}]}}]}
        narrow: {about: conduct, grounds: [{clause: s1, holds_if: {any: [f0, {not: f0}]}}]}
        """)
    let found = check(try pack.generation(), budget: 60)
    #expect(found.contains { $0.message.code == "check-not-settled" && $0.message.text.contains("`wide`") })
    #expect(found.contains { $0.message.code == "always-true" })
    #expect(!check(try pack.generation()).contains { $0.message.code == "check-not-settled" })
  }

  @Test("the packs that come with the program have nothing odd in them")
  func shipped() throws {
    let found = check(try shippedGeneration())
    #expect(found == [], "\(found.map(\.description).joined(separator: "\n"))")
  }
}
