// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import Testing
import YAMLTree

/// A pack of one rule with two conditions, and the tests it is given.
private func pack(_ condition: String, facts: String = twoFacts, tests: [String]) -> InventedPack {
  let documents = tests.enumerated().map { number, test in
    """
    lawspeaker: 1
    test: Number \(number)
    case: T-\(number)
    assessed_on: 2026-01-01
    \(test)

    """
  }
  return InventedPack(
    facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: \(condition)}]}",
    tests: documents.joined(separator: "---\n"))
}

private let twoFacts = "forced: {type: yes_no}\npaid: {type: yes_no}"

@Suite("What tests show") struct CoverageTests {
  private func outcomes(
    _ kind: Coverage.Kind, _ pack: InventedPack
  ) throws -> [Coverage.Outcome] {
    let measured = coverage(in: try pack.generation()).coverage
    return measured.items.filter { $0.kind == kind }.map(\.outcome)
  }

  @Test("a condition is shown to decide by two tests in which it alone turns the ground")
  func pair() throws {
    let tests = [
      "facts: {forced: yes, paid: yes}\nexpect: {wrong: holds}",
      "facts: {forced: no, paid: yes}\nexpect: {wrong: fails}",
    ]
    let pairs = try outcomes(.pair, pack("{all: [forced, paid]}", tests: tests))
    #expect(pairs == [.shown(by: ["Number 0", "Number 1"]), .missing])
  }

  @Test("a condition that is unknown in one of the tests hides what the other decides")
  func unknown() throws {
    let tests = [
      "facts: {forced: yes, paid: yes}\nexpect: {wrong: holds}",
      "facts: {forced: no}\nexpect: {wrong: fails}",
    ]
    let pairs = try outcomes(.pair, pack("{all: [forced, paid]}", tests: tests))
    #expect(pairs == [.missing, .missing])
  }

  @Test("a test that expects nothing of a rule shows nothing of it")
  func unobserved() throws {
    var pack = pack(
      "forced",
      tests: ["facts: {forced: yes}\nexpect: {other: fails}", "facts: {forced: no}\nexpect: {other: fails}"])
    pack.rules += "\nother: {grounds: [{clause: s2, holds_if: {all: [paid, {not: paid}]}}]}"
    let pairs = try outcomes(.pair, pack)
    #expect(pairs.first == .missing)
  }

  @Test("what no case could show is proved to be so: a condition that another implies")
  func impossible() throws {
    let facts = "age: {type: quantity, unit: years, range: [0, 130]}"
    let tests = [
      "facts: {age: 17 years}\nexpect: {wrong: fails}", "facts: {age: 10 years}\nexpect: {wrong: holds}",
    ]
    let pack = pack("{all: [{age: {below: 18 years}}, {age: {below: 16 years}}]}", facts: facts, tests: tests)
    #expect(try outcomes(.pair, pack).first == .impossible)
  }

  @Test("no case could show that an age is not known and known, though two standards look at it")
  func twoStandards() throws {
    var pack = pack(
      "{all: [young, {age: {below: 18 years}}]}",
      facts: "age: {type: quantity, unit: years, range: [0, 130]}",
      tests: [
        "facts: {age: 17 years}\nexpect: {wrong: holds}", "facts: {age: 18 years}\nexpect: {wrong: fails}",
      ])
    pack.rules += """

      young: {standard: indications, grounds: [{clause: s2, holds_if: {age: {below: 18 years}}}]}
      sure: {standard: probable, grounds: [{clause: s3, holds_if: wrong}]}
      """
    #expect(try outcomes(.pair, pack).prefix(2) == [.impossible, .impossible])
  }

  @Test("law that began after the pack was checked gets its tests too")
  func laterLaw() throws {
    var pack = pack(
      "{all: [forced, paid]}", facts: twoFacts + "\nact_date: {type: date}",
      tests: [
        "facts: {forced: yes, paid: yes, act_date: 2025-12-31}\nexpect: {wrong: not_in_force}"
      ])
    pack.inForce = "2026-06-01"
    pack.beside = "law_in_time:\n  - {rules: [wrong], day: act_date, clause: s2}"
    try expectComplete(&pack)
  }

  /// Adds the tests that are missing, which must pass and leave nothing to be shown.
  private func expectComplete(_ pack: inout InventedPack) throws {
    let missing = coverage(in: try pack.generation(), writingMissing: true).missing
    #expect(missing.map(\.file) == ["generated-pack.yaml"])
    pack.tests += (["---"] + missing.flatMap(\.tests).map { $0 + "---" }).joined(separator: "\n")
    pack.tests = String(pack.tests.dropLast(3))
    let generation = try pack.generation()
    #expect(runTests(in: generation).flatMap(\.failures).isEmpty)
    #expect(coverage(in: generation).coverage.missing.map(\.sentence).isEmpty)
  }

  @Test(
    "generated tests show all that was missing, and pass",
    arguments: [
      "{all: [forced, paid]}", "{any: [forced, paid]}", "{exactly: 1, of: [forced, paid]}",
      "{if: forced, then: paid}", "{all: [forced, {not: paid}]}",
    ])
  func generated(condition: String) throws {
    let first = "facts: {forced: yes, paid: yes}\nexpect: {wrong: \(try status(condition))}"
    var pack = pack(condition, tests: [first])
    try expectComplete(&pack)
  }

  /// What the pack answers where both are so.
  private func status(_ condition: String) throws -> String {
    let pack = pack(condition, tests: ["facts: {forced: yes, paid: yes}\nexpect: {wrong: holds}"])
    return runTests(in: try pack.generation()).flatMap(\.failures).isEmpty ? "holds" : "fails"
  }
}

@Suite("Mutants") struct MutationTests {
  private let facts = "age: {type: quantity, unit: years, range: [0, 130]}"

  private func mutation(ages: [(Int, String)]) throws -> Mutation {
    let tests = ages.map { "facts: {age: \($0) years}\nexpect: {wrong: \($1)}" }
    return mutate(in: try pack("{age: {below: 18 years}}", facts: facts, tests: tests).generation())
  }

  @Test("a limit that may be moved by one unnoticed is reported at its place")
  func survivor() throws {
    let survivors = try mutation(ages: [(10, "holds"), (40, "fails")]).survivors
    #expect(
      survivors.map(\.text) == [
        "`{age: {below: 18 years}}` with its limit moved down by one",
        "`{age: {below: 18 years}}` with its limit moved up by one",
      ])
    #expect(survivors.allSatisfy { $0.location.file == "act/pack.yaml" })
  }

  @Test("tests on either side of a limit notice every mutant")
  func noticed() throws {
    let mutation = try mutation(ages: [(17, "holds"), (18, "fails")])
    #expect(mutation.survivors.isEmpty)
    #expect(mutation.tried == 4 && mutation.noticed == 4)
  }

  @Test("a mutant that means the same in every case is not reported")
  func equivalent() throws {
    let pack = pack(
      "{any: [forced, {all: [forced, paid]}]}",
      tests: [
        "facts: {forced: yes, paid: no}\nexpect: {wrong: holds}",
        "facts: {forced: no, paid: yes}\nexpect: {wrong: fails}",
      ])
    let mutation = mutate(in: try pack.generation())
    #expect(mutation.equivalent > 0)
    #expect(mutation.survivors.map(\.text).allSatisfy { !$0.contains("`paid` left out") })
  }
}

@Suite("A failing test, side by side") struct SideBySideTests {
  @Test("what was found stands beside what was expected, with what it stands on")
  func beside() throws {
    let pack = pack(
      "{all: [forced, paid]}", tests: ["facts: {forced: yes, paid: yes}\nexpect: {wrong: fails}"])
    let outcome = try #require(runTests(in: try pack.generation()).first)
    let row = try #require(outcome.beside.first)
    #expect((row.name, row.expected, row.found) == ("wrong", "fails", "holds"))
    #expect(row.because == ["s1: forced yes, paid yes"])
  }
}
