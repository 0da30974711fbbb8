// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing

/// Debian's z3, as `make differential` installs it.
private let solver = "/usr/bin/z3"

private func isSolverInstalled() -> Bool { FileManager.default.isExecutableFile(atPath: solver) }

/// A conclusion of a case with what two of the three say of it.
private struct Asked {
  var question: SMTQuestion
  var found: Status
  /// Nil if there are too many completions to look at.
  var enumerated: Status?
  var about: String
}

@Suite(
  "The evaluator beside a solver",
  .enabled(if: isSolverInstalled(), "z3 is not installed (apt-get install z3)"))
struct SolverTests {
  /// `make differential` asks for more.
  private static let seeds = ProcessInfo.processInfo.environment["LAWSPEAKER_SEEDS"].flatMap(UInt64.init)

  @Test("engine, enumeration and z3 agree on random packs") func randomPacks() throws {
    var asked: [Asked] = []
    for seed in 0..<(max(16, (Self.seeds ?? 0) / 100)) {
      let packs = TestSupport.randomPacks(seed: seed)
      let generation = try generation(of: packs.sources)
      // Another sequence than the packs'; no seed is that large.
      var random = SplitMix64(seed: seed &+ 2_000_000)
      for _ in 0..<3 {
        asked += try ask(randomCase(for: packs, under: generation, using: &random), under: generation)
      }
    }
    try expectAgreement(asked)
    #expect(asked.count { $0.enumerated != nil } * 10 >= asked.count * 7, "nearly every case is small enough")
    #expect(
      Set(asked.map(\.found)).isSuperset(of: [.holds, .fails, .undetermined, .contradictory, .notInForce]))
  }

  @Test("engine and z3 agree on the Palermo pack, and enumeration where the case is small enough")
  func palermo() throws {
    let generation = try generation(of: [try Repository.pack("palermo")])
    let (epoch, births) = (try #require(CivilDate("2024-02-26")), try #require(CivilDate("2006-02-26")))
    let times = RandomPacks(sources: [], epoch: epoch, births: births, assessedOn: epoch.adding(200))
    var random = SplitMix64(seed: 3)
    var asked: [Asked] = []
    for _ in 0..<(max(14, (Self.seeds ?? 0) / 100)) {
      asked += try ask(randomCase(for: times, under: generation, using: &random), under: generation)
    }
    try expectAgreement(asked)
    #expect(Set(asked.map(\.found)).isSuperset(of: [.holds, .fails, .undetermined, .contradictory]))
    #expect(asked.contains { $0.enumerated != nil })
  }

  private func ask(_ file: RandomCase, under generation: Generation) throws -> [Asked] {
    let read = try readCase(file.text, under: generation)
    let enumerated = ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: file.testimony)
      .statuses()
    return statuses(of: read, under: generation).map { rule, status in
      Asked(
        question: SMTQuestion(of: rule, in: read, under: generation), found: status,
        enumerated: enumerated[rule],
        about: "\(generation.rules[rule].id)\n\(file.text)")
    }
  }

  private func expectAgreement(_ asked: [Asked]) throws {
    let answers = try solve(asked.map(\.question))
    try #require(
      answers.count == asked.count * 4, "\(answers.first { !$0.hasSuffix("sat") } ?? "an answer is missing")")
    for (place, one) in asked.enumerated() {
      let solved = SMTQuestion.status(from: answers[(place * 4)..<(place * 4 + 4)])
      #expect(solved == one.found, "\(one.about)\(one.question.text)")
      if let enumerated = one.enumerated { #expect(enumerated == one.found, "\(one.about)") }
    }
  }

  /// Every line that z3 answers to some questions.
  private func solve(_ questions: [SMTQuestion]) throws -> [String] {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("lawspeaker-\(UUID()).smt2")
    try Data(questions.map(\.text).joined().utf8).write(to: file)
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
