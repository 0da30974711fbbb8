// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

// That files are accepted and refused is checked with a validator of others': .ci/check-pack-schema.
@Suite("Schemas for editors") struct SchemaTests {
  @Test("every section that the grammar reads is in the schema of a pack") func sections() throws {
    let file = PackSource.File(path: "pack.yaml", bytes: Array("qqqqqqqqqqqqqqqqqqqq: 1\n".utf8))
    let reading = readPack(PackSource(folder: "x", files: [file], sha256: ""))
    let hint = try #require(reading.diagnostics.first { $0.message.code == "unknown-key" }?.message.hint)
    let known = hint.matches(of: /`([a-z_]+)`/).map { String($0.1) }
    #expect(known.count > 10)
    let properties = try #require(packSchema().object?["properties"]?.object)
    #expect(known.filter { properties[$0] == nil } == [])
  }

  @Test("every fact of every pack has its question in the schema of case files", arguments: Language.allCases)
  func questions(language: Language) throws {
    let generation = try Generation.link(
      try ["palermo", "norway", "child-welfare"].map { try #require(readPack(try Repository.pack($0)).pack) })
    let schema = try #require(caseSchema(under: generation, in: language).object)
    let facts = try #require(schema["properties"]?.object?["facts"]?.object?["properties"]?.object)
    let definitions = try #require(schema["definitions"]?.object)
    for (number, fact) in generation.facts.enumerated() {
      #expect(facts[fact.id] != nil && facts[fact.declaration.name] != nil)
      let question = generation.packs[fact.pack].texts[language]?.facts[fact.declaration.name]?.question
      guard case .string(let description)? = definitions["f\(number)"]?.object?["description"] else {
        Issue.record("\(fact.id) is not described")
        continue
      }
      #expect(description.hasPrefix(try #require(question)))
    }
  }

  @Test("every name that a schema refers to is defined in it") func references() throws {
    let generation = try Generation.link([try #require(readPack(try Repository.pack("palermo")).pack)])
    for schema in [
      packSchema(), packTextSchema(), caseSchema(under: generation, in: .en),
      caseSchema(under: generation, in: .nb, isTest: true),
    ] {
      let defined = Set(schema.object?["definitions"]?.object?.keys.map { "#/definitions/\($0)" } ?? [])
      #expect(references(schema).subtracting(defined) == [])
    }
  }

  private func references(_ json: JSON) -> Set<String> {
    switch json {
    case .object(let entries):
      var found = Set(entries.values.flatMap(references))
      if case .string(let reference)? = entries["$ref"] { found.insert(reference) }
      return found
    case .array(let items): return Set(items.flatMap(references))
    case .null, .bool, .integer, .string: return []
    }
  }
}

extension JSON {
  fileprivate var object: [String: JSON]? { if case .object(let entries) = self { entries } else { nil } }
}
