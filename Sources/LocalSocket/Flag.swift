// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import SystemPackage

/// A flag that one thread raises and another waits for, among other descriptors (`eventfd(2)`).
final class Flag: Sendable {
  /// Readable while the flag is raised.
  let descriptor: FileDescriptor

  init() throws(Errno) {
    let made = eventfd(0, lawspeaker_eventfd_cloexec | lawspeaker_eventfd_nonblock)
    guard made >= 0 else { throw .current }
    descriptor = FileDescriptor(rawValue: made)
  }

  deinit { try? descriptor.close() }

  func raise() {
    var one: UInt64 = 1
    // the one error there can be is a counter at its limit, and then the flag is raised
    _ = unsafe write(descriptor.rawValue, &one, 8)
  }

  func lower() {
    var count: UInt64 = 0
    _ = unsafe read(descriptor.rawValue, &count, 8)
  }
}
