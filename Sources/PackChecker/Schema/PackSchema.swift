// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// The JSON Schema of `pack.yaml` and of the files beside it (decision 045).
package func packSchema() -> JSON {
  typealias Part = SchemaPart
  let identity = Part.form(
    required: [
      "id": Part.named.described("The name of the pack's folder"),
      "version": Part.matching("^(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)\\.(0|[1-9][0-9]*)$", "1.0.0"),
      "jurisdiction": Part.jurisdiction,
    ], "Stands in pack.yaml")
  let source = Part.form(
    required: [
      "cite": Part.text.described("The official citation"),
      "texts": Part.list(Part.text, atLeast: 0).described("The languages of the authentic texts"),
      "checked": Part.date.described("The day on which a person last compared the pack with its source"),
    ], "What the pack encodes; stands in pack.yaml")
  let imported = Part.form(required: [
    "pack": Part.text,
    "version": Part.matching("^[0-9]+\\.[0-9]+\\.[0-9]+$", "Exactly this version"),
  ])
  let root = Part.form(
    optional: [
      "lawspeaker": Part.grammar.described("The number of the grammar: 1"), "pack": identity,
      "source": source,
      "imports": Part.list(imported, atLeast: 0).described("Other packs, each in an exact version"),
    ].merging(PackSchemaSections.all) { $1 })
  return Part.schema(
    "A Lawspeaker rule pack: pack.yaml and the files beside it", root,
    definitions: PackSchemaSections.definitions)
}

/// The sections of a pack, as design section 4 has them.
private enum PackSchemaSections {
  typealias Part = SchemaPart

  static var all: [String: JSON] {
    [
      "facts": Part.byName(fact, "The questions a case may answer"),
      "clauses": Part.byName(clause, "The cited provisions"),
      "readings": Part.byName(reading, "Questions of interpretation with the readings that are held"),
      "law_in_time": Part.list(lawInTime, atLeast: 0).described("Which day's law governs which rules"),
      "rules": Part.byName(rule, "The conclusions, each with the grounds on which it holds"),
      "presumptions": Part.list(presumption, atLeast: 0),
      "irrelevant": Part.list(irrelevance, atLeast: 0).described("Facts that never matter; proved"),
      "duties": Part.byName(duty, "What must or may be done"),
      "cautions": Part.byName(caution, "Words that hold a reader back from a known error"),
      "comparisons": Part.byName(comparison, "Conclusions that are easily taken for each other"),
      "not_modelled": Part.list(
        Part.form(required: ["clause": clauseName, "touches": Part.list(ruleName)]), atLeast: 0
      ).described("What the law says and the pack does not encode"),
      "changes": Part.list(change, atLeast: 0).described("Rules of other packs that this one changes"),
      "properties": Part.list(property, atLeast: 0).described("What is proved of the rules"),
    ]
  }

  static var definitions: [String: JSON] {
    ["condition": condition, "exceptions": exceptions, "comparison": comparing]
  }

  private static let clauseName = Part.reference("A clause")
  private static let ruleName = Part.reference("A rule")
  private static let factName = Part.reference("A fact")
  private static let condition0 = Part.defined("condition")
  private static let bilingual = Part.form(required: ["en": Part.text, "nb": Part.text])

  // MARK: facts and clauses

  private static var fact: JSON {
    let members = Part.list(Part.named)
    return Part.form(
      required: ["type": Part.word(["yes_no", "date", "quantity", "one_of", "set"])],
      optional: [
        "unit": Part.named.described("Of a quantity: years, kroner"),
        "range": Part.list(Part.whole, atLeast: 2, atMost: 2).described("Of a quantity: both ends included"),
        "as_of": Part.reference("Of an age: the day on which it is counted"),
        "since": Part.reference("Of an age: the day of birth"),
        "values": members.described("Of one_of: the choices"),
        "of": members.described("Of a set: its members"),
        "judged": Part.any(
          [Part.yesNo, Part.list(Part.named, atLeast: 0)], "Applies the law rather than records an event"),
        "sensitive": Part.yesNo.described("Asked only when nothing else can settle the matter"),
        "burden": Part.whole.described("What it costs to find out, from 1 to 9"),
      ],
      also: [
        "allOf": .array([
          only("quantity", requires: ["unit", "range"], allows: ["as_of", "since"]),
          only("one_of", requires: ["values"]), only("set", requires: ["of"]),
        ])
      ])
  }

  /// What facts of one type have and no others.
  private static func only(_ type: String, requires keys: [String], allows others: [String] = []) -> JSON {
    let never = Dictionary(uniqueKeysWithValues: (keys + others).map { ($0, JSON.bool(false)) })
    return .object([
      "if": .object(["properties": .object(["type": .object(["const": .string(type)])])]),
      "then": .object(["required": .strings(keys)]), "else": .object(["properties": .object(never)]),
    ])
  }

  private static var clause: JSON {
    let interval = Part.form(
      required: ["from": Part.date.described("The first day in force")],
      optional: ["until": Part.date.described("The first day no longer in force")])
    return Part.form(
      required: [
        "path": Part.list(Part.text, atLeast: 0).described("Its place in the instrument: [art 3, a]"),
        "cite": bilingual.described("How it is cited"),
      ],
      optional: [
        "in_force": Part.any([interval, Part.list(interval)], "An interval, or a list of them in order"),
        "pending": Part.yesNo.described("Adopted, the day of its coming into force not known"),
        "official_id": Part.text, "confidence": Part.word(["high", "medium", "low"]),
        "text_sha256": Part.matching("^[0-9a-f]{64}$", "The digest of the clause's text on hand"),
      ])
  }

  // MARK: rules and conditions

  private static var rule: JSON {
    let ground = Part.form(
      required: ["clause": clauseName, "holds_if": condition0],
      optional: ["unless": Part.defined("exceptions")], "One clause under which the conclusion holds")
    return Part.form(
      required: ["grounds": Part.list(ground).described("Each alone is enough")],
      optional: [
        "about": Part.word(["person", "conduct", "actor"]).described("A conclusion of its own has this"),
        "standard": Part.word(Standard.allCases.map(\.rawValue)).described(
          "How surely its facts must be found"),
        "effect": Part.word(["incriminating"]), "competent": Part.list(Part.role),
        "yields_to": Part.list(ruleName).described("Rules that are exceptions to each of its grounds"),
      ])
  }

  private static var exceptions: JSON {
    Part.list(
      Part.form(
        required: ["clause": clauseName, "holds_if": condition0],
        optional: ["unless": Part.defined("exceptions")], "What defeats it"))
  }

  private static let conditionWords = [
    "all", "any", "not", "at_least", "exactly", "of", "if", "then", "assessed_on",
  ]

  private static var condition: JSON {
    let several = Part.list(condition0)
    var asked: [String: JSON] = [
      "type": .string("object"), "minProperties": .integer(1), "maxProperties": .integer(1),
      "additionalProperties": .bool(false),
    ]
    asked["patternProperties"] = .object([SchemaPart.reference: Part.defined("comparison")])
    asked["propertyNames"] = .object(["not": .object(["enum": .strings(conditionWords)])])
    asked["description"] = .string("What is asked of one fact: {age: {below: 18 years}}")
    return Part.any(
      [
        Part.reference("A rule, or a fact that is answered by yes or no"),
        Part.form(required: ["all": several], "All of these"),
        Part.form(required: ["any": several], "One of these"),
        Part.form(required: ["not": condition0], "Not this"),
        Part.form(required: ["at_least": Part.whole, "of": several], "At least so many of these"),
        Part.form(required: ["exactly": Part.whole, "of": several], "Exactly so many of these"),
        Part.form(required: ["if": condition0, "then": condition0], "If the first, then also the second"),
        .object(asked),
      ], "A rule, a yes-or-no fact, or what is asked of facts and rules together")
  }

  private static var comparing: JSON {
    let value = Part.text
    let values = Part.list(value)
    return Part.form(
      optional: [
        "is": value, "one_of": values, "below": value, "at_least_as": value, "above": value, "at_most": value,
        "before": value, "after": value,
        "between": Part.list(value, atLeast: 2, atMost: 2).described("Both ends included"),
        "has": Part.any([value, values], "`any`, a member, or members that are all there"),
      ], also: ["minProperties": .integer(1), "maxProperties": .integer(1)])
  }

  // MARK: the steps around rules

  private static var reading: JSON {
    let member = Part.byName(Part.named, pattern: SchemaPart.reference, some: true)
    let variant = Part.form(required: ["cite": bilingual], optional: ["holds_if": condition0])
    return Part.form(required: [
      "decides": Part.any([Part.reference("A rule or a yes-or-no fact"), member], "What it decides"),
      "default": Part.named, "readings": Part.byName(variant, some: true),
    ])
  }

  private static var lawInTime: JSON {
    Part.form(
      required: [
        "rules": Part.list(ruleName), "day": Part.reference("A date, or assessed_on"), "clause": clauseName,
      ],
      optional: ["flag_milder": Part.yesNo])
  }

  private static var presumption: JSON {
    Part.form(required: [
      "fact": factName, "value": .object(["description": .string("As a case file would say it")]),
      "when": condition0, "clause": clauseName, "for": Part.list(ruleName),
    ])
  }

  private static var irrelevance: JSON {
    Part.form(
      required: ["fact": factName, "to": ruleName, "clause": clauseName], optional: ["whenever": condition0])
  }

  private static var duty: JSON {
    let limit = Part.form(required: [
      "limit": Part.matching("^[1-9][0-9]{0,3} (hours|days|weeks|months)$", "2 weeks"),
      "from": Part.reference("A date, or assessed_on"),
    ])
    return Part.form(
      required: [
        "on": ruleName, "from": Part.word(["holds", "possible"]), "clause": clauseName, "by_whom": Part.role,
        "force": Part.word(["must", "may"]), "kind": Part.word(Duty.Kind.allCases.map(\.rawValue)),
      ],
      optional: [
        "binds": Part.list(Part.role), "promptly": Part.word(Duty.Promptness.allCases.map(\.rawValue)),
        "within": limit,
      ])
  }

  private static var caution: JSON {
    let either = ["clause", "source"].map { JSON.object(["required": .strings([$0])]) }
    return Part.form(
      required: ["when": condition0], optional: ["clause": clauseName, "source": Part.text],
      also: ["oneOf": .array(either)])
  }

  private static var comparison: JSON {
    Part.form(required: [
      "of": Part.list(ruleName, atLeast: 2), "aspects": Part.list(Part.text), "clause": clauseName,
    ])
  }

  private static var change: JSON {
    let kinds = Change.Kind.allCases.map(\.rawValue)
    return Part.form(
      required: ["clause": clauseName, "reason": bilingual],
      optional: Dictionary(uniqueKeysWithValues: kinds.map { ($0, ruleName) }),
      also: ["oneOf": .array(kinds.map { .object(["required": .strings([$0])]) })])
  }

  private static var property: JSON {
    let anything = JSON.object([:])
    return Part.form(
      required: ["name": Part.named],
      optional: [
        "of": ruleName, "always": condition0, "never": condition0, "same_as": anything,
        "rises_with": anything,
        "falls_with": anything, "whenever": condition0, "clause": clauseName, "under": anything,
      ])
  }
}

/// The JSON Schema of a pack's words in one language: `text/en.yaml` and the files below `text/en`.
package func packTextSchema() -> JSON {
  typealias Part = SchemaPart
  let sentences = Part.byName(Part.text, pattern: ".")
  let fact = Part.form(
    required: ["question": Part.text.described("As a person would ask it")],
    optional: ["help": Part.text, "values": sentences.described("A label for each value or member")])
  let reading = Part.form(required: ["title": Part.text, "readings": sentences])
  let comparison = Part.form(required: [
    "title": Part.text, "aspects": sentences, "words": Part.byName(sentences, pattern: "."),
  ])
  return Part.schema(
    "The words of a Lawspeaker rule pack in one language",
    Part.form(optional: [
      "facts": Part.byName(fact), "rules": sentences.described("Titles"),
      "clauses": sentences.described("Summaries"), "duties": sentences.described("What is to be done"),
      "cautions": sentences, "comparisons": Part.byName(comparison), "readings": Part.byName(reading),
      "bodies": sentences.described("Names of bodies and roles"),
    ]))
}
