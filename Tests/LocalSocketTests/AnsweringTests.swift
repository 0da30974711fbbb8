// SPDX-License-Identifier: Apache-2.0
import Glibc
import Synchronization
import TestSupport
import Testing

@testable import LocalSocket

@Suite("Asking over the socket", .timeLimit(.minutes(30))) struct AnsweringTests {
  @Test("what is written comes out in its order, and the exit code last")
  func order() throws {
    let fixture = try SocketFixture { _, request, reply in
      try reply.out(String(decoding: request, as: UTF8.self))
      try reply.progress("1 of 2")
      try reply.err("careful\n")
      try reply.file(path: "packs/palermo/pack.yaml", bytes: [1, 0, 255])
      try reply.file(path: "empty", bytes: [])
      try reply.out("")
      return -3
    }

    let (code, frames) = try fixture.ask(Array("spør\n".utf8))

    #expect(code == -3)
    #expect(
      frames == [
        .out("spør\n"), .progress("1 of 2"), .err("careful\n"),
        .file(path: "packs/palermo/pack.yaml", bytes: [1, 0, 255]), .file(path: "empty", bytes: []),
      ])
    #expect(fixture.reports.all.isEmpty)
  }

  @Test("a request of any size up to the limit arrives as it is", arguments: [0, 1, 70_000, 2 << 20])
  func requests(count: Int) throws {
    let fixture = try SocketFixture { _, request, reply in
      try reply.file(path: "request", bytes: request)
      return 0
    }
    var random = SplitMix64(seed: UInt64(count))
    let request = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }

    let frames = try fixture.ask(request).frames

    let bytes = frames.flatMap { frame in
      if case .file("request", let bytes) = frame { bytes } else { [UInt8]() }
    }
    #expect(bytes == request)
  }

  @Test("a reply of many megabytes comes in frames and whole, no character cut")
  func large() throws {
    let text = String(repeating: "blåbærsyltetøy 🫐 ", count: 200_000)
    let fixture = try SocketFixture { _, _, reply in
      try reply.out(text)
      return 0
    }

    let frames = try fixture.ask().frames

    #expect(frames.count == 5)
    #expect(frames.out == Array(text.utf8))
  }

  @Test("clients at the same time get their own answers, never more at once than the limit")
  func concurrent() async throws {
    let running = Mutex((now: 0, most: 0))
    var limits = SocketLimits()
    limits.connections = 3
    let fixture = try SocketFixture(limits: limits) { _, request, reply in
      running.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
      defer { running.withLock { $0.now -= 1 } }
      usleep(20_000)
      try reply.out(String(decoding: request, as: UTF8.self))
      return Int32(request.count)
    }
    let answers = Mutex<[Int: String]>([:])
    let done = Gate<Bool>()

    for number in 0..<24 {
      try onOwnThread {
        let answer = try? fixture.ask(Array("client \(number)".utf8))
        let text = answer.map { "\(String(decoding: $0.frames.out, as: UTF8.self)), \($0.code)" }
        let count = answers.withLock { answers in
          answers[number] = text ?? "no answer"
          return answers.count
        }
        if count == 24 { done.open(true) }
      }
    }

    #expect(done.wait() == true)
    for number in 0..<24 {
      let request = "client \(number)"
      #expect(answers.withLock { $0[number] } == "\(request), \(request.utf8.count)")
    }
    #expect(running.withLock { $0.most } == 3)
  }

  @Test("the handler is told who asks")
  func peer() throws {
    let fixture = try SocketFixture { peer, _, reply in
      try reply.out("\(peer.uid) \(peer.gid) \(peer.pid)")
      return 0
    }

    #expect(try fixture.ask().frames.out == Array("\(geteuid()) \(getegid()) \(getpid())".utf8))
  }

  @Test("a handler's own error is told in general to the client and as it is to the daemon")
  func handlerFault() throws {
    let fixture = try SocketFixture { _, request, reply in
      try reply.out("so far\n")
      if request.isEmpty { throw Unheard() }
      try reply.file(path: String(decoding: request, as: UTF8.self), bytes: [])
      return 0
    }

    for request in ["", "../above", "/etc/passwd", "a//b", "a/./b", "a\nb", "a/"] {
      let (code, frames) = try fixture.ask(Array(request.utf8))
      #expect(code == 70)
      #expect(frames.first == .out("so far\n") && frames.count == 2)
      guard case .err(let text) = frames.last else { return }
      #expect(text.hasSuffix("[daemon-failed]\n") && !text.contains("Unheard"))
    }
    #expect(fixture.reports.all.count == 7 && fixture.reports.all.first == "Unheard()")
  }

  @Test("what a client does with a frame may end the asking")
  func clientThrows() throws {
    let fixture = try SocketFixture { _, _, reply in
      try reply.out("text")
      return 0
    }

    #expect(throws: Unheard.self) {
      try SocketClient.ask(path: fixture.path, request: []) { _ in throw Unheard() }
    }
    #expect(try fixture.ask().code == 0)
  }
}
