// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

/// The packs of a folder below `packs/odd`; they have no texts, since no check of these reads any.
private func oddPacks(_ name: String) throws -> [PackSource] {
  let folder = "packs/odd/\(name)"
  return try Repository.fixtures(in: folder).filter { !$0.contains(".") }.map { pack in
    let path = Repository.fixtures.appendingPathComponent("\(folder)/\(pack)").path
    let files = (FileManager.default.subpaths(atPath: path) ?? []).filter { $0.hasSuffix(".yaml") }
    return PackSource(
      folder: pack,
      files: try files.map { file in
        .init(path: file, bytes: Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(file)"))))
      }, sha256: "0" + pack)
  }
}

/// Everything that is odd in them; the test fails if they are wrong otherwise.
private func oddities(_ name: String) throws -> [Diagnostic] {
  let readings = try oddPacks(name).map { readPack($0) }
  let wrong = readings.flatMap(\.diagnostics).filter { $0.message.code != "missing-language" }
  try #require(wrong == [])
  let generation = try Generation.link(readings.compactMap(\.pack))
  return (check(generation) + whatIsNotProved(in: generation)).sorted()
}

@Suite("What looks odd in packs") struct PackCheckFixtureTests {
  @Test(
    "each oddity is named at its place, in the words that stand beside it",
    arguments: Repository.fixtures(in: "packs/odd"))
  func names(name: String) throws {
    let found = try oddities(name)
    #expect(found == found.sorted())
    let text = found.map { "\($0)\n" }.joined()
    let difference = try differenceFromGolden(text, "packs/odd/\(name)/expected.diagnostics")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test(
    "each mark in a file has its diagnostic, and what nearly is odd has none",
    arguments: Repository.fixtures(in: "packs/odd"))
  func marked(name: String) throws {
    let marked = try oddPacks(name).flatMap { source in
      source.files.flatMap { marks(in: $0, folder: source.folder) }
    }
    let places = try oddities(name).map { "\($0.location.file):\($0.location.line) \($0.message.code)" }
    #expect(Set(marked).symmetricDifference(places).sorted() == [])
  }

  @Test("every code of the checks has a fixture that says it and stands beside what nearly does")
  func everyCode() throws {
    let folder = Repository.root.appendingPathComponent("Sources/PackChecker/Checks")
    let files = FileManager.default.subpaths(atPath: folder.path) ?? []
    let codes = try files.flatMap { file in
      try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        .components(separatedBy: "code: ").dropFirst().flatMap { text in
          text.prefix { $0 != "," }.components(separatedBy: "\"").filter { $0.contains("-") }
        }
    }
    try #require(codes.count > 10)
    let said = try Set(Repository.fixtures(in: "packs/odd").flatMap { try oddities($0).map(\.message.code) })
    // PackCheckTests has the one that needs a small budget
    #expect(Set(codes).subtracting(said).sorted() == ["check-not-settled"])
  }

  /// The marks `# <- code` of a file, each as `file:line code`.
  private func marks(in file: PackSource.File, folder: String) -> [String] {
    let lines = String(decoding: file.bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().flatMap { number, line in
      line.components(separatedBy: "# <- ").dropFirst().map { code in
        "\(folder)/\(file.path):\(number + 1) \(code.trimmingCharacters(in: .whitespaces))"
      }
    }
  }
}
