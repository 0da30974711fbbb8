// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Every archive in `Tests/Fixtures/ledgers`: the state folders of earlier releases.
private let archives: [String] = {
  let folder = DaemonHarness.repository + "/Tests/Fixtures/ledgers"
  let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  return names.filter { $0.hasSuffix(".tar.gz") }.sorted()
}()

extension WholeDaemon {
  @Suite("Ledgers of earlier releases", .serialized, .timeLimit(.minutes(30))) struct FixtureLedgerTests {
    @Test("there are some") func some() { #expect(archives.contains("2026-11-first.tar.gz")) }

    @Test(
      "each is brought up by the daemon, verifies, and every decision comes to its answer again",
      arguments: archives)
    func replays(archive: String) async throws {
      let daemon = try DaemonHarness(packs: [])
      defer { daemon.end() }
      try unpack(archive, into: daemon)
      try FileManager.default.createDirectory(
        atPath: daemon.path("rulepacks"), withIntermediateDirectories: true)
      #expect(try await daemon.once() == 0, "\(daemon.log.suffix(2000))")

      let key = try daemon.cli(["keys", "show"]).out.trimmingCharacters(in: .newlines)
      let verified = try daemon.cli(["audit", "verify", "--key", key, "--json"])
      #expect(verified.code == 0, "\(verified.out)\(verified.err)")
      let decisions = try #require(Document(verified.out)["decisions"].number)
      #expect(decisions > 0)
      #expect(try Document(verified.out)["opened"].value as? Bool == true)
      let replayed = try daemon.cli(["audit", "replay", "--json"])
      #expect(replayed.code == 0, "\(replayed.out)\(replayed.err)")
      #expect(try Document(replayed.out)["same_answer"].number == decisions)
    }

    /// Puts an archive's state in place, and its keys where it has some.
    private func unpack(_ archive: String, into daemon: DaemonHarness) throws {
      let state = daemon.path("state")
      try FileManager.default.createDirectory(atPath: state, withIntermediateDirectories: true)
      let path = DaemonHarness.repository + "/Tests/Fixtures/ledgers/" + archive
      let tar = try DaemonHarness.run("/bin/tar", ["xzf", path, "-C", state])
      try #require(tar.code == 0, "\(tar.err)")
      guard FileManager.default.fileExists(atPath: state + "/keys") else { return }
      try FileManager.default.removeItem(atPath: daemon.path("keys"))
      try FileManager.default.moveItem(atPath: state + "/keys", toPath: daemon.path("keys"))
    }
  }
}
