// SPDX-License-Identifier: Apache-2.0

package import FoundationEssentials
internal import Glibc
package import Ledger
package import LawspeakerCore
package import LocalSocket
package import PackRegistry
package import Spool
internal import Synchronization
internal import SystemPackage
package import TransparencyLog
internal import YAMLTree

/// Answers what people ask of the ledger, to those who may, and keeps a record of it.
///
/// It stands beside the daemon's own thread: it reads over connections of its own, writes through the one that writes,
/// and takes turns with the daemon where both touch the spool.
package final class Desk: Sendable {
  package let configuration: Configuration
  package let ledger: Ledger
  package let keyFolder: KeyFolder
  package let heads: HeadKeeper
  package let now: @Sendable () -> Date
  /// Asks the daemon's thread to do something with its packs; nil where no daemon runs.
  package let askPacks: (@Sendable (PackRequest) throws -> PackOutcome?)?
  private let turn = Mutex(())
  private let asked = Mutex<PackSet?>(nil)
  private let sets = Mutex<[[String]: PackSet]>([:])

  /// A desk for a ledger that is open for writing.
  package init(
    _ configuration: Configuration, ledger: Ledger, keys: KeyFolder, signer: NoteSigningKey,
    now: @escaping @Sendable () -> Date, askPacks: (@Sendable (PackRequest) throws -> PackOutcome?)? = nil
  ) {
    self.configuration = configuration
    self.ledger = ledger
    keyFolder = keys
    heads = HeadKeeper(configuration, ledger: ledger, signer: signer)
    self.now = now
    self.askPacks = askPacks
  }

  /// Does something that nothing else on the spool or its cases may come between.
  package func inTurn<T>(_ body: () throws -> T) throws -> T { try turn.withLock { _ in try body() } }

  /// Packs from the archive.
  ///
  /// - Throws: ``Failure`` if they are not there, or not what their digests say.
  package func archived(_ packs: [PackReference]) throws -> PackSet {
    let digests = packs.map(\.sha256.hex)
    if let known = sets.withLock({ $0[digests] }) { return known }
    let archive = PackArchive(folder: configuration.archivePath)
    let set: PackSet
    do throws(PackRejected) { set = try archive.packSet(digests) } catch {
      throw Failure.ours(error.diagnostics.map(\.description).joined(separator: "\n"))
    }
    sets.withLock { sets in
      if sets.count > 8 { sets = [:] }
      sets[digests] = set
    }
    return set
  }

  /// Packs that somebody asks about; those asked about last are kept, as one question comes in many parts.
  ///
  /// - Throws: ``Failure`` if they are not sound.
  package func candidate(_ sources: [PackSource]) throws -> PackSet {
    let digests = sources.map(\.sha256)
    if let set = asked.withLock({ $0 }), set.sources.map(\.sha256).sorted() == digests.sorted() { return set }
    do throws(PackRejected) {
      let set = try PackSet(sources, tests: .leaveOut)
      asked.withLock { $0 = set }
      return set
    } catch { throw Failure.input(error.diagnostics.map(\.description).joined(separator: "\n")) }
  }

  /// Every command there is.
  package static let commands: [any DeskCommand.Type] =
    [
      ListDecisions.self, ShowDecision.self, ExplainConclusion.self, DrawGraph.self, ShowHistory.self,
      ListDuties.self,
      CompareVersions.self, RedecideCases.self, ReviewDecision.self, WithdrawVersion.self, EraseCase.self,
      KeepRetention.self, WriteSubjectAccess.self, CountAnswers.self, BackUp.self, ReadStatus.self,
      ChangePacks.self, AskWhatIf.self, PromoteDecision.self,
    ] + auditing
}

/// Requests that come over the socket.
extension Desk {
  /// Answers a request of a user; returns the exit code.
  package func answer(_ request: [UInt8], from peer: Peer, _ reply: ReplyWriter) throws -> Int32 {
    let decoder = JSONDecoder()
    guard let head = try? decoder.decode(RequestHead.self, from: Data(request)),
      let command = Self.commands.first(where: { $0.name == head.name })
    else {
      try reply.err(
        "error: the daemon does not know this command; it may be of another version [unknown-command]\n")
      return 70
    }
    return try answer(command, request, Visitor(uid: peer.uid, purpose: head.purpose), reply)
  }

  private func answer<Command: DeskCommand>(
    _ type: Command.Type, _ bytes: [UInt8], _ visitor: Visitor, _ reply: ReplyWriter
  ) throws -> Int32 {
    guard let request = try? JSONDecoder().decode(DeskRequest<Command>.self, from: Data(bytes)) else {
      try reply.err(
        "error: the daemon cannot read this request; it may be of another version [unknown-command]\n")
      return 70
    }
    return try answer(request.command, to: visitor, reply)
  }

  /// Answers a command; what goes wrong is said in the reply, and its exit code returned.
  package func answer<Command: DeskCommand>(_ command: Command, to visitor: Visitor, _ reply: ReplyWriter)
    throws
    -> Int32
  {
    let visit = Visit(
      desk: self, visitor: visitor, command: Command.name, reply: reply,
      ledger: try LedgerReader(path: configuration.ledgerPath, keys: ledger.keys))
    do {
      try requireRight(Command.rights, visit)
      return try command.answer(visit)
    } catch let failure as Failure {
      try visit.complain(failure.message)
      return failure.code
    } catch let fault as LedgerFault {
      try visit.complain("error: \(fault) [ledger]")
      return 70
    }
  }

  /// Root and the daemon's own user may do everything, others what a group of theirs may; what is refused is recorded.
  private func requireRight(_ rights: [AccessRight], _ visit: Visit) throws {
    let uid = visit.visitor.uid
    if uid == 0 || uid == geteuid() { return }
    for group in rights.flatMap({ configuration.access[$0] ?? [] }) where try Groups.isMember(uid, of: group)
    { return }
    try visit.record(Act(.accessRefused, at: visit.timestamp, sealed: [:]))
    let words = rights.map { "`\($0.rawValue)`" }.joined(separator: " or ")
    throw Failure.input(
      "error: you may not do this; it needs the right \(words) [no-access]\n"
        + "    hint: ask whoever operates Lawspeaker; rights are groups under `access` in the configuration")
  }
}

extension Desk {
  /// A desk without a daemon: it holds the state folder until it is gone.
  ///
  /// - Throws: ``Failure``.
  package static func alone(_ configuration: Configuration, now: @escaping @Sendable () -> Date) throws -> (
    Desk, StateLock
  ) {
    let path = configuration.ledgerPath
    guard FileManager.default.fileExists(atPath: path) else {
      throw Failure.input(
        "\(path): error: there is no ledger here; no daemon has run on this state folder [no-ledger]")
    }
    let keys = KeyFolder(configuration.keyFolder)
    let lock: StateLock
    do throws(StateLock.NotLocked) { lock = try StateLock(stateFolder: FilePath(configuration.state)) } catch
    {
      throw Failure.later("\(configuration.state): error: \(DaemonFault.locked(error)) [locked]")
    }
    do {
      let ledger = try keys.openLedger(path)
      let desk = Desk(configuration, ledger: ledger, keys: keys, signer: try keys.signing(), now: now)
      do { try desk.heads.check() } catch is HeadNotCopied {}  // `status` says so
      return (desk, lock)
    } catch let fault as KeyFault {
      throw Failure.input(fault.description)
    } catch let fault as RolledBack {
      throw Failure.input(fault.description)
    } catch let fault as LedgerFault {
      throw Failure.ours("\(path): error: \(fault) [ledger]")
    }
  }
}
