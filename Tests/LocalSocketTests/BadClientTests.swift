// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage
import TestSupport
import Testing

@testable import LocalSocket

@Suite("Clients that do not behave", .timeLimit(.minutes(30))) struct BadClientTests {
  private static func impatient(
    request: Duration = .seconds(10), write: Duration = .seconds(60), connections: Int = 16
  ) -> SocketLimits {
    var limits = SocketLimits()
    (limits.requestTime, limits.writeTime, limits.connections) = (request, write, connections)
    return limits
  }

  @Test("one that says nothing is let go, and one that waits behind it gets its answer")
  func silent() throws {
    let limits = Self.impatient(request: .milliseconds(200), connections: 1)
    let fixture = try SocketFixture(limits: limits) { _, _, _ in 4 }
    let silent = try fixture.client()
    try silent.send([FrameType.request.rawValue, 0])

    #expect(try fixture.ask().code == 4)
    #expect(try silent.isClosed(within: .seconds(5)))
  }

  @Test("one that sends a byte now and then has no more time than the others")
  func drip() throws {
    let limits = Self.impatient(request: .milliseconds(300))
    let fixture = try SocketFixture(limits: limits) { _, _, _ in 0 }
    let slow = try fixture.client()
    try slow.send([FrameType.request.rawValue, 0, 0, 1, 0])
    let start = ContinuousClock.now

    #expect(throws: Channel.Fault.closed) {
      while ContinuousClock.now - start < .seconds(20) {
        try slow.send([1])
        usleep(50_000)
      }
    }
    #expect(ContinuousClock.now - start < .seconds(10))
  }

  @Test("one that goes away in the middle of its reply is an error for the handler and no more")
  func dies() throws {
    let heard = Gate<ReplyFault>()
    let fixture = try SocketFixture { _, request, reply in
      if request.isEmpty { return 0 }
      do throws(ReplyFault) {
        while true { try reply.out(String(repeating: "x", count: 100_000)) }
      } catch {
        heard.open(error)
        throw error
      }
    }

    do {
      let client = try fixture.client()
      try client.send(frame(.request, [1]))
      _ = try client.channel.receive(300_000, until: .now + .seconds(10))
    }

    #expect(heard.wait() == .clientGone)
    #expect(try fixture.ask().code == 0)
    #expect(fixture.reports.all.isEmpty)
  }

  @Test("one that does not read its reply is given up")
  func doesNotRead() throws {
    let heard = Gate<ReplyFault>()
    let limits = Self.impatient(write: .milliseconds(200))
    let fixture = try SocketFixture(limits: limits) { _, _, reply in
      do throws(ReplyFault) { while true { try reply.out(String(repeating: "x", count: 100_000)) } } catch {
        heard.open(error)
        throw error
      }
    }
    let client = try fixture.client()
    try client.send(frame(.request, []))

    #expect(heard.wait() == .clientTooSlow)
  }

  @Test("a writer that outlives its reply reaches nobody")
  func outlives() throws {
    let kept = Gate<ReplyWriter>()
    let fixture = try SocketFixture { _, _, reply in
      kept.open(reply)
      return 0
    }
    #expect(try fixture.ask().frames == [])
    let other = try fixture.client()  // likely under the descriptor that the first had
    let reply = try #require(kept.wait())

    #expect(throws: ReplyFault.clientGone) { try reply.out("late") }
    try other.send(frame(.request, []))
    #expect(try other.channel.receive(9, until: .now + .seconds(10)) == ReplyFrame.exit(0).encoded)
  }

  @Test("a request that is none, or too large, is answered with exit code 1")
  func refused() throws {
    let fixture = try SocketFixture { _, _, _ in 0 }
    let tooLarge = [FrameType.request.rawValue] + bigEndian(UInt32(SocketLimits.requestBytes + 1))
    let foreign = Array("GET / HTTP/1.1\r\n\r\n".utf8)
    for (bytes, code) in [(foreign, "bad-request"), (tooLarge, "request-too-large")] {
      let client = try fixture.client()
      try client.send(bytes)
      let header = FrameHeader(try client.channel.receive(5, until: .now + .seconds(10)))
      let said = ReplyFrame(header.type, try client.channel.receive(header.length, until: nil))
      guard case .err(let text) = said else {
        Issue.record("no error: \(String(describing: said))")
        return
      }
      #expect(text.hasSuffix("[\(code)]\n"))
      #expect(try client.channel.receive(9, until: .now + .seconds(10)) == ReplyFrame.exit(1).encoded)
    }
    #expect(throws: AskFault.requestTooLarge) {
      try fixture.ask([UInt8](repeating: 0, count: SocketLimits.requestBytes + 1))
    }
  }

  @Test("any bytes leave the server serving", arguments: 0..<60 as Range<UInt64>)
  func garbage(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let fixture = try SocketFixture(limits: Self.impatient(request: .milliseconds(50))) { _, request, _ in
      Int32(request.count)
    }
    for _ in 0..<4 {
      let client = try fixture.client()
      var bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
        UInt8.random(in: 0...255, using: &random)
      }
      if Bool.random(using: &random), !bytes.isEmpty { bytes[0] = FrameType.request.rawValue }
      try? client.send(bytes)
    }

    #expect(try fixture.ask([1, 2, 3]).code == 3)
  }
}
