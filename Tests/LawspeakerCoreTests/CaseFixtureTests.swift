// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

/// The packs of `packs/good`, read once a test.
func goodPacks() throws -> Generation { try generation(of: packSources(in: "packs/good")) }

/// What a case file below `Tests/Fixtures` says, or why it is refused.
private func diagnostics(of name: String, under generation: Generation) throws -> [Diagnostic] {
  let bytes = Array(try Data(contentsOf: Repository.fixtures.appendingPathComponent("cases/bad/\(name)")))
  let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2024-01-15")))
  do throws(CaseRefused) {
    _ = try readCase(bytes, file: name, under: generation, defaults: defaults)
    return []
  } catch {
    return error.diagnostics
  }
}

private let badCases = Repository.fixtures(in: "cases/bad").filter { !$0.hasSuffix(".expected") }

@Suite("Case files that are refused") struct CaseFixtureTests {
  @Test("each mistake is named at its place, with the words that stand beside it", arguments: badCases)
  func refuses(name: String) throws {
    let found = try diagnostics(of: name, under: goodPacks())
    #expect(!found.isEmpty)
    #expect(found == found.sorted())
    let difference = try differenceFromGolden(text(of: found), "cases/bad/\(name).expected")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("each mark in a file has its diagnostic, and there are no others", arguments: badCases)
  func marked(name: String) throws {
    let path = Repository.fixtures.appendingPathComponent("cases/bad/\(name)")
    let marked = marks(in: try String(contentsOf: path, encoding: .utf8), file: name)
    guard !marked.isEmpty else { return }
    let found = try diagnostics(of: name, under: goodPacks())
    let places = found.map { "\($0.location.file):\($0.location.line) \($0.message.code)" }
    #expect(marked.sorted() == places.sorted())
  }

  @Test("no diagnostic repeats a value: it may be about a person", arguments: badCases)
  func silent(name: String) throws {
    let generation = try goodPacks()
    let bytes = Array(try Data(contentsOf: Repository.fixtures.appendingPathComponent("cases/bad/\(name)")))
    guard let root = try? readYAML(bytes, file: name).first else { return }
    let vocabulary = Set(
      generation.facts.flatMap { [$0.declaration.name] + $0.declaration.type.members } + [
        "person", "police", "yes", "no", "ongoing",
      ] + Standard.allCases.map(\.rawValue))
    let found = try diagnostics(of: name, under: generation)
    for value in values(in: root) where value.utf8.count > 1 && !vocabulary.contains(value) {
      for diagnostic in found {
        let word = "(?<![A-Za-z0-9])" + NSRegularExpression.escapedPattern(for: value) + "(?![A-Za-z0-9])"
        #expect(diagnostic.description.range(of: word, options: .regularExpression) == nil, "\(diagnostic)")
      }
    }
  }

  /// Every scalar that is no key.
  private func values(in node: YAMLNode) -> [String] {
    switch node.content {
    case .scalar(let scalar): [scalar.text]
    case .sequence(let items): items.flatMap(values)
    case .mapping(let entries): entries.flatMap { values(in: $0.value) }
    }
  }
}

@Suite("Packs and cases that are read") struct GoodFixtureTests {
  @Test("packs that use every construct of the grammar are read without a word, and their own tests pass")
  func everyConstruct() throws {
    let sources = try packSources(in: "packs/good")
    #expect(sources.map(\.folder) == ["full", "local"])
    #expect(problems(with: sources) == [])
    let outcomes = runTests(in: try goodPacks())
    #expect(outcomes.count == 11)
    #expect(outcomes.flatMap(\.failures) == [])
    #expect(runTests(of: ["local"], in: try goodPacks()).map(\.pack) == ["local", "local"])
  }

  @Test(
    "each way of saying a value leaves the values that it names",
    arguments: [
      ("harm: yes", "full.harm", [1...1]), ("harm: no", "full.harm", [0...0]),
      ("harm: unknown", "full.harm", []),
      ("harm: refused", "full.harm", []), ("harm: not_proved", "full.harm", []),
      (
        "harm: {value: yes, by: person, source: \"talk 1\", on: 2024-01-02, note: \"x\"}", "full.harm",
        [1...1]
      ),
      ("full.harm: yes", "full.harm", [1...1]),
      ("kind: grave", "full.kind", [1...1]), ("kind: {one_of: [mild, other]}", "full.kind", [0...0, 2...2]),
      ("cost: 5 kroner", "full.cost", [5...5]), ("cost: {below: 5 kroner}", "full.cost", [0...4]),
      ("cost: {at_most: 5 kroner}", "full.cost", [0...5]),
      ("cost: {at_least_as: 5 kroner}", "full.cost", [5...1_000_000]),
      ("cost: {above: 5 kroner}", "full.cost", [6...1_000_000]),
      ("cost: {between: [5 kroner, 9 kroner]}", "full.cost", [5...9]),
      ("cost: {one_of: [5 kroner, 6 kroner, 9 kroner]}", "full.cost", [5...6, 9...9]),
      ("born: 1970-01-02", "full.born", [1...1]), ("born: 1970-01", "full.born", [0...30]),
      ("born: 1970", "full.born", [0...364]), ("born: {between: [1970-01, 1970-02]}", "full.born", [0...58]),
      ("born: {before: 1970-01}", "full.born", [CivilDate.first.dayNumber...(-1)]),
      ("born: {after: 1970-01}", "full.born", [31...CivilDate.last.dayNumber]),
      ("born: {one_of: [1970-01-02, 1970-03]}", "full.born", [1...1, 59...89]),
    ])
  func valueForms(line: String, fact: String, expected: [ClosedRange<Int>]) throws {
    let generation = try goodPacks()
    let file = try readCase("lawspeaker: 1\ncase: K-1\nfacts:\n  \(line)\n", under: generation)
    #expect(file.given.map { generation.facts[$0.fact].id } == [fact])
    #expect(file.given.flatMap(\.values).flatMap(\.values.spans).map { $0.low...$0.high } == expected)
  }

  @Test(
    "each way of answering a set says which members are there and which are not",
    arguments: [
      ("{has: [threat, trick]}", [0: true, 2: true]), ("{not: [blow]}", [1: false]),
      ("{has: [threat], not: [blow]}", [0: true, 1: false]),
      ("{exactly: [blow]}", [0: false, 1: true, 2: false]),
      ("{exactly: []}", [0: false, 1: false, 2: false]), ("[blow, blow]", [1: true]), ("unknown", [:]),
    ])
  func setForms(value: String, expected: [Int: Bool]) throws {
    let generation = try goodPacks()
    let file = try readCase("lawspeaker: 1\ncase: K-1\nfacts:\n  acts: \(value)\n", under: generation)
    let first = try #require(generation.facts.first { $0.id == "full.acts" }).variables.lowerBound
    let said = file.given.flatMap(\.values).map { ($0.variable - first, $0.values == .yes) }
    #expect(Dictionary(uniqueKeysWithValues: said) == expected)
  }

  @Test("what surrounds a value is kept: who said it, where it is written, when, and in what manner")
  func attribution() throws {
    let generation = try goodPacks()
    let text = """
      lawspeaker: 1
      case: K-1.a_b
      person: P-1
      related: [K-0, "2"]
      facts:
        harm: {value: no, by: social_worker, source: "talk 1", on: 2024-01-02, note: "said so: twice"}
        warned: refused
        kind: not_proved
        acts: none

      """
    let file = try readCase(text, under: generation)
    #expect(file.reference == "K-1.a_b")
    #expect(file.person == "P-1")
    #expect(file.related == ["K-0", "2"])
    #expect(!file.isJurisdictionStated)
    #expect(file.jurisdiction == "NOR")
    #expect(file.assessedOn.description == "2026-01-01")
    let harm = try #require(file.given.first)
    #expect(harm.by == "social_worker")
    #expect(harm.source == "talk 1")
    #expect(harm.on?.description == "2024-01-02")
    #expect(harm.note == "said so: twice")
    #expect(file.given.map(\.manner) == [.denied, .refused, .notProved, .denied])
  }

  @Test(
    "a JSON file with the same words is the same case",
    arguments: Repository.fixtures(in: "cases/good", ending: ".json"))
  func json(name: String) throws {
    let generation = try goodPacks()
    func statements(_ name: String) throws -> [[Case.Statement]] {
      let path = Repository.fixtures.appendingPathComponent("cases/good/\(name)")
      return try readCase(String(contentsOf: path, encoding: .utf8), under: generation).given.map(\.values)
    }
    let fromJSON = try statements(name)
    #expect(!fromJSON.isEmpty)
    #expect(try fromJSON == statements(name.replacingOccurrences(of: ".json", with: ".yaml")))
  }
}
