// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import SystemPackage

/// The socket's file: its folder, kept open, and its name.
final class SocketFile: Sendable {
  private let path: SocketPath
  private let folder: FileDescriptor

  init(_ path: String) throws(SocketFault) {
    self.path = SocketPath(path)
    do throws(Errno) { folder = try self.path.openFolder() } catch {
      throw SocketFault(.openFolder, path, error)
    }
  }

  deinit { try? folder.close() }

  /// Makes the socket and listens; what a killed daemon left under the name is removed first.
  ///
  /// - Throws: ``SocketFault``, also if something stands there that is no socket: it is not ours to remove.
  func listen() throws(SocketFault) -> FileDescriptor {
    try removeStale()
    let made: FileDescriptor
    do throws(Errno) { made = try localSocket(nonblocking: true) } catch { throw fault(.make, error) }
    do throws(SocketFault) {
      // The file gets the socket's own mode, less the umask: it is closed to others until it is as it shall be.
      guard fchmod(made.rawValue, 0o600) == 0 else { throw fault(.make, .current) }
      do throws(Errno) { try unsafe path.address { unsafe bind(made.rawValue, $0, $1) } } catch {
        throw fault(.make, error)
      }
      try openToGroup()
      guard Glibc.listen(made.rawValue, 64) == 0 else { throw fault(.listen, .current) }
    } catch {
      try? made.close()
      throw error
    }
    return made
  }

  /// Removes the file; that it is gone already is no matter.
  func remove() { _ = unsafe unlinkat(folder.rawValue, path.name, 0) }

  private func removeStale() throws(SocketFault) {
    var status = stat()
    guard unsafe fstatat(folder.rawValue, path.name, &status, AT_SYMLINK_NOFOLLOW) == 0 else {
      if errno == ENOENT { return }
      throw fault(.removeStale, .current)
    }
    guard status.st_mode & S_IFMT == S_IFSOCK else { throw fault(.removeStale, .notSocket) }
    guard unsafe unlinkat(folder.rawValue, path.name, 0) == 0 || errno == ENOENT else {
      throw fault(.removeStale, .current)
    }
  }

  /// Gives the file mode 0660 and the group of the process, by way of the file itself: its name may lead elsewhere by
  /// now, and the umask belongs to all threads.
  private func openToGroup() throws(SocketFault) {
    let opened = unsafe openat(folder.rawValue, path.name, lawspeaker_open_path | O_NOFOLLOW | O_CLOEXEC)
    guard opened >= 0 else { throw fault(.makeAccessible, .current) }
    defer { close(opened) }
    var status = stat()
    guard unsafe fstat(opened, &status) == 0 else { throw fault(.makeAccessible, .current) }
    // Only where the folder gives its own group: the unit's filter of system calls knows no chown.
    if status.st_gid != getegid() {
      let result = unsafe fchownat(opened, "", uid_t.max, getegid(), lawspeaker_at_empty_path)
      guard result == 0 else { throw fault(.makeAccessible, .current) }
    }
    guard unsafe chmod("/proc/self/fd/\(opened)", 0o660) == 0 else { throw fault(.makeAccessible, .current) }
  }

  private func fault(_ operation: SocketFault.Operation, _ reason: Errno) -> SocketFault {
    SocketFault(operation, path.path, reason)
  }
}
