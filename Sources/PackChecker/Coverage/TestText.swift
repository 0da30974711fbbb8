// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// A test of a pack as its file holds it: a case with a name and what is expected.
package struct TestText: Sendable {
  /// A sentence.
  package var name: String
  /// The case; of what is said of a fact, nothing but the values is written.
  package var file: Case
  /// What is expected, by the names of rules as the pack may write them.
  package var expected: [(rule: String, status: Status)]

  /// States a test.
  package init(name: String, file: Case, expected: [(rule: String, status: Status)]) {
    (self.name, self.file, self.expected) = (name, file, expected)
  }

  /// The text of the test, one document of a file of tests.
  ///
  /// - Parameters:
  ///   - generation: The packs under which the case was read.
  ///   - pack: The pack whose test it is; where its jurisdiction says where the assessor works, the file does not.
  /// - Returns: YAML that ends in a newline.
  package func text(under generation: Generation, of pack: RulePack) -> String {
    var lines = [
      "lawspeaker: 1", "test: \(quoted(name))", "case: \(file.reference)",
      "assessed_on: \(file.assessedOn)",
    ]
    let place = pack.jurisdiction == "UN" ? "NOR" : pack.jurisdiction
    if file.jurisdiction != place { lines.append("jurisdiction: \(file.jurisdiction)") }
    let found = commonStandard
    if let found, found != .indications { lines.append("found_to: \(found.rawValue)") }
    let facts = file.given.compactMap { line($0, beside: found, generation) }
    lines.append(facts.isEmpty ? "facts: {}" : "facts:")
    lines += facts
    lines.append(expectation)
    return lines.joined(separator: "\n") + "\n"
  }

  /// What most values are found to, if all of them are found to the same.
  private var commonStandard: Standard? {
    let all = Set(file.given.flatMap(\.values).map(\.foundTo))
    return all.count == 1 ? all.first : nil
  }

  private var expectation: String {
    let parts = expected.map { "\($0.rule): \($0.status.rawValue)" }
    let line = "expect: {\(parts.joined(separator: ", "))}"
    return line.utf8.count <= 110 ? line : "expect:\n" + parts.map { "  " + $0 }.joined(separator: "\n")
  }

  private func line(_ given: Case.Given, beside found: Standard?, _ generation: Generation) -> String? {
    let name = generation.name(ofFact: given.fact)
    let own = given.values.map(\.foundTo).min()
    if given.accounts.count > 1 {
      let accounts = given.accounts.map { account in
        let said = value(account.values, account.manner, nil, given.fact, generation)
        return
          "      - {by: \(account.by), value: \(said)\(standard(account.values.map(\.foundTo).min(), found))}"
      }
      return (["  \(name):", "    accounts:"] + accounts).joined(separator: "\n")
    }
    let said = value(given.values, given.manner, given.throughout, given.fact, generation)
    let foundTo = self.standard(own, found)
    return foundTo.isEmpty ? "  \(name): \(said)" : "  \(name): {value: \(said)\(foundTo)}"
  }

  private func standard(_ own: Standard?, _ found: Standard?) -> String {
    guard let own, own != found, own != .indications || found != nil else { return "" }
    return ", found_to: \(own.rawValue)"
  }

  private func value(
    _ values: [Case.Statement], _ manner: Case.Manner, _ throughout: ValueSet?, _ fact: Int,
    _ generation: Generation
  ) -> String {
    switch manner {
    case .unknown: return "unknown"
    case .refused: return "refused"
    case .notProved: return "not_proved"
    case .stated, .denied: break
    }
    if let first = throughout?.least, let last = throughout?.greatest {
      return "{throughout: [\(CivilDate(dayNumber: first)), \(CivilDate(dayNumber: last))]}"
    }
    return generation.answer(values, toFact: fact)
  }

  /// A sentence as a scalar that YAML reads as it stands.
  private func quoted(_ text: String) -> String {
    let special: Set<Character> = [
      ":", "#", "\"", "'", "{", "}", "[", "]", "&", "*", "!", "|", ">", "%", "@", "`",
    ]
    guard text.contains(where: special.contains) else { return text }
    return "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension Generation {
  /// A fact as a case file may name it: bare where no other pack has the name.
  package func name(ofFact number: Int) -> String {
    let name = facts[number].declaration.name
    return facts.count { $0.declaration.name == name } == 1 ? name : facts[number].id
  }

  /// What is said of a fact, as a case file says it.
  package func answer(_ values: [Case.Statement], toFact number: Int) -> String {
    let fact = facts[number]
    switch fact.declaration.type {
    case .yesNo: return values.first?.values == .no ? "no" : "yes"
    case .set(let members): return answer(values, members, first: fact.variables.lowerBound)
    case .oneOf(let known):
      let left = known.indices.filter { values.first?.values.contains($0) ?? true }.map { known[$0] }
      return left.count == 1 ? left[0] : "{one_of: [\(left.joined(separator: ", "))]}"
    case .quantity(let unit, let low, let high):
      let spans = values.first?.values.spans ?? []
      return ranges(spans) { span in
        if span.low == span.high { return "\(span.low) \(unit)" }
        if span.low <= low { return "{at_most: \(span.high) \(unit)}" }
        if span.high >= high { return "{at_least_as: \(span.low) \(unit)}" }
        return "{between: [\(span.low) \(unit), \(span.high) \(unit)]}"
      }
    case .date:
      return ranges(values.first?.values.spans ?? []) { span in
        let (first, last) = (CivilDate(dayNumber: span.low), CivilDate(dayNumber: span.high))
        if first == last { return "\(first)" }
        if first == .first { return "{before: \(CivilDate(dayNumber: span.high + 1))}" }
        if last == .last { return "{after: \(CivilDate(dayNumber: span.low - 1))}" }
        return "{between: [\(first), \(last)]}"
      }
    }
  }

  private func ranges(_ spans: [ValueSet.Span], _ text: (ValueSet.Span) -> String) -> String {
    spans.count == 1 ? text(spans[0]) : "{one_of: [\(spans.map(text).joined(separator: ", "))]}"
  }

  private func answer(_ values: [Case.Statement], _ members: [String], first: Int) -> String {
    func names(_ wanted: ValueSet) -> [String] {
      values.filter { $0.values == wanted }.map { members[$0.variable - first] }
    }
    let (present, absent) = (names(.yes), names(.no))
    let (has, not) = (present.joined(separator: ", "), absent.joined(separator: ", "))
    if absent.count == members.count { return "none" }
    if absent.isEmpty { return "[\(has)]" }
    if present.count + absent.count == members.count { return "{exactly: [\(has)]}" }
    return present.isEmpty ? "{not: [\(not)]}" : "{has: [\(has)], not: [\(not)]}"
  }
}
