// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// An example of something: a case file with the fewest facts, each of them needed, that can be decided at once.
package struct CaseWitness: Sendable {
  /// The day of assessment.
  package var assessedOn: CivilDate
  /// Where the assessor works.
  package var jurisdiction: String
  /// What is said of each variable, by its number under no standard.
  package var said: [Int: Int]
  /// How surely the facts are found that are not found beyond reasonable doubt, by number.
  package var foundTo: [Int: Standard]
  /// The variants of readings that are not the usual ones, by number.
  package var readings: [Int: Int]
  /// What `lawspeaker decide --reading` must be given, each `palermo.acts=movement_needed`.
  package var readingNames: [String]
  /// The facts, by number, each with its value in the words of a case file, in the order of the generation.
  package var facts: [(fact: Int, name: String, value: String)]
  /// True if the packs look at how surely facts are found.
  package var statesStandard: Bool

  /// The case file, in YAML.
  ///
  /// - Parameters:
  ///   - reference: The reference of the case.
  ///   - remarks: Lines that stand above it as comments.
  /// - Returns: The text, ending in a newline.
  package func text(reference: String = "EXAMPLE-1", remarks: [String] = []) -> String {
    var lines = remarks.map { "# \($0)" }
    if !readingNames.isEmpty {
      lines.append("# decide it with \(readingNames.map { "--reading \($0)" }.joined(separator: " "))")
    }
    lines += [
      "lawspeaker: 1", "case: \(reference)", "jurisdiction: \(jurisdiction)", "assessed_on: \(assessedOn)",
    ]
    if statesStandard { lines.append("found_to: \(Standard.beyondReasonableDoubt.rawValue)") }
    lines.append(facts.isEmpty ? "facts: {}" : "facts:")
    lines += facts.map { "  \($0.name): \($0.value)" }
    return lines.joined(separator: "\n") + "\n"
  }

  /// The case as it is read from its own text.
  ///
  /// - Throws: ``CaseRefused`` if the packs do not take it.
  package func read(under generation: Generation) throws(CaseRefused) -> Case {
    var file = try readCase(
      Array(text().utf8), file: "EXAMPLE-1", under: generation,
      defaults: CaseDefaults(jurisdiction: jurisdiction, today: assessedOn))
    file.readings = readings
    return file
  }
}

extension CaseWitness {
  /// Puts what is said into words.
  init(
    _ said: [Int: Int], foundTo: [Int: Standard], readings: [Int: Int], assessedOn: CivilDate,
    jurisdiction: String, under generation: Generation
  ) {
    self.said = said
    self.foundTo = foundTo
    self.readings = readings
    self.assessedOn = assessedOn
    self.jurisdiction = jurisdiction
    readingNames = readings.sorted { $0.key < $1.key }.map { number, variant in
      let reading = generation.readings[number]
      return "\(reading.id)=\(reading.declaration.variants[variant].name)"
    }
    statesStandard = !generation.views.isEmpty
    facts = generation.facts.indices.compactMap { number in
      guard let value = generation.words(ofFact: number, said) else { return nil }
      let standard = foundTo[number].map { "{value: \(value), found_to: \($0.rawValue)}" }
      return (number, generation.facts[number].id, standard ?? value)
    }
  }
}

extension Generation {
  /// What is said of a fact, as a case file says it; nil if nothing is.
  fileprivate func words(ofFact number: Int, _ said: [Int: Int]) -> String? {
    let fact = facts[number]
    guard fact.variables.contains(where: { said[$0] != nil }) else { return nil }
    let value = said[fact.variables.lowerBound] ?? 0
    switch fact.declaration.type {
    case .yesNo: return value == 1 ? "yes" : "no"
    case .date: return CivilDate(dayNumber: value).description
    case .quantity(let unit, _, _): return "\(value) \(unit)"
    case .oneOf(let values): return values[value]
    case .set(let members):
      func named(_ wanted: Int) -> String {
        let names = members.indices.filter { said[fact.variables.lowerBound + $0] == wanted }
        return names.map { members[$0] }.joined(separator: ", ")
      }
      let (has, lacks) = (named(1), named(0))
      if lacks.isEmpty { return "[\(has)]" }
      return has.isEmpty ? "{not: [\(lacks)]}" : "{has: [\(has)], not: [\(lacks)]}"
    }
  }

  /// What the core says of a formula in a case: yes or no where it is so in every completion, nil where it is open.
  ///
  /// Rules are answered by the core; what stands around them is put together with three truth values.
  package func isSettled(_ formula: Formula, in file: Case) -> Bool? {
    var statuses: [Int: Status] = [:]
    let known = known(in: file)
    return isSettled(formula, file, known, &statuses)
  }

  private func isSettled(
    _ formula: Formula, _ file: Case, _ known: [ValueSet?], _ statuses: inout [Int: Status]
  ) -> Bool? {
    switch formula {
    case .atom(let atom):
      let day = atom.variable == Self.assessedOn ? ValueSet(file.assessedOn.dayNumber) : nil
      let values = day ?? known[atom.variable] ?? variables[atom.variable].domain
      return values.isSubset(of: atom.values) ? true : values.isDisjoint(with: atom.values) ? false : nil
    case .rule(let number):
      let found = statuses[number] ?? status(of: number, in: file, under: self)
      statuses[number] = found
      switch found {
      case .holds: return true
      case .fails, .notInForce: return false
      case .undetermined, .contradictory, .unsettled: return nil
      }
    case .not(let part): return isSettled(part, file, known, &statuses).map { !$0 }
    case .all(let parts):
      var result: Bool? = true
      for part in parts {
        let truth = isSettled(part, file, known, &statuses)
        if truth == false { return false }
        if truth == nil { result = nil }
      }
      return result
    case .any(let parts):
      var result: Bool? = false
      for part in parts {
        let truth = isSettled(part, file, known, &statuses)
        if truth == true { return true }
        if truth == nil { result = nil }
      }
      return result
    case .atLeast(let count, let parts):
      let truths = parts.map { isSettled($0, file, known, &statuses) }
      let (yes, open) = (truths.count { $0 == true }, truths.count { $0 == nil })
      return yes >= count ? true : yes + open < count ? false : nil
    case .exactly(let count, let parts):
      let truths = parts.map { isSettled($0, file, known, &statuses) }
      if truths.contains(nil) { return nil }
      return truths.count { $0 == true } == count
    }
  }
}
