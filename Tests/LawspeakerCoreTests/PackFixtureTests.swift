// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

/// Reads the packs below a folder of fixtures; their files are named by path from there.
func packSources(in folder: String) throws -> [PackSource] {
  try Repository.fixtures(in: folder).compactMap { pack in
    let path = Repository.fixtures.appendingPathComponent("\(folder)/\(pack)").path
    guard let names = FileManager.default.subpaths(atPath: path) else { return nil }
    let files = try names.filter { $0.contains(".") && $0 != "CHANGELOG.md" }.map { name in
      PackSource.File(path: name, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)"))))
    }
    return files.isEmpty ? nil : PackSource(folder: pack, files: files, sha256: "0" + pack)
  }
}

/// Everything wrong with some packs: what reading, linking and their own tests say.
func problems(with sources: [PackSource]) -> [Diagnostic] {
  let readings = sources.map { readPack($0) }
  var diagnostics = readings.flatMap(\.diagnostics)
  guard readings.allSatisfy(\.isWhole) else { return diagnostics.sorted() }
  do throws(PackRejected) {
    let generation = try Generation.link(readings.compactMap(\.pack))
    if diagnostics.allSatisfy(\.message.isWarning) {
      diagnostics += runTests(in: generation).flatMap(\.failures)
    }
  } catch {
    diagnostics += error.diagnostics
  }
  return diagnostics.sorted()
}

/// The marks `# <- code` in a text, each as `file:line code`, with one entry for each code of a line.
func marks(in text: String, file: String) -> [String] {
  text.split(separator: "\n", omittingEmptySubsequences: false).enumerated().flatMap { number, line in
    line.components(separatedBy: "# <- ").dropFirst().map { code in
      "\(file):\(number + 1) \(code.trimmingCharacters(in: .whitespaces))"
    }
  }
}

func text(of diagnostics: [Diagnostic]) -> String { diagnostics.map { "\($0)\n" }.joined() }

@Suite("Packs that are refused") struct PackFixtureTests {
  @Test(
    "each mistake is named at its place, with the words that stand beside it",
    arguments: Repository.fixtures(in: "packs/bad"))
  func refuses(name: String) throws {
    let sources = try packSources(in: "packs/bad/\(name)")
    let found = problems(with: sources)
    #expect(!found.isEmpty)
    #expect(found == found.sorted())
    let difference = try differenceFromGolden(text(of: found), "packs/bad/\(name)/expected.diagnostics")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test(
    "each mark in a file has its diagnostic, and there are no others",
    arguments: Repository.fixtures(in: "packs/bad"))
  func marked(name: String) throws {
    let sources = try packSources(in: "packs/bad/\(name)")
    let marked = sources.flatMap { source in
      source.files.flatMap {
        marks(in: String(decoding: $0.bytes, as: UTF8.self), file: "\(source.folder)/\($0.path)")
      }
    }
    let files = Set(marked.map { $0.prefix { $0 != ":" } })
    let found = problems(with: sources).filter { files.contains($0.location.file[...]) }
    let places = Set(found.map { "\($0.location.file):\($0.location.line) \($0.message.code)" })
    #expect(Set(marked).symmetricDifference(places).sorted() == [])
  }

  @Test("every code that the sources can say has a fixture that says it")
  func everyCode() throws {
    let packs = Repository.fixtures(in: "packs/bad").map { "packs/bad/\($0)/expected.diagnostics" }
    let cases = Repository.fixtures(in: "cases/bad", ending: ".expected").map { "cases/bad/\($0)" }
    let said = try (packs + cases).map {
      try String(contentsOf: Repository.fixtures.appendingPathComponent($0), encoding: .utf8)
    }.joined()
    let missing = try codes().filter { !said.contains("[\($0)]") }
    #expect(missing == [])
  }

  /// Every `code: "…"` in the core's messages, with the kinds of unknown names and circles written out.
  private func codes() throws -> [String] {
    let folder = Repository.root.appendingPathComponent("Sources/LawspeakerCore")
    // what is said of a review is no file's: ReviewActTests has each
    let files = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter {
      $0.hasSuffix("Messages.swift") && !$0.hasPrefix("Reviews/")
    }
    try #require(files.count >= 3)
    let codes = try files.flatMap { file in
      try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        .components(separatedBy: "code: \"").dropFirst().map { String($0.prefix { $0 != "\"" }) }
    }
    try #require(codes.count > 40)
    return Set(codes).flatMap { code in
      switch code {
      case "unknown-\\(kind)":
        [
          "unknown-fact", "unknown-rule", "unknown-clause", "unknown-name", "unknown-duty", "unknown-caution",
        ]
      case "\\(what)-cycle": ["rule-cycle", "import-cycle"]
      default: [code]
      }
    }.sorted()
  }
}
