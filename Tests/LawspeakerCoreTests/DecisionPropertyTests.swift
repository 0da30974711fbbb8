// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import TestSupport
import Testing

/// Random packs with one random case.
struct Situation {
  let packs: RandomPacks
  let generation: Generation
  let file: RandomCase
  let decision: Decision

  init(seed: UInt64, _ number: UInt64, hasSteps: Bool = false) throws {
    packs = randomPacks(seed: seed, hasSteps: hasSteps)
    generation = try LawspeakerCoreTests.generation(of: packs.sources)
    var random = SplitMix64(seed: seed &* 31 &+ number)  // any mixture will do
    file = randomCase(for: packs, under: generation, using: &random)
    decision = try generation.decision(on: file.text)
  }

  func oracle(saying said: ReferenceEvaluator.Said) -> ReferenceEvaluator {
    ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: said)
  }

  /// What the engine answers to a file that says only what a reason says.
  func status(of rule: Int, saying reason: [ReasonFact]) throws -> Status? {
    let text = caseText(generation.lines(saying: reason), assessedOn: file.assessedOn)
    return try generation.decision(on: text).answer.conclusions.first { $0.rule == rule }?.status
  }
}

@Suite("What is true of every decision") struct DecisionPropertyTests {
  @Test(
    "the order of facts, rules, clauses, files and packs changes no status",
    arguments: 0..<80 as Range<UInt64>)
  func order(seed: UInt64) throws {
    let hasSteps = seed.isMultiple(of: 2)
    let situation = try Situation(seed: seed, 1, hasSteps: hasSteps)
    let shuffled = try generation(
      of: randomPacks(seed: seed, isShuffled: true, hasSteps: hasSteps).sources)
    let text = caseText(situation.file.lines.reversed(), assessedOn: situation.file.assessedOn)
    let other = try shuffled.decision(on: text)
    #expect(other.statuses(under: shuffled) == situation.decision.statuses(under: situation.generation))
  }

  @Test(
    "the same case gives the same bytes, and the order of its facts only another digest",
    arguments: 0..<40 as Range<UInt64>)
  func bytes(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 2)
    let generation = situation.generation
    let again = try generation.decision(on: situation.file.text)
    let turned = caseText(situation.file.lines.reversed(), assessedOn: situation.file.assessedOn)
    let file = try readCase(turned, under: generation)
    var other = decide(file, caseSHA256: "another", under: generation)
    #expect(
      again.json(under: generation).canonicalBytes
        == situation.decision.json(under: generation).canonicalBytes)
    #expect(other.json(under: generation).canonicalBytes != again.json(under: generation).canonicalBytes)
    other.caseSHA256 = ""
    #expect(other.json(under: generation).canonicalBytes == again.json(under: generation).canonicalBytes)
  }

  @Test("learning a fact never turns one decided answer into the other", arguments: 0..<70 as Range<UInt64>)
  func learning(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 3)
    let after = situation.decision.statuses(under: situation.generation)
    for place in situation.file.lines.indices {
      var lines = situation.file.lines
      lines.remove(at: place)
      let text = caseText(lines, assessedOn: situation.file.assessedOn)
      let before = try situation.generation.decision(on: text).statuses(under: situation.generation)
      for (rule, status) in before {
        let later = after[rule]
        switch status {
        case .holds:
          #expect(later != .fails && later != .undetermined, "\(rule) \(situation.file.lines[place])")
        case .fails:
          #expect(later != .holds && later != .undetermined, "\(rule) \(situation.file.lines[place])")
        case .contradictory: #expect(later == .contradictory, "\(rule)")
        case .notInForce: #expect(later == .notInForce || later == .contradictory, "\(rule)")
        case .undetermined: break
        case .unsettled: Issue.record("unsettled at this size")
        }
      }
    }
  }

  @Test(
    "a reason alone gives the same answer, and without any one of its facts it is open",
    arguments: 0..<70 as Range<UInt64>)
  func reasons(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 4)
    let generation = situation.generation
    for conclusion in situation.decision.answer.conclusions
    where [.holds, .fails].contains(conclusion.status) {
      let rule = generation.rules[conclusion.rule]
      for (formula, reason) in situation.reasons(of: conclusion) {
        let wanted = conclusion.status == .holds
        #expect(
          situation.oracle(saying: reason.said).answers(of: formula, within: conclusion.rule) ?? [wanted] == [
            wanted
          ])
        for (place, fact) in reason.enumerated() {
          var fewer = reason
          fewer.remove(at: place)
          let answers = situation.oracle(saying: fewer.said).answers(of: formula, within: conclusion.rule)
          #expect(
            answers ?? [true, false] == [true, false],
            "\(rule.id) without \(generation.lines(saying: [fact]))")
        }
      }
      for reason in situation.wholeReasons(of: conclusion) {
        let status = try situation.status(of: conclusion.rule, saying: reason)
        #expect(
          status == conclusion.status,
          "\(rule.id) \(generation.lines(saying: reason))\n\(situation.file.text)")
      }
    }
  }

  @Test("a fact is listed as open exactly if it can change the answer", arguments: 0..<70 as Range<UInt64>)
  func open(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 5)
    let generation = situation.generation
    let oracle = situation.oracle(saying: situation.file.said)
    for open in situation.decision.advice.open {
      let listed = open.facts.flatMap { fact -> [Int] in
        let first = generation.facts[fact.fact].variables.lowerBound
        return fact.members.isEmpty ? [first] : fact.members.map { first + $0 }
      }
      for variable in oracle.untied(ofRule: open.rule) {
        guard let canChange = oracle.canChange(rule: open.rule, by: variable) else { continue }
        let name = generation.meaning(of: variable)?.fact.id ?? ""
        #expect(
          listed.contains(variable) == canChange,
          "\(generation.rules[open.rule].id) \(name)\n\(situation.file.text)")
      }
    }
  }

  @Test(
    "every conclusion that is contradictory has its clash named, and no more than the clash",
    arguments: 0..<120 as Range<UInt64>)
  func clashes(seed: UInt64) throws {
    let situation = try Situation(seed: seed, 6)
    let generation = situation.generation
    let named = situation.decision.answer.contradictions
    for conclusion in situation.decision.answer.conclusions where conclusion.status == .contradictory {
      #expect(
        named.contains { $0.touches.contains(conclusion.rule) },
        "\(generation.rules[conclusion.rule].id)\n\(situation.packs.sources.map(\.text).joined())\n\(situation.file.text)"
      )
    }
    for clash in named {
      for rule in clash.touches {
        #expect(try situation.status(of: rule, saying: clash.facts) == .contradictory)
      }
    }
  }
}

extension Situation {
  /// Every formula that a conclusion gives a reason for, with the reason.
  fileprivate func reasons(of conclusion: Conclusion) -> [(formula: Formula, reason: [ReasonFact])] {
    let rule = generation.rules[conclusion.rule]
    if conclusion.status == .holds {
      if !conclusion.either.clauses.isEmpty { return [(rule.formula, conclusion.either.reason)] }
      // A clause that stands in two grounds does not say which of them a reason is for.
      return conclusion.grounds.flatMap { applied in
        let named = rule.grounds.filter { $0.clause == applied.clause }
        return named.count == 1 ? [(named[0].formula, applied.reason)] : []
      }
    }
    // Where one ground and one element alone are named, it is clear which formula the reason is for.
    guard rule.grounds.count == 1, conclusion.failed.count == 1 else { return [] }
    let parts = rule.grounds[0].parts.filter { $0.element == conclusion.failed[0].element }
    if conclusion.failed[0].element == .condition { return [] }
    return parts.count == 1 ? [(parts[0].formula, conclusion.failed[0].reason)] : []
  }

  /// The reasons that force a conclusion: each ground's for one that holds, all together for one that fails.
  func wholeReasons(of conclusion: Conclusion) -> [[ReasonFact]] {
    if conclusion.status == .fails {
      return [conclusion.failed.flatMap(\.reason).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }]
    }
    return conclusion.either.clauses.isEmpty ? conclusion.grounds.map(\.reason) : [conclusion.either.reason]
  }
}

extension [ReasonFact] {
  /// What the facts of a reason say, as plain ranges.
  fileprivate var said: ReferenceEvaluator.Said {
    Dictionary(uniqueKeysWithValues: map { ($0.variable, $0.values.spans.map { $0.low...$0.high }) })
  }
}

extension Generation {
  /// The lines of a case file that says what a reason says.
  func lines(saying reason: [ReasonFact]) -> [String] {
    var lines: [String] = []
    for fact in facts {
      let said = reason.filter { fact.variables.contains($0.variable) }.map { statement(of: $0) }
      guard let first = said.first else { continue }
      if case .set = fact.declaration.type {
        let present = said.compactMap { if case .has(let member) = $0 { member } else { nil } }
        let absent = said.compactMap { if case .lacks(let member) = $0 { member } else { nil } }
        lines.append(
          "\(fact.id): {has: [\(present.joined(separator: ", "))], not: [\(absent.joined(separator: ", "))]}")
      } else {
        lines.append("\(fact.id): \(text(of: first))")
      }
    }
    return lines
  }

  private func text(of value: StatedValue) -> String {
    switch value {
    case .has, .lacks: ""
    case .isValue(let value): value.text
    case .oneOf(let values): "{one_of: [\(values.map(\.text).joined(separator: ", "))]}"
    case .between(let low, let high): "{between: [\(low.text), \(high.text)]}"
    case .before(let value): "{\(value.isDate ? "before" : "below"): \(value.text)}"
    case .after(let value): "{after: \(value.text)}"
    case .atLeast(let value): "{at_least_as: \(value.text)}"
    case .ranges(let parts): "{one_of: [\(parts.map(text(of:)).joined(separator: ", "))]}"
    }
  }
}
