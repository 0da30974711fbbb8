// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
@testable import PackChecker
import TestSupport
import Testing

/// A recorded case, as it would be decided under a generation.
private func past(_ reference: String, _ facts: String, _ generation: Generation) throws -> PastCase {
  let text =
    "lawspeaker: 1\ncase: \(reference)\njurisdiction: NOR\nassessed_on: 2024-05-01\nfacts: {\(facts)}\n"
  let file = try readCase(text, under: generation)
  let answer = decide(file, caseSHA256: "", under: generation).answer
  let clauses = answer.clausesApplied.map { generation.id(of: $0) }
  return PastCase(
    reference: reference, version: 2, caseBytes: { Array(text.utf8) }, jurisdiction: "NOR",
    assessedOn: file.assessedOn,
    conclusions: answer.conclusions.map { generation.rules[$0.rule].id },
    statuses: answer.conclusions.map(\.status), clauses: { clauses })
}

/// Twelve cases under the first version of an act.
private func docket(_ generation: Generation) throws -> [PastCase] {
  let facts = [
    "forced: yes", "forced: no, debt: yes", "debt: yes", "minor: yes", "forced: yes, debt: no", "",
  ]
  return try (0..<12).map { try past("W-\(10 + $0)", facts[$0 % facts.count], generation) }
}

@Suite("What past cases would be answered under other packs") struct WhatIfTests {
  /// The wrong is another, a rule is new and one is gone.
  private let amended = InventedAct(
    version: "2.0.0", wrong: "{any: [forced, debt]}", hasDebtRule: false, hasChildRule: true)

  private func tally(_ cases: [PastCase], _ generation: Generation) throws -> WhatIfTally {
    var whatIf = WhatIf(under: generation)
    for past in cases { try whatIf.take(past) }
    return whatIf.tally
  }

  @Test("under the same packs nothing is otherwise")
  func same() throws {
    let generation = try InventedAct().generation()
    let tally = try tally(docket(generation), generation)
    #expect(tally.cases == 12 && tally.unchanged == 12)
    #expect(tally.changed.isEmpty && tally.conclusions.isEmpty && tally.refused.isEmpty)
  }

  @Test("what is counted is what full decisions say, whichever packs and cases are made up")
  func random() throws {
    var changes = 0
    for seed in 0..<12 as Range<UInt64> {
      let packs = randomPacks(seed: seed, hasSteps: true)
      let before = try generation(of: packs.sources)
      let other = try generation(of: randomPacks(seed: seed, hasSteps: true).sources)
      var random = SplitMix64(seed: seed)
      var whatIf = WhatIf(under: other)
      var expected = 0
      for number in 0..<5 {
        let text = randomCase(for: packs, under: before, using: &random).text
        let file = try readCase(text, under: before)
        let conclusions = decide(file, caseSHA256: "", under: before).answer.conclusions
        // as if each third conclusion had been recorded with another answer
        let recorded = conclusions.map { conclusion in
          let isOther = (conclusion.rule + number).isMultiple(of: 3)
          return isOther ? conclusion.status == .holds ? Status.fails : .holds : conclusion.status
        }
        expected += zip(conclusions, recorded).count { $0.status != $1 }
        try whatIf.take(
          PastCase(
            reference: "R-\(number)", version: 1, caseBytes: { Array(text.utf8) }, jurisdiction: "NOR",
            assessedOn: file.assessedOn,
            conclusions: conclusions.map { before.rules[$0.rule].id }, statuses: recorded,
            clauses: { [] }))
      }
      #expect(whatIf.tally.changed.reduce(0) { $0 + $1.changes.count } == expected)
      #expect(whatIf.tally.conclusions.values.reduce(0) { $0 + $1.count } == expected)
      changes += expected
    }
    #expect(changes > 100)
  }

  @Test("a case is another if a conclusion on both sides is, or one on one side only holds there")
  func changed() throws {
    let tally = try tally(docket(InventedAct().generation()), amended.generation())

    let first = Dictionary(uniqueKeysWithValues: tally.changed.map { ($0.reference, $0.changes) })
    #expect(first["W-10"] == nil, "forced before and after")
    #expect(
      first["W-11"]?.sorted() == [
        .init(conclusion: "act.owing", from: .holds, to: nil),
        .init(conclusion: "act.wrong", from: .fails, to: .holds),
      ])
    #expect(first["W-13"] == [.init(conclusion: "act.young", from: nil, to: .holds)])
    #expect(first["W-15"] == nil, "open before and after; what is new and open makes no other case")
    #expect(tally.conclusions[.init(conclusion: "act.young", from: nil, to: .undetermined)]?.count == 10)
  }

  @Test("a change stands under the clause that was or is applied, one without any under those of its grounds")
  func clauses() throws {
    let tally = try tally(docket(InventedAct().generation()), amended.generation())
    #expect(Set(tally.clauses.keys) == ["act.s1", "act.s2", "act.s3"])
    #expect(tally.clauses["act.s2"]?.keys.map(\.conclusion) == ["act.owing"])

    let narrowed = InventedAct(version: "2.0.0", wrong: "{all: [forced, debt]}")
    let other = try self.tally(docket(InventedAct().generation()), narrowed.generation())
    let toFails = WhatIfTally.Change(conclusion: "act.wrong", from: .holds, to: .fails)
    let toOpen = WhatIfTally.Change(conclusion: "act.wrong", from: .holds, to: .undetermined)
    #expect(
      other.clauses == [
        "act.s1": [toFails: other.conclusions[toFails], toOpen: other.conclusions[toOpen]]
          .compactMapValues { $0 }
      ])
    #expect(other.conclusions[toOpen] == .init(count: 2, examples: ["W-10", "W-16"]))
  }

  @Test("a file that can no longer be read is told by its codes, and what it says is not")
  func refused() throws {
    var case1 = try past("W-1", "debt: yes", InventedAct().generation())
    let text = String(decoding: try case1.caseBytes(), as: UTF8.self).replacing("debt", with: "secret")
    case1.caseBytes = { Array(text.utf8) }
    let generation = try amended.generation()
    let tally = try tally([case1], generation)
    #expect(tally.refused == [.init(reference: "W-1", version: 2, codes: ["unknown-fact"])])
    let report = tally.report(under: generation).canonicalText + tally.markdown(in: .en, under: generation)
    #expect(!report.contains("secret") && report.contains("unknown-fact"))
  }

  @Test("threads count apart, in any order, and can stop and go on", arguments: 0..<20 as Range<UInt64>)
  func merging(seed: UInt64) throws {
    let generation = try amended.generation()
    var random = SplitMix64(seed: seed)
    var cases = try docket(InventedAct().generation())
    let whole = try tally(cases, generation)
    cases.shuffle(using: &random)
    let cut = Int.random(in: 0...cases.count, using: &random)
    let one = try tally(Array(cases[..<cut]), generation)

    let stored = try #require(JSON(reading: one.snapshot.canonicalBytes).flatMap { WhatIfTally($0) })
    var goingOn = WhatIf(under: generation, goingOnFrom: stored)
    for past in cases[cut...] { try goingOn.take(past) }
    var merged = try tally(Array(cases[cut...]), generation)
    merged.merge(one)

    #expect(stored.snapshot == one.snapshot)
    #expect(goingOn.tally.snapshot == whole.snapshot)
    #expect(merged.snapshot == whole.snapshot)
    #expect(WhatIfTally(whole.report(under: generation))?.snapshot == whole.snapshot)
  }

  @Test("nothing but a snapshot is read as one")
  func notASnapshot() throws {
    let generation = try amended.generation()
    guard case .object(let entries) = try tally(docket(InventedAct().generation()), generation).snapshot
    else {
      return #expect(Bool(false), "an object")
    }
    for key in entries.keys {
      var fewer = entries
      fewer[key] = nil
      #expect(WhatIfTally(.object(fewer)) == nil, "without \(key)")
      fewer[key] = .string("x")
      #expect(WhatIfTally(.object(fewer)) == nil, "\(key) of another kind")
    }
  }

  @Test("the report reads as it lies among the fixtures", arguments: Language.allCases)
  func golden(language: Language) throws {
    let generation = try amended.generation()
    var cases = try docket(InventedAct().generation())
    cases[3].caseBytes = { Array("lawspeaker: 1\ncase: W-13\n".utf8) }
    let tally = try tally(cases, generation)
    let text = try differenceFromGolden(
      tally.markdown(in: language, under: generation), "decisions-what-if/report.\(language.rawValue).md")
    #expect(text == nil, "\(text ?? "")")
    let json = try differenceFromGolden(
      tally.report(under: generation).canonicalText + "\n", "decisions-what-if/report.json")
    #expect(json == nil, "\(json ?? "")")
  }
}
