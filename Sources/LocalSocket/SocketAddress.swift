// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import SystemPackage

/// A path taken apart: the folder, and the name in it.
struct SocketPath: Hashable {
  let path: String
  let folder: String
  let name: String

  init(_ path: String) {
    self.path = path
    let slash = path.lastIndex(of: "/")
    folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    name = slash.map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// Opens the folder itself, for names in it; no right to list it is needed.
  func openFolder() throws(Errno) -> FileDescriptor {
    let opened = unsafe open(folder, lawspeaker_open_path | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .current }
    return FileDescriptor(rawValue: opened)
  }

  /// Hands the address to `bind` or `connect`, by way of the open folder where the path is too long for one.
  ///
  /// An address has room for 107 bytes (unix(7)), less than a path may have.
  func address(_ call: (UnsafePointer<sockaddr>, socklen_t) -> CInt) throws(Errno) {
    guard path.utf8.count >= Self.room else { return try unsafe Self.give(path, to: call) }
    let folder = try openFolder()
    defer { try? folder.close() }
    try unsafe Self.give("/proc/self/fd/\(folder.rawValue)/\(name)", to: call)
  }

  private static let room = MemoryLayout.size(ofValue: sockaddr_un().sun_path)

  private static func give(
    _ path: String, to call: (UnsafePointer<sockaddr>, socklen_t) -> CInt
  ) throws(Errno) {
    var address = sockaddr_un()
    guard path.utf8.count < room else { throw .fileNameTooLong }
    guard !path.utf8.contains(0) else { throw .invalidArgument }
    address.sun_family = sa_family_t(AF_UNIX)
    unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: path.utf8) }
    let length = socklen_t(MemoryLayout<sockaddr_un>.size)
    var result: CInt = 0
    repeat {
      result = unsafe withUnsafePointer(to: &address) { pointer in
        unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { unsafe call($0, length) }
      }
    } while result != 0 && errno == EINTR
    guard result == 0 else { throw .current }
  }
}

/// A socket of this kind that is not bound or connected yet.
func localSocket(nonblocking: Bool = false) throws(Errno) -> FileDescriptor {
  let flags = Int32(SOCK_CLOEXEC.rawValue) | (nonblocking ? Int32(SOCK_NONBLOCK.rawValue) : 0)
  let made = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | flags, 0)
  guard made >= 0 else { throw .current }
  return FileDescriptor(rawValue: made)
}
