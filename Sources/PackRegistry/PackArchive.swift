// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import Glibc
package import LawspeakerCore
import SystemPackage
internal import YAMLTree

/// Every version of every pack that was ever active, by digest, so that every decision can be replayed.
package struct PackArchive: Sendable {
  /// The folder with one folder a digest, named `<sha256>/<id>`.
  package let folder: String

  /// The archive in a folder, which need not exist yet.
  package init(folder: String) { self.folder = folder }

  /// Beside a pack's files: which they are, the lines of which the digest is that of the pack.
  package static let listName = "files.sha256"

  /// Puts a pack's files into the archive, durably; does nothing if they are there.
  ///
  /// - Throws: ``ArchiveFault`` if they cannot be written whole.
  package func store(_ source: PackSource, id: String) throws(ArchiveFault) {
    let place = folder + "/" + source.sha256
    if FileManager.default.fileExists(atPath: place) { return try addList(of: source, in: place) }
    let draft = folder + "/.draft-" + source.sha256
    do {
      try? FileManager.default.removeItem(atPath: draft)  // what an interrupted run left
      for file in source.files { try write(file.bytes, to: "\(draft)/\(id)/\(file.path)") }
      try write(packList(source.files), to: draft + "/" + Self.listName)
      try sync("\(draft)/\(id)")
      try sync(draft)
      try FileManager.default.moveItem(atPath: draft, toPath: place)
      try sync(folder)
      try sync(folder + "/..")  // the first pack made the folder itself
    } catch {
      throw ArchiveFault(digest: source.sha256, problem: "\(error)")
    }
  }

  /// Adds the list of files to a pack that an earlier release archived without.
  private func addList(of source: PackSource, in place: String) throws(ArchiveFault) {
    let path = place + "/" + Self.listName
    if FileManager.default.fileExists(atPath: path) { return }
    do { try write(packList(source.files), to: path) } catch {
      throw ArchiveFault(digest: source.sha256, problem: "\(error)")
    }
  }

  /// Reads packs back and links them; their digests are checked, their tests passed when they were archived.
  ///
  /// - Throws: ``PackRejected`` if one is missing or is not what its digest says.
  package func packSet(_ digests: [String]) throws(PackRejected) -> PackSet {
    var sources: [PackSource] = []
    for digest in digests { sources.append(try source(digest)) }
    return try PackSet(sources, tests: .leaveOut)
  }

  private func source(_ digest: String) throws(PackRejected) -> PackSource {
    let place = folder + "/" + digest
    guard let pack = packFolders(in: place).first else {
      throw PackRejected(diagnostics: [Diagnostic(at: SourceLocation(file: place), .missingFromArchive)])
    }
    let source = try readPackFolder(pack)
    guard source.sha256 == digest else {
      throw PackRejected(diagnostics: [Diagnostic(at: SourceLocation(file: place), .changedInArchive)])
    }
    return source
  }

  private func write(_ bytes: [UInt8], to path: String) throws {
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    try FileManager.default.createDirectory(
      atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let file = try FileDescriptor.open(
      FilePath(path), .writeOnly, options: [.create, .exclusiveCreate, .noFollow, .closeOnExec],
      permissions: [.ownerReadWrite])
    try file.closeAfter {
      _ = try file.writeAll(bytes)
      guard fsync(file.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
    try sync(parent)
  }

  private func sync(_ folder: String) throws {
    let descriptor = try FileDescriptor.open(
      FilePath(folder), .readOnly, options: [.directory, .closeOnExec])
    try descriptor.closeAfter {
      guard fsync(descriptor.rawValue) == 0 else { throw Errno(rawValue: errno) }
    }
  }
}

/// A pack could not be put into the archive.
package struct ArchiveFault: Error, Sendable, CustomStringConvertible {
  /// The pack's digest.
  package let digest: String
  /// What the system said.
  package let problem: String

  /// The sentence for a log.
  package var description: String { "cannot archive pack \(digest): \(problem)" }
}

extension Diagnostic.Message {
  static let missingFromArchive = Self(
    code: "missing-from-archive", text: "the archive lacks this pack",
    hint: "restore the state folder from a backup; past decisions under it cannot be replayed without it")

  static let changedInArchive = Self(
    code: "changed-in-archive", text: "the archived files are not those that this digest names",
    hint: "restore the state folder from a backup; an archived pack never changes")
}
