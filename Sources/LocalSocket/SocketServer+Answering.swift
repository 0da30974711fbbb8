// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import Synchronization
internal import SystemPackage

extension SocketServer {
  /// Reads the request of a connection and answers it.
  func answer(_ connection: FileDescriptor) {
    let channel = Channel(descriptor: connection)
    let reply = Reply(channel: channel, time: limits.writeTime)
    defer { reply.end() }
    let writer = ReplyWriter { frame throws(ReplyFault) in try reply.send(frame) }
    do throws(RequestFault) {
      let peer = try peer(of: connection)
      let request = try request(from: channel)
      try? reply.send(.exit(code(peer, request, writer)))
    } catch {
      guard let words = error.description else { return }
      try? writer.err("error: \(words)\n")
      try? reply.send(.exit(1))
    }
  }

  /// The exit code of a handler, or of its fault.
  private func code(_ peer: Peer, _ request: [UInt8], _ writer: ReplyWriter) -> Int32 {
    do { return try handler(peer, request, writer) } catch {
      switch error as? ReplyFault {
      case .clientGone, .clientTooSlow, .failed: break
      case .pathLeadsElsewhere, nil: report(error)
      }
      try? writer.err("error: the daemon failed at this request; its log says why [daemon-failed]\n")
      return 70
    }
  }

  private func peer(of connection: FileDescriptor) throws(RequestFault) -> Peer {
    do throws(Errno) { return try Peer(of: connection) } catch {
      report(error)
      throw .noneCame
    }
  }

  private func request(from channel: Channel) throws(RequestFault) -> [UInt8] {
    let deadline = ContinuousClock.now + limits.requestTime
    func bytes(_ count: Int) throws(RequestFault) -> [UInt8] {
      do throws(Channel.Fault) { return try channel.receive(count, until: deadline) } catch {
        throw .noneCame
      }
    }
    let header = FrameHeader(try bytes(FrameHeader.byteCount))
    guard header.type == FrameType.request.rawValue else { throw .notARequest }
    guard header.length <= SocketLimits.requestBytes else { throw .tooLarge }
    return try bytes(header.length)
  }
}

/// Why there is no request to answer.
private enum RequestFault: Error {
  /// The client went away or took too long.
  case noneCame
  case notARequest
  case tooLarge

  /// What to tell the client; nil if nobody is there to hear it.
  var description: String? {
    switch self {
    case .noneCame: nil
    case .notARequest:
      "the daemon cannot read the request; it may be of another version than the program [bad-request]"
    case .tooLarge: "the request is larger than \(SocketLimits.requestBytes) bytes [request-too-large]"
    }
  }
}

/// The way back to one client; shut after the first failure, as a frame may have gone out in part.
private final class Reply: Sendable {
  private let channel: Channel
  private let time: Duration
  private let shut = Mutex<ReplyFault?>(nil)

  init(channel: Channel, time: Duration) {
    self.channel = channel
    self.time = time
  }

  func send(_ frame: ReplyFrame) throws(ReplyFault) {
    try shut.withLock { shut throws(ReplyFault) in
      if let shut { throw shut }
      do throws(Channel.Fault) { try channel.send(frame.encoded, until: .now + time) } catch {
        let fault: ReplyFault =
          switch error {
          case .closed: .clientGone
          case .late: .clientTooSlow
          case .failed(let reason): .failed(reason)
          }
        shut = fault
        throw fault
      }
    }
  }

  /// Lets nothing through any more: the descriptor is about to be another's.
  func end() { shut.withLock { $0 = $0 ?? .clientGone } }
}
