// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A time of the file system or of the caller's clock, in seconds and nanoseconds since 1970-01-01 UTC.
package struct FileTime: Hashable, Sendable, Comparable {
  package var seconds: Int64
  package var nanoseconds: Int64

  /// Makes a time; nanoseconds are 0 to 999,999,999.
  package init(seconds: Int64, nanoseconds: Int64 = 0) {
    self.seconds = seconds
    self.nanoseconds = nanoseconds
  }

  package static func < (a: Self, b: Self) -> Bool {
    (a.seconds, a.nanoseconds) < (b.seconds, b.nanoseconds)
  }

  /// How far two times are apart, whichever comes first.
  package func distance(to other: Self) -> Duration {
    let (early, late) = self < other ? (self, other) : (other, self)
    return .seconds(late.seconds - early.seconds) + .nanoseconds(late.nanoseconds - early.nanoseconds)
  }
}

/// What tells whether the object under a name is still the one that was read.
package struct FileIdentity: Hashable, Sendable {
  package var device: UInt64
  package var inode: UInt64
  package var size: Int64
  package var modified: FileTime
  /// The time of the last change of any kind, which no sender can set.
  package var changed: FileTime

  /// Whether this is the same file with the same bytes, though it may have been renamed, which sets `changed`.
  func isSameContent(as other: Self) -> Bool {
    var renamed = other
    renamed.changed = changed
    return self == renamed
  }
}

/// What kind of object stands under a name.
enum ObjectKind: Hashable, Sendable {
  case file, folder, link, pipe, socket, device
}

/// What `fstat` says of an object.
struct ObjectStatus: Hashable, Sendable {
  var kind: ObjectKind
  var owner: UInt32
  var identity: FileIdentity

  init(_ status: stat) {
    kind =
      switch status.st_mode & S_IFMT {
      case S_IFREG: .file
      case S_IFDIR: .folder
      case S_IFLNK: .link
      case S_IFIFO: .pipe
      case S_IFSOCK: .socket
      default: .device
      }
    owner = status.st_uid
    identity = FileIdentity(
      device: UInt64(status.st_dev), inode: UInt64(status.st_ino), size: Int64(status.st_size),
      modified: FileTime(status.st_mtim), changed: FileTime(status.st_ctim))
  }
}

extension FileTime {
  init(_ time: timespec) { self.init(seconds: Int64(time.tv_sec), nanoseconds: Int64(time.tv_nsec)) }
}
