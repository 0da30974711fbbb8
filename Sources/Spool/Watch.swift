// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// An inotify watch on `incoming/`: it wakes the daemon and names files that are whole, no more.
///
/// It has no thread of its own: wait for ``descriptor`` with ``waitForAny(_:timeoutMilliseconds:)``, then ``drain()``.
/// Set it before the first scan, so that nothing falls between.
package final class Watch: Sendable {
  /// What was reported since the last time.
  package struct Reading: Hashable, Sendable {
    /// Names moved in or closed after writing.
    package var names: Set<SpoolName> = []
    /// Whether the kernel's queue was full and events were lost, so that only a scan tells.
    package var overflowed = false
    /// Whether the folder itself was removed or moved away, so that the spool must be opened anew.
    package var gone = false

    package init() {}

    init(_ events: [WatchEvent]) {
      for event in events {
        if event.means(IN_Q_OVERFLOW) { overflowed = true }
        if event.means(IN_DELETE_SELF | IN_MOVE_SELF | IN_IGNORED | IN_UNMOUNT) { gone = true }
        if event.means(IN_CLOSE_WRITE | IN_MOVED_TO), let name = event.name { names.insert(name) }
      }
    }
  }

  /// Readable when something was reported.
  package let descriptor: FileDescriptor

  /// Sets the watch on the `incoming/` of a spool.
  package init(_ spool: SpoolFolder) throws(SpoolFault) {
    descriptor = try FileDescriptor.inotify()
    let mask = IN_CLOSE_WRITE | IN_MOVED_TO | IN_ONLYDIR | IN_DELETE_SELF | IN_MOVE_SELF
    // by way of /proc, so that exactly the open folder is watched, wherever its path leads by now
    let folder = "/proc/self/fd/\(spool.incoming.descriptor.rawValue)"
    guard unsafe inotify_add_watch(descriptor.rawValue, folder, UInt32(mask)) >= 0 else {
      let reason = Errno.current
      try? descriptor.close()
      throw SpoolFault(.watch, spool.incoming.path, reason)
    }
  }

  deinit { try? descriptor.close() }

  /// Returns everything reported so far, without waiting.
  package func drain() throws(SpoolFault) -> Reading {
    var events: [WatchEvent] = []
    try descriptor.drainEvents { events.append($0) }
    return Reading(events)
  }
}

/// One event, as inotify(7) lays it out: watch, mask, cookie and length in four bytes each, then the padded name.
struct WatchEvent: Hashable {
  var mask: UInt32
  var name: SpoolName?

  func means<Kind: BinaryInteger>(_ kinds: Kind) -> Bool { mask & UInt32(truncatingIfNeeded: kinds) != 0 }

  /// Takes apart what one `read` of an inotify descriptor gave.
  static func events(in bytes: [UInt8]) -> [WatchEvent] {
    func word(_ at: Int) -> UInt32 {
      unsafe bytes.withUnsafeBytes { unsafe $0.loadUnaligned(fromByteOffset: at, as: UInt32.self) }
    }
    var events: [WatchEvent] = []
    var start = 0
    while start + 16 <= bytes.count {
      let nameEnd = min(start + 16 + Int(word(start + 12)), bytes.count)
      let name = bytes[(start + 16)..<nameEnd].prefix { $0 != 0 }
      events.append(
        WatchEvent(mask: word(start + 4), name: name.isEmpty ? nil : SpoolName(bytes: Array(name))))
      start = nameEnd
    }
    return events
  }
}

extension FileDescriptor {
  /// Makes an inotify instance whose reads do not wait.
  static func inotify() throws(SpoolFault) -> FileDescriptor {
    let made = inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK))
    guard made >= 0 else { throw SpoolFault(.watch, "inotify", .current) }
    return FileDescriptor(rawValue: made)
  }

  /// Reads all events that are there, and hands each on.
  func drainEvents(_ each: (WatchEvent) -> Void) throws(SpoolFault) {
    while true {
      let bytes: [UInt8]
      do {
        bytes = try unsafe [UInt8](unsafeUninitializedCapacity: 64 << 10) { buffer, filled in
          filled = try unsafe read(into: UnsafeMutableRawBufferPointer(buffer))
        }
      } catch Errno.wouldBlock {
        return
      } catch {
        throw SpoolFault(.watch, "inotify", error as? Errno ?? .ioError)
      }
      if bytes.isEmpty { return }
      WatchEvent.events(in: bytes).forEach(each)
    }
  }
}
