// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import TestSupport
import Testing

@Suite("What would undo an answer, and what would settle one") struct AdviceTests {
  @Test(
    "a change that would undo an answer leaves it open, and no part of the change does",
    arguments: 0..<70 as Range<UInt64>)
  func flips(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 7)
    let generation = situation.generation
    for flip in situation.decision.advice.flips {
      let rule = generation.rules[flip.rule]
      for change in flip.changes {
        let variables = Set(change.map(\.variable))
        let without = situation.file.said.filter { !variables.contains($0.key) }
        let answers = situation.oracle(saying: without).answers(of: rule.formula, within: flip.rule)
        #expect(answers ?? [true, false] == [true, false], "\(rule.id)\n\(situation.file.text)")

        for variable in variables where variables.count > 1 {
          let less = situation.file.said.filter { !variables.contains($0.key) || $0.key == variable }
          guard let answers = situation.oracle(saying: less).answers(of: rule.formula, within: flip.rule)
          else {
            continue
          }
          #expect(answers.count == 1, "\(rule.id) stands although less is left out")
        }
      }
    }
  }

  @Test("what is said to settle an open conclusion does settle it", arguments: 0..<70 as Range<UInt64>)
  func settlements(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 8)
    for open in situation.decision.advice.open {
      let rule = situation.generation.rules[open.rule]
      for (settlement, wanted) in [(open.holdsIf, true), (open.failsIf, false)] {
        #expect(settlement.ways >= settlement.smallest.count)
        for way in settlement.smallest {
          guard let said = situation.file.said(and: way) else { continue }
          let answers = situation.oracle(saying: said).answers(of: rule.formula, within: open.rule)
          #expect(answers ?? [wanted] == [wanted], "\(rule.id)\n\(situation.file.text)")
        }
      }
    }
  }

  @Test(
    "the next question is one that can matter, never a refused one, a sensitive one last",
    arguments: 0..<120 as Range<UInt64>)
  func question(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 9)
    for open in situation.decision.advice.open {
      let askable = open.facts.filter { !$0.isRefused }.map(\.fact)
      let plain = askable.filter { !situation.generation.facts[$0].declaration.isSensitive }
      if let ask = open.ask {
        #expect((plain.isEmpty ? askable : plain).contains(ask))
      } else {
        #expect(askable.isEmpty)
      }
    }
  }

  @Test(
    "smallest reasons are counted as trying every set of facts counts them",
    arguments: 0..<60 as Range<UInt64>)
  func counts(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 10)
    let generation = situation.generation
    let box = CaseBox(try readCase(situation.file.text, under: generation), under: generation)
    for conclusion in situation.decision.answer.conclusions where conclusion.reasons.count > 0 {
      let rule = generation.rules[conclusion.rule]
      var reasoner = Reasoner(box: box, rule: conclusion.rule, frameBox: FrameBox(box, rule.frame))
      let facts = reasoner.candidates(for: rule.node)
      guard facts.count <= 8 else { continue }
      let forcing = (0..<1 << facts.count).map { bits in
        Set(facts.indices.filter { bits & (1 << $0) != 0 }.map { facts[$0] })
      }.filter { reasoner.forces($0, rule.node, conclusion.status == .holds) }
      let smallest = forcing.filter { set in !forcing.contains { $0.isStrictSubset(of: set) } }
      if conclusion.reasons.isAtLeast {
        #expect(conclusion.reasons.count <= smallest.count)
      } else {
        #expect(conclusion.reasons.count == smallest.count, "\(rule.id)\n\(situation.file.text)")
      }
    }
  }

  @Test("between two questions of one burden the one that settles more is asked")
  func reduction() throws {
    let generation = try generation(of: [
      pack(
        facts: "a: {type: yes_no}, b: {type: yes_no}, c: {type: yes_no}", holdsIf: "{all: [a, {any: [b, c]}]}"
      )
    ])

    let decision = try generation.decision(on: "lawspeaker: 1\ncase: K-1\nfacts: {}\n")

    let open = try #require(decision.advice.open.first)
    #expect(open.ask.map { generation.facts[$0].id } == "p.a")
    #expect(open.holdsIf.ways == 2)
    #expect(open.failsIf.smallest.first?.count == 1)
  }

  @Test("a burden can outweigh what a question would settle")
  func burden() throws {
    let generation = try generation(of: [
      pack(
        facts: "a: {type: yes_no, burden: 9}, b: {type: yes_no}, c: {type: yes_no}",
        holdsIf: "{all: [a, {any: [b, c]}]}")
    ])

    let decision = try generation.decision(on: "lawspeaker: 1\ncase: K-1\nfacts: {}\n")

    #expect(decision.advice.open.first?.ask.map { generation.facts[$0].id } == "p.b")
  }

  @Test("a tree has the law's shape, with who said what")
  func tree() throws {
    let generation = try generation(of: [
      pack(
        facts: "a: {type: yes_no}, b: {type: yes_no}, c: {type: yes_no}", holdsIf: "{all: [a, {any: [b, c]}]}"
      )
    ])
    let text = "lawspeaker: 1\ncase: K-1\nfacts: {a: {value: yes, by: police}, b: no}\n"
    let file = try readCase(text, under: generation)

    let tree = ExplanationTree(0, on: file, under: generation, in: .en)

    #expect(
      tree.drawing == """
        ? The rule
        └─ ? under s 1
           ├─ ✓ Is a so? yes (the file says: yes, the police)
           └─ ? one of these
              ├─ ✗ Is b so? yes (the file says: no)
              └─ ? Is c so? yes
        """)
  }
}

/// A pack with one rule.
private func pack(facts: String, holdsIf: String) -> PackSource {
  let names = facts.split(separator: ",").compactMap { part -> String? in
    let name = part.drop { $0 == " " }.prefix { $0 != ":" }
    return name.count == 1 ? String(name) : nil
  }
  let questions = names.map { "  \($0): {question: \"Is \($0) so?\"}\n" }.joined()
  let words = "facts:\n\(questions)rules: {r: The rule}\nclauses: {s1: What it says}\n"
  let text = """
    lawspeaker: 1
    pack: {id: p, version: 1.0.0, jurisdiction: UN}
    source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
    facts: {\(facts)}
    clauses: {s1: {path: [s 1], cite: {en: "s 1", nb: "§ 1"}, in_force: {from: 2000-01-01}}}
    rules: {r: {grounds: [{clause: s1, holds_if: \(holdsIf)}]}}

    """
  let files = [("pack.yaml", text), ("text/en.yaml", words), ("text/nb.yaml", words)]
  return PackSource(
    folder: "p", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) }, sha256: "digest")
}

extension RandomCase {
  /// What the file says and some facts beside it; nil if they cannot go together.
  fileprivate func said(and facts: [ReasonFact]) -> ReferenceEvaluator.Said? {
    var all = said
    for fact in facts {
      let ranges = (all[fact.variable] ?? [Int.min / 2...Int.max / 2]).map {
        ValueSet($0.lowerBound, $0.upperBound)
      }
      let left = ValueSet(union: ranges).intersection(fact.values)
      if left.isEmpty { return nil }
      all[fact.variable] = left.spans.map { $0.low...$0.high }
    }
    return all
  }
}

@Suite("Names, and facts that nothing reads") struct RenamingTests {
  @Test("renaming a fact changes no status", arguments: 0..<60 as Range<UInt64>)
  func renaming(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 11)
    let renamed = { (text: String) in
      text.replacing("pb0", with: "otherwise").replacing("pone", with: "choice")
    }

    let generation = try generation(of: situation.packs.sources.map { $0.rewriting(renamed) })

    let decision = try generation.decision(on: renamed(situation.file.text))
    #expect(decision.statuses(under: generation) == situation.decision.statuses(under: situation.generation))
  }

  @Test("a fact that no rule reads changes no status, answered or not", arguments: 0..<60 as Range<UInt64>)
  func added(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 12)
    let sources = situation.packs.sources.map { source in
      guard source.files.contains(where: { String(decoding: $0.bytes, as: UTF8.self).contains("id: p,") })
      else {
        return source
      }
      return source.rewriting { text in
        text.contains("question:")
          ? text.replacing("facts:\n", with: "facts:\n  unread: {question: \"Q\"}\n")
          : text.replacing("facts:\n", with: "facts:\n  unread: {type: yes_no}\n")
      }
    }

    let generation = try generation(of: sources)

    let isEmpty = situation.file.text.contains("facts: {}")
    for line in isEmpty ? [""] : ["", "  p.unread: yes\n"] {
      let decision = try generation.decision(on: situation.file.text + line)
      #expect(
        decision.statuses(under: generation) == situation.decision.statuses(under: situation.generation))
    }
  }
}

extension PackSource {
  /// The same pack with the text of every file changed.
  fileprivate func rewriting(_ change: (String) -> String) -> PackSource {
    let files = files.map { file in
      PackSource.File(path: file.path, bytes: Array(change(String(decoding: file.bytes, as: UTF8.self)).utf8))
    }
    return PackSource(folder: folder, files: files, sha256: sha256)
  }
}
