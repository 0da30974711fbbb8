// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// A smallest case that two rules answer otherwise, checked by deciding it: leave any line out, and they no longer do.
package struct Witness: Hashable, Sendable {
  /// The case file, which can be decided as it is.
  package let text: String
  /// Readings other than the usual ones under which it is decided, by the id of the reading.
  package let readings: [String: String]
  /// The answer of the first rule.
  package let from: Status
  /// The answer of the second rule.
  package let to: Status
  /// What the file says of each fact, a line for each.
  package let lines: [String]
}

/// Two rules, in the generations in which they stand, that cases are put to.
struct RulePair {
  let generations: [Generation]
  let rules: [Int]
  /// The jurisdiction in which both apply.
  let jurisdiction: String

  init(_ before: Generation, _ rule: Int, _ after: Generation, _ other: Int) {
    generations = [before, after]
    rules = [rule, other]
    let packs = [before.packs[before.rules[rule].pack], after.packs[after.rules[other].pack]]
    jurisdiction = packs.map(\.jurisdiction).first { $0 != "UN" } ?? "UN"
  }

  /// A smallest case with the same two answers as a told one.
  ///
  /// - Parameters:
  ///   - told: The case to begin with.
  ///   - wanted: The two answers; nil for any two that differ.
  /// - Returns: The case; nil if the told one does not have the answers wanted of it.
  func witness(from told: ToldCase, answers wanted: [Status]? = nil) -> Witness? {
    guard let found = answers(to: told), found[0] != found[1], wanted == nil || found == wanted else {
      return nil
    }
    var smallest = told
    func tryOut(_ change: (inout ToldCase) -> Void) -> Bool {
      var smaller = smallest
      change(&smaller)
      guard answers(to: smaller) == found else { return false }
      smallest = smaller
      return true
    }
    for reading in told.readings.keys.sorted() { _ = tryOut { $0.readings[reading] = nil } }
    var isShrinking = true
    while isShrinking {
      isShrinking = false
      for statement in smallest.statements.reversed() {
        if tryOut({ $0.statements.removeAll { $0 == statement } }) { isShrinking = true }
      }
    }
    _ = tryOut { $0.foundTo = nil }
    return Witness(
      text: text(of: smallest), readings: smallest.readings, from: found[0], to: found[1],
      lines: lines(of: smallest))
  }

  /// How each rule answers a case; nil if one side cannot read it.
  private func answers(to told: ToldCase) -> [Status]? {
    let bytes = Array(text(of: told).utf8)
    let defaults = CaseDefaults(jurisdiction: jurisdiction, today: told.assessedOn)
    var answers: [Status] = []
    for (generation, rule) in zip(generations, rules) {
      do throws(CaseRefused) {
        var file = try readCase(bytes, file: "", under: generation, defaults: defaults)
        file.readings = generation.variants(named: told.readings)
        answers.append(status(of: rule, in: file, under: generation))
      } catch { return nil }
    }
    return answers
  }

  // MARK: The case file

  private func text(of told: ToldCase) -> String {
    var text =
      "lawspeaker: 1\ncase: WITNESS\njurisdiction: \(jurisdiction)\nassessed_on: \(told.assessedOn)\n"
    if let standard = told.foundTo { text += "found_to: \(standard.rawValue)\n" }
    let lines = lines(of: told)
    return text + (lines.isEmpty ? "facts: {}\n" : "facts:\n" + lines.map { "  \($0)\n" }.joined())
  }

  private func lines(of told: ToldCase) -> [String] {
    let types = Dictionary(generations[0].facts.map { ($0.id, $0.declaration.type) }) { first, _ in first }
    let facts = Set(told.statements.map(\.fact)).sorted()
    return facts.compactMap { fact in
      guard let type = types[fact] else { return nil }
      return "\(fact): \(answer(type, told.statements.filter { $0.fact == fact }))"
    }
  }

  private func answer(_ type: FactType, _ statements: [ToldCase.Statement]) -> String {
    let value = statements.first?.value ?? 0
    switch type {
    case .yesNo: return value == 1 ? "yes" : "no"
    case .date: return CivilDate(dayNumber: value).description
    case .quantity(let unit, _, _): return "\(value) \(unit)"
    case .oneOf(let values): return values[value]
    case .set:
      let (present, absent) = (members(statements, 1), members(statements, 0))
      if absent.isEmpty { return "[\(present)]" }
      return present.isEmpty ? "{not: [\(absent)]}" : "{has: [\(present)], not: [\(absent)]}"
    }
  }

  private func members(_ statements: [ToldCase.Statement], _ value: Int) -> String {
    statements.filter { $0.value == value }.compactMap(\.member).joined(separator: ", ")
  }
}

extension Generation {
  /// Variants of readings by number, from their names; what is not known here is left out.
  func variants(named names: [String: String]) -> [Int: Int] {
    var variants: [Int: Int] = [:]
    for (number, reading) in readings.enumerated() {
      guard let name = names[reading.id] else { continue }
      variants[number] = reading.declaration.variants.firstIndex { $0.name == name }
    }
    return variants
  }

  /// True if a rule looks at any fact under a standard of proof.
  func asksHowSurely(_ rule: Int) -> Bool { rules[rule].reach.contains { variables[$0].standard != nil } }
}
