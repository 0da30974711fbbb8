// SPDX-License-Identifier: Apache-2.0
import Glibc
import SystemPackage

/// What came of removing files.
package struct Removal: Hashable, Sendable {
  /// How many objects went.
  package var removed = 0
  /// Paths below the spool's root of what could not go: folders that are not empty, and what may not be removed.
  package var left: [String] = []

  package init() {}

  package static func += (a: inout Self, b: Self) {
    a.removed += b.removed
    a.left += b.left
  }
}

/// The folders that have one for each case.
package enum CaseFolders: String, CaseIterable, Sendable {
  case decisions, done
}

/// Nothing here follows a link or goes deeper than the folder of a case: a folder within it is not ours, and goes only if
/// it is empty (OpenPrinting/cups#1448 shows what else can come of it).
extension SpoolFolder {
  /// Removes a case's files of all versions up to one, in `decisions/` and in `done/`.
  ///
  /// What is of no version goes too, since it may be a copy of what is of one. Nothing is gone for certain before
  /// ``sync()``.
  package func erase(case reference: String, upTo version: Int) throws(SpoolFault) -> Removal {
    guard isCaseReference(reference) else {
      throw SpoolFault(.remove, SpoolName(reference).text, .invalidArgument)
    }
    var removal = Removal()
    for parent in [decisions, done] {
      let name = SpoolName(reference)
      if let status = try parent.status(of: name), status.kind != .folder {
        try parent.clear(name, status, &removal)  // somebody's link, which leads elsewhere
        continue
      }
      try parent.clearFolder(reference, &removal) { folder, name, _ throws(SpoolFault) in
        let target = try folder.destination(of: name)
        return (target ?? name).leadingNumber ?? 0 <= version
      }
    }
    return removal
  }

  /// The names of cases that have a folder of the kind, in order.
  package func cases(in kind: CaseFolders) throws(SpoolFault) -> [String] {
    try folder(kind).names().map(\.text).filter(isCaseReference).sorted()
  }

  /// Removes files that came into the folders of cases before a moment, and folders that are empty then.
  ///
  /// The moment is that of the last change of any kind: a file that a sender wrote long ago keeps its own time of
  /// modification when it comes here.
  /// - Parameters:
  ///   - moment: What came before it goes.
  ///   - cases: The cases' names.
  ///   - kind: Which of their folders.
  ///   - onlyCounts: Whether nothing is removed.
  /// - Returns: What went, or would.
  /// - Throws: ``SpoolFault``.
  package func removeFiles(
    before moment: FileTime, of cases: some Sequence<String>, in kind: CaseFolders, onlyCounts: Bool = false
  ) throws(SpoolFault) -> Removal {
    var removal = Removal()
    for reference in cases where isCaseReference(reference) {
      try folder(kind).clearFolder(reference, &removal, onlyCounts: onlyCounts) {
        _, name, status throws(SpoolFault) in
        !name.isLatestLink && status.identity.changed < moment
      }
    }
    return removal
  }

  /// Removes what came into `refused/` and `held/` before a moment.
  ///
  /// - Parameters:
  ///   - moment: What came before it goes.
  ///   - onlyCounts: Whether nothing is removed.
  /// - Returns: What went, or would.
  /// - Throws: ``SpoolFault``.
  package func removeSetAside(before moment: FileTime, onlyCounts: Bool = false) throws(SpoolFault) -> Removal
  {
    var removal = Removal()
    for folder in [refused, held] {
      for name in try folder.names() {
        guard let status = try folder.status(of: name), status.identity.changed < moment else { continue }
        try folder.clear(name, status, &removal, onlyCounts: onlyCounts)
      }
    }
    return removal
  }

  private func folder(_ kind: CaseFolders) -> Folder {
    switch kind {
    case .decisions: decisions
    case .done: done
    }
  }
}

extension Folder {
  /// Removes from a folder of a case what is to go, and the folder if nothing is left in it.
  fileprivate func clearFolder(
    _ reference: String, _ removal: inout Removal, onlyCounts: Bool = false,
    where isToGo: (Folder, SpoolName, ObjectStatus) throws(SpoolFault) -> Bool
  ) throws(SpoolFault) {
    guard try status(of: SpoolName(reference))?.kind == .folder else { return }
    let inside = try folder(reference, create: false)
    for name in try inside.names().sorted() {
      guard let status = try inside.status(of: name), try isToGo(inside, name, status) else { continue }
      try inside.clear(name, status, &removal, onlyCounts: onlyCounts)
    }
    if onlyCounts { return }
    for name in try inside.names() where name.isLatestLink {
      guard let target = try inside.destination(of: name), !target.bytes.contains(UInt8(ascii: "/")) else {
        continue
      }
      if try inside.status(of: target) == nil { try inside.remove(name) }
    }
    _ = try? removeFolder(SpoolName(reference))  // an empty folder that stays is no harm
  }

  /// Removes an object; what cannot go is noted.
  fileprivate func clear(
    _ name: SpoolName, _ status: ObjectStatus, _ removal: inout Removal, onlyCounts: Bool = false
  ) throws(SpoolFault) {
    let isFolder = status.kind == .folder
    do throws(SpoolFault) {
      let isGone: Bool
      if onlyCounts {
        isGone = true
      } else {
        isGone = isFolder ? try removeFolder(name) : try removeFile(name)
      }
      if isGone { removal.removed += 1 } else { removal.left.append("\(path)/\(name.text)") }
    } catch {
      guard [.permissionDenied, .notPermitted, .resourceBusy].contains(error.reason) else { throw error }
      removal.left.append("\(path)/\(name.text)")
    }
  }

  /// Removes what is no folder; true, as it is gone.
  private func removeFile(_ name: SpoolName) throws(SpoolFault) -> Bool {
    try remove(name)
    return true
  }

  /// Removes a folder if it is empty; true if it is gone.
  private func removeFolder(_ name: SpoolName) throws(SpoolFault) -> Bool {
    if unsafe unlinkat(descriptor.rawValue, name.cString, AT_REMOVEDIR) == 0 || errno == ENOENT {
      return true
    }
    if errno == ENOTEMPTY || errno == EEXIST { return false }
    throw fault(.remove, name)
  }
}

extension SpoolName {
  fileprivate var isLatestLink: Bool { bytes.starts(with: "latest.".utf8) }
}
