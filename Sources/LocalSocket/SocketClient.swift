// SPDX-License-Identifier: Apache-2.0
internal import Glibc
package import SystemPackage

/// Asks a daemon over its socket: one request, one reply.
package enum SocketClient {
  /// Sends a request and hands on each piece of the reply as it comes.
  ///
  /// It waits for as long as the daemon works. The daemon gives up a client that reads nothing for a minute, so what
  /// writes to a slow place should not do it in `onFrame`.
  /// - Parameters:
  ///   - path: The socket; it may be longer than an address has room for.
  ///   - request: At most 2 MiB.
  ///   - onFrame: Called for every frame but the last; what it throws ends the asking and is thrown on.
  /// - Returns: The exit code of the reply.
  /// - Throws: ``AskFault``, or what `onFrame` throws.
  package static func ask(
    path: String, request: [UInt8], onFrame: (ReplyFrame) throws -> Void
  ) throws -> Int32 {
    guard request.count <= SocketLimits.requestBytes else { throw AskFault.requestTooLarge }
    let connection = try connect(to: path)
    defer { try? connection.close() }
    let channel = Channel(descriptor: connection)
    do throws(Channel.Fault) { try channel.send(frame(.request, request), until: nil) } catch {
      // A daemon that refuses a request need not have read it all; what it said is still there.
      guard error == .closed else { throw AskFault(error) }
    }
    while true {
      let frame = try nextFrame(from: channel)
      if case .exit(let code) = frame { return code }
      try onFrame(frame)
    }
  }

  static func connect(to path: String) throws(AskFault) -> FileDescriptor {
    let made: FileDescriptor
    do throws(Errno) { made = try localSocket() } catch { throw .failed(error) }
    do throws(Errno) {
      try unsafe SocketPath(path).address { unsafe Glibc.connect(made.rawValue, $0, $1) }
    } catch {
      try? made.close()
      throw AskFault(connecting: error)
    }
    return made
  }

  private static func nextFrame(from channel: Channel) throws(AskFault) -> ReplyFrame {
    let header = FrameHeader(try bytes(FrameHeader.byteCount, from: channel))
    guard header.length <= ReplyFrame.maximumBytes,
      let frame = ReplyFrame(header.type, try bytes(header.length, from: channel))
    else { throw .notUnderstood }
    return frame
  }

  private static func bytes(_ count: Int, from channel: Channel) throws(AskFault) -> [UInt8] {
    do throws(Channel.Fault) { return try channel.receive(count, until: nil) } catch { throw AskFault(error) }
  }
}

/// Why a daemon gave no answer.
package enum AskFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// There is no socket, or nobody behind it.
  case nobodyListens
  /// This user may not use the socket, or not look into its folder.
  case noAccess
  /// The connection ended before the reply did; whether the request was carried out is not known.
  case brokeOff
  /// The reply is in no form that this program knows.
  case notUnderstood
  /// The request is larger than a daemon takes.
  case requestTooLarge
  case failed(Errno)

  init(connecting reason: Errno) {
    switch reason {
    case .noSuchFileOrDirectory, .notDirectory, .connectionRefused: self = .nobodyListens
    case .permissionDenied, .notPermitted: self = .noAccess
    default: self = .failed(reason)
    }
  }

  init(_ fault: Channel.Fault) {
    switch fault {
    case .closed, .late: self = .brokeOff
    case .failed(let reason): self = .failed(reason)
    }
  }

  /// One sentence, as for a terminal.
  package var description: String {
    switch self {
    case .nobodyListens: "no daemon listens here"
    case .noAccess: "you may not ask the daemon"
    case .brokeOff: "the daemon broke off before its reply ended"
    case .notUnderstood: "the daemon's reply cannot be read; it may be of another version than this program"
    case .requestTooLarge: "the request is larger than \(SocketLimits.requestBytes) bytes"
    case .failed(let reason): "the daemon cannot be asked: \(reason.description)"
    }
  }
}
