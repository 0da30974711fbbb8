// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("Files that contradict themselves") struct ContradictionTests {
  /// Two people's ages on the day of the act, each with a rule of its own.
  private func twoPeople() throws -> Generation {
    let pack = """
      lawspeaker: 1
      pack: {id: p, version: 1.0.0, jurisdiction: UN}
      source: {cite: "made up", texts: [en], checked: 2026-01-01}
      facts:
        act_date: {type: date}
        born: {type: date}
        age: {type: quantity, unit: years, range: [0, 130], as_of: act_date, since: born}
        born2: {type: date}
        age2: {type: quantity, unit: years, range: [0, 130], as_of: act_date, since: born2}
        harm: {type: yes_no}
      clauses:
        s1: {path: [s 1], cite: {en: S, nb: S}, in_force: {from: 2000-01-01}}
      rules:
        child: {grounds: [{clause: s1, holds_if: {age: {below: 18 years}}}]}
        child2: {grounds: [{clause: s1, holds_if: {age2: {below: 18 years}}}]}
        plain: {grounds: [{clause: s1, holds_if: harm}]}

      """
    let texts = """
      facts: {act_date: {question: a}, born: {question: b}, age: {question: c}, born2: {question: d},
              age2: {question: e}, harm: {question: f}}
      rules: {child: a, child2: b, plain: c}
      clauses: {s1: a}

      """
    let files = [("pack.yaml", pack), ("text/en.yaml", texts), ("text/nb.yaml", texts)]
    return try generation(of: [
      PackSource(folder: "p", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) }, sha256: "")
    ])
  }

  private func clashes(_ lines: [String]) throws -> [(facts: Set<String>, touches: [String])] {
    let generation = try twoPeople()
    let text = caseText(lines, assessedOn: try #require(CivilDate("2024-01-15")))
    return try generation.decision(on: text).answer.contradictions.map { clash in
      let variables = Set(clash.facts.map(\.variable))
      let facts = generation.facts.filter { !variables.isDisjoint(with: $0.variables) }
      return (Set(facts.map(\.declaration.name)), clash.touches.map { generation.rules[$0].declaration.name })
    }
  }

  @Test("a clash names the facts that cannot all be true, and only the conclusions that it touches")
  func one() throws {
    let found = try clashes([
      "act_date: 2023-05-01", "born: 2000-01-01", "age: 12 years", "age2: 30 years", "harm: yes",
    ])
    #expect(found.map(\.facts) == [["act_date", "born", "age"]])
    #expect(found.map(\.touches) == [["child"]])
  }

  @Test("two clashes that share a day are both named")
  func two() throws {
    let found = try clashes([
      "act_date: 2023-05-01", "born: 2000-01-01", "age: 12 years", "born2: 1990-01-01", "age2: 32 years",
    ])
    #expect(found.count == 2)
    #expect(Set(found.map(\.facts)) == [["act_date", "born", "age"], ["act_date", "born2", "age2"]])
    #expect(found.map(\.touches) == [["child"], ["child2"]])
  }

  @Test("an act after the day of assessment is a clash by itself, and touches every conclusion it governs")
  func future() throws {
    let found = try clashes(["act_date: 2024-02-01", "harm: yes"])
    #expect(found.map(\.facts) == [["act_date"]])
    #expect(found.map(\.touches) == [["child", "child2", "plain"]])
  }
}
