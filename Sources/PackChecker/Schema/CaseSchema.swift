// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// The JSON Schema of case files under some packs (decision 045), with the packs' own questions for descriptions.
///
/// - Parameters:
///   - generation: The packs.
///   - language: The language of questions and labels.
///   - isTest: True for the tests of these packs, which say beside the case what is expected.
/// - Returns: The schema.
package func caseSchema(under generation: Generation, in language: Language, isTest: Bool = false) -> JSON {
  CaseSchemaWriter(generation: generation, language: language).schema(isTest: isTest)
}

private struct CaseSchemaWriter {
  typealias Part = SchemaPart
  let generation: Generation
  let language: Language

  func schema(isTest: Bool) -> JSON {
    let reference = Part.any([
      Part.matching("^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$", "A reference, never a name"),
      .object(["type": .string("number")]),
    ])
    var required = ["lawspeaker": Part.grammar, "case": reference, "facts": facts]
    var optional = [
      "person": reference.described("A pseudonym that ties files about one person"),
      "related": Part.list(reference, atLeast: 0), "jurisdiction": Part.jurisdiction,
      "assessed_on": Part.date.described("The day of assessment; else the day the file is taken in"),
      "found_to": standard, "frame": frame,
    ]
    if isTest {
      required["test"] = Part.text.described("A sentence")
      required["assessed_on"] = optional.removeValue(forKey: "assessed_on")
      optional.merge(expectations) { $1 }
    }
    return Part.schema(
      isTest ? "A test of a Lawspeaker rule pack" : "A Lawspeaker case file",
      Part.form(required: required, optional: optional), definitions: definitions)
  }

  private var standard: JSON {
    Part.word(Standard.allCases.map(\.rawValue)).described("How surely it was found")
  }

  private var frame: JSON {
    Part.form(optional: [
      "recorded_by": Part.role, "danger_now": Part.yesNo,
      "language": Part.any([
        Part.matching("^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$", "ro, nb, sr-Latn"),
        .object(["type": .string("boolean")]),
      ]),
      "interpreter": Part.role, "heard": Part.form(required: ["on": Part.date]),
      "references": Part.list(
        Part.form(
          required: ["id": Part.text],
          optional: ["sha256": Part.matching("^[0-9a-f]{64}$", "The digest of the document")]), atLeast: 0),
      "safe_to_share": Part.yesNo,
    ])
  }

  private var around: [String: JSON] {
    [
      "source": Part.text, "on": Part.date, "found_to": standard, "note": Part.text,
      "safe_to_share": Part.yesNo,
    ]
  }

  /// Every fact by the names that a file may call it.
  private var facts: JSON {
    var properties: [String: JSON] = [:]
    for (number, fact) in generation.facts.enumerated() {
      let named = Part.defined("f\(number)")
      properties[fact.id] = named
      let name = fact.declaration.name
      properties[name] = properties[name].map { Part.any([$0, named]) } ?? named
    }
    return Part.form(optional: properties)
  }

  /// By fact what a file can say of it.
  private var definitions: [String: JSON] {
    var all: [String: JSON] = [:]
    for number in generation.facts.indices {
      let fact = generation.facts[number]
      let value = Part.defined("v\(number)")
      let by = Part.role.described("Who says so: a role, never a name")
      let attributed = Part.form(required: ["value": value], optional: around.merging(["by": by]) { $1 })
      let account = Part.form(required: ["by": by, "value": value], optional: around)
      let text = texts(fact)
      all["v\(number)"] = Part.any(values(of: fact) + [Part.word(["unknown", "refused", "not_proved"])])
      all["f\(number)"] = Part.any(
        [value, attributed, Part.form(required: ["accounts": Part.list(account)])],
        [text?.question, text?.help].compactMap { $0 }.joined(separator: "\n\n"))
    }
    return all
  }

  private func texts(_ fact: Generation.LinkedFact) -> PackTexts.FactText? {
    generation.packs[fact.pack].texts[language]?.facts[fact.declaration.name]
  }

  private func values(of fact: Generation.LinkedFact) -> [JSON] {
    switch fact.declaration.type {
    case .yesNo: return [Part.yesNo]
    case .oneOf(let names):
      let member = members(names, of: fact)
      return [member, Part.form(required: ["one_of": Part.list(member)])]
    case .set(let names):
      let member = members(names, of: fact)
      let list = Part.list(member, atLeast: 0)
      return [
        Part.list(member).described("Known to be there; the rest stays unknown"), Part.word(["none"]),
        Part.form(optional: ["has": list, "not": list], also: ["minProperties": .integer(1)]),
        Part.form(required: ["exactly": list], "These and no others"),
      ]
    case .quantity(let unit, _, _):
      let amount = Part.matching("^ *(0|-?[1-9][0-9]{0,9}) +\(unit) *$", "18 \(unit)")
      let bounds = ["below", "at_least_as", "above", "at_most"].map { Part.form(required: [$0: amount]) }
      return ranges(amount, bounds)
    case .date:
      let day = Part.any([
        Part.matching("^[0-9]{4}(-[0-9]{2}){0,2}$", "2023-04-01, 2023-04 or 2023"),
        .object(["type": .string("integer")]),
      ])
      let end = Part.any([Part.date, Part.word(["ongoing"])])
      let throughout = Part.form(
        required: ["throughout": Part.list(end, atLeast: 2, atMost: 2)],
        "Conduct on every day from one to the other")
      return ranges(day, ["before", "after"].map { Part.form(required: [$0: day]) }) + [throughout]
    }
  }

  /// A value, two with the values between them, or some bound.
  private func ranges(_ value: JSON, _ bounds: [JSON]) -> [JSON] {
    let between = Part.form(
      required: ["between": Part.list(value, atLeast: 2, atMost: 2)],
      "One unknown value between two, both included")
    let simple = [value, between] + bounds
    return simple + [Part.form(required: ["one_of": Part.list(Part.any(simple))])]
  }

  /// Members, each with its label; an editor may read `no` or `on` as false or true.
  private func members(_ names: [String], of fact: Generation.LinkedFact) -> JSON {
    let labels = texts(fact)?.values ?? [:]
    let described = names.map { name in
      JSON.object(["const": .string(name), "description": .string(labels[name] ?? name)])
    }
    let isTruth = names.contains { ["yes", "no", "on", "off", "true", "false", "y", "n"].contains($0) }
    return Part.any(described + (isTruth ? [.object(["type": .string("boolean")])] : []))
  }

  /// What a test may expect, by name.
  private var expectations: [String: JSON] {
    let statuses = Part.word(Status.allCases.map(\.rawValue))
    let rules = generation.rules.prefix(generation.ownRules).map { ($0.id, $0.declaration.name) }
    let duties = generation.duties.map { ($0.id, $0.declaration.name) }
    let cautions = generation.cautions.map { ($0.id, $0.declaration.name) }
    return [
      "expect": expectation(statuses, rules), "expect_presumed": expectation(statuses, rules),
      "expect_duties": expectation(Part.any([Part.word(["shown", "absent"]), Part.date]), duties),
      "expect_cautions": expectation(Part.word(["shown", "absent"]), cautions),
    ]
  }

  private func expectation(_ value: JSON, _ names: [(id: String, name: String)]) -> JSON {
    let all = names.flatMap { [$0.id, $0.name] }
    return Part.form(
      optional: Dictionary(all.map { ($0, value) }) { first, _ in first },
      also: ["minProperties": .integer(1)])
  }
}
