// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("A new pack") struct NewPackTests {
  @Test("it is read and linked without a warning, and its own tests pass", arguments: ["XAA", "UN", "NOR"])
  func passes(jurisdiction: String) throws {
    let files = try self.files(jurisdiction)
    let reading = readPack(
      PackSource(folder: "packs/practice", files: files.filter { $0.path != "CHANGELOG.md" }, sha256: "x"))
    #expect(reading.diagnostics == [])
    let generation = try Generation.link([try #require(reading.pack)])
    #expect(generation.irrelevances.count == 1)
    let outcomes = runTests(in: generation)
    #expect(outcomes.count > 8)
    #expect(outcomes.flatMap(\.failures) == [])
  }

  @Test("its tests show both sides of every condition")
  func bothSides() throws {
    let files = try self.files("XAA")
    for old in ["above: 120", "one_of: [pavement, crossing]", "holds_if: loading", "parked, blocking"] {
      let new = [
        "above: 120": "above: 121", "one_of: [pavement, crossing]": "one_of: [pavement]",
        "holds_if: loading": "holds_if: {not: loading}", "parked, blocking": "blocking",
      ]
      let changed = files.map { file in
        let text = String(decoding: file.bytes, as: UTF8.self)
        return PackSource.File(
          path: file.path, bytes: Array(text.replacing(old, with: new[old] ?? old).utf8))
      }
      #expect(changed != files, "\(old) stands in the pack")
      let reading = readPack(
        PackSource(
          folder: "packs/practice", files: changed.filter { $0.path != "CHANGELOG.md" }, sha256: "x"))
      let outcomes = runTests(in: try Generation.link([try #require(reading.pack)]))
      #expect(!outcomes.flatMap(\.failures).isEmpty, "no test notices that \(old) is another")
    }
  }

  @Test("its files are in the canonical layout") func layout() throws {
    for file in try files("XAA") where file.path.hasSuffix(".yaml") {
      #expect(try laidOut(file.bytes, file: file.path) == file.bytes, "\(file.path)")
    }
  }

  @Test("a name that no pack may have is told from one that it may") func names() {
    for good in ["a", "act-2", "child_welfare", String(repeating: "a", count: 64)] {
      #expect(isPackName(good))
    }
    for bad in ["", "A", "2a", "å", "a.b", "a/b", "..", String(repeating: "a", count: 65)] {
      #expect(!isPackName(bad))
    }
    #expect(["UN", "NOR", "XAA"].allSatisfy(isJurisdiction))
    #expect(!["", "NO", "nor", "NORW", "ÅÅÅ"].contains(where: isJurisdiction))
  }

  private func files(_ jurisdiction: String) throws -> [PackSource.File] {
    newPack("practice", jurisdiction: jurisdiction, checkedOn: try #require(CivilDate("2026-01-01")))
  }
}
