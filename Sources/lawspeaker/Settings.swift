// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Glibc
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import LocalSocket
import PackRegistry
import Spool

/// The configuration file and the flags that override it.
struct Settings: ParsableArguments {
  @Option(help: "The configuration file; else /etc/lawspeaker/lawspeaker.yaml where there is one.")
  var config: String?

  @Option(help: "The state folder, instead of the configuration's.")
  var state: String?

  @Option(help: "Why a case is read; it is kept in the record of who read what.")
  var purpose: String?

  static let installedConfiguration = "/etc/lawspeaker/lawspeaker.yaml"

  func configuration() throws -> Configuration {
    var configuration = try fromFile()
    if let state { configuration.state = state }
    return configuration
  }

  private func fromFile() throws -> Configuration {
    guard let path = config ?? installed else { return Configuration() }
    do {
      return try Configuration(try Terminal.bytes(of: path), file: path)
    } catch let refused as ConfigurationRefused {
      throw Failure.input(refused.diagnostics.text)
    }
  }

  private var installed: String? {
    FileManager.default.fileExists(atPath: Self.installedConfiguration) ? Self.installedConfiguration : nil
  }

  /// Has a command answered: by the daemon, or where none runs by this process, which then holds the state folder.
  ///
  /// - Parameters:
  ///   - command: What is asked.
  ///   - folder: Where files of the answer are written.
  ///   - alone: How this process answers without a daemon, where that takes less than a desk.
  /// - Throws: ``Failure``, or the exit code of the answer if it is not 0.
  func ask(
    _ command: some DeskCommand, into folder: String? = nil,
    alone: ((Configuration, ReplyWriter) throws -> Int32)? = nil
  ) throws {
    try ask(command, output: AnswerOutput(folder: folder), alone: alone)
  }

  /// The same, with the answer going where it is told.
  func ask(
    _ command: some DeskCommand, output: AnswerOutput,
    alone: ((Configuration, ReplyWriter) throws -> Int32)? = nil
  ) throws {
    let configuration = try configuration()
    let request = try DeskRequest(command, purpose: purpose).bytes()
    var code: Int32
    do {
      code = try SocketClient.ask(path: configuration.socketPath, request: request) { try output.take($0) }
    } catch AskFault.nobodyListens {
      if try mustAsk() { throw Self.noAccess(configuration) }
      do {
        code =
          try alone.map { try $0(configuration, output.reply) } ?? answerAlone(command, configuration, output)
      } catch is ReplyFault { throw output.fault ?? ReplyFault.clientGone }
    } catch AskFault.noAccess {
      throw Self.noAccess(configuration)
    } catch let fault as AskFault {
      throw Failure.later("\(configuration.socketPath): error: \(fault) [socket]")
    }
    output.endProgress()
    if code != 0 { throw ExitCode(code) }
  }

  private func answerAlone(
    _ command: some DeskCommand, _ configuration: Configuration, _ output: AnswerOutput
  ) throws -> Int32 {
    let (desk, lock) = try Desk.alone(configuration, now: { Date() })
    defer { lock.release() }
    do {
      let code = try desk.answer(command, to: Visitor(uid: geteuid(), purpose: purpose), output.reply)
      // where the answer already says what is wrong, it is not said twice
      do { try desk.ledger.close() } catch  where code != 0 {}
      return code
    } catch let fault as LedgerFault {
      throw Failure.ours("\(configuration.ledgerPath): error: \(fault) [ledger]")
    }
  }

  private static func noAccess(_ configuration: Configuration) -> Failure {
    .input(
      "\(configuration.state): error: you may not look into the state folder [no-access]\n"
        + "    hint: ask whoever operates Lawspeaker, or use sudo -u lawspeaker")
  }

  /// The ledger, for what needs no keys.
  func ledger() throws -> LedgerReader {
    let configuration = try configuration()
    let path = configuration.ledgerPath
    if isClosed(configuration.state) {
      throw Self.noAccess(configuration)
    }
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.input(
        "\(path): error: there is no ledger here; no daemon has run on this state folder [no-ledger]")
    }
    do { return try LedgerReader(path: path) } catch {
      throw Failure.ours("\(path): error: \(error) [ledger]")
    }
  }

  /// Whether there is a ledger that this user may not read, so that only the daemon can answer.
  func mustAsk() throws -> Bool {
    let configuration = try configuration()
    let path = configuration.ledgerPath
    return isClosed(configuration.state)
      || FileManager.default.fileExists(atPath: path) && !FileManager.default.isReadableFile(atPath: path)
  }

  /// A state folder that is there and closed to this user is not the same as none.
  private func isClosed(_ state: String) -> Bool {
    FileManager.default.fileExists(atPath: state) && !FileManager.default.isExecutableFile(atPath: state)
  }

  /// The packs of a folder if one is named, else the active generation, else the installed ones.
  func packs(named folder: String?) throws -> PackSet {
    if let folder { return try Self.packSet(below: folder) }
    let configuration = try configuration()
    if isClosed(configuration.state) {
      Terminal.complain(
        "note: you may not look into \(configuration.state); the packs in \(configuration.packs) are used, "
          + "which may differ from those that serve")
    } else if FileManager.default.fileExists(atPath: configuration.ledgerPath),
      let activation = try ledger().lastActivation()
    {
      return try archived(activation.packs, in: configuration)
    }
    return try Self.packSet(below: configuration.packs)
  }

  func archived(_ packs: [PackReference], in configuration: Configuration) throws -> PackSet {
    let archive = PackArchive(folder: configuration.archivePath)
    do throws(PackRejected) { return try archive.packSet(packs.map(\.sha256.hex)) } catch {
      throw Failure.ours(error.diagnostics.text)
    }
  }

  static func packSet(below folder: String) throws -> PackSet {
    do throws(PackRejected) { return try PackSet(readSources(below: folder), tests: .leaveOut) } catch {
      throw Failure.input(error.diagnostics.text)
    }
  }
}

extension Language: ExpressibleByArgument {}
