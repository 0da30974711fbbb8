// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Synchronization
import SystemPackage
import Testing

@testable import LocalSocket

/// A folder with a server of a test's own; gone with the last reference to it.
final class SocketFixture: Sendable {
  let path: String
  let server: SocketServer
  let reports: Reports
  private let folder: String

  init(
    folder name: String = "", limits: SocketLimits = SocketLimits(), handler: @escaping SocketServer.Handler
  ) throws {
    folder = NSTemporaryDirectory() + "lawspeaker-socket-\(UUID().uuidString)"
    path = folder + name + "/lawspeaker.sock"
    try FileManager.default.createDirectory(atPath: folder + name, withIntermediateDirectories: true)
    let reports = Reports()
    self.reports = reports
    server = try SocketServer(path: path, limits: limits, report: { reports.note($0) }, handler: handler)
  }

  deinit {
    server.stop(within: .seconds(5))
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// Asks and gives back the whole reply.
  func ask(_ request: [UInt8] = []) throws -> (code: Int32, frames: [ReplyFrame]) {
    var frames: [ReplyFrame] = []
    let code = try SocketClient.ask(path: path, request: request) { frames.append($0) }
    return (code, frames)
  }

  /// A client that does what it likes.
  func client() throws -> RawClient { RawClient(descriptor: try SocketClient.connect(to: path)) }
}

/// What a server reported.
final class Reports: Sendable {
  private let texts = Mutex<[String]>([])

  func note(_ error: any Error) { texts.withLock { $0.append("\(error)") } }
  var all: [String] { texts.withLock { $0 } }
}

/// A connection that is closed when it goes.
final class RawClient: Sendable {
  let descriptor: FileDescriptor
  var channel: Channel { Channel(descriptor: descriptor) }

  init(descriptor: FileDescriptor) { self.descriptor = descriptor }

  deinit { try? descriptor.close() }

  func send(_ bytes: [UInt8]) throws { try channel.send(bytes, until: .now + .seconds(10)) }

  /// Whether the other end closes within a time.
  func isClosed(within time: Duration) throws -> Bool {
    do throws(Channel.Fault) {
      _ = try channel.receive(1, until: .now + time)
      return false
    } catch { return error == .closed }
  }
}

/// Something that a handler and a test share and wait for.
final class Gate<Value: Sendable>: Sendable {
  private let value = Mutex<Value?>(nil)

  func open(_ new: Value) { value.withLock { $0 = new } }

  /// The value, once it is there.
  func wait(within time: Duration = .seconds(10)) -> Value? {
    let deadline = ContinuousClock.now + time
    while ContinuousClock.now < deadline {
      if let value = value.withLock({ $0 }) { return value }
      usleep(2000)
    }
    return nil
  }
}

struct Unheard: Error {}

extension [ReplyFrame] {
  /// The bytes of all text for standard output.
  var out: [UInt8] {
    flatMap { frame in if case .out(let text) = frame { Array<UInt8>(text.utf8) } else { [UInt8]() } }
  }
}

/// Takes the rights of root from the calling thread alone, as far as files go (`setfsuid(2)`); glibc's other functions
/// do it to the whole process.
func becomeNobodyInThisThread() {
  for (name, id) in [("setfsgid", 65534), ("setfsuid", 65534)] as [(String, UInt32)] {
    let function = unsafe unsafeBitCast(dlsym(nil, name), to: (@convention(c) (UInt32) -> CInt).self)
    _ = function(id)
  }
}
