// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import SystemPackage
import Testing

@testable import LocalSocket

@Suite("Serving and stopping", .timeLimit(.minutes(30))) struct ServingTests {
  @Test("the socket is open to its owner and group alone")
  func mode() throws {
    let fixture = try SocketFixture { _, _, _ in 0 }
    var status = stat()
    #expect(unsafe stat(fixture.path, &status) == 0)
    #expect(status.st_mode & 0o7777 == 0o660 && status.st_mode & S_IFMT == S_IFSOCK)
    #expect(status.st_uid == geteuid() && status.st_gid == getegid())
  }

  @Test(
    "the group is that of the process, also where the folder gives its own",
    .enabled(if: getuid() == 0, "needs root, to give a folder to another group"))
  func group() throws {
    let folder = NSTemporaryDirectory() + "lawspeaker-socket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    #expect(unsafe chown(folder, 0, 65534) == 0 && chmod(folder, 0o2770) == 0)

    let server = try SocketServer(path: folder + "/s") { _, _, _ in 0 }
    defer { server.stop() }

    var status = stat()
    #expect(unsafe stat(folder + "/s", &status) == 0)
    #expect(status.st_gid == getegid() && status.st_mode & 0o7777 == 0o660)
  }

  @Test("what a killed daemon left is replaced, and what is no socket is left alone")
  func stale() throws {
    let folder = NSTemporaryDirectory() + "lawspeaker-socket-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let path = folder + "/lawspeaker.sock"
    try (try SocketFile(path).listen()).close()
    #expect(throws: AskFault.nobodyListens) { try SocketClient.connect(to: path) }

    let server = try SocketServer(path: path) { _, _, _ in 5 }
    #expect(try SocketClient.ask(path: path, request: []) { _ in } == 5)
    #expect(server.stop())

    try Data("mine".utf8).write(to: URL(fileURLWithPath: path))
    let fault = #expect(throws: SocketFault.self) { try SocketServer(path: path) { _, _, _ in 0 } }
    #expect(fault?.operation == .removeStale && fault?.reason == .notSocket)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
  }

  @Test("a path longer than an address has room for serves and is found", arguments: [0, 60, 200])
  func long(count: Int) throws {
    let name = count == 0 ? "" : "/" + String(repeating: "ø", count: count / 2)
    let fixture = try SocketFixture(folder: name) { _, _, _ in 6 }
    #expect(try fixture.ask().code == 6)

    #expect(fixture.server.stop())
    #expect(throws: AskFault.nobodyListens) { try fixture.ask() }
    #expect(!FileManager.default.fileExists(atPath: fixture.path))
  }

  @Test("a path of any length serves, on both sides of the limit", arguments: 90...120)
  func everyLength(count: Int) throws {
    let outer = NSTemporaryDirectory() + "lawspeaker-\(UInt32.random(in: 0...UInt32.max))/"
    let folder = outer + String(repeating: "f", count: max(1, count - outer.utf8.count - 2))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: outer) }
    let path = folder + "/s"

    let server = try SocketServer(path: path) { _, _, _ in 7 }
    defer { server.stop() }
    #expect(try SocketClient.ask(path: path, request: []) { _ in } == 7)
  }

  @Test("where there is no socket, nobody listens")
  func nobody() throws {
    let long = "/" + String(repeating: "n", count: 200) + "/s"
    for path in ["/nowhere/lawspeaker.sock", "/etc/passwd/sock", "/etc/passwd", long] {
      #expect(throws: AskFault.nobodyListens, "\(path)") { try SocketClient.connect(to: path) }
    }
    #expect(throws: AskFault.failed(.invalidArgument)) { try SocketClient.connect(to: "/tmp/a\u{0}b") }
    #expect(throws: AskFault.failed(.fileNameTooLong)) {
      try SocketClient.connect(to: "/tmp/" + String(repeating: "n", count: 200))
    }
  }

  @Test("what the system says of a connection is told apart")
  func reasons() {
    #expect(AskFault(connecting: .connectionRefused) == .nobodyListens)
    #expect(AskFault(connecting: .noSuchFileOrDirectory) == .nobodyListens)
    #expect(AskFault(connecting: .permissionDenied) == .noAccess)
    #expect(AskFault(connecting: .tooManyOpenFiles) == .failed(.tooManyOpenFiles))
  }

  @Test(
    "who may not use the socket has no access, by a short path or a long one",
    .enabled(if: getuid() == 0, "needs root, to become somebody else"),
    arguments: ["", "/" + String(repeating: "l", count: 120)])
  func noAccess(folder: String) throws {
    let fixture = try SocketFixture(folder: folder) { _, _, _ in 0 }
    // root's other groups stay with the thread, so the group would still let it in
    #expect(unsafe chmod(fixture.path, 0o600) == 0)
    let answer = Gate<AskFault>()

    try onOwnThread { [path = fixture.path] in
      becomeNobodyInThisThread()
      do throws(AskFault) { _ = try SocketClient.connect(to: path) } catch { answer.open(error) }
    }

    #expect(answer.wait() == .noAccess)
  }

  @Test("a daemon that ends in the middle of a reply has broken off")
  func brokeOff() throws {
    let begun = Gate<Bool>()
    let fixture = try SocketFixture { _, _, reply in
      try reply.out("begun")
      begun.open(true)
      while true {
        usleep(5000)
        try reply.progress(".")
      }
    }
    let told = Gate<AskFault>()
    try onOwnThread {
      do { _ = try fixture.ask() } catch { if let fault = error as? AskFault { told.open(fault) } }
    }
    #expect(begun.wait() == true)

    #expect(!fixture.server.stop(within: .milliseconds(50)))

    #expect(told.wait() == .brokeOff)
    #expect(fixture.server.stop(), "the handler heard that its client is gone")
  }

  @Test("stopping lets go who has asked nothing and waits for who has")
  func stopping() throws {
    let begun = Gate<Bool>()
    let fixture = try SocketFixture { _, _, reply in
      begun.open(true)
      usleep(300_000)
      try reply.out("done")
      return 8
    }
    let silent = try fixture.client()
    let answer = Gate<Int32>()
    try onOwnThread { if let reply = try? fixture.ask() { answer.open(reply.code) } }
    #expect(begun.wait() == true)
    let start = ContinuousClock.now

    #expect(fixture.server.stop(within: .seconds(9)))

    #expect(ContinuousClock.now - start < .seconds(5), "less than a silent client is given")
    #expect(try silent.isClosed(within: .seconds(1)))
    #expect(answer.wait() == 8)
    #expect(throws: AskFault.nobodyListens) { try fixture.ask() }
    #expect(fixture.server.stop(), "twice is no harm")
  }

  @Test("no descriptor is left behind")
  func descriptors() throws {
    func count() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
    let before = try count()
    for _ in 0..<200 {
      let fixture = try SocketFixture(folder: "/" + String(repeating: "l", count: 120)) { _, _, _ in 0 }
      for _ in 0..<2 { #expect(try fixture.ask().code == 0) }
      #expect(fixture.server.stop())
    }
    // other tests of this process open and close meanwhile, but not one descriptor for each of these servers
    #expect(try count() < before + 150)
  }
}
