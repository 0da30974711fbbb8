// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// What became of a name that was to leave `incoming/`.
package enum Departure: Hashable, Sendable {
  /// The object left; its path below the spool's root, `nil` if it was removed.
  case left(to: String?)
  /// Another object stands under the name by now: it stays, and has still to be read.
  case replaced
  /// Nothing stands under the name any more.
  case gone
}

extension SpoolFolder {
  /// Takes a decided case file out of `incoming/`: to `done/<case>/<version>.<ext>`, or away altogether.
  ///
  /// The identity is what was read under the name: a file put there since is not taken away. Nothing in `done/` is
  /// overwritten.
  package func finish(
    _ name: SpoolName, ifUnchanged identity: FileIdentity, case reference: String, version: Int, keep: Bool
  ) throws(SpoolFault) -> Departure {
    guard keep else { return try remove(name, ifUnchanged: identity) }
    let folder = try folder(for: reference, in: done)
    guard let present = try incoming.status(of: name) else { return .gone }
    guard present.identity == identity else { return .replaced }
    let free = try FreeNames("\(version)", ending: ".\(name.ending)").first(in: folder)
    return try move(name, ifUnchanged: identity, to: folder, as: free)
  }

  /// Removes a file from `incoming/` whose bytes are decided already.
  ///
  /// It goes by way of a hidden name in `done/`, under which it is looked at once more: between looking and removing
  /// a name, a sender may have put another file there.
  package func remove(_ name: SpoolName, ifUnchanged identity: FileIdentity) throws(SpoolFault) -> Departure {
    let hidden = FreeNames.hidden(name)
    guard let present = try incoming.status(of: name) else { return .gone }
    guard present.identity == identity else { return .replaced }
    let departure = try move(name, ifUnchanged: identity, to: done, as: hidden)
    guard case .left = departure else { return departure }
    try done.remove(hidden)
    return .left(to: nil)
  }

  /// Puts back into `incoming/` what a killed process left on its way out; returns how many files.
  ///
  /// For the daemon's start, under its lock. A file that was decided is found to be so again.
  package func recover() throws(SpoolFault) -> Int {
    var count = 0
    for name in try done.names() {
      guard let original = FreeNames.original(of: name) else { continue }
      while try !done.renameIfFree(name, to: incoming, as: FreeNames(beside: original).first(in: incoming)) {}
      count += 1
    }
    return count
  }

  /// Renames an object out of `incoming/`, and back again if it is another than was looked at.
  func move(
    _ name: SpoolName, ifUnchanged identity: FileIdentity?, to folder: Folder, as newName: SpoolName
  ) throws(SpoolFault) -> Departure {
    do throws(SpoolFault) {
      guard try incoming.renameIfFree(name, to: folder, as: newName) else {
        throw SpoolFault(.rename, "\(folder.path)/\(newName.text)", .fileExists)
      }
    } catch {
      if error.reason == .noSuchFileOrDirectory { return .gone }
      throw error
    }
    guard let identity, try folder.status(of: newName)?.identity.isSameContent(as: identity) == false else {
      return .left(to: "\(folder.path)/\(newName.text)")
    }
    // replaced between looking and renaming: back it goes, beside a third file that came meanwhile
    while try !folder.renameIfFree(newName, to: incoming, as: FreeNames(beside: name).first(in: incoming)) {}
    return .replaced
  }
}
