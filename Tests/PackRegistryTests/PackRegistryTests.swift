// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import LawspeakerCore
import PackRegistry
import Testing
import YAMLTree

/// A folder of a test's own, with a copy of one shipped pack.
private final class PackFixture {
  let folder = NSTemporaryDirectory() + "lawspeaker-packs-\(UUID().uuidString)"
  static let shipped =
    URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().path + "/rulepacks"

  var packs: String { folder + "/rulepacks" }
  var palermo: String { packs + "/palermo" }
  var archive: String { folder + "/archive" }

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.createDirectory(atPath: packs, withIntermediateDirectories: true)
    try FileManager.default.copyItem(atPath: Self.shipped + "/palermo", toPath: palermo)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  func write(_ text: String, to path: String) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: path))
  }

  /// Runs a line of shell in a folder and returns what it prints.
  func shell(_ line: String, in folder: String) throws -> String {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return String(decoding: output, as: UTF8.self)
  }
}

/// The codes for which something is refused; none if it is not.
private func codes(_ body: () throws(PackRejected) -> Void) -> [String] {
  do throws(PackRejected) { try body() } catch { return error.diagnostics.map(\.message.code) }
  return []
}

@Suite("A pack's folder", .serialized, .timeLimit(.minutes(30))) struct PackFolderTests {
  private let fixture: PackFixture

  init() throws { fixture = try PackFixture() }

  @Test("Its digest is what `sha256sum` gives by the recipe")

  func digest() throws {
    let source = try readPackFolder(fixture.palermo)

    let line = "find . -name '*.yaml' -printf '%P\\n' | LC_ALL=C sort | xargs sha256sum | sha256sum"
    let said = try fixture.shell(line, in: fixture.palermo)

    #expect(said == source.sha256 + "  -\n")
    #expect(source.files.count > 10)
  }

  @Test("The digest of known bytes is the known one")

  func known() {
    #expect(sha256Hex([]) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    #expect(
      sha256Hex(Array("abc".utf8)) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }

  @Test("The change log, maps between laws, hidden files, editors' copies and diagnostics are no part of it")

  func leftOut() throws {
    let before = try readPackFolder(fixture.palermo).sha256

    try fixture.write("new\n", to: fixture.palermo + "/CHANGELOG.md")
    try FileManager.default.createDirectory(
      atPath: fixture.palermo + "/comparisons", withIntermediateDirectories: true)
    try fixture.write("new\n", to: fixture.palermo + "/comparisons/other.yaml")
    try fixture.write("new\n", to: fixture.palermo + "/.rules.yaml.swp")
    try fixture.write("new\n", to: fixture.palermo + "/rules.yaml~")
    try fixture.write("new\n", to: fixture.palermo + "/rules.diagnostics")

    #expect(try readPackFolder(fixture.palermo).sha256 == before)
    let rules = try String(contentsOfFile: fixture.palermo + "/rules.yaml", encoding: .utf8)
    try fixture.write(rules + "\n", to: fixture.palermo + "/rules.yaml")
    #expect(try readPackFolder(fixture.palermo).sha256 != before)
  }

  @Test("The digest stands for the names of the files too, in any order")

  func names() {
    let one = PackSource.File(path: "a.yaml", bytes: [1])
    let two = PackSource.File(path: "b.yaml", bytes: [2])
    #expect(packDigest([one, two]) == packDigest([two, one]))
    #expect(
      packDigest([one, two])
        != packDigest([.init(path: "b.yaml", bytes: [1]), .init(path: "a.yaml", bytes: [2])]))
    #expect(packDigest([one]) != packDigest([one, two]))
  }

  @Test("The words of a language may stand in a folder of their own, which is part of the digest")

  func languageFolder() throws {
    let before = try readPackFolder(fixture.palermo)
    try FileManager.default.createDirectory(
      atPath: fixture.palermo + "/text/en", withIntermediateDirectories: true)

    try fixture.write("facts: {}\n", to: fixture.palermo + "/text/en/added.yaml")

    let after = try readPackFolder(fixture.palermo)
    #expect(after.files.map(\.path).contains("text/en/added.yaml"))
    #expect(after.files.count == before.files.count + 1)
    #expect(after.sha256 != before.sha256)
  }

  @Test(
    "Links, pipes and deeper folders are refused",
    arguments: ["link", "folder link", "pipe", "deeper", "below a language"])
  func notPlain(_ kind: String) throws {
    switch kind {
    case "link":
      try FileManager.default.createSymbolicLink(
        atPath: fixture.palermo + "/linked.yaml", withDestinationPath: "rules.yaml")
    case "folder link":
      try FileManager.default.createSymbolicLink(
        atPath: fixture.palermo + "/more", withDestinationPath: "text")
    case "pipe":
      guard unsafe mkfifo(fixture.palermo + "/pipe.yaml", 0o600) == 0 else { throw POSIXError(.EIO) }
    case "below a language":
      try FileManager.default.createDirectory(
        atPath: fixture.palermo + "/text/en/deeper", withIntermediateDirectories: true)
    default:
      try FileManager.default.createDirectory(
        atPath: fixture.palermo + "/tests/deeper/folder", withIntermediateDirectories: true)
    }

    #expect(
      codes { () throws(PackRejected) in _ = try readPackFolder(fixture.palermo) } == ["not-a-plain-file"])
  }

  @Test("A link in place of a pack's folder is no pack")

  func linkedPack() throws {
    try FileManager.default.moveItem(atPath: fixture.palermo, toPath: fixture.folder + "/elsewhere")
    try FileManager.default.createSymbolicLink(
      atPath: fixture.palermo, withDestinationPath: fixture.folder + "/elsewhere")

    #expect(codes { () throws(PackRejected) in _ = try PackSet(below: fixture.packs) } == ["no-packs"])
  }

  @Test("Too many files or bytes are refused")

  func tooLarge() throws {
    try fixture.write(
      String(repeating: "x", count: (16 << 20) + 1), to: fixture.palermo + "/tests/large.yaml")
    #expect(
      codes { () throws(PackRejected) in _ = try readPackFolder(fixture.palermo) } == ["pack-too-large"])

    try FileManager.default.removeItem(atPath: fixture.palermo + "/tests/large.yaml")
    for number in 1...1_001 { try fixture.write("", to: fixture.palermo + "/tests/\(number).yaml") }
    #expect(
      codes { () throws(PackRejected) in _ = try readPackFolder(fixture.palermo) } == ["pack-too-large"])
  }

  @Test("A folder without packs is refused by name")

  func noPacks() {
    let folder = fixture.folder + "/nowhere"
    #expect(codes { () throws(PackRejected) in _ = try PackSet(below: folder) } == ["no-packs"])
  }

  @Test("Every shipped pack passes its own tests")

  func shipped() throws {
    let set = try PackSet(below: PackFixture.shipped)
    let folders = try FileManager.default.contentsOfDirectory(atPath: PackFixture.shipped).filter {
      !$0.hasPrefix(".")
    }
    #expect(set.generation.packs.map(\.id).sorted() == folders.sorted())
    #expect(set.sources.map(\.sha256) == set.references.map(\.sha256))
    #expect(set.warnings.isEmpty)
  }
}

@Suite("The archive of packs", .serialized, .timeLimit(.minutes(30))) struct PackArchiveTests {
  private let fixture: PackFixture

  init() throws { fixture = try PackFixture() }

  @Test("What was stored is read back, byte for byte, and stored once")

  func roundTrip() throws {
    let set = try PackSet(below: fixture.packs)
    let archive = PackArchive(folder: fixture.archive)

    for _ in 1...2 {
      for (pack, source) in zip(set.generation.packs, set.sources) { try archive.store(source, id: pack.id) }
    }
    try FileManager.default.removeItem(atPath: fixture.packs)
    let back = try archive.packSet(set.sources.map(\.sha256))

    #expect(back.references == set.references)
    #expect(back.sources.map(\.files) == set.sources.map(\.files))
    #expect(try FileManager.default.contentsOfDirectory(atPath: fixture.archive) == set.sources.map(\.sha256))
  }

  @Test("What an interrupted run left is replaced")

  func interrupted() throws {
    let source = try readPackFolder(fixture.palermo)
    let draft = fixture.archive + "/.draft-" + source.sha256 + "/palermo"
    try FileManager.default.createDirectory(atPath: draft, withIntermediateDirectories: true)
    try fixture.write("half", to: draft + "/facts.yaml")
    let archive = PackArchive(folder: fixture.archive)

    try archive.store(source, id: "palermo")

    #expect(try archive.packSet([source.sha256]).sources.map(\.files) == [source.files])
  }

  @Test("A pack that was tampered with is refused", arguments: ["changed", "added", "removed", "link"])
  func tampered(_ how: String) throws {
    let source = try readPackFolder(fixture.palermo)
    let archive = PackArchive(folder: fixture.archive)
    try archive.store(source, id: "palermo")
    let pack = "\(fixture.archive)/\(source.sha256)/palermo"

    switch how {
    case "changed": try fixture.write("facts: {}\n", to: pack + "/facts.yaml")
    case "added": try fixture.write("lawspeaker: 1\n", to: pack + "/tests/more.yaml")
    case "removed": try FileManager.default.removeItem(atPath: pack + "/tests/acts.yaml")
    default:
      try FileManager.default.removeItem(atPath: pack + "/facts.yaml")
      try FileManager.default.createSymbolicLink(
        atPath: pack + "/facts.yaml", withDestinationPath: fixture.palermo + "/facts.yaml")
    }

    let expected = how == "link" ? "not-a-plain-file" : "changed-in-archive"
    #expect(codes { () throws(PackRejected) in _ = try archive.packSet([source.sha256]) } == [expected])
  }

  @Test("A pack that is not there is refused by name")

  func missing() {
    let digest = String(repeating: "0", count: 64)
    let archive = PackArchive(folder: fixture.archive)
    #expect(
      codes { () throws(PackRejected) in _ = try archive.packSet([digest]) } == ["missing-from-archive"])
  }
}
