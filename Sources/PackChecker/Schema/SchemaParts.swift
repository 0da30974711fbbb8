// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// The parts that schemas are built of, in the words of JSON Schema draft-07 that mean the same in 2020-12 (decision 045).
///
/// Scalars are read raw here and by a type in editors: what an editor takes for a number or for true is accepted where the
/// grammar reads its text.
enum SchemaPart {
  static let name = "^[a-z][a-z0-9_-]{0,63}$"
  static let reference = "^[a-z][a-z0-9_-]{0,63}(\\.[a-z][a-z0-9_-]{0,63})?$"
  private static let scalars = JSON.strings(["string", "number", "boolean"])

  /// A value that is not empty.
  static let text = JSON.object(["type": scalars, "minLength": .integer(1)])
  static let yesNo = JSON.object(["enum": .array([.string("yes"), .string("no"), .bool(true), .bool(false)])])
  static let whole = JSON.object([
    "type": .strings(["integer", "string"]), "pattern": .string("^(0|-?[1-9][0-9]{0,9})$"),
  ])
  static let date = matching("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "A day: 2003-12-25")
  static let grammar = JSON.object(["enum": .array([.integer(1), .string("1")])])
  static let jurisdiction = matching("^(UN|[A-Z]{3})$", "`UN` or three letters, such as NOR")
  static let role = matching("^[a-z_]{1,32}$", "A role or a body, never a name")
  static let named = JSON.object([
    "type": .strings(["string", "boolean"]), "pattern": .string(name),
    "description": .string("A small letter, then small letters, digits, `_` or `-`"),
  ])

  static func matching(_ pattern: String, _ description: String) -> JSON {
    .object([
      "type": .string("string"), "pattern": .string(pattern), "description": .string(description),
    ])
  }

  /// A name of this pack, or of another with the pack before it.
  static func reference(_ description: String) -> JSON {
    .object([
      "type": .strings(["string", "boolean"]), "pattern": .string(reference),
      "description": .string(description),
    ])
  }

  static func word(_ words: [String]) -> JSON { .object(["enum": .strings(words)]) }

  static func list(_ item: JSON, atLeast count: Int = 1, atMost most: Int? = nil) -> JSON {
    var list: [String: JSON] = ["type": .string("array"), "items": item, "minItems": .integer(count)]
    list["maxItems"] = most.map { .integer($0) }
    return .object(list)
  }

  /// A mapping whose keys are all known.
  static func form(
    required: [String: JSON] = [:], optional: [String: JSON] = [:], _ description: String? = nil,
    also: [String: JSON] = [:]
  ) -> JSON {
    var form: [String: JSON] = [
      "type": .string("object"), "properties": .object(required.merging(optional) { $1 }),
      "additionalProperties": .bool(false),
    ]
    if !required.isEmpty { form["required"] = .strings(required.keys.sorted()) }
    form["description"] = description.map { .string($0) }
    return .object(form.merging(also) { $1 })
  }

  /// A mapping by name.
  static func byName(
    _ value: JSON, _ description: String? = nil, pattern: String = name, some: Bool = false
  ) -> JSON {
    var map: [String: JSON] = [
      "type": .string("object"), "patternProperties": .object([pattern: value]),
      "additionalProperties": .bool(false),
    ]
    map["description"] = description.map { .string($0) }
    if some { map["minProperties"] = .integer(1) }
    return .object(map)
  }

  static func any(_ choices: [JSON], _ description: String? = nil) -> JSON {
    var any: [String: JSON] = ["anyOf": .array(choices)]
    any["description"] = description.map { .string($0) }
    return .object(any)
  }

  static func defined(_ name: String) -> JSON { .object(["$ref": .string("#/definitions/\(name)")]) }

  /// A whole schema.
  static func schema(_ title: String, _ root: JSON, definitions: [String: JSON] = [:]) -> JSON {
    guard case .object(var schema) = root else { preconditionFailure("a schema's root is an object") }
    schema["$schema"] = .string("http://json-schema.org/draft-07/schema#")
    schema["title"] = .string(title)
    if !definitions.isEmpty { schema["definitions"] = .object(definitions) }
    return .object(schema)
  }
}

extension JSON {
  /// A schema with a description for editors to show.
  func described(_ text: String) -> JSON {
    guard case .object(var entries) = self else { return self }
    entries["description"] = .string(text)
    return .object(entries)
  }
}
