// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  @Suite("Names in the spool", .timeLimit(.minutes(30))) struct NameTests {
    /// Names that are bytes and no text, or text that reads as another.
    private static let notPlain: [[UInt8]] = [
      Array("line\nbreak.yaml".utf8), Array("tab\t.yaml".utf8), Array("bell\u{7}.yaml".utf8),
      Array("escape\u{1B}[31m.yaml".utf8), Array("turned\u{202E}lmay.yaml".utf8), [0x61, 0xFF, 0xFE],
      [UInt8](repeating: 0x6E, count: 255), [UInt8](repeating: 0x6E, count: 201),
    ]

    @Test("One that is not plain becomes a number, with its bytes kept and nothing of it in the log")
    func notPlain() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      for (index, name) in Self.notPlain.enumerated() {
        try daemon.write(DaemonHarness.caseFile("NAME-\(index)"), to: "draft")
        let target = Array((daemon.path("spool/incoming/")).utf8) + name
        let renamed = unsafe rename(daemon.path("draft"), target.map { CChar(bitPattern: $0) } + [0])
        guard renamed == 0 else { throw POSIXError(.EIO) }
      }
      try daemon.drop(DaemonHarness.caseFile("GOOD"), as: "good – æøå.yaml")
      try await daemon.waitUntil("all are taken") {
        try daemon.ledger().counts().refusals == Self.notPlain.count
      }
      try await daemon.waitUntil("the good one is decided") { daemon.exists("spool/done/GOOD/1.yaml") }
      try await daemon.stop()

      let numbers = (1...Self.notPlain.count).flatMap { ["object-\($0)", "object-\($0).diagnostics"] }
      #expect(daemon.names("spool/refused", hidden: true) == numbers.sorted())
      let kept = try (1...Self.notPlain.count).map { try daemon.text("spool/refused/object-\($0)") }
      #expect(Set(kept) == Set(Self.notPlain.indices.map { DaemonHarness.caseFile("NAME-\($0)") }))
      for number in 1...Self.notPlain.count {
        let said = try daemon.text("spool/refused/object-\(number).diagnostics")
        #expect(said.contains("[name-not-plain]\n    hint: "), "\(said)")
        #expect(said.split(separator: "\n").count == 2, "\(said)")
        #expect(!said.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\u{202E}" })
      }
      #expect(!daemon.log.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" })
      #expect(daemon.names("spool/decisions") == ["GOOD"])
    }

    @Test("A socket is refused unopened")
    func socket() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      guard unsafe mknod(daemon.path("spool/incoming/socket"), S_IFSOCK | 0o644, 0) == 0 else {
        throw POSIXError(.EIO)
      }

      #expect(try await daemon.once() == 0)

      #expect(daemon.names("spool/refused") == ["socket", "socket.diagnostics"])
      #expect(try daemon.text("spool/refused/socket.diagnostics").contains("[socket]"))
    }

    @Test("However often one name is refused, nothing is overwritten")
    func sameName() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()

      for number in 1...30 {
        try daemon.drop("number: \(number)\n", as: "same.yaml")
        try await daemon.waitUntil("number \(number) is refused") {
          try daemon.ledger().counts().refusals == number && daemon.names("spool/incoming").isEmpty
        }
      }
      try await daemon.stop()

      let names = daemon.names("spool/refused")
      let files = names.filter { !$0.hasSuffix(".diagnostics") }
      let kept = try files.map { try daemon.text("spool/refused/\($0)") }
      #expect(Set(kept) == Set((1...30).map { "number: \($0)\n" }))
      #expect(names.count == 60)
    }
  }
}
