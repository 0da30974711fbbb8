// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing
import YAMLTree

/// A small invented pack, from what a test cares about; every text that the grammar wants is made up.
struct InventedPack {
  var id = "act"
  var version = "1.0.0"
  /// One fact a line: `forced: {type: yes_no}`.
  var facts: String
  /// One clause of an invented act each.
  var clauses = ["s1", "s2", "s3"]
  /// From when on.
  var inForce = "2000-01-01"
  /// One rule a line: `wrong: {grounds: [{clause: s1, holds_if: forced}]}`.
  var rules: String
  /// What stands beside: `properties:` and so on.
  var beside = ""
  /// The texts of `tests/all.yaml`, one document each.
  var tests = ""

  /// The pack as files.
  var source: PackSource {
    let indented = { (text: String) in text.split(separator: "\n").map { "  \($0)\n" }.joined() }
    let pack = """
      lawspeaker: 1
      pack: {id: \(id), version: \(version), jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts:
      \(indented(facts))clauses:
      \(indented(clauses.map(clause).joined(separator: "\n")))rules:
      \(indented(rules))\(beside)
      """
    var files = [PackSource.File(path: "pack.yaml", bytes: Array((pack + "\n").utf8))]
    for language in ["en", "nb"] {
      files.append(.init(path: "text/\(language).yaml", bytes: Array(words.utf8)))
    }
    if !tests.isEmpty { files.append(.init(path: "tests/all.yaml", bytes: Array(tests.utf8))) }
    return PackSource(folder: id, files: files, sha256: "digest-of-\(id)-\(version)")
  }

  private func clause(_ name: String) -> String {
    "\(name): {path: [\(name)], cite: {en: Act \(name), nb: loven \(name)}, in_force: {from: \(inForce)}}"
  }

  private var words: String {
    let (facts, rules) = (names(in: facts), names(in: rules))
    return """
      facts: {\(facts.map { "\($0): {question: \($0)?}" }.joined(separator: ", "))}
      rules: {\(rules.map { "\($0): \($0)" }.joined(separator: ", "))}
      clauses: {\(clauses.map { "\($0): x" }.joined(separator: ", "))}

      """
  }

  /// The names that lines without indentation begin with.
  private func names(in text: String) -> [Substring] {
    text.split(separator: "\n").filter { !$0.hasPrefix(" ") }.map { $0.prefix { $0 != ":" } }
  }

  /// The pack alone, linked; the test fails if it is not sound.
  func generation() throws -> Generation { try PackCheckerTests.generation(of: [source]) }
}

/// Reads and links packs that must be sound.
func generation(of sources: [PackSource]) throws -> Generation {
  let readings = sources.map { readPack($0) }
  let problems = readings.flatMap(\.diagnostics).filter { !$0.message.isWarning }
  try #require(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
  return try Generation.link(readings.compactMap(\.pack))
}

/// The three packs that come with the program.
func shippedGeneration() throws -> Generation {
  try generation(of: ["palermo", "norway", "child-welfare"].map { try Repository.pack($0) })
}
