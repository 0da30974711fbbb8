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
        "accounts", "age", "cautions", "conditions", "contradictions", "counts", "days", "duties",
        "exactness", "exceptions", "facts", "grounds", "imports", "incriminating", "law-in-time",
        "presumptions", "readings", "sets", "standards", "throughout",
      ])
    #expect(Self.files.count >= 70)
  }

  private func check(_ node: YAMLNode, under generation: Generation) throws {
    guard case .mapping(let entries) = node.content else { throw Malformed() }
    let name = node["case"]?.text ?? ""
    let lines = entries.filter { !$0.key.hasPrefix("expect") && $0.key != "readings" }
      .map { "\($0.key): \(flow($0.value))\n" }
    var file = try readCase("lawspeaker: 1\n" + lines.joined(), under: generation)
    var followed: [String: String] = [:]
    for entry in fields(of: node["readings"]) {
      let id = self.id(entry.key, generation)
      let (number, variant) = try #require(generation.variant(entry.value.text ?? "", ofReading: id))
      file.readings[number] = variant
      followed[id] = entry.value.text
    }
    let found = Expectations(of: file, under: generation)
    let statuses = statuses(of: file, under: generation)
    let enumerated = ReferenceEvaluator(
      generation, assessedOn: file.assessedOn, saying: Testimony(of: file), reading: followed
    ).statuses()

    try #require(entries.contains { $0.key.hasPrefix("expect") })
    for section in entries where section.key.hasPrefix("expect") {
      for entry in fields(of: section.value) {
        let id = self.id(entry.key, generation)
        let given = try #require(
          found.sections[section.key]?[id] ?? found.usual[section.key], "\(name): \(id)")
        let wanted = entry.value.text ?? flow(entry.value)
        let isShown = wanted == "shown" && given != "absent"
        #expect(given == wanted || isShown, "\(name): \(section.key) of \(id), the evaluator")
      }
    }
    let expected = fields(of: node["expect"])
    for entry in expected {
      let id = self.id(entry.key, generation)
      let rule = try #require(
        statuses.first { generation.rules[$0.rule].id == id }, "\(name): no conclusion \(id)")
      #expect(rule.status.rawValue == entry.value.text, "\(name): \(id), without reasons")
      if let enumerated = enumerated[rule.rule] {
        #expect(enumerated.rawValue == entry.value.text, "\(name): \(id), enumeration")
      }
    }
    if expected.isEmpty { return }
    #expect(
      Set(statuses.map { generation.packs[generation.rules[$0.rule].pack].id }).count == packs(of: expected))
  }

  private func id(_ name: String, _ generation: Generation) -> String {
    name.contains(".") ? name : generation.packs[0].id + "." + name
  }

  /// How many packs a case expects something of.
  private func packs(of expected: [YAMLNode.Entry]) -> Int {
    Set(expected.map { $0.key.contains(".") ? $0.key.prefix { $0 != "." } : "" }).count
  }
}

private struct Malformed: Error {}

/// What a decision says, section by section, as the files write it.
private struct Expectations {
  var sections: [String: [String: String]] = [:]
  /// What stands where nothing is said.
  let usual = [
    "expect_duties": "absent", "expect_cautions": "absent", "expect_presumed": "none",
    "expect_turns_on": "[]", "expect_parts": "[]", "expect_later_law": "[]",
  ]

  init(of file: Case, under generation: Generation) {
    let answer = decide(file, caseSHA256: "", under: generation).answer
    for conclusion in answer.conclusions {
      let id = generation.rules[conclusion.rule].id
      sections["expect", default: [:]][id] = conclusion.status.rawValue
      sections["expect_presumed", default: [:]][id] = conclusion.presumed?.rawValue
      let turns = conclusion.turnsOn.map { turn in
        switch turn.what {
        case .voice(let voice): "\(voice) \(turn.status.rawValue)"
        case .reading(let number, let variant):
          "\(generation.readings[number].declaration.variants[variant].name) \(turn.status.rawValue)"
        }
      }
      sections["expect_turns_on", default: [:]][id] = "[\(turns.joined(separator: ", "))]"
      let parts = conclusion.parts.map { "\($0.from) \($0.until) \($0.status.rawValue)" }
      sections["expect_parts", default: [:]][id] = "[\(parts.joined(separator: ", "))]"
      let later = conclusion.laterLaw.map { generation.clause($0).name }
      sections["expect_later_law", default: [:]][id] = "[\(later.joined(separator: ", "))]"
    }
    for entry in answer.duties {
      let due = entry.due.map { " \($0)" } ?? ""
      sections["expect_duties", default: [:]][generation.duties[entry.duty].id] = entry.restsOn.rawValue + due
    }
    for case .ofPack(let number) in answer.cautions {
      sections["expect_cautions", default: [:]][generation.cautions[number].id] = "shown"
    }
  }
}

extension Generation {
  fileprivate func variant(_ name: String, ofReading id: String) -> (reading: Int, variant: Int)? {
    guard let number = readings.firstIndex(where: { $0.id == id }),
      let variant = readings[number].declaration.variants.firstIndex(where: { $0.name == name })
    else { return nil }
    return (number, variant)
  }
}

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
    for section in ["law_in_time", "presumptions", "duties"] {
      if let node = pack[section] { text += "\(section): \(flow(node))\n" }
    }
    let cautions = fields(of: pack["cautions"]).map { caution in
      let when = caution.value["when"].map(flow) ?? "{}"
      return
        "  \(caution.key): {when: \(when), \(caution.value["clause"].map { "clause: \(flow($0))" } ?? "source: \"made up\"")}\n"
    }
    if !cautions.isEmpty { text += "cautions:\n" + cautions.joined() }
    let readings = fields(of: pack["readings"]).map { reading in
      let variants = fields(of: reading.value["readings"]).map { variant in
        let condition = variant.value["holds_if"].map { ", holds_if: \(flow($0))" } ?? ""
        return "\(variant.key): {cite: {en: C, nb: C}\(condition)}"
      }
      let decides = reading.value["decides"].map(flow) ?? ""
      let standing = reading.value["default"]?.text ?? ""
      return
        "  \(reading.key): {decides: \(decides), default: \(standing), readings: {\(variants.joined(separator: ", "))}}\n"
    }
    if !readings.isEmpty { text += "readings:\n" + readings.joined() }
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
  let readings = fields(of: pack["readings"]).map { reading in
    let labels = fields(of: reading.value["readings"]).map { "\($0.key): x" }.joined(separator: ", ")
    return "  \(reading.key): {title: x, readings: {\(labels)}}\n"
  }
  var text = "facts:\n" + facts.joined() + "rules:\n" + lines("rules") + "clauses:\n" + lines("clauses")
  if !readings.isEmpty { text += "readings:\n" + readings.joined() }
  for section in ["duties", "cautions"] where !fields(of: pack[section]).isEmpty {
    text += "\(section):\n" + lines(section)
  }
  let bodies = Set(
    fields(of: pack["duties"]).flatMap { duty in
      [duty.value["by_whom"]?.text].compactMap { $0 } + items(of: duty.value["binds"]).compactMap(\.text)
    })
  if !bodies.isEmpty { text += "bodies:\n" + bodies.sorted().map { "  \($0): x\n" }.joined() }
  return text
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
