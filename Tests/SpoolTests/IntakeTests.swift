// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage
import Testing

@testable import Spool

@Suite("Reading one object") struct IntakeTests {
  let fixture: SpoolFixture

  init() throws { fixture = try SpoolFixture() }

  @Test("a file is given with its bytes, its owner and its time")
  func file() throws {
    try fixture.put("lawspeaker: 1\n", at: "incoming/a.yaml", modified: 77)

    let file = try fixture.take("a.yaml")

    #expect(file.bytes == bytes("lawspeaker: 1\n"))
    #expect(file.owner == getuid())
    #expect(file.modified == FileTime(seconds: 77))
  }

  @Test("an empty file is a file")
  func empty() throws {
    try fixture.put("", at: "incoming/a.yaml")

    #expect(try fixture.take("a.yaml").bytes == [])
  }

  @Test("a name under which nothing stands is gone", arguments: ["a.yaml", "a\u{1}.yaml"])
  func gone(name: String) throws {
    #expect(try fixture.spool.read(SpoolName(name)) == .gone)
  }

  @Test(
    "an object that is no file is told by its kind, without waiting and without following",
    .timeLimit(.minutes(30)),
    arguments: HostileKind.allCases)
  func kinds(kind: HostileKind) throws {
    try kind.make(at: fixture.path + "/incoming/a.yaml")

    let object = try fixture.hostile("a.yaml")

    #expect(object.reason == kind.reason)
    #expect(object.identity != nil)
  }

  @Test("a device is told by its kind", .enabled(if: getuid() == 0, "only root can make a device"))
  func device() throws {
    let made = unsafe mknod(fixture.path + "/incoming/a.yaml", S_IFCHR | 0o666, 0x103)
    try #require(made == 0)

    #expect(try fixture.hostile("a.yaml").reason == .device)
  }

  @Test("a file of the greatest size is read, one byte more is not")
  func limit() throws {
    try fixture.put("12345678", at: "incoming/fits")
    try fixture.put("123456789", at: "incoming/large")

    guard case .file(let file) = try fixture.spool.read("fits", maximumBytes: 8) else {
      Issue.record("a file of the greatest size was not read")
      return
    }

    #expect(file.bytes.count == 8)
    #expect(try fixture.hostile("large", maximumBytes: 8).reason == .tooLarge)
  }

  @Test("a file of 100 MB that is all hole is refused by its size")
  func sparse() throws {
    let file = try FileDescriptor.open(
      FilePath(fixture.path + "/incoming/a.yaml"), .writeOnly, options: .create, permissions: .ownerReadWrite)
    try file.resize(to: 100 << 20)
    try file.close()

    #expect(try fixture.hostile("a.yaml").reason == .tooLarge)
  }

  @Test(
    "a file that the daemon may not read is told, and not taken",
    .enabled(
      if: getuid() != 0, "root may read every file, so this is seen only when the tests run as another user"))
  func unreadable() throws {
    try fixture.put("secret", at: "incoming/a.yaml")
    try #require(unsafe chmod(fixture.path + "/incoming/a.yaml", 0) == 0)

    #expect(try fixture.hostile("a.yaml").reason == .unreadable)
  }

  @Test(
    "a name that is not plain is told by it",
    arguments: [
      bytes(String(repeating: "n", count: 201)), bytes(String(repeating: "n", count: 255)),
      bytes("a\nb.yaml"),
      bytes("a\u{1B}[31m.yaml"), bytes("a\u{7F}"), bytes("a\u{85}"), bytes("abc\u{202E}lmay.exe"),
      [0x61, 0xFF],
    ])
  func names(name: [UInt8]) throws {
    try fixture.spool.incoming.write([], hidden: SpoolName(bytes: name))

    #expect(try fixture.hostile(SpoolName(bytes: name)).reason == .nameNotPlain)
  }

  @Test(
    "a name of 200 bytes or in any script is plain",
    arguments: [
      String(repeating: "n", count: 200), "sak 1 (kopi).yaml", "дело.yaml",
      "\u{645}\u{6CC}\u{200C}\u{62E}.json",
    ])
  func plainNames(name: String) throws {
    #expect(SpoolName(name).isPlain)
  }

  @Test("a file that changes while it is read waits for the next pass")
  func changing() async throws {
    // the kernel's clock of files ticks in milliseconds, so what tells is mostly the size
    let path = FilePath(fixture.path + "/incoming/a.yaml")
    let file = try FileDescriptor.open(path, .writeOnly, options: .create, permissions: .ownerReadWrite)
    let size = 1 << 19
    let stop = try WakeEvent()
    let writer = Thread.detached {
      while (try? waitForAny([stop.descriptor], timeoutMilliseconds: 0))?.isEmpty == true {
        try? file.resize(to: 0)
        _ = try? file.writeAll(toAbsoluteOffset: 0, [UInt8](repeating: 0x61, count: size))
      }
    }
    defer {
      stop.signal()
      writer.join()
      try? file.close()
    }

    var outcomes: Set<String> = []
    for _ in 0..<20_000 where outcomes.isEmpty {
      switch try fixture.spool.read("a.yaml") {
      case .changing: outcomes.insert("changing")
      case .file(let file): #expect(file.bytes.count == file.identity.size)
      case .gone, .hostile: Issue.record("a file that is written is neither gone nor hostile")
      }
    }

    #expect(outcomes == ["changing"])
  }

  @Test("every reason has a code, one sentence and a way out", arguments: HostileObject.Reason.allCases)
  func words(reason: HostileObject.Reason) {
    let object = HostileObject(name: "a", reason: reason, maximumBytes: 1 << 20, identity: nil, owner: nil)

    #expect(reason.code.allSatisfy { $0.isLowercase || $0 == "-" })
    for text in [object.message, object.hint] {
      #expect(text.first?.isLowercase == true && text.last != "." && !text.contains("\n"))
    }
  }
}
