// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import Testing
import YAMLTree

@Suite("A pack's own tests") struct PackTestingTests {
  private func outcomes(expecting status: String) throws -> [TestOutcome] {
    let pack = InventedPack(
      facts: "forced: {type: yes_no}", rules: "wrong: {grounds: [{clause: s1, holds_if: forced}]}",
      tests: """
        lawspeaker: 1
        test: Force alone is enough
        case: T-1
        assessed_on: 2026-01-01
        facts: {forced: yes}
        expect: {wrong: \(status)}

        """)
    return runTests(in: try pack.generation())
  }

  @Test("A test passes where the answer is as it expects")
  func passes() throws {
    let outcomes = try outcomes(expecting: "holds")
    #expect(outcomes.map(\.test) == ["Force alone is enough"])
    #expect(outcomes.flatMap(\.failures).isEmpty)
  }

  @Test("A test fails at the place of the expectation that differs")
  func fails() throws {
    let failures = try outcomes(expecting: "fails").flatMap(\.failures)
    #expect(failures.map(\.message.code) == ["test-failed"])
    #expect(failures.first?.location.line == 6)
  }
}
