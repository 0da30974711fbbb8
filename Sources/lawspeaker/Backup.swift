// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import CLinux
import Foundation
import Glibc
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import PackRegistry
import TransparencyLog
import YAMLTree

struct Backup: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Copies ledger, packs and signed heads into a folder, while the daemon runs, and verifies the copy.",
    discussion: """
      Example: lawspeaker backup /mnt/backup/lawspeaker

      Each backup is a folder of its own, named by its moment. Beside them stands one file, `keyring`, which every
      backup replaces: after an erasure it no longer opens what older backups hold, so that what was erased is dead there
      too. Older backups can then prove, and not be read; take a new one after every erasure. The keys that
      `lawspeaker keys new` made are not in it: keep a copy of them elsewhere.
      """)

  @Argument(help: "The folder that holds the backups.")
  var folder: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    let stamp = LocalDay.timestamp(Date()).replacing(":", with: "")
    let (draft, place) = ("\(folder)/.new-\(stamp)", "\(folder)/\(stamp)")
    for path in [draft, place] where FileManager.default.fileExists(atPath: path) {
      throw Failure.later("\(path): error: there is a backup of this moment already [backup-exists]")
    }
    StateCopy.removeDrafts(in: folder)
    do {
      try settings.ask(BackUp(), into: draft)
      let report = try StateCopy(draft).verified()
      try StateCopy(draft).requireKeys()
      try StateCopy(draft).bringToDisk()
      // first the keys: a named backup never stands beside keys that are older than it
      try StateCopy.moveKeyRing(from: draft, to: folder)
      guard unsafe rename(draft, place) == 0 else {
        throw Failure.input("\(place): error: the folder cannot be written [cannot-write]")
      }
      try StateCopy(folder).bringToDisk()
      say(report, place)
    } catch {
      StateCopy.removeDrafts(in: folder)  // a backup that is not whole is none
      throw error
    }
  }

  private func say(_ report: Verification, _ place: String) {
    let document = JSON.object([
      "folder": .string(place), "entries": .integer(Int(report.entries)), "heads": .integer(report.heads),
      "decisions": .integer(report.decisions), "erased": .integer(report.erased),
      "root": .string(report.root.base64),
    ])
    if json { return Terminal.say(document) }
    Terminal.say(
      "\(place): \(report.entries) entries, \(report.decisions) decisions and \(report.heads) signed heads, verified"
    )
  }
}

struct Restore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes a new state folder from a backup, and verifies it.",
    discussion: """
      Example: lawspeaker restore /mnt/backup/lawspeaker --into /var/lib/lawspeaker

      The newest backup of the folder, or one that is named: /mnt/backup/lawspeaker/2026-11-30T001500Z. The state folder
      must not be there, or be empty. See docs/operating.md for what to do about what came after the backup.
      """)

  @Argument(help: "The folder that holds the backups, or one backup in it.")
  var folder: String

  @Option(help: "The new state folder.")
  var into: String

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let backup = try StateCopy.newest(in: folder)
    let names = (try? FileManager.default.contentsOfDirectory(atPath: into)) ?? []
    guard names.isEmpty else {
      throw Failure.input(
        "\(into): error: the state folder is not empty [state-exists]\n    hint: move it away first, and keep it"
      )
    }
    guard FileManager.default.fileExists(atPath: backup.keyRing) else {
      throw Failure.input(
        "\(backup.keyRing): error: the keys of this backup are missing [no-keyring]\n"
          + "    hint: `keyring` stands beside the backups, and is carried along with them")
    }
    do {
      try? FileManager.default.removeItem(atPath: into)
      try FileManager.default.copyItem(atPath: backup.folder, toPath: into)
      try FileManager.default.setAttributes([.posixPermissions: 0o710], ofItemAtPath: into)
      try FileManager.default.copyItem(atPath: backup.keyRing, toPath: into + "/keyring")
    } catch {
      try? FileManager.default.removeItem(atPath: into)  // a part of a state folder is none
      throw Failure.input(
        "\(into): error: `\(backup.folder)` cannot be copied to here [cannot-write]\n"
          + "    hint: look at the rights and the free space of both")
    }
    // the copy and not the backup, which may lie where nothing can be written
    let report: Verification
    do { report = try StateCopy(into).verified() } catch {
      try? FileManager.default.removeItem(atPath: into)
      throw error
    }
    do { try StateCopy(into).requireKeys() } catch let failure as Failure {
      Terminal.complain(failure.message)
    }
    try StateCopy(into).bringToDisk()
    let text =
      "\(into): restored from \(backup.folder), \(report.entries) entries and \(report.decisions) decisions, verified"
    Terminal.say(
      json
        ? JSON.object([
          "state": .string(into), "backup": .string(backup.folder), "entries": .integer(Int(report.entries)),
          "decisions": .integer(report.decisions),
        ]).canonicalText : text)
  }
}

/// A copy of a state folder that no daemon works on.
struct StateCopy {
  let folder: String

  init(_ folder: String) { self.folder = folder }

  /// Where the keys of a backup stand: beside it.
  var keyRing: String { URL(fileURLWithPath: folder).deletingLastPathComponent().path + "/keyring" }

  /// The newest backup in a folder, or the folder itself if it is one.
  static func newest(in folder: String) throws -> StateCopy {
    if FileManager.default.fileExists(atPath: folder + "/ledger.db") { return StateCopy(folder) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    let newest = names.filter {
      !$0.hasPrefix(".") && FileManager.default.fileExists(atPath: "\(folder)/\($0)/ledger.db")
    }.max()
    guard let newest else { throw Failure.input("\(folder): error: there is no backup here [no-backup]") }
    return StateCopy("\(folder)/\(newest)")
  }

  /// Reads the whole copy again, without keys: entries, tree, heads, content as it is sealed, and every pack.
  func verified() throws -> Verification {
    let report: Verification
    var problems: [String]
    do {
      let reader = try LedgerReader(path: folder + "/ledger.db")
      report = try reader.verify(published: HeadKeeper.published(in: [folder + "/checkpoints"]))
      let archive = PackArchive(folder: folder + "/packs")
      problems = report.problems
      for pack in report.packs {
        problems += archive.problems(with: pack.sha256.hex, id: pack.id).map(\.description)
      }
    } catch let fault as LedgerFault {
      throw Failure.input("\(folder): error: the copy does not verify: \(fault) [not-verified]")
    }
    guard problems.isEmpty else {
      let lines = problems.map { "    \($0)" }.joined(separator: "\n")
      throw Failure.input("\(folder): error: the copy does not verify [not-verified]\n\(lines)")
    }
    for companion in ["-wal", "-shm"] { unsafe unlink(folder + "/ledger.db" + companion) }
    return report
  }

  /// Makes sure that the keys in the folder are those that the ledger there is sealed with.
  func requireKeys() throws {
    let bytes = FileManager.default.contents(atPath: folder + "/keyring").map(Array.init) ?? []
    guard try LedgerReader(path: folder + "/ledger.db").keyEpochs().isSubset(of: KeyRing.epochs(in: bytes))
    else {
      throw Failure.input(
        "\(folder): error: the keys are not those of this backup, because something was erased after it [keys-retired]\n"
          + "    hint: what its cases say can no longer be read, as was promised; that it was recorded can be proven"
      )
    }
    for companion in ["-wal", "-shm"] { unsafe unlink(folder + "/ledger.db" + companion) }
  }

  /// Removes what killed backups left; their keys, which an erasure may have outdated since, are overwritten.
  static func removeDrafts(in folder: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    for name in names where name.hasPrefix(".new-") {
      try? SecretFile.erase("\(folder)/\(name)/keyring")
      try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
  }

  /// Brings all of it to the disk.
  func bringToDisk() throws {
    let opened = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else {
      throw Failure.input("\(folder): error: the folder cannot be read [unreadable-file]")
    }
    defer { close(opened) }
    guard syncfs(opened) == 0 else {
      throw Failure.ours("\(folder): error: the disk did not take the copy [cannot-write]")
    }
  }

  /// Puts the keys of the newest backup in the place of those before, which are overwritten.
  static func moveKeyRing(from backup: String, to folder: String) throws {
    let path = backup + "/keyring"
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Failure.ours("\(path): error: the file cannot be read [unreadable-file]")
    }
    do {
      if FileManager.default.fileExists(atPath: folder + "/keyring") {
        try SecretFile.replace(folder + "/keyring", with: Array(bytes))
      } else {
        try SecretFile.create(folder + "/keyring", with: Array(bytes))
      }
      try SecretFile.erase(path)
    } catch let fault as LedgerFault { throw Failure.ours("\(folder): error: \(fault) [cannot-write]") }
  }
}
