// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import LawspeakerDaemon
import Testing
import TransparencyLog

extension WholeDaemon {
  @Suite("Backup and restore", .timeLimit(.minutes(30))) struct BackupTests {
    @Test(
      "Copies taken while cases stream in are whole, and what is restored from one can be read and gone on with"
    )
    func roundTrip() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let folder = daemon.folder
      let stream = Task.detached {
        for number in 1...80 {
          try DaemonHarness.drop(
            Array(DaemonHarness.caseFile("B-\(number)").utf8), as: "\(number).yaml", in: folder)
          try await Task.sleep(for: .milliseconds(10))
        }
      }
      defer { stream.cancel() }
      try await daemon.waitUntil("some are decided") { daemon.names("spool/decisions").count > 3 }
      let first = try daemon.cli(["backup", daemon.path("backup"), "--json"])
      let counted = try Document(first.out)["decisions"].number ?? 0
      #expect(first.code == 0 && counted > 0, "\(first)")
      try await Task.sleep(for: .milliseconds(1_100))  // backups are named by the second
      daemon.signal(SIGHUP)
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      try await stream.value
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      #expect(daemon.names("backup").count == 3, "\(daemon.names("backup", hidden: true))")
      #expect(!daemon.names("state", hidden: true).contains { $0.hasPrefix(".backup-") })
      #expect(daemon.names("backup", hidden: true) == daemon.names("backup"))
      let older = try #require(daemon.names("backup").first)
      let restored = try daemon.restore(older, into: "restored")
      #expect(restored.code == 0 && restored.err == "", "\(restored)")
      #expect(try daemon.reader("restored").counts().decisions == counted)
      let report = try daemon.reader("restored").verify()
      #expect(report.problems == [] && report.isOpened && report.decisions == counted)
      // nothing but the copy is needed: packs, keys and heads are in it
      try daemon.shell("rm -r state rulepacks && mv restored state")
      let shown = try daemon.cli(["show", "B-1"])
      #expect(shown.code == 0 && shown.out.contains("B-1"), "\(shown)")
      try daemon.shell("rm -r spool/decisions spool/done")
      try await daemon.start()
      try daemon.drop(DaemonHarness.caseFile("AFTER"), as: "after.yaml")
      try await daemon.waitUntil("it is decided") { daemon.exists("spool/done/AFTER/1.yaml") }
      try await daemon.stop()
    }

    @Test(
      "One changed byte is found before a copy is taken for a backup, and before one is restored",
      arguments: ["ledger.db", "packs", "checkpoints"])
    func changedByte(part: String) async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("A"), as: "a.yaml")
      #expect(try await daemon.once() == 0)
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      let good = try #require(daemon.names("backup").first)

      try daemon.changeByte(below: "backup/\(good)", part)
      let refused = try daemon.restore(good, into: "restored")
      #expect(refused.code == 1 && refused.err.contains("[not-verified]"), "\(refused)")
      #expect(!daemon.exists("restored"))

      // nor is such a state folder backed up; a ledger that was changed may not even be opened
      try daemon.changeByte(below: "state", part)
      try await Task.sleep(for: .milliseconds(1_100))
      let second = try daemon.cli(["backup", daemon.path("backup")])
      #expect(second.code != 0, "\(second)")
      #expect(daemon.names("backup", hidden: true) == [good, "keyring"].sorted())
    }

    @Test(
      "After an erasure the keys beside the backups open nothing of the older ones, and restoring one says so"
    )
    func erased() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try daemon.makeIncoming()
      for reference in ["GONE", "KEPT"] {
        try daemon.drop(DaemonHarness.caseFile(reference), as: reference + ".yaml")
      }
      #expect(try await daemon.once() == 0)
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      let older = try #require(daemon.names("backup").first)
      #expect(try daemon.reader("backup/\(older)", keys: "backup").decision("GONE") != nil)

      let ledger = try daemon.openLedger()
      try ledger.write { tx in
        _ = try tx.eraseCase(
          Act(.erasure, at: "2026-11-24T08:00:00Z", reference: "GONE", sealed: ["because": "asked"]))
      }
      try ledger.retireEpoch()
      try ledger.close()
      try await Task.sleep(for: .milliseconds(1_100))
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)

      let newer = try #require(daemon.names("backup").filter { $0 != older && $0 != "keyring" }.first)
      let thief = try daemon.reader("backup/\(older)", keys: "backup")
      for reference in ["GONE", "KEPT"] {
        #expect(throws: LedgerFault.self) { try thief.decision(reference) }
      }
      #expect(try daemon.reader("backup/\(newer)", keys: "backup").decision("KEPT") != nil)
      #expect(try daemon.reader("backup/\(newer)", keys: "backup").decision("GONE") == nil)
      let restored = try daemon.restore(older, into: "restored")
      #expect(restored.code == 0 && restored.err.contains("[keys-retired]"), "\(restored)")
      // no other file that could open it stands anywhere
      #expect(
        try daemon.shellOutput("find . -name 'keyring*' | sort")
          == "./backup/keyring\n./restored/keyring\n./state/keyring\n")
    }

    @Test("What killed backups left is gone after the next start and the next backup")
    func leftovers() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      try daemon.shell(
        "mkdir -p backup/.new-2026 && cp state/keyring backup/.new-2026/ && cp state/ledger.db state/.backup-1.db"
      )
      try daemon.shell("touch state/.backup-1.db-journal state/.backup-2.db-wal")

      #expect(try await daemon.once() == 0)
      #expect(!daemon.names("state", hidden: true).contains { $0.hasPrefix(".backup-") })
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      #expect(daemon.names("backup", hidden: true).count == 2)
    }

    @Test(
      "A backup that is killed on its way leaves nothing that the next start and the next backup do not remove"
    )
    func killed() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      let command = Process()
      command.executableURL = URL(fileURLWithPath: DaemonHarness.programs + "/lawspeaker")
      command.arguments = ["backup", daemon.path("backup"), "--config", daemon.path("lawspeaker.yaml")]
      command.standardError = FileHandle.nullDevice
      command.standardOutput = FileHandle.nullDevice
      try command.run()
      try await daemon.waitUntil("its folder is there") { !daemon.names("backup", hidden: true).isEmpty }
      Glibc.kill(command.processIdentifier, SIGKILL)
      command.waitUntilExit()
      daemon.kill()
      #expect(daemon.names("backup").filter { $0 != "keyring" }.count <= 1)

      try await daemon.start()
      #expect(!daemon.names("state", hidden: true).contains { $0.hasPrefix(".backup-") })
      try await Task.sleep(for: .milliseconds(1_100))
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      #expect(!daemon.names("backup", hidden: true).contains { $0.hasPrefix(".new-") })
      try await daemon.stop()
    }

    @Test("Heads that were published after the backup stop the restored ledger, until the log has a new name")
    func rolledBack() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let settings = try daemon.text("lawspeaker.yaml")
      try daemon.write(settings + "checkpoints: {folder: heads}\n", to: "lawspeaker.yaml")
      try daemon.makeIncoming()
      try daemon.drop(DaemonHarness.caseFile("A"), as: "a.yaml")
      #expect(try await daemon.once() == 0)
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)
      try daemon.drop(DaemonHarness.caseFile("LOST"), as: "lost.yaml")
      #expect(try await daemon.once() == 0)
      let heads = daemon.names("heads")
      let backup = try #require(daemon.names("backup").first)
      #expect(try daemon.restore(backup, into: "restored").code == 0)
      try daemon.shell("mv state lost-state && mv restored state")

      let before = try daemon.reader("state").size()
      #expect(try await daemon.once() != 0)
      #expect(daemon.log.contains("[rolled-back]"), "\(daemon.log)")
      let alone = try daemon.cli(["show", "A"])
      #expect(alone.code == 1 && alone.err.contains("[rolled-back]"), "\(alone)")
      #expect(try daemon.reader("state").size() == before, "nothing is written to it")

      let root = try daemon.text("keys/root.key")
      let same = try daemon.cli(["keys", "new", "lawspeaker.example/tests", "--after-restore"])
      #expect(same.code == 1 && same.err.contains("[same-origin]"), "\(same)")
      let new = try daemon.cli(["keys", "new", "lawspeaker.example/tests-2", "--after-restore"])
      #expect(new.code == 0 && new.out.hasPrefix("lawspeaker.example/tests-2+"), "\(new)")
      #expect(try daemon.text("keys/root.key") == root)

      for number in 1...3 {
        try daemon.drop(DaemonHarness.caseFile("NEW-\(number)"), as: "new.yaml")
        #expect(try await daemon.once() == 0, "\(daemon.log.suffix(500))")
      }
      #expect(try daemon.cli(["show", "A"]).code == 0)
      // what was published of the lost log is all there, and is named
      #expect(Set(heads).isSubset(of: daemon.names("heads")))
      let published = HeadKeeper.published(in: [daemon.path("heads")])
      let report = try daemon.reader("state").verify(published: published)
      #expect(!report.problems.isEmpty)
      #expect(
        report.problems.allSatisfy {
          $0.contains("published head") && $0.contains("signed over other entries")
        }, "\(report.problems)")
      #expect(
        try daemon.reader("state").verify(
          published: HeadKeeper.published(in: [daemon.path("state/checkpoints")])
        ).problems == [])
    }

    @Test("A state folder that is not empty is not restored into, and a folder without backups is no backup")
    func refusals() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      #expect(try await daemon.once() == 0)
      #expect(try daemon.cli(["backup", daemon.path("backup")]).code == 0)

      let full = try DaemonHarness.run(
        "lawspeaker", ["restore", daemon.path("backup"), "--into", daemon.path("state")])
      #expect(full.code == 1 && full.err.contains("[state-exists]"), "\(full)")
      let none = try DaemonHarness.run(
        "lawspeaker", ["restore", daemon.path("spool"), "--into", daemon.path("new")])
      #expect(none.code == 1 && none.err.contains("[no-backup]"), "\(none)")
    }
  }
}

extension DaemonHarness {
  func restore(_ backup: String, into place: String) throws -> Output {
    try Self.run("lawspeaker", ["restore", path("backup/\(backup)"), "--into", path(place)])
  }

  /// The ledger in a folder, with the keys in it or in another.
  func reader(_ place: String, keys: String? = nil) throws -> LedgerReader {
    let root = try KeyFolder(folder + "/keys", credentials: nil).root()
    let ring = try KeyRing(path: path("\(keys ?? place)/keyring"), root: root, makesNew: false)
    return try LedgerReader(path: path("\(place)/ledger.db"), keys: ring)
  }

  /// Changes one byte that says something, in a ledger, a pack of an archive or a signed head.
  func changeByte(below place: String, _ part: String) throws {
    let file =
      part.hasSuffix(".db")
      ? "\(place)/\(part)"
      : try shellOutput("find \(place)/\(part) -type f ! -name latest | sort | head -1").trimmingCharacters(
        in: .newlines)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: path(file)))
    let mark = part == "ledger.db" ? Data("\"generation\":1".utf8) : Data()
    let place = mark.isEmpty ? bytes.count / 2 : try #require(bytes.range(of: mark)).upperBound - 1
    bytes[place] ^= 1
    try bytes.write(to: URL(fileURLWithPath: path(file)))
  }

  /// What a line of shell in the folder says.
  func shellOutput(_ line: String) throws -> String {
    try Self.run("/bin/sh", ["-c", "cd '\(folder)' && \(line)"]).out
  }
}
