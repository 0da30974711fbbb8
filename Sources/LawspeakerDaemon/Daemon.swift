// SPDX-License-Identifier: Apache-2.0

package import Foundation
internal import Ledger
internal import LawspeakerCore
internal import LocalSocket
package import Logging
internal import PackRegistry
package import Spool
internal import SystemPackage
package import YAMLTree

/// Puts the parts together and runs them on one thread: it waits, looks at packs, decides a group, and waits again.
///
/// All that blocks happens on that thread, which is its own. Nothing here is shared with another: ``DaemonControl`` is
/// how others reach it.
package final class Daemon {
  let configuration: Configuration
  let control: DaemonControl
  let log: Logger
  let now: @Sendable () -> Date
  let lock: StateLock
  let ledger: Ledger
  let spool: SpoolFolder
  let watch: Watch
  let packs: PackKeeper
  let desk: Desk
  private var server: SocketServer?
  /// When the next head is due to be signed.
  private var headDue: Date
  var arrivals = Arrivals()
  /// Files that lay there after an unclean stop: each is decided alone, with an attempt noted first.
  var suspects: Set<SpoolName> = []
  /// Those of them that were in hand at an earlier unclean stop: they come last, so that none holds up the others, and
  /// one that was in hand by chance is not in hand again at once.
  var attempted: Set<SpoolName> = []
  /// What the last look at `incoming/` found and has not been taken yet.
  var backlog: ArraySlice<SpoolName> = []
  /// Objects that were dealt with and may not be moved by this process, with the time of their last modification:
  /// what takes their name later is another.
  var immovable: [SpoolName: FileTime] = [:]
  /// Entries whose files are out and synced; the next transaction records it.
  var finished: [Int64] = []
  /// The day for which what is due to go went.
  var retentionDay: CivilDate?

  /// Opens state and spool and finishes what an earlier run left; ready to decide when this returns.
  ///
  /// - Throws: ``DaemonFault``, ``KeyFault``, ``LedgerFault``, ``RolledBack``, ``SpoolFault`` or ``ArchiveFault`` if it
  ///   cannot start safely.
  package init(
    _ configuration: Configuration, control: DaemonControl, log: Logger, now: @escaping @Sendable () -> Date
  )
    throws
  {
    self.configuration = configuration
    self.control = control
    self.log = log
    self.now = now
    try makeStateFolder(configuration.state)
    do throws(StateLock.NotLocked) {
      lock = try StateLock(stateFolder: FilePath(configuration.state))
    } catch {
      throw DaemonFault.locked(error)
    }
    let keys = KeyFolder(configuration.keyFolder)
    let signer = try keys.signing()
    BackUp.removeLeftovers(in: configuration.state)
    ledger = try keys.openLedger(configuration.ledgerPath)
    desk = Desk(
      configuration, ledger: ledger, keys: keys, signer: signer, now: now, askPacks: { try control.ask($0) })
    headDue = now().addingTimeInterval(TimeInterval(configuration.checkpoints.everySeconds))
    do { try desk.heads.check() } catch let fault as HeadNotCopied { log.error("\(fault)") }
    let wasClean = try ledger.lastRunWasClean()
    let at = LocalDay.timestamp(now())
    try ledger.write { tx in _ = try tx.append(.start, at: at, body: ["clean": .bool(wasClean)]) }
    spool = try SpoolFolder(root: FilePath(configuration.spool))
    watch = try Watch(spool)
    _ = try spool.recover()
    packs = PackKeeper(configuration, ledger: ledger, log: log, now: now)
    try packs.serveLastGeneration()
    try finishErasures()
    try finishEarlierWork()
    if !wasClean {
      suspects = Set(try waiting(quiet: .zero).map(\.name))
      let names = Set(suspects.map(\.text))
      attempted = Set(try ledger.reader.attempted(among: names).map { SpoolName($0) })
    }
    try packs.look()
    try ledger.retireEpochIfLeft()
    try signHead()
    server = try serve()
    log.notice("ready", metadata: ["generation": "\(packs.number)", "clean": "\(wasClean)"])
  }

  /// Decides until it is told to stop.
  package func run() throws {
    try keepRetention()
    while !control.isStopping {
      try wait(milliseconds: 30_000)
      let generation = packs.number
      try lookAtPacks()
      while !control.isStopping, try desk.inTurn({ try decideGroup() }) { try lookAtPacks() }
      try desk.inTurn { try recordFinished() }
      try keepRetention()
      if try ledger.hasEpochToRetire { try ledger.retireEpochIfLeft() }
      if packs.number != generation || headDue <= now() { try signHead() }
    }
    try stop()
  }

  /// Decides what lies in the spool, waiting for files that are still being copied in, and stops.
  package func runOnce() throws {
    while packs.current != nil, !control.isStopping, try !waiting(quiet: .zero).isEmpty {
      if try !desk.inTurn({ try decideGroup() }) { try wait(milliseconds: 200) }
    }
    try desk.inTurn { try recordFinished() }
    try keepRetention()
    let hasPacks = packs.current != nil
    try stop()
    if !hasPacks { throw DaemonFault.noPacks }
  }

  /// What a log says of an error: no names of files that people gave them.
  package static func logText(of error: any Error) -> String {
    (error as? SpoolFault)?.descriptionWithoutNames ?? "\(error)"
  }

  /// Between groups: what was asked of the packs, by a person, a signal or a change of the folder.
  private func lookAtPacks() throws {
    for posted in control.takeRequests() {
      do { posted.answer(try packs.answer(posted.request)) } catch {
        posted.answer(nil)
        throw error
      }
    }
    if control.takeReload() { try packs.look() } else { try packs.lookIfDue() }
  }

  private func stop() throws {
    control.close()
    server?.stop()
    let at = LocalDay.timestamp(now())
    try ledger.write { tx in _ = try tx.append(.stop, at: at, body: [:]) }
    try signHead()
    try ledger.close()
    lock.release()
    log.notice("stopped")
  }

  /// Answers who asks over the socket, on threads of their own.
  private func serve() throws -> SocketServer {
    let (desk, log) = (desk, log)
    return try SocketServer(
      path: configuration.socketPath,
      report: { error in log.error("a request could not be answered: \(String(reflecting: type(of: error)))")
      },
      handler: { peer, request, reply in try desk.answer(request, from: peer, reply) })
  }

  /// Signs the head and copies it out; the daemon goes on where only a copy fails.
  private func signHead() throws {
    headDue = now().addingTimeInterval(TimeInterval(configuration.checkpoints.everySeconds))
    let at = LocalDay.timestamp(now())
    do { try desk.heads.sign(at: at) } catch let fault as HeadNotCopied { log.error("\(fault)") }
  }

  /// Sleeps until something is to be done: a file, a signal, a changed pack, or the time at which to look anyway.
  private func wait(milliseconds: Int) throws {
    let timeout = min(
      milliseconds, packs.millisecondsUntilLook ?? milliseconds, millisecondsUntilQuiet() ?? milliseconds)
    var descriptors = [watch.descriptor, control.wake.descriptor]
    if let descriptor = packs.changes?.descriptor { descriptors.append(descriptor) }
    _ = try waitForAny(descriptors, timeoutMilliseconds: timeout)
    control.wake.clear()
    let reading = try watch.drain()
    if reading.gone { throw DaemonFault.spoolGone }
    arrivals.note(reading)
    try packs.noteChanges()
  }

  /// Files that were copied in and of which nothing was heard are looked at when they have been quiet long enough.
  private func millisecondsUntilQuiet() -> Int? {
    let present = (try? waiting(quiet: .zero)) ?? []
    return present.isEmpty || packs.current == nil ? nil : 500
  }

  /// What is ready in `incoming/`, without the objects that cannot leave it.
  func waiting(quiet: Duration) throws -> [WaitingObject] {
    let seconds = now().timeIntervalSince1970
    let time = FileTime(seconds: Int64(seconds), nanoseconds: Int64((seconds - seconds.rounded(.down)) * 1e9))
    let waiting = try spool.waiting(now: time, quiet: quiet, arrivals: &arrivals)
    return waiting.filter { immovable[$0.name] != $0.modified }
  }
}

/// Why the daemon cannot start or go on.
package enum DaemonFault: Error, CustomStringConvertible {
  case locked(StateLock.NotLocked)
  case stateFolder(String)
  case archive([Diagnostic])
  case noPacks
  case spoolGone

  /// Whether it may work later, with nothing mended: another daemon has the state folder.
  package var isForNow: Bool {
    if case .locked(.held) = self { true } else { false }
  }

  /// The sentence for a log.
  package var description: String {
    switch self {
    case .locked(.held(let pid)):
      "another process holds the state folder" + (pid.map { " (pid \($0))" } ?? "")
    case .locked(.failed(let fault)): "the state folder cannot be locked: \(fault)"
    case .stateFolder(let why): "the state folder cannot be used: \(why)"
    case .archive(let diagnostics):
      "the archived packs cannot be used:\n" + diagnostics.map(\.description).joined(separator: "\n")
    case .noPacks: "no packs can be used, so nothing was decided"
    case .spoolGone: "the spool's incoming folder was taken away"
    }
  }
}

/// Makes the state folder, through which its group may pass to the socket, and see nothing.
private func makeStateFolder(_ path: String) throws {
  do {
    try FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o710])
  } catch {
    throw DaemonFault.stateFolder("\(path): \(error.localizedDescription)")
  }
}
