// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import LocalSocket
import TransparencyLog

struct Audit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "For auditors: verify, prove and replay what is recorded, and ask who read what.",
    discussion: "Example: lawspeaker audit verify --key auditor/lawspeaker.vkey",
    subcommands: [
      Verify.self, Checkpoint.self, Prove.self, Check.self, Replay.self, Export.self, ActivePacks.self,
      Access.self,
      Erratum.self,
    ])

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Reads the whole ledger again and holds it to every head that was ever copied out; exits 1 if anything is wrong.",
      discussion: """
        Example: lawspeaker audit verify --key auditor/lawspeaker.vkey

        Every entry is hashed, every head and its signature checked, content compared with what entries say of it, and
        every pack in the archive with its digest. It works on a copy too, without daemon or keys (--state DIR): content
        is then checked by its ciphertext. Without --key the keys that the ledger itself names are used, which shows
        that it agrees with itself and not who wrote it. Nothing is repaired.
        """)

    @Option(help: "The public key by which heads must be signed, or a file of such keys.")
    var key: [VerifierKeys] = []

    @Option(help: "A folder that `audit export` wrote, instead of a ledger.")
    var export: String?

    @Flag(help: "Without the root key, if there is one: content is checked by its ciphertext.")
    var sealed = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let keys = try key.flatMap { try $0.keys() }
      if let export {
        try verify(LedgerExport(folder: export), keys)
      } else {
        let command = VerifyLedger(keys: keys, json: json)
        try settings.ask(command) { configuration, reply in
          try command.answer(reader(configuration), configuration, reply)
        }
      }
    }

    private func verify(_ export: LedgerExport, _ keys: [NoteVerifierKey]) throws {
      let output = AnswerOutput(folder: nil)
      let verification: Verification
      do {
        verification = try export.verify(trusted: keys.isEmpty ? nil : keys) {
          try output.reply.progress("\($0) entries")
        }
      } catch let fault as LedgerFault {
        throw Failure.input("\(export.folder): error: \(fault) [not-as-recorded]")
      }
      let report = AuditReport(
        place: export.folder, verification, archive: export.folder + "/" + LedgerExport.packsName,
        isByOwnKeys: keys.isEmpty)
      let code = try report.write(json: json, to: output.reply)
      output.endProgress()
      if code != 0 { throw ExitCode(code) }
    }

    /// The ledger with the keys that this user has, or without.
    private func reader(_ configuration: Configuration) throws -> LedgerReader {
      let path = configuration.ledgerPath
      guard FileManager.default.fileExists(atPath: path) else {
        throw Failure.input("\(path): error: there is no ledger here [no-ledger]")
      }
      do { return try LedgerReader(path: path, keys: ring(configuration)) } catch let fault as LedgerFault {
        let sealed = "\n    hint: --sealed checks without opening content"
        switch fault {
        case .wrongKey: throw Failure.input("\(path): error: \(fault) [wrong-key]" + sealed)
        case .noKeyRing: throw Failure.input("\(path): error: \(fault) [no-keyring]" + sealed)
        case .database(14, _):  // SQLITE_CANTOPEN: in WAL mode a reader too writes beside the file
          throw Failure.input(
            "\(path): error: the ledger cannot be opened where nothing can be written [cannot-open]\n"
              + "    hint: copy the whole state folder, and name the copy with --state")
        default: throw Failure.input("\(path): error: \(fault) [not-as-recorded]")
        }
      }
    }

    private func ring(_ configuration: Configuration) throws -> KeyRing? {
      guard !sealed, let root = try? KeyFolder(configuration.keyFolder).root() else { return nil }
      return try KeyRing(path: Ledger.keyRingPath(configuration.ledgerPath), root: root, makesNew: false)
    }
  }

  struct Checkpoint: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Signs the ledger's head now, copies it out, and prints it.",
      discussion: """
        Example: lawspeaker audit checkpoint > auditor/today

        If nothing came since the last head, that is printed. Whoever keeps it can hold every later ledger to it.
        """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws { try settings.ask(SignCheckpoint(json: json)) }
  }
}

/// A public key, or a file with one a line.
struct VerifierKeys: ExpressibleByArgument {
  /// The key itself, or the file's name.
  let argument: String

  init(argument: String) { self.argument = argument }

  /// The keys that are meant.
  ///
  /// - Throws: ``Failure`` if it is neither a key nor a file of keys.
  func keys() throws(Failure) -> [NoteVerifierKey] {
    if let key = try? NoteVerifierKey(parsing: argument) { return [key] }
    guard let data = FileManager.default.contents(atPath: argument) else {
      throw .input(
        "\(argument): error: this is no public key, and no file that can be read [no-key]\n    hint: \(Self.hint)"
      )
    }
    let lines = String(decoding: data, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    var keys: [NoteVerifierKey] = []
    for (number, line) in lines.enumerated() where !line.isEmpty {
      guard let key = try? NoteVerifierKey(parsing: String(line)) else {
        throw .input(
          "\(argument):\(number + 1):1: error: this is no public key [bad-key]\n    hint: \(Self.hint)")
      }
      keys.append(key)
    }
    if keys.isEmpty {
      throw .input("\(argument): error: there is no key in this file [bad-key]\n    hint: \(Self.hint)")
    }
    return keys
  }

  private static let hint = "`lawspeaker keys show` prints it: one line, NAME+HASH+KEY"
}

/// A day, or a moment as records have it.
struct Moment: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard CivilDate(argument) != nil || LocalDay.isMoment(argument) else { return nil }
    text = argument
  }
}

/// A day.
struct Day: ExpressibleByArgument {
  let text: String

  init?(argument: String) {
    guard CivilDate(argument) != nil else { return nil }
    text = argument
  }
}
