// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import SystemPackage
import Testing

@testable import Spool

@Suite("Watching", .timeLimit(.minutes(30))) struct WatchTests {
  let fixture: SpoolFixture

  init() throws { fixture = try SpoolFixture() }

  private func isReadable(_ descriptor: FileDescriptor) throws -> Bool {
    try waitForAny([descriptor], timeoutMilliseconds: 0) == [descriptor]
  }

  @Test("files moved in or closed after writing are named, those only begun are not")
  func names() throws {
    let watch = try Watch(fixture.spool)
    let open = try FileDescriptor.open(
      FilePath(fixture.path + "/incoming/begun"), .writeOnly, options: .create, permissions: .ownerReadWrite)
    defer { try? open.close() }
    try open.writeAll(bytes("half"))
    let before = try isReadable(watch.descriptor)
    try fixture.put("", at: "written")
    try fixture.put("", at: "incoming/closed")
    _ = unsafe rename(fixture.path + "/written", fixture.path + "/incoming/moved")

    let after = try isReadable(watch.descriptor)
    let reading = try watch.drain()

    #expect(!before && after)
    #expect(reading.names.isSuperset(of: ["closed", "moved"]))
    #expect(!reading.names.contains("begun"))
    #expect(!reading.overflowed && !reading.gone)
    #expect(try watch.drain() == Watch.Reading())
  }

  @Test("a folder that is moved away is told")
  func gone() throws {
    let watch = try Watch(fixture.spool)
    _ = unsafe rename(fixture.path + "/incoming", fixture.path + "/elsewhere")

    #expect(try watch.drain().gone)
  }

  @Test("events are taken apart as inotify lays them out, an overflow and a cut-off end among them")
  func events() {
    func event(_ mask: Int, _ name: String, padded: Int) -> [UInt8] {
      let words = [1, UInt32(mask), 0, UInt32(padded)]
      let head = words.flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } }
      return head + bytes(name) + [UInt8](repeating: 0, count: padded - name.utf8.count)
    }
    let buffer =
      event(Int(IN_CLOSE_WRITE), "a.yaml", padded: 16) + event(Int(IN_Q_OVERFLOW), "", padded: 0)
      + event(Int(IN_MOVED_TO), "exactly-sixteen!", padded: 16)

    let events = WatchEvent.events(in: buffer)

    #expect(events.map(\.name) == ["a.yaml", nil, "exactly-sixteen!"])
    #expect(events.map(\.mask) == [UInt32(IN_CLOSE_WRITE), UInt32(IN_Q_OVERFLOW), UInt32(IN_MOVED_TO)])
    #expect(Watch.Reading(events).overflowed)
    #expect(Watch.Reading(events).names == ["a.yaml", "exactly-sixteen!"])
    #expect(WatchEvent.events(in: Array(buffer.dropLast(20))).count == 2)
    #expect(WatchEvent.events(in: []) == [])
  }

  @Test("a change anywhere in the packs is told, also in a folder that came after the watch was set")
  func changes() throws {
    let packs = fixture.path + "/packs"
    try FileManager.default.createDirectory(
      atPath: packs + "/norway/text/deep/deeper", withIntermediateDirectories: true)
    let watch = try ChangeWatch(root: FilePath(packs))
    func change(_ act: () throws -> Void) throws -> Bool {
      try watch.rearm()
      try #require(try !isReadable(watch.descriptor))
      try act()
      return try isReadable(watch.descriptor)
    }

    #expect(try change { try fixture.put("", at: "packs/top.yaml") })
    #expect(try change { try fixture.put("", at: "packs/norway/rules.yaml") })
    #expect(try change { try fixture.put("", at: "packs/norway/text/a.txt") })
    #expect(try change { try FileManager.default.removeItem(atPath: packs + "/norway/text/a.txt") })
    #expect(
      try change {
        try FileManager.default.createDirectory(
          atPath: packs + "/un/tests", withIntermediateDirectories: true)
      })
    #expect(try change { try fixture.put("", at: "packs/un/tests/case.yaml") })
    #expect(try !change { try fixture.put("", at: "packs/norway/text/deep/deeper/draft.txt") })
  }
}

@Suite("Waiting for descriptors", .timeLimit(.minutes(30))) struct WakeTests {
  @Test("a raised flag ends the wait until it is lowered")
  func flag() throws {
    let (raised, other) = try (WakeEvent(), WakeEvent())
    let both = [raised.descriptor, other.descriptor]

    #expect(try waitForAny(both, timeoutMilliseconds: 0) == [])
    raised.signal()
    raised.signal()
    #expect(try waitForAny(both) == [raised.descriptor])
    #expect(raised.clear())
    #expect(!raised.clear())
    #expect(try waitForAny(both, timeoutMilliseconds: 0) == [])
  }

  @Test("another thread ends a wait that has no end")
  func thread() throws {
    let wake = try WakeEvent()
    let thread = Thread.detached { wake.signal() }

    let ready = try waitForAny([wake.descriptor])
    thread.join()

    #expect(ready == [wake.descriptor])
  }

  @Test("a wait with an end ends, and not before")
  func timeout() throws {
    let wake = try WakeEvent()
    let start = ContinuousClock.now

    let ready = try waitForAny([wake.descriptor], timeoutMilliseconds: 20)

    #expect(ready == [])
    #expect(ContinuousClock.now - start >= .milliseconds(19))
  }

  @Test("waiting for a descriptor that is closed is a fault, not a wait")
  func closed() throws {
    let fault = #expect(throws: SpoolFault.self) { try waitForAny([FileDescriptor(rawValue: 900)]) }

    #expect(fault?.reason == .badFileDescriptor)
  }
}
