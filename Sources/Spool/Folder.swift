// SPDX-License-Identifier: Apache-2.0
import CLinux
import Glibc
import SystemPackage

/// One open folder, through which objects are named without ever following a link or walking down a path.
final class Folder: Sendable {
  let descriptor: FileDescriptor
  /// What faults call the folder: its path below the spool's root.
  let path: String

  private init(descriptor: FileDescriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  deinit {
    try? descriptor.close()  // read-only descriptor of a folder: nothing is lost if closing fails
  }

  /// Opens the root, which an operator names and which may lie behind links.
  ///
  /// - Throws: ``SpoolFault``, if the folder cannot be made (its parent must be there) or opened.
  static func root(_ path: FilePath, create: Bool) throws(SpoolFault) -> Folder {
    let shown = path.string
    if create, unsafe mkdir(shown, 0o750) != 0, errno != EEXIST {
      throw SpoolFault(.createFolder, shown, .current)
    }
    let opened = unsafe open(shown, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw SpoolFault(.open, shown, .current) }
    return Folder(descriptor: FileDescriptor(rawValue: opened), path: shown)
  }

  /// Opens a folder directly below this one, making it (0750) where it is missing if asked to.
  func folder(_ name: String, create: Bool, shownAs shown: String? = nil) throws(SpoolFault) -> Folder {
    let shown = shown ?? "\(path)/\(name)"
    if create, unsafe mkdirat(descriptor.rawValue, name, 0o750) != 0, errno != EEXIST {
      throw SpoolFault(.createFolder, shown, .current)
    }
    let flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC
    let opened = unsafe openat(descriptor.rawValue, name, flags)
    guard opened >= 0 else { throw SpoolFault(.open, shown, .current) }
    return Folder(descriptor: FileDescriptor(rawValue: opened), path: shown)
  }

  /// Returns what stands under a name, itself and not what a link points to; `nil` if nothing does.
  func status(of name: SpoolName) throws(SpoolFault) -> ObjectStatus? {
    var status = stat()
    let result = unsafe fstatat(descriptor.rawValue, name.cString, &status, AT_SYMLINK_NOFOLLOW)
    if result == 0 { return ObjectStatus(status) }
    if errno == ENOENT { return nil }
    throw fault(.inspect, name)
  }

  /// Returns the names in the folder in no order, without `.` and `..`.
  func names() throws(SpoolFault) -> [SpoolName] {
    let own = unsafe openat(descriptor.rawValue, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard own >= 0 else { throw SpoolFault(.list, path, .current) }
    guard let stream = unsafe fdopendir(own) else {
      let reason = Errno.current
      close(own)
      throw SpoolFault(.list, path, reason)
    }
    defer { unsafe closedir(stream) }
    var names: [SpoolName] = []
    errno = 0
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { raw in
        unsafe SpoolName(bytes: Array(raw.prefix { $0 != 0 }))
      }
      if name != "." && name != ".." { names.append(name) }
      errno = 0
    }
    guard errno == 0 else { throw SpoolFault(.list, path, .current) }
    return names
  }

  /// Renames an object into a folder of the same file system, replacing what is there.
  func rename(_ name: SpoolName, to target: Folder, as newName: SpoolName) throws(SpoolFault) {
    let result = unsafe renameat(
      descriptor.rawValue, name.cString, target.descriptor.rawValue, newName.cString)
    guard result == 0 else { throw fault(.rename, name) }
  }

  /// Renames an object into a folder of the same file system; returns whether the new name was free.
  func renameIfFree(_ name: SpoolName, to target: Folder, as newName: SpoolName) throws(SpoolFault) -> Bool {
    let result = unsafe renameat2(
      descriptor.rawValue, name.cString, target.descriptor.rawValue, newName.cString,
      lawspeaker_rename_noreplace)
    if result == 0 { return true }
    if errno == EEXIST { return false }
    throw fault(.rename, name)
  }

  /// Removes a name that is no folder; returns whether it was there.
  @discardableResult func remove(_ name: SpoolName) throws(SpoolFault) -> Bool {
    if unsafe unlinkat(descriptor.rawValue, name.cString, 0) == 0 { return true }
    if errno == ENOENT { return false }
    throw fault(.remove, name)
  }

  func fault(_ operation: SpoolFault.Operation, _ name: SpoolName) -> SpoolFault {
    SpoolFault(operation, "\(path)/\(name.text)", .current)
  }
}

extension Errno {
  /// The calling thread's last error; freeing an argument after the call leaves it alone (glibc 2.33 and later).
  static var current: Errno { Errno(rawValue: errno) }
}

extension SpoolName {
  /// The bytes as C has them, ended by a zero.
  var cString: [CChar] { bytes.map { CChar(bitPattern: $0) } + [0] }
}
