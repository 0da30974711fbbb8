// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization
internal import SystemPackage

/// How much a server gives its clients.
package struct SocketLimits: Hashable, Sendable {
  /// The most bytes of a request.
  package static let requestBytes = 2 << 20

  /// How many are served at once; further ones wait.
  package var connections = 16
  /// How long a client may take to send its request.
  package var requestTime: Duration = .seconds(10)
  /// How long a client may take to read a frame.
  package var writeTime: Duration = .seconds(60)

  /// The limits of the daemon.
  package init() {}
}

/// Serves a Unix socket that only the group of the process can reach: one request a connection, on a thread each.
///
/// Threads are its own, none of the cooperative pool. It serves until it is stopped.
package final class SocketServer: Sendable {
  /// Answers a request, on a thread where it may block; returns the exit code.
  ///
  /// What it throws becomes exit code 70 and a general sentence for the client, and is reported to the daemon.
  package typealias Handler = @Sendable (Peer, [UInt8], ReplyWriter) throws -> Int32

  let limits: SocketLimits
  let handler: Handler
  let report: @Sendable (any Error) -> Void
  private let path: String
  private let file: SocketFile
  private let listener: FileDescriptor
  /// Raised when the accepting thread has something to look at other than the listener.
  private let changed: Flag
  /// Raised for good when the last thread is done.
  private let ended: Flag
  private let state = Mutex(State())

  private struct State {
    var isStopping = false
    /// Open connections; what is in here has not been closed.
    var connections: Set<Int32> = []
  }

  /// Binds the socket, with mode 0660 and the group of the process, and begins to serve.
  ///
  /// The caller holds the lock of the state folder, so a socket that lies there is a killed daemon's and is removed.
  /// - Parameters:
  ///   - path: The socket; it may be longer than an address has room for.
  ///   - limits: What clients are given.
  ///   - report: Told what a handler threw and what else went wrong, on any thread; a client's going away is not told.
  ///   - handler: Answers each request.
  /// - Throws: ``SocketFault``, also if something that is no socket has the name.
  package init(
    path: String, limits: SocketLimits = SocketLimits(),
    report: @escaping @Sendable (any Error) -> Void = { _ in }, handler: @escaping Handler
  ) throws(SocketFault) {
    self.path = path
    self.limits = limits
    self.report = report
    self.handler = handler
    do throws(Errno) { (changed, ended) = (try Flag(), try Flag()) } catch {
      throw SocketFault(.make, path, error)
    }
    file = try SocketFile(path)
    listener = try file.listen()
    do throws(Errno) { try onOwnThread { self.serve() } } catch {
      close()
      throw SocketFault(.serve, path, error)
    }
  }

  /// Closes and removes the socket and waits for the requests that are in hand.
  ///
  /// - Parameter time: How long to wait; then the connections are cut, and a handler that writes hears that its client
  ///   is gone.
  /// - Returns: Whether all handlers have ended.
  @discardableResult package func stop(within time: Duration = .seconds(10)) -> Bool {
    let deadline = ContinuousClock.now + time
    state.withLock { state in
      state.isStopping = true
      // who has sent a request is heard, who has not is not waited for
      for connection in state.connections { shutdown(connection, Int32(SHUT_RD)) }
    }
    changed.raise()
    if (try? ready([ended.descriptor], until: deadline))?.isEmpty == false { return true }
    state.withLock { state in
      for connection in state.connections { shutdown(connection, Int32(SHUT_RDWR)) }
    }
    return false
  }

  /// Accepts until told to stop, then waits for the last connection.
  private func serve() {
    while let hasRoom = room() {
      let listened = hasRoom ? [changed.descriptor, listener] : [changed.descriptor]
      let found = (try? ready(listened, until: nil)) ?? []
      changed.lower()
      if found.contains(listener) { accept() }
    }
    close()
    while state.withLock({ !$0.connections.isEmpty }) {
      _ = try? ready([changed.descriptor], until: nil)
      changed.lower()
    }
    ended.raise()
  }

  /// Whether another connection may be taken; nil when it is over.
  private func room() -> Bool? {
    state.withLock { $0.isStopping ? nil : $0.connections.count < limits.connections }
  }

  private func close() {
    try? listener.close()
    file.remove()
  }

  private func accept() {
    let taken = accept4(listener.rawValue, nil, nil, Int32(SOCK_CLOEXEC.rawValue))
    guard taken >= 0 else {
      let reason = Errno.current
      // who was there has gone again
      if [.wouldBlock, .interrupted, .connectionAbort].contains(reason) { return }
      report(SocketFault(.accept, path, reason))
      return pause()
    }
    let connection = FileDescriptor(rawValue: taken)
    state.withLock { state in
      _ = state.connections.insert(taken)
      if state.isStopping { shutdown(taken, Int32(SHUT_RD)) }
    }
    do throws(Errno) {
      try onOwnThread {
        self.answer(connection)
        self.finish(connection)
      }
    } catch {
      report(SocketFault(.serve, path, error))
      finish(connection)
      pause()
    }
  }

  /// Where descriptors, threads or memory are short, the waiting client would wake us again at once.
  private func pause() {
    _ = try? ready([changed.descriptor], until: .now + .milliseconds(200))
  }

  private func finish(_ connection: FileDescriptor) {
    state.withLock { _ = $0.connections.remove(connection.rawValue) }
    try? connection.close()
    changed.raise()
  }
}
