// SPDX-License-Identifier: Apache-2.0
internal import Glibc
internal import SystemPackage

/// Who is at the other end of a connection, as the kernel knows it from the moment of connecting (`SO_PEERCRED`).
package struct Peer: Hashable, Sendable {
  /// The effective user.
  package var uid: UInt32
  /// The effective group.
  package var gid: UInt32
  /// The process, which may have ended or handed the connection on since: a hint for people.
  package var pid: Int32

  /// Names a peer, for whoever asks without a socket.
  package init(uid: UInt32, gid: UInt32, pid: Int32) {
    self.uid = uid
    self.gid = gid
    self.pid = pid
  }

  /// Asks the kernel who connected.
  init(of connection: FileDescriptor) throws(Errno) {
    var credentials: [UInt32] = [0, 0, 0]  // struct ucred of unix(7): pid, uid, gid
    var length = socklen_t(credentials.count * MemoryLayout<UInt32>.size)
    let result = unsafe getsockopt(
      connection.rawValue, SOL_SOCKET, SO_PEERCRED, &credentials, &length)
    guard result == 0 else { throw .current }
    self.init(uid: credentials[1], gid: credentials[2], pid: Int32(truncatingIfNeeded: credentials[0]))
  }
}

extension Errno {
  /// The calling thread's last error; freeing an argument after the call leaves it alone (glibc 2.33 and later).
  static var current: Errno { Errno(rawValue: errno) }
}
