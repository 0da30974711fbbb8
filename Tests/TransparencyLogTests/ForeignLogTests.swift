// SPDX-License-Identifier: Apache-2.0
import Foundation
import TestSupport
import Testing
import TransparencyLog

@Suite("A log for others' verifiers") struct ForeignLogTests {
  static let folder = ProcessInfo.processInfo.environment["LAWSPEAKER_FOREIGN_LOG"]

  /// What `.ci/check-foreign-log` checks with programs that others wrote.
  @Test("is written where the environment asks for it", .enabled(if: folder != nil))
  func write() throws {
    let folder = URL(filePath: try #require(Self.folder), directoryHint: .isDirectory)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let log = try SampleLog(seed: .random(in: 0...UInt64.max), count: 1_000)
    let files = [
      "vkey": log.key.verifier.text + "\n",
      "checkpoint": log.checkpoint(1_000).text,
      "older-checkpoint": log.checkpoint(700).text,
      "consistency-proof": log.consistencyProof(from: 700, to: 1_000).text,
      "entry.tlog-proof": log.entryProof(421, in: 1_000).text,
      "entries": log.tree.entries.map { Base64Text.of($0) + "\n" }.joined(),
    ]
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
  }
}
