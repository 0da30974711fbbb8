// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// A case file as it was read, once, through one descriptor; all that follows uses these bytes.
package struct TakenFile: Hashable, Sendable {
  package var name: SpoolName
  package var bytes: [UInt8]
  /// The owner's uid.
  package var owner: UInt32
  /// Tells later whether the name still stands for what was read.
  package var identity: FileIdentity

  /// The time of modification, by which files of one case are ordered.
  package var modified: FileTime { identity.modified }
}

/// What came of reading one name in `incoming/`.
package enum Intake: Hashable, Sendable {
  case file(TakenFile)
  case hostile(HostileObject)
  /// The file changed while it was read, and waits for the next pass.
  case changing
  /// Nothing stands under the name any more.
  case gone
}

extension SpoolFolder {
  /// Reads one object of `incoming/`, if it is an ordinary file that nobody is changing.
  ///
  /// Opening neither follows a link nor waits for a pipe's writer; the kind and the size are asked of the open
  /// descriptor, before memory is taken.
  /// - Throws: ``SpoolFault``, only if the process itself lacks descriptors or memory.
  package func read(_ name: SpoolName, maximumBytes: Int = 1 << 20) throws(SpoolFault) -> Intake {
    guard name.isPlain else {
      guard let status = try incoming.status(of: name) else { return .gone }
      return .hostile(HostileObject(name, .nameNotPlain, maximumBytes, status))
    }
    let flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC | O_NOCTTY
    let opened = unsafe openat(incoming.descriptor.rawValue, name.cString, flags)
    guard opened >= 0 else { return try intake(ofUnopened: name, Errno.current, maximumBytes) }
    let file = FileDescriptor(rawValue: opened)
    defer { try? file.close() }  // read only: nothing is lost if closing fails
    guard let before = file.status() else { throw incoming.fault(.inspect, name) }
    if let reason = HostileObject.Reason(before, maximumBytes: maximumBytes) {
      return .hostile(HostileObject(name, reason, maximumBytes, before))
    }
    guard let bytes = file.bytes(count: Int(before.identity.size)) else {
      return .hostile(HostileObject(name, .unreadable, maximumBytes, before))
    }
    guard let after = file.status() else { throw incoming.fault(.inspect, name) }
    guard before.identity == after.identity, bytes.count == before.identity.size else { return .changing }
    return .file(TakenFile(name: name, bytes: bytes, owner: before.owner, identity: before.identity))
  }

  /// Tells what an object is that could not be opened.
  private func intake(ofUnopened name: SpoolName, _ reason: Errno, _ maximumBytes: Int) throws(SpoolFault)
    -> Intake
  {
    switch reason {
    case .noSuchFileOrDirectory: return .gone
    case .tooManyOpenFiles, .tooManyOpenFilesInSystem, .noMemory, .interrupted:
      throw SpoolFault(.open, "\(incoming.path)/\(name.text)", reason)
    default: break
    }
    guard let status = try incoming.status(of: name) else { return .gone }
    let hostile = HostileObject.Reason(status, maximumBytes: maximumBytes) ?? .unreadable
    return .hostile(HostileObject(name, hostile, maximumBytes, status))
  }
}

extension HostileObject {
  fileprivate init(_ name: SpoolName, _ reason: Reason, _ maximumBytes: Int, _ status: ObjectStatus) {
    self.init(
      name: name, reason: reason, maximumBytes: maximumBytes, identity: status.identity, owner: status.owner)
  }
}

extension HostileObject.Reason {
  /// Why an object of this kind and size is not read; `nil` for a file that may be.
  fileprivate init?(_ status: ObjectStatus, maximumBytes: Int) {
    switch status.kind {
    case .file where status.identity.size <= maximumBytes: return nil
    case .file: self = .tooLarge
    case .folder: self = .folder
    case .link: self = .link
    case .pipe: self = .pipe
    case .socket: self = .socket
    case .device: self = .device
    }
  }
}

extension FileDescriptor {
  /// Returns what `fstat` says; `nil` with `errno` set if it fails.
  fileprivate func status() -> ObjectStatus? {
    var status = Glibc.stat()
    return unsafe fstat(rawValue, &status) == 0 ? ObjectStatus(status) : nil
  }

  /// Reads up to one byte more than `count`, so that a file that grew shows; `nil` if reading fails.
  fileprivate func bytes(count: Int) -> [UInt8]? {
    try? unsafe [UInt8](unsafeUninitializedCapacity: count + 1) { buffer, filled in
      while filled < buffer.count {
        let rest = unsafe UnsafeMutableRawBufferPointer(
          rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
        let read = try unsafe self.read(into: rest)
        if read == 0 { break }
        filled += read
      }
    }
  }
}
