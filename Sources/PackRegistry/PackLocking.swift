// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
package import LawspeakerCore
internal import YAMLTree

/// What `pack.lock` of one pack is to hold.
package struct LockedPack: Sendable {
  /// The pack's name.
  package let id: String
  /// The file's path.
  package let path: String
  /// What it is to hold; nil if the pack imports nothing, so that there is to be no such file.
  package let bytes: [UInt8]?
  /// What it holds now; nil if there is no such file.
  package let bytesNow: [UInt8]?
  /// The imports with the versions they are pinned to: `palermo 1.1.0`.
  package let imports: [String]

  /// True if the file is as it is to be.
  package var isCurrent: Bool { bytes == bytesNow }

  /// Writes the file, whole or not at all, or removes it.
  ///
  /// - Throws: What the system says.
  package func write() throws {
    if isCurrent { return }
    guard let bytes else { return try FileManager.default.removeItem(atPath: path) }
    let draft = String(path.dropLast(PackLock.fileName.count)) + "." + PackLock.fileName + ".new"
    try Data(bytes).write(to: URL(filePath: draft))
    guard unsafe rename(draft, path) == 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
  }
}

/// Works out the locks of packs that import others, each on the content that the others have now, their locks included.
///
/// - Parameter sources: The packs' files; what their locks say now is not looked at.
/// - Returns: One lock for each pack that imports or has a lock, imported packs before those that import them.
/// - Throws: ``PackRejected`` if the packs are not sound for another reason than their locks.
package func locks(for sources: [PackSource]) throws(PackRejected) -> [LockedPack] {
  let open = sources.map(\.withoutLock)
  let generation = try PackSet(open, testing: false).generation
  var digests: [String: String] = [:]
  var locked: [LockedPack] = []
  for pack in generation.packs {
    guard let place = open.firstIndex(where: { $0.sha256 == pack.sha256 }) else { continue }
    let pins = pack.imports.map { (pack: $0.pack, version: $0.version, sha256: digests[$0.pack] ?? "") }
    let bytes = pins.isEmpty ? nil : Array(PackLock.text(pinning: pins).utf8)
    digests[pack.id] = packDigest(open[place].files + (bytes.map { [.init(lock: $0)] } ?? []))
    let bytesNow = sources[place].files.first { $0.path == PackLock.fileName }?.bytes
    if bytes == nil && bytesNow == nil { continue }
    locked.append(
      LockedPack(
        id: pack.id, path: sources[place].folder + "/" + PackLock.fileName, bytes: bytes, bytesNow: bytesNow,
        imports: pins.map { "\($0.pack) \($0.version)" }))
  }
  return locked
}

extension PackSource {
  fileprivate var withoutLock: PackSource {
    let files = files.filter { $0.path != PackLock.fileName }
    return PackSource(folder: folder, files: files, sha256: packDigest(files))
  }
}

extension PackSource.File {
  fileprivate init(lock bytes: [UInt8]) { self.init(path: PackLock.fileName, bytes: bytes) }
}

extension RulePack {
  /// A pack that imports and pins nothing follows whatever content the version number stands for.
  var warningOfNoLock: Diagnostic? {
    guard lock == nil, let first = imports.first else { return nil }
    return Diagnostic(at: first.location, .noLock(id))
  }
}

extension Diagnostic.Message {
  static func noLock(_ id: String) -> Self {
    .init(
      code: "no-lock", text: "`\(id)` imports and has no `\(PackLock.fileName)`",
      hint: "run `lawspeaker packs lock`, which pins the content of the imported packs", isWarning: true)
  }
}
