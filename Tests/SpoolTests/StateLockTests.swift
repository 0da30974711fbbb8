// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import SystemPackage
import Testing

@testable import Spool

@Suite("The lock on the state folder") struct StateLockTests {
  let fixture: SpoolFixture
  var state: FilePath { FilePath(fixture.path) }

  init() throws { fixture = try SpoolFixture() }

  @Test("one process holds it, and others are told which")
  func held() throws {
    let lock = try StateLock(stateFolder: state)

    let refused = #expect(throws: StateLock.NotLocked.self) { try StateLock(stateFolder: state) }

    #expect(refused == .held(pid: getpid()))
    #expect(try StateLock.holder(stateFolder: state) == .process(pid: getpid()))
    lock.release()
  }

  @Test("asking takes nothing, and says so where nobody holds it or there is no lock yet")
  func free() throws {
    #expect(try !StateLock.isHeld(stateFolder: state))
    try StateLock(stateFolder: state).release()
    #expect(try StateLock.holder(stateFolder: state) == .nobody)

    let next = try StateLock(stateFolder: state)

    #expect(try StateLock.isHeld(stateFolder: state))
    next.release()
  }

  @Test("a lock that is given back is free at once, though its object lives on")
  func released() throws {
    let lock = try StateLock(stateFolder: state)
    lock.release()

    let isHeld = try StateLock.isHeld(stateFolder: state)

    withExtendedLifetime(lock) { #expect(!isHeld) }
  }

  @Test("a killed process holds it no longer")
  func killed() async throws {
    await #expect(processExitsWith: .signal(SIGKILL)) { [path = fixture.path as String] in
      let lock = try StateLock(stateFolder: FilePath(path))
      kill(getpid(), SIGKILL)
      lock.release()
    }
    let left = try fixture.text(at: "lock")

    let lock = try StateLock(stateFolder: state)

    #expect(left != "\(getpid())\n" && !left.isEmpty)
    #expect(try fixture.text(at: "lock") == "\(getpid())\n")
    lock.release()
  }
}
