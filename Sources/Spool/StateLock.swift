// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// The lock on the state folder, which makes a process the one that writes there and works on the spool.
///
/// It is a lock of the open file (`F_OFD_SETLK`), so the kernel takes it back however the process ends. The file
/// stays; a lock on a file that is removed would let two processes hold one each.
package final class StateLock: Sendable {
  /// Who holds a lock.
  package enum Holder: Hashable, Sendable {
    case nobody
    /// The pid is what the holder wrote into the file, `nil` if it has not yet.
    case process(pid: Int32?)
  }

  /// Why a lock was not had.
  package enum NotLocked: Error, Hashable, Sendable {
    case held(pid: Int32?)
    case failed(SpoolFault)
  }

  private let descriptor: FileDescriptor

  /// Takes the lock `lock` in a state folder, without waiting, and writes the pid into it.
  package init(stateFolder: FilePath) throws(NotLocked) {
    let path = stateFolder.appending("lock").string
    let opened = unsafe open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o640)
    guard opened >= 0 else { throw .failed(SpoolFault(.open, path, .current)) }
    descriptor = FileDescriptor(rawValue: opened)
    var lock = flock.wholeFile
    if unsafe fcntl(opened, lawspeaker_open_file_setlk, &lock) != 0 {
      let reason = Errno.current
      let holder = Self.pid(in: descriptor)
      try? descriptor.close()
      let isHeld = reason == .resourceTemporarilyUnavailable || reason == .permissionDenied
      throw isHeld ? .held(pid: holder) : .failed(SpoolFault(.lock, path, reason))
    }
    do {
      try descriptor.resize(to: 0)
      try descriptor.writeAll(toAbsoluteOffset: 0, Array("\(getpid())\n".utf8))
    } catch {
      try? descriptor.close()
      throw .failed(SpoolFault(.write, path, error as? Errno ?? .ioError))
    }
  }

  deinit { try? descriptor.close() }

  /// Gives the lock back before the object goes; nothing may be written to the state folder after.
  package func release() {
    var lock = flock.wholeFile
    lock.l_type = Int16(F_UNLCK)
    _ = unsafe fcntl(descriptor.rawValue, lawspeaker_open_file_setlk, &lock)
  }

  /// Tells who holds the lock of a state folder, without taking it even for a moment.
  package static func holder(stateFolder: FilePath) throws(SpoolFault) -> Holder {
    let path = stateFolder.appending("lock").string
    let opened = unsafe open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    guard opened >= 0 else {
      if errno == ENOENT { return .nobody }
      throw SpoolFault(.open, path, .current)
    }
    let file = FileDescriptor(rawValue: opened)
    defer { try? file.close() }
    var lock = flock.wholeFile
    guard unsafe fcntl(opened, lawspeaker_open_file_getlk, &lock) == 0 else {
      throw SpoolFault(.lock, path, .current)
    }
    return lock.l_type == Int16(F_UNLCK) ? .nobody : .process(pid: pid(in: file))
  }

  /// Whether somebody holds the lock of a state folder.
  package static func isHeld(stateFolder: FilePath) throws(SpoolFault) -> Bool {
    try holder(stateFolder: stateFolder) != .nobody
  }

  /// The pid the holder wrote: a hint for people.
  private static func pid(in file: FileDescriptor) -> Int32? {
    var buffer = [UInt8](repeating: 0, count: 16)
    let count = unsafe pread(file.rawValue, &buffer, buffer.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: buffer[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self))
  }
}

extension flock {
  /// An exclusive lock on all of a file, as fcntl(2) wants it (`l_pid` is 0 for locks of open files).
  fileprivate static var wholeFile: flock {
    flock(l_type: Int16(F_WRLCK), l_whence: Int16(SEEK_SET), l_start: 0, l_len: 0, l_pid: 0)
  }
}
