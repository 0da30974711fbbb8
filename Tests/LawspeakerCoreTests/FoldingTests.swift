// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import TestSupport
import Testing

@Suite("What a decision for people shows in full, in a line, or folded") struct FoldingTests {
  @Test(
    "an age touches only a conclusion that compares nothing else",
    arguments: ["age: 16 years", "born: 2008-03-01"])
  func ages(said: String) throws {
    let generation = try folding()

    let decision = try generation.decision(on: "lawspeaker: 1\ncase: K-1\nfacts: {\(said)}\n")

    let untouched = decision.advice.open.filter(\.isUntouched).map { generation.rules[$0.rule].id }
    #expect(untouched.contains("p.report"), "it compares what was done as well")
    #expect(!untouched.contains("p.young"), "it compares ages alone")
  }

  @Test("a duty follows from what is possible once the file says more than an age")
  func duties() throws {
    let generation = try folding()
    func duties(_ facts: String) throws -> [String] {
      let decision = try generation.decision(on: "lawspeaker: 1\ncase: K-1\nfacts: {\(facts)}\n")
      return decision.answer.duties.map { generation.duties[$0.duty].id }
    }
    #expect(try duties("age: 16 years").isEmpty)
    #expect(try duties("age: 16 years, held: yes") == ["p.tell", "p.legislate"])
  }

  @Test(
    "at most four open conclusions stand in full, those duties wait for and then the nearest to settled, the others in a line"
  )
  func inFull() throws {
    let lines = try lines("held: yes")
    let full = lines.filter { $0.hasPrefix("### ") && $0.hasSuffix(": open") }
    #expect(full == ["### p.report: open", "### p.one: open", "### p.two: open", "### p.four: open"])
    #expect(lines.contains { $0.hasPrefix("- p.five (indications) – question ") })
    #expect(!lines.contains { $0.contains("p.five: open") })
  }

  @Test("each suggested question stands once with all it serves, first those a duty may depend on")
  func questions() throws {
    let questions = try lines("held: yes").filter { $0.first?.isNumber == true }
    #expect(questions.first?.contains("“p.report”") == true)
    for fact in ["p.a", "p.b", "p.age"] {
      #expect(questions.count { $0.contains("**\(fact)**") } <= 1)
    }
  }

  @Test("a clause that was not there is not named beside one that fails for a reason")
  func force() throws {
    let text = try lines("held: no").filter { $0.contains("Under s 1") || $0.contains("Under s 9") }
    #expect(text.contains { $0.contains("Under s 1") })
    #expect(!text.contains { $0.contains("Under s 9") })
  }

  @Test("facts that stand above are referred to")
  func sameFacts() throws {
    let lines = try lines("held: yes, a: yes, b: yes")
    #expect(lines.contains { $0.contains("rests on the same facts as “p.one”") }, "\(lines)")
  }

  @Test("what is addressed to the State stands last among the duties, and nothing twice")
  func state() throws {
    let lines = try lines("held: yes")
    let telling = try #require(lines.firstIndex { $0.contains("p.tell") })
    let legislating = try #require(lines.firstIndex { $0.contains("p.legislate") })
    #expect(telling < legislating)
    #expect(lines.count { $0.contains("p.tell") } == 1)
    #expect(lines[telling].contains("possible only"))
  }

  @Test("law that has ended is not named as left out, and law that is coming stands first")
  func notModelled() throws {
    let lines = try lines("held: yes")
    let section = try #require(lines.firstIndex(of: "## What the packs do not decide"))
    #expect(lines[section + 2].hasPrefix("- s 8 (adopted"))
    #expect(lines[section + 3].hasPrefix("- s 1:"))
    #expect(!lines.contains { $0.hasPrefix("- s 9:") })
  }

  @Test("a disregarded fact has one entry with all it is irrelevant to")
  func disregarded() throws {
    let lines = try lines("held: yes, willing: yes").filter { $0.hasPrefix("- p.willing") }
    #expect(lines.count == 1)
    #expect(lines.first?.contains("“p.one” (s 1); “p.two” (s 1)") == true, "\(lines)")
  }

  @Test("what only an age stands against is put together by it")
  func byAge() throws {
    let lines = try lines("age: 30 years")
    #expect(lines.contains("- Not met: p.age **30 years** – p.young; p.five; p.report"), "\(lines)")
    #expect(!lines.contains { $0.hasPrefix("### p.report") })
  }

  @Test("a summary is cut after its first sentence, and not after an abbreviation")
  func firstSentence() {
    #expect("Under Art. 3 it counts. Nobody asks why.".firstSentence == "Under Art. 3 it counts.")
    #expect("Se nr. 2 om dette. Ikke ellers.".firstSentence == "Se nr. 2 om dette.")
    #expect("One sentence".firstSentence == "One sentence")
  }

  private func lines(_ facts: String) throws -> [String] {
    let generation = try folding()
    let file = try readCase("lawspeaker: 1\ncase: K-1\nfacts: {\(facts)}\n", under: generation)
    let decision = decide(file, caseSHA256: "", under: generation)
    return decision.markdown(in: .en, version: nil, of: file, under: generation)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }
}

private func folding() throws -> Generation {
  let rules = """
    lawspeaker: 1
    pack: {id: p, version: 1.0.0, jurisdiction: UN}
    source: {cite: "An invented act", texts: [en], checked: 2024-01-01}
    facts:
      born: {type: date}
      age: {type: quantity, unit: years, range: [0, 130], as_of: assessed_on, since: born}
      held: {type: yes_no}
      a: {type: yes_no}
      b: {type: yes_no}
      c: {type: yes_no}
      willing: {type: yes_no}
    clauses:
      s1: {path: [s 1], cite: {en: "s 1", nb: "§ 1"}, in_force: {from: 2000-01-01}}
      s8: {path: [s 8], cite: {en: "s 8", nb: "§ 8"}, pending: yes}
      s9: {path: [s 9], cite: {en: "s 9", nb: "§ 9"}, in_force: {from: 1990-01-01, until: 2000-01-01}}
    rules:
      young: {about: person, grounds: [{clause: s1, holds_if: {age: {between: [15 years, 16 years]}}}]}
      five: {about: person, standard: indications, grounds: [{clause: s1, holds_if: {all: [held, a, b, c, {age: {below: 20 years}}]}}]}
      report: {about: person, grounds: [{clause: s1, holds_if: {all: [held, a, {age: {below: 18 years}}]}}]}
      one: {about: conduct, grounds: [{clause: s1, holds_if: {all: [held, a]}}, {clause: s9, holds_if: {all: [held, a]}}]}
      two: {about: conduct, grounds: [{clause: s1, holds_if: {all: [a, held]}}]}
      four: {about: conduct, grounds: [{clause: s1, holds_if: {all: [held, a, b, {age: {above: 17 years}}]}}]}
    law_in_time:
      - {rules: [young, five, report, one, two, four], day: assessed_on, clause: s1}
    irrelevant:
      - {fact: willing, to: one, clause: s1}
      - {fact: willing, to: two, clause: s1}
    duties:
      legislate: {on: report, from: possible, clause: s1, by_whom: state, force: must, kind: protection}
      tell: {on: report, from: possible, clause: s1, by_whom: office, force: must, promptly: without_delay, kind: protection}
    not_modelled:
      - {clause: s1, touches: [one, report]}
      - {clause: s9, touches: [one]}
      - {clause: s8, touches: [one]}

    """
  let source = Array(rules.utf8)
  return try generation(of: [
    PackSource(
      folder: "p",
      files: [
        .init(path: "pack.yaml", bytes: source), .init(path: "text/en.yaml", bytes: words),
        .init(path: "text/nb.yaml", bytes: words),
      ], sha256: "digest-of-p")
  ])
}

/// Every name says itself, so that a test can look for it.
private let words: [UInt8] = {
  func lines(_ names: [String], _ word: (String) -> String) -> String {
    names.map { "  \($0): \(word($0))\n" }.joined()
  }
  let facts = lines(["born", "age", "held", "a", "b", "c", "willing"]) { "{question: p.\($0)}" }
  let rules = lines(["young", "five", "report", "one", "two", "four"]) { "p.\($0)" }
  let clauses = lines(["s1", "s8", "s9"]) { "Words of \($0)." }
  let duties = lines(["legislate", "tell"]) { "p.\($0)" }
  let bodies = lines(["office", "state"]) { "the \($0)" }
  return Array(
    "facts:\n\(facts)rules:\n\(rules)clauses:\n\(clauses)duties:\n\(duties)bodies:\n\(bodies)".utf8)
}()
