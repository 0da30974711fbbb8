// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import TestSupport
import Testing

@Suite("Every case there could be") struct CaseSpaceTests {
  private static let dated = InventedPack(
    facts: """
      act_date: {type: date}
      born: {type: date}
      age: {type: quantity, unit: years, range: [0, 130], as_of: act_date, since: born}
      age_now: {type: quantity, unit: years, range: [0, 130], as_of: assessed_on, since: born}
      forced: {type: yes_no}
      threat: {type: yes_no}
      fraud: {type: yes_no}
      """,
    rules: """
      child: {grounds: [{clause: s1, holds_if: {age: {below: 18 years}}}]}
      adult: {grounds: [{clause: s1, holds_if: {age: {at_least_as: 18 years}}}]}
      adult_now: {grounds: [{clause: s1, holds_if: {age_now: {at_least_as: 18 years}}}]}
      child_now: {grounds: [{clause: s1, holds_if: {age_now: {below: 18 years}}}]}
      wrong: {grounds: [{clause: s2, holds_if: {all: [forced, {any: [child, threat, fraud]}]}}]}
      """)

  /// A rule by its name.
  private func rule(_ name: String, _ generation: Generation) throws -> Int {
    try #require(generation.rules.firstIndex { $0.id == "act.\(name)" })
  }

  @Test("who was a child then can be grown now, and nobody is grown then and a child now")
  func agesAndDays() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation)
    func both(_ a: String, _ b: String) throws -> Bool? {
      let (first, second) = (
        space.truth(ofRule: try rule(a, generation)), space.truth(ofRule: try rule(b, generation))
      )
      return space.isPossible(space.and(first, second))
    }
    #expect(try both("child", "adult") == false)
    #expect(try both("child", "adult_now") == true)
    #expect(try both("adult", "child_now") == false)
  }

  @Test("a rule implies what each of its grounds asks for")
  func implication() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation)
    let wrong = space.truth(ofRule: try rule("wrong", generation))
    let child = space.truth(ofRule: try rule("child", generation))
    let adult = space.truth(ofRule: try rule("adult", generation))
    let isChild = space.implies(wrong, child)
    #expect(isChild == false)
    let forced = try #require(generation.facts.first { $0.id == "act.forced" }).variables.lowerBound
    let isForced = space.truth(of: .atom(.init(variable: forced, values: .yes)))
    let needsForce = space.implies(wrong, isForced)
    #expect(needsForce == true)
    let isDated = space.hasLaw(try rule("child", generation))
    let either = space.or(child, adult)
    let isEither = space.implies(isDated, either)
    #expect(isEither == true)
    let notChild = space.and(isDated, space.not(child))
    let areSame = space.areSame(notChild, adult)
    #expect(areSame == true)
  }

  @Test("a smallest case states what it needs and nothing else")
  func smallest() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation)
    let wrong = space.truth(ofRule: try rule("wrong", generation))
    let adult = space.truth(ofRule: try rule("adult", generation))
    let both = space.and(wrong, adult)
    let found = space.witness(where: both)
    let file = try #require(found.example)
    #expect(file.facts.map(\.name) == ["act.age", "act.forced", "act.threat"])
    #expect(file.facts.map(\.value) == ["18 years", "yes", "yes"])
    let read = try file.read(under: generation)
    #expect(status(of: try rule("wrong", generation), in: read, under: generation) == .holds)
  }

  @Test("a date of birth is not said where ages will do, and days lie within the law's")
  func plainDays() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation)
    let child = space.truth(ofRule: try rule("child", generation))
    let grown = space.truth(ofRule: try rule("adult_now", generation))
    let both = space.and(child, grown)
    let found = space.witness(where: both)
    let file = try #require(found.example)
    #expect(file.facts.count == 2)
    #expect(
      file.facts.contains { $0.name == "act.age_now" } && !file.facts.contains { $0.name == "act.born" })
    #expect(file.assessedOn == CivilDate("2026-01-01"), "the day on which the pack was checked")
  }

  @Test("two cases differ in a fact alone where it matters, and there are none where it does not")
  func pairs() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation)
    let wrong = space.truth(ofRule: try rule("wrong", generation))
    let child = space.truth(ofRule: try rule("child", generation))
    let threat = try #require(generation.facts.first { $0.id == "act.threat" }).variables
    let (matters, mattersToChildren) = (
      space.matters(Array(threat), to: wrong), space.matters(Array(threat), to: wrong, within: child)
    )
    #expect(matters == true)
    #expect(mattersToChildren == false)
    let notWrong = space.not(wrong)
    let found = space.witnesses(wrong, notWrong, differingIn: Array(threat))
    let pair = try #require(found.example)
    let common = { (file: CaseWitness) in file.said.filter { !threat.contains($0.key) } }
    #expect(common(pair.first) == common(pair.second))
    #expect(pair.first.said != pair.second.said)
  }

  @Test("what outgrows the budget is not settled")
  func budget() throws {
    let generation = try Self.dated.generation()
    var space = CaseSpace(generation, budget: 4)
    let wrong = space.truth(ofRule: try rule("wrong", generation))
    let (isPossible, isImplied) = (space.isPossible(wrong), space.implies(wrong, .always))
    #expect(isPossible == nil)
    #expect(isImplied == nil)
    guard case .overBudget = space.witness(where: wrong) else {
      Issue.record("an example was given out")
      return
    }
  }

  @Test(
    "what is possible on random packs has an example that enumeration confirms, and no case has what is impossible"
  )
  func random() throws {
    var (found, unconfirmed) = (0, 0)
    for seed in 0..<UInt64(24) {
      let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 2))
      let generation = try generation(of: packs.sources)
      var space = CaseSpace(generation)
      var impossible: Set<Answer> = []
      for rule in 0..<generation.ownRules {
        let truth = space.truth(ofRule: rule)
        let dated = space.hasLaw(rule)
        for (answer, wanted) in [(true, truth), (false, space.and(dated, space.not(truth)))] {
          switch space.witness(where: wanted) {
          case .found(let file):
            found += 1
            expectConfirmed(file, rule, answer, generation)
          case .unconfirmed: unconfirmed += 1
          case .none: impossible.insert(Answer(rule: rule, holds: answer))
          case .overBudget: Issue.record("seed \(seed) is over budget")
          }
        }
      }
      try expectNone(of: impossible, seed, packs, generation)
    }
    #expect(found > 150)
    #expect(unconfirmed * 50 <= found, "what is not confirmed is rare: \(unconfirmed)")
  }

  private func expectNone(
    of impossible: Set<Answer>, _ seed: UInt64, _ packs: RandomPacks, _ generation: Generation
  ) throws {
    var random = SplitMix64(seed: seed &+ 4_000_000)
    for _ in 0..<20 {
      let file = randomCase(for: packs, under: generation, using: &random)
      for (rule, status) in statuses(of: try readCase(file, under: generation), under: generation) {
        guard status == .holds || status == .fails else { continue }
        let answer = Answer(rule: rule, holds: status == .holds)
        #expect(!impossible.contains(answer), "seed \(seed): \(generation.rules[rule].id)\n\(file.text)")
      }
    }
  }

  private struct Answer: Hashable {
    var rule: Int
    var holds: Bool
  }

  private func readCase(_ file: RandomCase, under generation: Generation) throws -> Case {
    try LawspeakerCore.readCase(
      Array(file.text.utf8), file: "case.yaml", under: generation,
      defaults: CaseDefaults(jurisdiction: "NOR", today: file.assessedOn))
  }

  private func expectConfirmed(_ file: CaseWitness, _ rule: Int, _ answer: Bool, _ generation: Generation) {
    var testimony = Testimony()
    for (variable, value) in file.said {
      let fact = generation.variables[variable].fact
      let foundTo = fact.flatMap { file.foundTo[$0] } ?? .beyondReasonableDoubt
      testimony.accounts[variable] = [.init(ranges: [value...value], foundTo: foundTo)]
    }
    var followed: [String: String] = [:]
    for (number, variant) in file.readings {
      let reading = generation.readings[number]
      followed[reading.id] = reading.declaration.variants[variant].name
    }
    let oracle = ReferenceEvaluator(
      generation, assessedOn: file.assessedOn, saying: testimony, reading: followed)
    guard let status = oracle.status(ofRule: rule) else { return }
    #expect(status == .holds || !answer && status == .fails, "\(generation.rules[rule].id)\n\(file.text())")
    #expect(status == .fails || answer)
  }
}

extension CaseSpace.Witnessed {
  /// What was found, if anything was.
  var example: Example? { if case .found(let example) = self { example } else { nil } }
}
