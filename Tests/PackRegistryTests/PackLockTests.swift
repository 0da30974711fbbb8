// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import PackRegistry
import Testing
import YAMLTree

/// Packs that stand on one another: `festival` on `library`, `stall` on both.
private final class Shelf {
  let folder = NSTemporaryDirectory() + "lawspeaker-locks-\(UUID().uuidString)"

  init() throws {
    try pack("library", fact: "lent")
    try pack("festival", fact: "invited", imports: ["library"])
    try pack("stall", fact: "rented", imports: ["festival", "library"])
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func pack(_ id: String, fact: String, imports: [String] = []) throws {
    let wanted = imports.map { "  - {pack: \($0), version: 1.0.0}\n" }.joined()
    try write(
      """
      lawspeaker: 1
      pack: {id: \(id), version: 1.0.0, jurisdiction: XLB}
      source: {cite: "Act", texts: [en], checked: 2026-11-20}
      \(imports.isEmpty ? "" : "imports:\n" + wanted)facts: {\(fact): {type: yes_no}}
      clauses: {s1: {path: [s 1], cite: {en: "s 1", nb: "§ 1"}, in_force: {from: 1990-01-01}}}
      rules: {may_\(id): {grounds: [{clause: s1, holds_if: \(fact)}]}}

      """, to: "\(id)/pack.yaml")
    for language in ["en", "nb"] {
      try write(
        "facts: {\(fact): {question: \"Was it?\"}}\nrules: {may_\(id): Allowed}\nclauses: {s1: It may be.}\n",
        to: "\(id)/text/\(language).yaml")
    }
  }

  func write(_ text: String, to path: String) throws {
    let file = URL(fileURLWithPath: folder + "/" + path)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  func sources() throws -> [PackSource] { try readSources(below: folder) }

  /// What `packs lock` does.
  @discardableResult func lock() throws -> [LockedPack] {
    let locks = try locks(for: sources())
    for lock in locks { try lock.write() }
    return locks
  }

  func digest(of id: String) throws -> String { try readPackFolder(folder + "/" + id).sha256 }

  /// The codes of what is wrong or worth saying, with the folder it is said of.
  func said() throws -> [String] {
    do throws(PackRejected) {
      return try PackSet(below: folder).warnings.map(Self.line)
    } catch {
      return error.diagnostics.map(Self.line)
    }
  }

  private static func line(_ diagnostic: Diagnostic) -> String {
    let path = diagnostic.location.file.split(separator: "/").suffix(2).joined(separator: "/")
    return "\(path):\(diagnostic.location.line) \(diagnostic.message.code)"
  }
}

@Suite("A lock on what a pack imports") struct PackLockTests {
  private let shelf: Shelf

  init() throws { shelf = try Shelf() }

  @Test(
    "a pack that imports and has none is of use, with a warning; one that imports nothing has none to say")
  func warned() throws {
    #expect(try shelf.said() == ["festival/pack.yaml:5 no-lock", "stall/pack.yaml:5 no-lock"])
  }

  @Test("it is written with the digests that the imports have, their own locks included")
  func written() throws {
    let locks = try shelf.lock()

    #expect(locks.map(\.id) == ["festival", "stall"])
    #expect(try shelf.said() == [])
    let text = try String(contentsOfFile: shelf.folder + "/stall/pack.lock", encoding: .utf8)
    #expect(
      text == """
        # Written by `lawspeaker packs lock`: the content of the imported packs. Do not edit.
        lawspeaker: 1
        imports:
          - {pack: festival, version: 1.0.0, sha256: \(try shelf.digest(of: "festival"))}
          - {pack: library, version: 1.0.0, sha256: \(try shelf.digest(of: "library"))}

        """)
    #expect(try shelf.lock().allSatisfy(\.isCurrent))
    #expect(!FileManager.default.fileExists(atPath: shelf.folder + "/library/pack.lock"))
  }

  @Test("it belongs to the digest of its pack, so that this stands for what the pack is built on")
  func digests() throws {
    let before = try ["library", "festival"].map(shelf.digest)

    try shelf.lock()
    let after = try ["library", "festival"].map(shelf.digest)

    #expect(after[0] == before[0] && after[1] != before[1])
  }

  @Test("an import with other content is refused, until somebody has looked and locks again")
  func otherContent() throws {
    try shelf.lock()
    try shelf.write(
      "facts: {lent: {question: \"Lent?\"}}\nrules: {may_library: Allowed}\nclauses: {s1: It may.}\n",
      to: "library/text/en.yaml")

    #expect(try shelf.said() == ["festival/pack.lock:4 lock-digest", "stall/pack.lock:5 lock-digest"])
    try shelf.lock()
    #expect(try shelf.said() == [])
  }

  @Test("what is imported and not locked, or locked and not imported, is refused")
  func otherImports() throws {
    try shelf.lock()
    try shelf.pack("stall", fact: "rented", imports: ["festival"])
    #expect(try shelf.said() == ["stall/pack.lock:5 lock-not-imported"])

    try shelf.pack("stall", fact: "rented", imports: ["festival", "library"])
    try shelf.pack("market", fact: "open")
    try shelf.pack("stall", fact: "rented", imports: ["festival", "library", "market"])
    #expect(try shelf.said() == ["stall/pack.lock:2 lock-lacks"])
    try shelf.lock()
    #expect(try shelf.said() == [])
  }

  @Test("a pack that imports nothing any more loses its lock")
  func removed() throws {
    try shelf.lock()
    try shelf.pack("stall", fact: "rented")

    #expect(
      try shelf.said() == ["stall/pack.lock:4 lock-not-imported", "stall/pack.lock:5 lock-not-imported"])
    try shelf.lock()
    #expect(try shelf.said() == [])
    #expect(!FileManager.default.fileExists(atPath: shelf.folder + "/stall/pack.lock"))
  }

  @Test("packs that are unsound otherwise are not locked")
  func unsound() throws {
    try shelf.pack("stall", fact: "rented", imports: ["festival", "museum"])

    #expect(throws: PackRejected.self) { try shelf.lock() }
    #expect(!FileManager.default.fileExists(atPath: shelf.folder + "/stall/pack.lock"))
  }

  @Test("a pack in the archive keeps its lock")
  func archived() throws {
    try shelf.lock()
    let set = try PackSet(shelf.sources())
    let archive = PackArchive(folder: shelf.folder + "/.archive")

    for (pack, source) in zip(set.generation.packs, set.sources) { try archive.store(source, id: pack.id) }

    #expect(try archive.packSet(set.sources.map(\.sha256)).references == set.references)
  }
}
