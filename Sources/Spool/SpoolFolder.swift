// SPDX-License-Identifier: Apache-2.0
import CLinux
import SystemPackage

/// The spool: the folders in which case files come in and decisions go out.
///
/// ```
/// incoming/   senders put files here
/// decisions/  <case>/<version>.<suffix> and `latest` links
/// done/       <case>/<version>.<ext>: case files that are decided
/// refused/    what could not be read, each with <name>.diagnostics beside it
/// held/       what the daemon itself failed on, each with <name>.fault beside it
/// ```
///
/// All work goes through the descriptors opened here, never follows a link and never walks down a tree. Nothing is
/// locked: one daemon works on a spool, which holds ``StateLock``.
package final class SpoolFolder: Sendable {
  /// Where the spool is, as it was named.
  package let path: FilePath
  let root: Folder
  let incoming: Folder
  let decisions: Folder
  let done: Folder
  let refused: Folder
  let held: Folder

  /// Opens a spool, making what is missing of its folders (0750).
  ///
  /// The root's parent must be there. The folders in the root must be on its file system, since one rename and one
  /// `syncfs` must do for all of them.
  package init(root path: FilePath) throws(SpoolFault) {
    self.path = path
    root = try Folder.root(path, create: true)
    incoming = try root.folder("incoming", create: true, shownAs: "incoming")
    decisions = try root.folder("decisions", create: true, shownAs: "decisions")
    done = try root.folder("done", create: true, shownAs: "done")
    refused = try root.folder("refused", create: true, shownAs: "refused")
    held = try root.folder("held", create: true, shownAs: "held")
    let device = try root.status(of: ".")?.identity.device
    for folder in [incoming, decisions, done, refused, held] {
      guard try folder.status(of: ".")?.identity.device == device else {
        throw SpoolFault(.open, folder.path, .improperLink)
      }
    }
  }

  /// Brings everything written to the spool's file system to the disk, with one `syncfs`.
  ///
  /// - Throws: ``SpoolFault`` with `isFatal`: what went before cannot be acknowledged, now or by trying again.
  package func sync() throws(SpoolFault) {
    guard syncfs(root.descriptor.rawValue) == 0 else { throw SpoolFault(.sync, path.string, .current) }
  }
}
