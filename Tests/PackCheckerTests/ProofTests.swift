// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("Proofs of what packs say of every case") struct ProofTests {
  private static func pack(_ beside: String) -> InventedPack {
    InventedPack(
      facts: """
        act_date: {type: date}
        born: {type: date}
        age: {type: quantity, unit: years, range: [0, 130], as_of: act_date, since: born}
        forced: {type: yes_no}
        agreed: {type: yes_no}
        grave: {type: yes_no}
        """,
      rules: """
        child: {grounds: [{clause: s1, holds_if: {age: {below: 18 years}}}]}
        wrong: {grounds: [{clause: s1, holds_if: forced}, {clause: s2, holds_if: {all: [{not: agreed}, {not: child}]}}]}
        harsh: {grounds: [{clause: s3, holds_if: {all: [wrong, grave]}}]}
        """, beside: beside)
  }

  /// What is found out about the only claim of a pack.
  private func proof(_ beside: String, budget: Int = 200_000) throws -> (Proof, Generation) {
    let generation = try Self.pack(beside).generation()
    let claims = generation.claims()
    var prover = Prover(generation, claims: claims, budget: budget)
    let proof = prover.prove(try #require(claims.first))
    return (proof, generation)
  }

  private func property(_ rule: String, _ claim: String) -> String {
    "properties:\n  - {name: Said of every case, of: \(rule), \(claim)}"
  }

  @Test(
    "what is true in every case is proved",
    arguments: [
      ("wrong", "always: forced"), ("harsh", "never: {not: grave}"), ("harsh", "never: {not: wrong}"),
      ("child", "same_as: {age: {at_most: 17 years}}"), ("child", "same_as: {not: {age: {above: 17 years}}}"),
      ("wrong", "rises_with: forced"), ("wrong", "falls_with: agreed"), ("child", "falls_with: age"),
      ("wrong", "rises_with: age"),
    ])
  func isProved(rule: String, claim: String) throws {
    #expect(try proof(property(rule, claim)).0.isProved)
  }

  @Test(
    "a false property of every kind is refuted by a case that the core decides so",
    arguments: [
      ("wrong", "always: grave"), ("wrong", "never: grave"), ("child", "same_as: forced"),
    ])
  func isRefuted(rule: String, claim: String) throws {
    let (proof, generation) = try proof(property(rule, claim))
    guard case .refuted(let files) = proof.outcome else {
      Issue.record("it is not refuted: \(proof.outcome)")
      return
    }
    #expect(files.count == 1)
    let status = status(of: proof.claim.rule, in: try files[0].read(under: generation), under: generation)
    #expect(status == .holds || status == .fails)
    #expect(
      (claim.hasPrefix("never") ? status == .holds : true)
        && (claim.hasPrefix("always") ? status == .fails : true))
    #expect(proof.diagnostic(under: generation)?.message.code == "property-refuted")
  }

  @Test(
    "a property of rising that is false is refuted by two cases that differ in the fact alone",
    arguments: [
      ("wrong", "falls_with: forced", "act.forced"), ("wrong", "rises_with: agreed", "act.agreed"),
      ("child", "rises_with: age", "act.age"), ("wrong", "falls_with: age", "act.age"),
    ])
  func risingIsRefuted(rule: String, claim: String, fact: String) throws {
    let (proof, generation) = try proof(property(rule, claim))
    guard case .refuted(let files) = proof.outcome, files.count == 2 else {
      Issue.record("it is not refuted: \(proof.outcome)")
      return
    }
    try expectDifference(files, in: fact, proof.claim.rule, generation)
  }

  /// The first holds, the second fails, and they say the same of all but one fact.
  private func expectDifference(
    _ files: [CaseWitness], in fact: String, _ rule: Int, _ generation: Generation
  ) throws {
    let statuses = try files.map { status(of: rule, in: try $0.read(under: generation), under: generation) }
    #expect(statuses == [.holds, .fails])
    let others = files.map { file in file.facts.filter { $0.name != fact }.map { "\($0.name): \($0.value)" } }
    #expect(others[0] == others[1])
    let own = files.map { file in file.facts.first { $0.name == fact }?.value }
    #expect(own[0] != own[1])
  }

  @Test("a fact that matters is not irrelevant, and two cases that differ in it alone say so")
  func mattersAfterAll() throws {
    let (proof, generation) = try proof("irrelevant:\n  - {fact: agreed, to: harsh, clause: s1}")
    guard case .refuted(let files) = proof.outcome, files.count == 2 else {
      Issue.record("it is not refuted: \(proof.outcome)")
      return
    }
    try expectDifference(files, in: "act.agreed", proof.claim.rule, generation)
    let diagnostic = try #require(proof.diagnostic(under: generation))
    #expect(diagnostic.message.code == "irrelevance-not-proved")
    #expect(diagnostic.message.text.contains("`act.harsh` → `act.wrong` → `act.agreed`"))
  }

  @Test("a fact that matters in other cases is irrelevant whenever its clause speaks")
  func irrelevantWhenever() throws {
    #expect(try proof("irrelevant:\n  - {fact: agreed, to: wrong, clause: s1, whenever: forced}").0.isProved)
    #expect(try proof("irrelevant:\n  - {fact: agreed, to: wrong, clause: s1, whenever: child}").0.isProved)
  }

  @Test("what outgrows the budget is not settled, and says which budget")
  func budget() throws {
    let (proof, generation) = try proof(property("wrong", "always: forced"), budget: 3)
    #expect(!proof.isProved)
    let diagnostic = try #require(proof.diagnostic(under: generation))
    #expect(diagnostic.message.code == "proof-not-settled")
    #expect(diagnostic.message.text.contains("3 nodes"))
  }

  @Test("the irrelevance of consent, broken on purpose, is caught with the person it would fail")
  func consentBroken() throws {
    var palermo = try Repository.pack("palermo")
    palermo.files = palermo.files.map { file in
      guard file.path == "rules.yaml" else { return file }
      let text = String(decoding: file.bytes, as: UTF8.self).replacing(
        "holds_if: {all: [has_act, has_means, has_aim]}",
        with: "holds_if: {all: [has_act, has_means, has_aim, {not: consent}]}")
      return .init(path: file.path, bytes: Array(text.utf8))
    }
    let generation = try generation(of: [palermo])
    let found = whatIsNotProved(in: generation)
    #expect(found.map(\.message.code) == ["irrelevance-not-proved"])
    let claim = try #require(generation.claims().first)
    var prover = Prover(generation, claims: [claim])
    guard case .refuted(let files) = prover.prove(claim).outcome, files.count == 2 else {
      Issue.record("nobody is shown")
      return
    }
    try expectDifference(files, in: "palermo.consent", claim.rule, generation)
    #expect(files[1].facts.contains { $0.name == "palermo.consent" && $0.value == "yes" })
    #expect(files[1].facts.count <= 6, "the fewest facts: \(files[1].text())")
  }

  @Test("who is older at the act is older today too, and that can turn an answer")
  func moving() throws {
    var pack = Self.pack(property("grown", "falls_with: age"))
    pack.facts += "\nage_now: {type: quantity, unit: years, range: [0, 130], as_of: assessed_on, since: born}"
    pack.rules += "\ngrown: {grounds: [{clause: s1, holds_if: {age_now: {at_least_as: 30 years}}}]}"
    let generation = try pack.generation()
    let claim = try #require(generation.claims().first)
    var prover = Prover(generation, claims: [claim])
    guard case .refuted = prover.prove(claim).outcome else {
      Issue.record("it is not refuted")
      return
    }
  }

  @Test("everything that the three packs say of every case is proved")
  func shipped() throws {
    let generation = try shippedGeneration()
    let claims = generation.claims(of: ["palermo", "child-welfare"])
    #expect(claims.count > 30)
    var prover = Prover(generation, claims: claims)
    for claim in claims {
      let proof = prover.prove(claim)
      #expect(proof.isProved, "\(claim.title)")
    }
  }
}

/// Debian's z3.
private let solver = "/usr/bin/z3"

@Suite(
  "Diagrams beside a solver, over every case",
  .enabled(if: FileManager.default.isExecutableFile(atPath: solver), "z3 is not installed (apt install z3)"))
struct ProofSolverTests {
  @Test("both agree whether a fact matters to a rule of random packs")
  func random() throws {
    var (proofs, scripts): ([Proof], [String]) = ([], [])
    for seed in 0..<UInt64(14) {
      let packs = randomPacks(seed: seed, hasSteps: !seed.isMultiple(of: 2))
      let generation = try generation(of: packs.sources)
      var random = SplitMix64(seed: seed &+ 5_000_000)
      let claims = (0..<6).map { _ in
        let rule = Int.random(in: 0..<generation.ownRules, using: &random)
        let other = Int.random(in: 0..<generation.ownRules, using: &random)
        let fact = Int.random(in: generation.facts.indices, using: &random)
        let pair = ProofClaim.Question(
          first: .rule(rule), second: .not(.rule(rule)),
          differing: generation.moving(with: Array(generation.facts[fact].variables)))
        let one = ProofClaim.Question(first: .all([.rule(rule), .not(.rule(other))]))
        return ProofClaim(
          pack: "p", kind: "irrelevant",
          title: "seed \(seed), \(rule), \(other), \(generation.facts[fact].id)",
          location: generation.packs[0].location, rule: rule, fact: fact,
          questions: [Bool.random(using: &random) ? pair : one])
      }
      var prover = Prover(generation, claims: claims)
      let found = claims.map { prover.prove($0) }
      proofs += found
      scripts += found.flatMap { $0.smtScripts(under: generation) }
    }
    let answers = try solve(scripts)
    try #require(answers.count == proofs.count)
    for (proof, answer) in zip(proofs, answers) {
      var asked = proof
      let doAgree = asked.agree(with: [answer])
      #expect(doAgree, "\(proof.claim.title): \(proof.outcome), and z3 says \(answer)")
    }
    #expect(proofs.contains(where: \.isProved) && !proofs.allSatisfy(\.isProved))
    #expect(answers.count { $0 == "unknown" } * 10 < answers.count)
  }

  @Test("the solver too proves what the Palermo pack says, of facts that a reading decides among them")
  func shipped() throws {
    let generation = try shippedGeneration()
    let claims = generation.claims(of: ["palermo"])
    var prover = Prover(generation, claims: claims)
    let scripts = claims.flatMap { prover.prove($0).smtScripts(under: generation) }
    #expect(scripts.contains { $0.contains("|stated ") && $0.contains("'|") })
    let answers = try solve(scripts)
    #expect(answers.count == scripts.count && answers.allSatisfy { $0 == "unsat" })
  }

  private func solve(_ scripts: [String]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("lawspeaker-\(UUID()).smt2")
    try Data(scripts.joined().utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: solver)
    process.arguments = ["-smt2", file.path]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }
}
