// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// Waits until one of some descriptors has something to read, or the time is over.
///
/// Signals do not end the wait, nor lengthen it.
/// - Parameters:
///   - descriptors: What to wait for.
///   - timeoutMilliseconds: How long to wait; `nil` is for ever, 0 not at all.
/// - Returns: Those that are ready, or whose other end is closed; empty when the time is over.
/// - Throws: ``SpoolFault``, if a descriptor is not open.
package func waitForAny(
  _ descriptors: [FileDescriptor], timeoutMilliseconds: Int? = nil
) throws(SpoolFault) -> [FileDescriptor] {
  var polled = descriptors.map { pollfd(fd: $0.rawValue, events: Int16(POLLIN), revents: 0) }
  let start = ContinuousClock.now
  while true {
    let rest = timeoutMilliseconds.map { max(0, $0 - (ContinuousClock.now - start).wholeMilliseconds) }
    let ready = unsafe poll(&polled, nfds_t(polled.count), rest.map { Int32(clamping: $0) } ?? -1)
    if ready >= 0 { break }
    guard errno == EINTR else { throw SpoolFault(.wait, "descriptors", .current) }
  }
  guard polled.allSatisfy({ $0.revents & Int16(POLLNVAL) == 0 }) else {
    throw SpoolFault(.wait, "descriptors", .badFileDescriptor)
  }
  return polled.filter { $0.revents != 0 }.map { FileDescriptor(rawValue: $0.fd) }
}

extension Duration {
  fileprivate var wholeMilliseconds: Int { Int(self / .milliseconds(1)) }
}

/// A flag another thread raises to end a wait: it stays raised until it is lowered.
package final class WakeEvent: Sendable {
  /// Readable while the flag is raised.
  package let descriptor: FileDescriptor

  package init() throws(SpoolFault) {
    let made = eventfd(0, lawspeaker_eventfd_cloexec | lawspeaker_eventfd_nonblock)
    guard made >= 0 else { throw SpoolFault(.wake, "eventfd", .current) }
    descriptor = FileDescriptor(rawValue: made)
  }

  deinit { try? descriptor.close() }

  /// Raises the flag; any thread may.
  package func signal() {
    var one: UInt64 = 1
    // the one error there can be is a counter at its limit, and then the flag is raised
    _ = unsafe write(descriptor.rawValue, &one, 8)
  }

  /// Lowers the flag; returns whether it was raised.
  @discardableResult package func clear() -> Bool {
    var count: UInt64 = 0
    return unsafe Glibc.read(descriptor.rawValue, &count, 8) == 8
  }
}
