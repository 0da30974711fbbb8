// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

extension Folder {
  /// Writes a new file (0640) under a hidden name, for a rename to make visible.
  ///
  /// What an earlier run left under that name is removed first. Durably means that the bytes are on the disk when
  /// this returns.
  func write(_ bytes: [UInt8], hidden name: SpoolName, durably: Bool = false) throws(SpoolFault) {
    try remove(name)
    let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(descriptor.rawValue, name.cString, flags, 0o640)
    guard opened >= 0 else { throw fault(.open, name) }
    let file = FileDescriptor(rawValue: opened)
    do {
      try file.closeAfter {
        try file.writeAll(bytes)
        if durably, fsync(opened) != 0 { throw fault(.sync, name) }
      }
    } catch {
      let reason =
        error as? SpoolFault ?? SpoolFault(.write, "\(path)/\(name.text)", error as? Errno ?? .ioError)
      _ = try? remove(name)  // the first error is the one to report
      throw reason
    }
  }

  /// Writes a file whole: it appears under its name with all its bytes, or not at all.
  func publish(_ bytes: [UInt8], as name: SpoolName) throws(SpoolFault) {
    let hidden = SpoolName(".\(name.text).new")
    try write(bytes, hidden: hidden)
    try rename(hidden, to: self, as: name)
  }

  /// Makes a name a relative link to another in the same folder, replacing what was there in one step.
  func link(_ name: SpoolName, to target: SpoolName) throws(SpoolFault) {
    let hidden = SpoolName(".\(name.text).new")
    try remove(hidden)
    guard unsafe symlinkat(target.cString, descriptor.rawValue, hidden.cString) == 0 else {
      throw fault(.link, name)
    }
    try rename(hidden, to: self, as: name)
  }

  /// Returns where a link points; `nil` if there is no link of that name.
  func destination(of name: SpoolName) throws(SpoolFault) -> SpoolName? {
    var buffer = [CChar](repeating: 0, count: 4096)
    let length = unsafe readlinkat(descriptor.rawValue, name.cString, &buffer, buffer.count)
    if length >= 0 { return SpoolName(bytes: buffer[..<length].map { UInt8(bitPattern: $0) }) }
    if errno == ENOENT || errno == EINVAL { return nil }
    throw fault(.inspect, name)
  }

  /// Brings the folder's own entries to the disk.
  func sync() throws(SpoolFault) {
    guard fsync(descriptor.rawValue) == 0 else { throw SpoolFault(.sync, path, .current) }
  }
}
