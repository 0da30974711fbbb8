// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// An inotify watch on a folder and those below it, that tells only that something changed.
///
/// Made for `rulepacks/`: the root, each pack's folder, its `text/` and `tests/`, and those below. Links are not followed.
package final class ChangeWatch: Sendable {
  /// How many folders below the root are watched, counting each step down.
  package static let depth = 3

  /// Readable when something changed since the last ``rearm()``.
  package let descriptor: FileDescriptor
  private let root: FilePath

  /// Sets the watch.
  ///
  /// - Throws: ``SpoolFault``, if the root is not there or the limit of watches is reached.
  package init(root: FilePath) throws(SpoolFault) {
    self.root = root
    descriptor = try FileDescriptor.inotify()
    do throws(SpoolFault) {
      try watch(Folder.root(root, create: false), depth: 0)
    } catch {
      try? descriptor.close()
      throw error
    }
  }

  deinit { try? descriptor.close() }

  /// Discards what was reported and watches folders that are new.
  ///
  /// Call it when ``descriptor`` is readable, *before* reading the folder: what changes while it is read then makes
  /// the descriptor readable again, and no change is missed.
  package func rearm() throws(SpoolFault) {
    try descriptor.drainEvents { _ in }
    try watch(Folder.root(root, create: false), depth: 0)
  }

  /// Watches a folder and, to the limit, those in it; watching one that is watched changes nothing.
  private func watch(_ folder: Folder, depth: Int) throws(SpoolFault) {
    let changes = IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_ATTRIB
    let mask = changes | IN_DELETE_SELF | IN_MOVE_SELF | IN_ONLYDIR
    let path = "/proc/self/fd/\(folder.descriptor.rawValue)"
    guard unsafe inotify_add_watch(descriptor.rawValue, path, UInt32(mask)) >= 0 else {
      throw SpoolFault(.watch, folder.path, .current)
    }
    guard depth < Self.depth else { return }
    for name in try folder.names() {
      // what vanished meanwhile was reported by the watch just set
      guard let text = name.utf8Text, try folder.status(of: name)?.kind == .folder else { continue }
      guard let inner = try? folder.folder(text, create: false) else { continue }
      try watch(inner, depth: depth + 1)
    }
  }
}
