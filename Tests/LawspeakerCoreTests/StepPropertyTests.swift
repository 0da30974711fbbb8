// SPDX-License-Identifier: Apache-2.0

import Foundation
@testable import LawspeakerCore
import TestSupport
import Testing

/// Random packs with standards, readings, law in time and presumptions, and a case that several tell.
private struct SteppedSituation {
  let packs: RandomPacks
  let generation: Generation
  let random: RandomCase
  let file: Case

  init(seed: UInt64, _ number: UInt64) throws {
    packs = randomPacks(seed: seed, hasSteps: true)
    generation = try LawspeakerCoreTests.generation(of: packs.sources)
    var random = SplitMix64(seed: seed &* 37 &+ number)  // any mixture will do
    self.random = randomCase(for: packs, under: generation, using: &random)
    file = try readCase(self.random.text, under: generation)
  }

  var answer: Answer { decide(file, caseSHA256: "", under: generation).answer }

  /// The status of every conclusion if these are the lines of the file.
  func statuses(_ lines: [String]) throws -> [Int: Status] {
    let text = caseText(lines, assessedOn: random.assessedOn)
    return statuses(of: try readCase(text, under: generation))
  }

  func statuses(of file: Case) -> [Int: Status] {
    Dictionary(
      uniqueKeysWithValues: LawspeakerCore.statuses(of: file, under: generation).map { ($0.rule, $0.status) })
  }

  /// True if a reading decides a fact or a member of it.
  func isDecided(_ fact: Int) -> Bool {
    generation.readings.contains { reading in
      if case .variable(let variable) = reading.decides {
        generation.facts[fact].variables.contains(variable)
      } else {
        false
      }
    }
  }

  /// The fact that a line of the file is about.
  func fact(of line: String) throws -> Int {
    try #require(generation.facts.firstIndex { line.hasPrefix($0.id + ":") })
  }

  var about: String { packs.sources.map(\.text).joined() + random.text }
}

extension Case {
  /// The file in which one voice alone is left of whatever it speaks of.
  fileprivate func hearing(_ voice: String) -> Case {
    var file = self
    for place in file.given.indices {
      guard let account = file.given[place].accounts.first(where: { $0.by == voice }) else { continue }
      for told in account.values {
        file.given[place].values.removeAll { $0.variable == told.variable }
        file.given[place].values.append(told)
        for other in file.given[place].accounts.indices where file.given[place].accounts[other].by != voice {
          file.given[place].accounts[other].values.removeAll { $0.variable == told.variable }
        }
      }
    }
    return file
  }
}

@Suite("What is true of standards, readings, voices and presumptions") struct StepPropertyTests {
  @Test(
    "an answer turns on exactly the voices and readings under which it is another",
    arguments: 0..<90 as Range<UInt64>)
  func turnsOn(seed: UInt64) throws {
    for number in 0..<3 as Range<UInt64> {
      let situation = try SteppedSituation(seed: seed, number)
      let (generation, file) = (situation.generation, situation.file)
      var others: [(what: Conclusion.TurnsOn.What, statuses: [Int: Status])] = []
      for voice in file.voices {
        others.append((.voice(voice), situation.statuses(of: file.hearing(voice))))
      }
      for (reading, linked) in generation.readings.enumerated() {
        for variant in linked.declaration.variants.indices where variant != linked.standing {
          var read = file
          read.readings[reading] = variant
          others.append((.reading(reading, variant: variant), situation.statuses(of: read)))
        }
      }
      for conclusion in situation.answer.conclusions {
        let reached = Set(
          generation.rules[conclusion.rule].reach.compactMap { generation.variables[$0].fact })
        let isContested = file.given.contains { reached.contains($0.fact) && $0.isContested }
        let expected = others.compactMap { other -> Conclusion.TurnsOn? in
          guard let status = other.statuses[conclusion.rule], status != conclusion.status else { return nil }
          if case .voice = other.what, !isContested { return nil }
          return .init(what: other.what, status: status)
        }
        #expect(
          Set(conclusion.turnsOn) == Set(expected),
          "\(generation.rules[conclusion.rule].id)\n\(situation.about)")
      }
    }
  }

  @Test(
    "a presumption never changes a status, and what it gives is what a file would that states it",
    arguments: 0..<120 as Range<UInt64>)
  func presumptions(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 1)
    let generation = situation.generation
    let without = try LawspeakerCoreTests.generation(of: situation.packs.sources.map(\.withoutPresumptions))
    let plain = try without.decision(on: situation.random.text).answer
    let answer = situation.answer
    #expect(
      answer.conclusions.map(\.status) == plain.conclusions.map(\.status), "\(situation.about)")
    #expect(plain.presumed.isEmpty)

    for presumed in answer.presumed {
      let others = answer.presumed.filter { !Set($0.rules).isDisjoint(with: presumed.rules) }
      guard others.count == 1 else { continue }
      let presumption = generation.presumptions[presumed.presumption]
      let fact = generation.facts[presumption.fact].id
      let value = presumption.values[0].values == .yes ? "yes" : "no"
      let lines = situation.random.lines.filter { !$0.hasPrefix(fact + ":") }
      let stated = try situation.statuses(
        lines + ["\(fact): {value: \(value), found_to: beyond_reasonable_doubt}"])
      for conclusion in answer.conclusions where presumed.rules.contains(conclusion.rule) {
        #expect(!generation.rules[conclusion.rule].declaration.isIncriminating)
        #expect(conclusion.presumed == stated[conclusion.rule], "\(situation.about)")
      }
    }
  }

  @Test(
    "one more account never takes away what holds where one account is enough",
    arguments: 0..<120 as Range<UInt64>)
  func oneMoreAccount(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 2)
    let generation = situation.generation
    let before = situation.statuses(of: situation.file)
    let low = before.keys.filter { rule in
      generation.rules[rule].reach.allSatisfy { number in
        let variable = generation.variables[number]
        let isDay = number == Generation.assessedOn || generation.governingDays.contains(number)
        return isDay || variable.fact == nil || variable.standard?.isMetByOneAccount == true
      }
    }
    var random = SplitMix64(seed: seed &+ 77)
    let other = randomCase(for: situation.packs, under: generation, using: &random).lines
    for (place, line) in situation.random.lines.enumerated() {
      let fact = try situation.fact(of: line)
      guard !situation.isDecided(fact),
        !generation.governingDays.contains(generation.facts[fact].variables.lowerBound),
        let first = line.value,
        let second = other.first(where: { $0.hasPrefix(generation.facts[fact].id + ":") })?.value
      else { continue }
      var lines = situation.random.lines
      lines[place] =
        "\(generation.facts[fact].id): {accounts: [{by: person, \(first)}, {by: school, \(second)}]}"
      let after = try situation.statuses(lines)
      for rule in low where before[rule] == .holds {
        #expect(after[rule] == .holds, "\(generation.rules[rule].id) \(lines[place])\n\(situation.about)")
      }
    }
  }

  @Test(
    "finding something more surely never turns one decided answer into the other",
    arguments: 0..<120 as Range<UInt64>)
  func foundMoreSurely(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 3)
    let before = situation.statuses(of: situation.file)
    for (place, line) in situation.random.lines.enumerated() {
      // What is stated surely enough takes the place of what a reading gives.
      if situation.isDecided(try situation.fact(of: line)) { continue }
      var lines = situation.random.lines
      for standard in Standard.allCases.dropLast() {
        lines[place].replace("found_to: \(standard.rawValue)", with: "found_to: beyond_reasonable_doubt")
      }
      for (rule, status) in try situation.statuses(lines) {
        let isTurned = Set([status, before[rule]]) == [.holds, .fails]
        #expect(!isTurned, "\(situation.generation.rules[rule].id) \(line)\n\(situation.about)")
      }
    }
  }

  @Test(
    "a reason alone, found as surely as it was, gives the same answer", arguments: 0..<120 as Range<UInt64>)
  func reasons(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 4)
    let generation = situation.generation
    // Reasons that rest on what a file does not state are not one line each.
    for conclusion in situation.answer.conclusions
    where [.holds, .fails].contains(conclusion.status) && conclusion.parts.isEmpty {
      for reason in wholeReasons(of: conclusion) {
        let lines = try generation.lines(saying: reason).map { line in
          let id = line.prefix { $0 != ":" }
          let fact = try situation.fact(of: line)
          let variables = generation.facts[fact].variables
          let found = variables.flatMap { situation.random.testimony.accounts[$0, default: []] }.map(
            \.foundTo)
          let value = line.dropFirst(id.count + 2)
          return "\(id): {value: \(value), found_to: \((found.max() ?? .indications).rawValue)}"
        }
        #expect(
          try situation.statuses(lines)[conclusion.rule] == conclusion.status,
          "\(generation.rules[conclusion.rule].id) \(lines)\n\(situation.about)")
      }
    }
  }

  private func wholeReasons(of conclusion: Conclusion) -> [[ReasonFact]] {
    if conclusion.status == .fails {
      return [conclusion.failed.flatMap(\.reason).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }]
    }
    return conclusion.either.clauses.isEmpty ? conclusion.grounds.map(\.reason) : [conclusion.either.reason]
  }

  @Test(
    "nobody is incriminated where some day that the file gives lies before the law",
    arguments: 0..<150 as Range<UInt64>)
  func beforeTheLaw(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 5)
    let testimony = situation.random.testimony
    for (number, status) in situation.statuses(of: situation.file) where status == .holds {
      let rule = situation.generation.rules[number]
      guard rule.declaration.isIncriminating, rule.relations.isEmpty, !testimony.throughout.contains(rule.day)
      else { continue }
      for day in testimony.accounts[rule.day, default: []].flatMap(\.ranges).joined()
      where day <= situation.random.assessedOn.dayNumber {
        #expect(rule.window.contains(day), "\(rule.id)\n\(situation.about)")
      }
    }
  }

  @Test("the order of accounts changes no answer", arguments: 0..<90 as Range<UInt64>)
  func orderOfAccounts(seed: UInt64) throws {
    let situation = try SteppedSituation(seed: seed, 6)
    let lines = situation.random.lines.map(\.withAccountsTurned)
    let turned = caseText(lines, assessedOn: situation.random.assessedOn)
    let other = try situation.generation.decision(on: turned).answer
    let answer = situation.answer
    #expect(other.conclusions.map(\.status) == answer.conclusions.map(\.status), "\(situation.about)")
    #expect(other.conclusions.map { Set($0.turnsOn) } == answer.conclusions.map { Set($0.turnsOn) })
    #expect(other.conclusions.map(\.presumed) == answer.conclusions.map(\.presumed))
    #expect(
      other.conclusions.map { $0.parts.map(\.status) } == answer.conclusions.map { $0.parts.map(\.status) })
    #expect(other.contested.map(\.fact) == answer.contested.map(\.fact))
  }
}

extension String {
  /// `value: V, found_to: S` of a line that says one value; nil if several tell it, or for conduct over days.
  fileprivate var value: String? {
    guard let start = range(of: ": {value: "), hasSuffix("}"), !contains("throughout") else { return nil }
    return String(self[index(start.lowerBound, offsetBy: 3)...].dropLast())
  }

  /// The line with its accounts the other way round.
  fileprivate var withAccountsTurned: String {
    guard let start = range(of: "{accounts: ["), hasSuffix("]}") else { return self }
    let accounts = self[start.upperBound...].dropLast(2).split(separator: ", {by: ")
    let each = accounts.map { $0.hasPrefix("{by: ") ? String($0.dropFirst(5)) : String($0) }
    return self[..<start.upperBound] + each.reversed().map { "{by: " + $0 }.joined(separator: ", ") + "]}"
  }
}

extension PackSource {
  fileprivate var withoutPresumptions: PackSource {
    var source = self
    for place in source.files.indices {
      let text = String(decoding: source.files[place].bytes, as: UTF8.self)
      guard let start = text.range(of: "presumptions:\n") else { continue }
      source.files[place].bytes = Array(text[..<start.lowerBound].utf8)
    }
    return source
  }
}
