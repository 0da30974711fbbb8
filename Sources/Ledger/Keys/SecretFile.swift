// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Files that hold secrets: the owner's alone, on the disk when a call returns, and overwritten before they go.
package enum SecretFile {
  /// Puts a file (0600) in the place of another, whole or not at all.
  ///
  /// What stood there is overwritten first under its old name. On disks and file systems that write elsewhere than in
  /// place this is no promise.
  /// - Throws: ``LedgerFault/file(path:reason:)``.
  package static func replace(_ path: String, with bytes: [UInt8]) throws {
    let draft = path + ".new"
    unsafe unlink(draft)
    try write(bytes, to: draft, flags: O_CREAT | O_EXCL)
    let old = path + ".old"
    unsafe unlink(old)
    let hadOld = unsafe link(path, old) == 0
    guard unsafe rename(draft, path) == 0 else { throw fault(path) }
    try syncFolder(of: path)
    if hadOld { try erase(old) }
  }

  /// Makes a file (0600) that is not there yet.
  ///
  /// - Throws: ``LedgerFault/file(path:reason:)``, also if there is one.
  package static func create(_ path: String, with bytes: [UInt8]) throws {
    try write(bytes, to: path, flags: O_CREAT | O_EXCL)
    try syncFolder(of: path)
  }

  /// Overwrites a file with zeros and removes it; one that is not there is fine.
  ///
  /// - Throws: ``LedgerFault/file(path:reason:)``.
  package static func erase(_ path: String) throws {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return }
    if status.st_mode & S_IFMT == S_IFREG {
      try write([UInt8](repeating: 0, count: Int(status.st_size)), to: path, flags: 0)
    }
    guard unsafe unlink(path) == 0 else { throw fault(path) }
    try syncFolder(of: path)
  }

  private static func write(_ bytes: [UInt8], to path: String, flags: CInt) throws {
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
    guard file >= 0 else { throw fault(path) }
    defer { close(file) }
    var written = 0
    while written < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        unsafe Glibc.write(file, buffer.baseAddress?.advanced(by: written), buffer.count - written)
      }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw fault(path) }
      written += count
    }
    guard fsync(file) == 0 else { throw fault(path) }
  }

  private static func syncFolder(of path: String) throws { try LedgerFile.syncFolder(of: path) }

  private static func fault(_ path: String) -> LedgerFault {
    .file(path: path, reason: unsafe String(cString: strerror(errno)))
  }
}
