// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import TestSupport
import Testing
import YAMLTree

@Suite("Conformance cases") struct ConformanceTests {
  /// Every file below `Tests/Conformance`, by path from there.
  static let files: [String] = {
    let folder = Repository.root.appendingPathComponent("Tests/Conformance").path
    return (FileManager.default.subpaths(atPath: folder) ?? []).filter { $0.hasSuffix(".yaml") }.sorted()
  }()

  @Test("the evaluator and plain enumeration both give what is expected", arguments: files)
  func file(path: String) throws {
    let file = Repository.root.appendingPathComponent("Tests/Conformance/\(path)")
    let root = try readYAML(Array(Data(contentsOf: file)), file: path)[0]
    let generation = try generation(of: try sources(try #require(root["packs"])))

    guard case .sequence(let cases) = try #require(root["cases"]).content else { throw Malformed() }
    try #require(!cases.isEmpty)
    for node in cases { try check(node, under: generation) }
  }

  @Test("there are some for every feature") func features() {
    let features = Set(Self.files.map { $0.prefix { $0 != "/" } })
    #expect(
      features == [
        "age", "conditions", "contradictions", "counts", "days", "exactness", "exceptions", "facts",
        "grounds",
        "imports", "sets",
      ])
    #expect(Self.files.count >= 40)
  }

  private func check(_ node: YAMLNode, under generation: Generation) throws {
    guard case .mapping(let entries) = node.content, case .mapping(let expected)? = node["expect"]?.content
    else { throw Malformed() }
    let name = node["case"]?.text ?? ""
    let lines = entries.filter { $0.key != "expect" }.map { "\($0.key): \(flow($0.value))\n" }
    let file = try readCase("lawspeaker: 1\n" + lines.joined(), under: generation)
    let statuses = statuses(of: file, under: generation)
    let said = Dictionary(
      uniqueKeysWithValues: file.given.flatMap(\.values).map { statement in
        (statement.variable, statement.values.spans.map { $0.low...$0.high })
      })
    let enumerated = ReferenceEvaluator(generation, assessedOn: file.assessedOn, saying: said).statuses()

    try #require(!expected.isEmpty)
    for entry in expected {
      let id = entry.key.contains(".") ? entry.key : generation.packs[0].id + "." + entry.key
      let (rule, found) = try #require(
        statuses.first { generation.rules[$0.rule].id == id }, "\(name): no conclusion \(id)")
      #expect(found.rawValue == entry.value.text, "\(name): \(id), the evaluator")
      if let enumerated = enumerated[rule] {
        #expect(enumerated.rawValue == entry.value.text, "\(name): \(id), enumeration")
      }
    }
    #expect(
      Set(statuses.map { generation.packs[generation.rules[$0.rule].pack].id }).count == packs(of: expected))
  }

  /// How many packs a case expects something of.
  private func packs(of expected: [YAMLNode.Entry]) -> Int {
    Set(expected.map { $0.key.contains(".") ? $0.key.prefix { $0 != "." } : "" }).count
  }
}

private struct Malformed: Error {}

/// The packs of a file, with what plays no part in an answer filled in.
private func sources(_ packs: YAMLNode) throws -> [PackSource] {
  guard case .mapping(let entries) = packs.content else { throw Malformed() }
  return entries.map { entry in
    let (id, pack) = (entry.key, entry.value)
    let jurisdiction = pack["jurisdiction"]?.text ?? "UN"
    var text = "lawspeaker: 1\npack: {id: \(id), version: 1.0.0, jurisdiction: \(jurisdiction)}\n"
    text += "source: {cite: \"made up\", texts: [en], checked: 2026-01-01}\n"
    let imports = items(of: pack["imports"]).compactMap(\.text).map { "{pack: \($0), version: 1.0.0}" }
    if !imports.isEmpty { text += "imports: [\(imports.joined(separator: ", "))]\n" }
    for section in ["facts", "rules"] { text += "\(section): \(pack[section].map(flow) ?? "{}")\n" }
    let clauses = fields(of: pack["clauses"]).map { clause in
      "  \(clause.key): {path: [a], cite: {en: C, nb: C}, in_force: \(clause.value["in_force"].map(flow) ?? "{}")}\n"
    }
    text += "clauses:\n" + clauses.joined()
    let files = [("pack.yaml", text), ("text/en.yaml", texts(pack)), ("text/nb.yaml", texts(pack))]
    return PackSource(
      folder: "rulepacks/\(id)", files: files.map { .init(path: $0.0, bytes: Array($0.1.utf8)) },
      sha256: "0" + id)
  }
}

/// A text for everything that must have one.
private func texts(_ pack: YAMLNode) -> String {
  let facts = fields(of: pack["facts"]).map { fact in
    let names = items(of: fact.value["values"]) + items(of: fact.value["of"])
    let labels = names.compactMap(\.text).map { "\($0): x" }.joined(separator: ", ")
    return "  \(fact.key): {question: x\(labels.isEmpty ? "" : ", values: {\(labels)}")}\n"
  }
  func lines(_ section: String) -> String { fields(of: pack[section]).map { "  \($0.key): x\n" }.joined() }
  return "facts:\n" + facts.joined() + "rules:\n" + lines("rules") + "clauses:\n" + lines("clauses")
}

private func items(of node: YAMLNode?) -> [YAMLNode] {
  if case .sequence(let items)? = node?.content { items } else { [] }
}

private func fields(of node: YAMLNode?) -> [YAMLNode.Entry] {
  if case .mapping(let entries)? = node?.content { entries } else { [] }
}

/// A node as it would be written on one line; scalars as they stand, since the grammar reads them raw.
private func flow(_ node: YAMLNode) -> String {
  switch node.content {
  case .scalar(let scalar): scalar.text
  case .sequence(let items): "[\(items.map(flow).joined(separator: ", "))]"
  case .mapping(let entries): "{\(entries.map { "\($0.key): \(flow($0.value))" }.joined(separator: ", "))}"
  }
}
