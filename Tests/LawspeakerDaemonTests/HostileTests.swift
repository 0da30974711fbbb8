// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

/// Something that should not have been put into `incoming/`, and what is said of it.
struct Hostile: Sendable {
  var name: String
  /// The code in its diagnostics.
  var code: String
  /// Where the diagnostics point, after the name.
  var place = ":"
  var make: @Sendable (String) throws -> Void

  static let all: [Hostile] =
    [
      Hostile(name: "folder", code: "folder") { path in
        try FileManager.default.createDirectory(atPath: path + "/inside", withIntermediateDirectories: true)
      },
      Hostile(name: "pipe.yaml", code: "pipe") { path in
        guard unsafe mkfifo(path, 0o644) == 0 else { throw POSIXError(.EIO) }
      },
      Hostile(name: "dangling.yaml", code: "link") { path in
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: "nowhere")
      },
      Hostile(name: "link.yaml", code: "link") { path in
        let example = DaemonHarness.repository + "/examples/01-adult-clear.yaml"
        try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: example)
      },
      Hostile(name: "sparse.yaml", code: "too-large") { path in
        _ = FileManager.default.createFile(atPath: path, contents: nil)
        guard unsafe truncate(path, 100 << 20) == 0 else { throw POSIXError(.EIO) }
      },
      bytes("empty.yaml", "empty-file", ":", Data()),
      bytes("rubbish.yaml", "invalid-utf8", ":", Data((0..<4096).map { UInt8($0 * 7 % 128 + 128) })),
      file("nul.yaml", "nul-byte", ":2:10: ", good("NUL").replacing("case: NUL", with: "case: NUL\0")),
      file("anchor.yaml", "anchor", ":8:8: ", good("A").replacing("act: [", with: "act: &acts [")),
      file(
        "kind.yaml", "wrong-kind", ":7:8: ", good("A").replacing("29 years", with: "[29 years]")
      ),
      file("fact.yaml", "unknown-fact", ":9:3: ", good("A").replacing("means:", with: "meens:")),
      file("day.yaml", "bad-date", ":6:13: ", good("A").replacing("2023-11-05", with: "2023-02-29")),
      file("age.yaml", "out-of-range", ":7:8: ", good("A").replacing("29 years", with: "200 years")),
      file("slash.yaml", "bad-reference", ":2:7: ", good("../../etc/A")),
      file("cut.yaml", "cut-off", ":8:1: ", String(good("A").prefix(130))),
      file("torn.yaml", "yaml-syntax", ":", good("A").replacing("[recruitment]", with: "[recruitment")),
      file("two.yaml", "several-documents", ":11:1: ", good("A") + "---\n" + good("B")),
    ]

  private static func good(_ reference: String) -> String { DaemonHarness.caseFile(reference) }

  private static func file(_ name: String, _ code: String, _ place: String, _ text: String) -> Hostile {
    bytes(name, code, place, Data(text.utf8))
  }

  private static func bytes(_ name: String, _ code: String, _ place: String, _ bytes: Data) -> Hostile {
    Hostile(name: name, code: code, place: place) { path in try bytes.write(to: URL(fileURLWithPath: path)) }
  }
}

extension WholeDaemon {
  @Suite("Bad input", .timeLimit(.minutes(30))) struct HostileTests {
    @Test("Each is refused by its name and code, and a good file beside them is decided")
    func refusals() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      for hostile in Hostile.all {
        let hidden = daemon.path("spool/incoming/.\(hostile.name)")
        try hostile.make(hidden)
        guard unsafe rename(hidden, daemon.path("spool/incoming/" + hostile.name)) == 0 else {
          throw POSIXError(.EIO)
        }
      }
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      try await daemon.waitUntilTaken()

      let expected = Hostile.all.map(\.name).flatMap { [$0, $0 + ".diagnostics"] }
      #expect(daemon.names("spool/refused", hidden: true) == expected.sorted())
      for hostile in Hostile.all {
        let said = try daemon.text("spool/refused/\(hostile.name).diagnostics")
        #expect(said.hasPrefix(hostile.name + hostile.place), "\(said)")
        #expect(said.contains("[\(hostile.code)]"), "\(hostile.name): \(said)")
      }
      #expect(daemon.names("spool/decisions") == ["GOOD"])
      #expect(daemon.names("spool/held").isEmpty)
      #expect(try daemon.ledger().counts().refusals == Hostile.all.count)
      #expect(try daemon.cli(["status"]).code == 0)
      try await daemon.stop()
    }

    @Test("They lie there at the start and are refused all the same, once")

    func atTheStart() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for hostile in Hostile.all { try hostile.make(daemon.path("spool/incoming/\(hostile.name)")) }
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")

      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(1000))")

      #expect(daemon.names("spool/incoming", hidden: true).isEmpty)
      #expect(daemon.names("spool/decisions") == ["GOOD"])
      #expect(try daemon.ledger().counts().refusals == Hostile.all.count)
      #expect(try await daemon.once() == 0)
      #expect(try daemon.ledger().counts().refusals == Hostile.all.count)
    }

    @Test("What was refused is kept as it was")

    func kept() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.write("kept: as\nit: was\n", to: "spool/incoming/kept.yaml")
      try daemon.write("and: another\n", to: "spool/incoming/second.yaml")

      #expect(try await daemon.once() == 0)
      try daemon.write("another: of the same name\n", to: "spool/incoming/kept.yaml")
      #expect(try await daemon.once() == 0)

      #expect(try daemon.text("spool/refused/kept.yaml") == "kept: as\nit: was\n")
      let again = daemon.names("spool/refused").filter { $0 != "kept.yaml" && $0.contains("kept") }
      let texts = try again.map { try daemon.text("spool/refused/\($0)") }
      #expect(texts.contains("another: of the same name\n"), "\(again)")
    }

    @Test("A name of 250 bytes is refused and loses nothing")

    func longName() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let name = String(repeating: "n", count: 245) + ".yaml"

      try daemon.drop(DaemonHarness.caseFile("LONG"), as: name)
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      try await daemon.waitUntilTaken()

      let refused = daemon.names("spool/refused")
      #expect(refused.count == 2)
      let diagnostics = try #require(refused.first { $0.hasSuffix(".diagnostics") })
      let kept = try #require(refused.first { !$0.hasSuffix(".diagnostics") })
      #expect(try daemon.text("spool/refused/\(diagnostics)").contains("[name-not-plain]"))
      #expect(try daemon.text("spool/refused/\(kept)") == DaemonHarness.caseFile("LONG"))
      #expect(daemon.names("spool/decisions") == ["GOOD"])
      try await daemon.stop()
    }

    @Test("Names that are hidden, an editor's copy or unfinished stay where they are")

    func leftAlone() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let names = [".hidden.yaml", "copy.yaml~", "half.yaml.part", "half.yaml.tmp"]
      try daemon.makeIncoming()
      for name in names { try daemon.write(DaemonHarness.caseFile("NOT-YET"), to: "spool/incoming/\(name)") }
      try await daemon.start()
      for name in names {
        try daemon.write(
          DaemonHarness.caseFile("NOT-YET"), to: "spool/incoming/2\(name)".replacing("2.", with: ".2"))
      }

      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good.yaml")
      try await daemon.waitUntil("the good file is decided") { daemon.exists("spool/done/GOOD/1.yaml") }
      try await daemon.stop()

      #expect(daemon.names("spool/incoming", hidden: true).count == 2 * names.count)
      #expect(daemon.names("spool/decisions") == ["GOOD"])
      #expect(daemon.names("spool/refused").isEmpty)
      #expect(try await daemon.once() == 0)
      #expect(daemon.names("spool/incoming", hidden: true).count == 2 * names.count)
    }

    @Test("A file that is copied in slowly is taken when it is whole")

    func slowly() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let configuration = try daemon.text("lawspeaker.yaml").replacing(
        "quiet: 0 seconds", with: "quiet: 60 seconds")
      try daemon.write(configuration, to: "lawspeaker.yaml")
      try await daemon.start()
      let text = DaemonHarness.caseFile("SLOW")
      let path = daemon.path("spool/incoming/slow.yaml")
      // opened once: a file that was closed counts as whole
      let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      try #require(descriptor >= 0)
      let handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)

      for line in text.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        try handle.write(contentsOf: Data("\(line)\n".utf8))
        try await Task.sleep(for: .milliseconds(200))
      }
      #expect(daemon.names("spool/incoming") == ["slow.yaml"], "it is not taken before it is closed")
      try handle.close()
      try await daemon.waitUntil("the file is gone") { !daemon.exists("spool/incoming/slow.yaml") }
      try await daemon.waitUntil("it is answered") {
        daemon.exists("spool/done/SLOW/1.yaml") || !daemon.names("spool/refused").isEmpty
      }

      #expect(
        daemon.names("spool/refused").isEmpty)
      #expect(try daemon.text("spool/done/SLOW/1.yaml") == text)
      try await daemon.stop()
    }

    @Test(
      "Another owner's file under a known reference is refused", .enabled(if: getuid() == 0, "needs root"))
    func anotherOwner() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("MINE"), as: "mine.yaml")
      #expect(try await daemon.once() == 0)
      try daemon.write(DaemonHarness.caseFile("MINE", age: "15 years"), to: "theirs.yaml")
      guard unsafe chown(daemon.path("theirs.yaml"), 65534, 65534) == 0 else { throw POSIXError(.EPERM) }
      guard unsafe rename(daemon.path("theirs.yaml"), daemon.path("spool/incoming/theirs.yaml")) == 0 else {
        throw POSIXError(.EIO)
      }

      #expect(try await daemon.once() == 0)

      let said = try daemon.text("spool/refused/theirs.yaml.diagnostics")
      #expect(said.contains("[case-of-another-sender]"))
      #expect(try daemon.ledger().counts().decisions == 1)
    }
  }
}
