// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import Glibc
package import Ledger
internal import Synchronization
package import TransparencyLog

/// Signs heads of the ledger and copies them out, so that a later ledger can be held to them.
package final class HeadKeeper: Sendable {
  private let ledger: Ledger
  private let signer: NoteSigningKey
  /// Where heads are copied: the folder in the state folder, and one that may lie on another disk.
  private let folders: [String]
  /// The daemon's own thread and those of who asks each sign: one at a time.
  private let turn = Mutex(())

  /// A keeper for a ledger that is open for writing.
  package init(_ configuration: Configuration, ledger: Ledger, signer: NoteSigningKey) {
    self.ledger = ledger
    self.signer = signer
    folders = configuration.headFolders
  }

  /// Signs the present head, records it and copies it out.
  ///
  /// - Parameters:
  ///   - at: The moment.
  ///   - isForced: Whether also if nothing came since the last.
  ///   - former: A key that this one takes over from, which signs with it.
  /// - Returns: The head; nil if there was nothing to sign.
  /// - Throws: ``LedgerFault``; ``HeadNotCopied`` if the head is recorded and some folder does not have it.
  @discardableResult package func sign(at: String, isForced: Bool = false, former: NoteSigningKey? = nil)
    throws
    -> RecordedHead?
  {
    let signers = [signer] + (former.map { [$0] } ?? [])
    return try turn.withLock { _ in
      guard let head = try ledger.signHead(with: signers, at: at, isForced: isForced) else {
        // a copy that was taken away or could not be made
        if let last = try ledger.reader.lastHead() { try copyOut(last) }
        return nil
      }
      try copyOut(head)
      return head
    }
  }

  /// Copies out what an interrupted run signed and did not copy, and makes sure that the ledger is the one of which heads
  /// were published.
  ///
  /// - Throws: ``RolledBack`` if it is not: its end is missing, or it is another; ``KeyFault/exchanged(_:)`` if another
  ///   key signed under this name and none of those that did vouches for this one.
  package func check() throws {
    let known = try ledger.reader.keyTexts().compactMap { try? NoteVerifierKey(parsing: $0) }
    if !known.contains(signer.verifier), known.contains(where: { $0.name == signer.verifier.name }) {
      throw KeyFault.exchanged(signer.verifier.name)
    }
    let last = try ledger.reader.lastHead()
    if let last { try ledger.reader.requireRoot(of: last) }
    // the newest of each folder speaks for all before it
    for (published, signed) in folders.compactMap(newest) {
      let (size, root) = (signed.checkpoint.size, signed.checkpoint.root)
      guard try size <= ledger.reader.size(), try ledger.reader.root(ofSize: size) == root else {
        throw RolledBack(place: published.place, size: size, present: try ledger.reader.size())
      }
    }
    if let last { try copyOut(last) }
  }

  /// The newest head in a folder that this key signed; a log that was restored under another name has heads of its own.
  private func newest(in folder: String) -> (PublishedHead, SignedCheckpoint)? {
    for published in Self.published(in: [folder]).reversed() {
      guard let signed = try? SignedCheckpoint(parsing: published.note),
        (try? signed.check(with: [signer.verifier])) != nil
      else { continue }
      return (published, signed)
    }
    return nil
  }

  /// Every head that was copied out, by size.
  package static func published(in folders: [String]) -> [PublishedHead] {
    folders.flatMap { folder in
      let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
      return names.sorted().filter { !$0.hasPrefix(".") && $0 != "latest" }.compactMap { name in
        FileManager.default.contents(atPath: folder + "/" + name).map {
          PublishedHead(place: folder + "/" + name, note: Array($0))
        }
      }
    }
  }

  /// Whether a folder has a copy of a head.
  package static func hasCopy(of head: RecordedHead, in folder: String) -> Bool {
    FileManager.default.fileExists(atPath: folder + "/" + name(of: head, in: folder))
  }

  /// The name of a copy: the size in twelve digits.
  ///
  /// Where a ledger was restored, heads over entries that are lost keep their names, and another over as many gets `.2`.
  private static func name(of head: RecordedHead, in folder: String) -> String {
    let digits = String(head.size)
    let plain = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
    var (name, number) = (plain, 1)
    while let there = FileManager.default.contents(atPath: folder + "/" + name),
      Array(there) != Array(head.note.utf8)
    {
      number += 1
      name = "\(plain).\(number)"
    }
    return name
  }

  private func copyOut(_ head: RecordedHead) throws {
    var failed: [String] = []
    for (number, folder) in folders.enumerated() {
      let mode: mode_t = number == 0 ? 0o640 : 0o644  // heads tell nothing, and a copy is for others to read
      let name = Self.name(of: head, in: folder)
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o750])
        for name in [name, "latest"] {
          let path = folder + "/" + name
          if FileManager.default.contents(atPath: path).map(Array.init) == Array(head.note.utf8) { continue }
          try WholeFile.write(Array(head.note.utf8), to: path, mode: mode)
        }
      } catch { failed.append(folder) }
    }
    if !failed.isEmpty { throw HeadNotCopied(folders: failed) }
  }
}

/// A head is signed and recorded, and could not be copied to some folder; the next attempt does it.
package struct HeadNotCopied: Error, CustomStringConvertible {
  let folders: [String]

  /// The sentence for a log.
  package var description: String {
    "the signed head could not be copied to " + folders.map { "`\($0)`" }.joined(separator: ", ")
  }
}

/// The ledger is not the one of which a head was published.
package struct RolledBack: Error, CustomStringConvertible {
  let place: String
  let size: Int64
  let present: Int64

  /// The sentence for a log, with the way out.
  package var description: String {
    let what =
      size > present
      ? "the ledger has \(present) entries, and a head over \(size) was published: what came after is missing"
      : "the first \(size) entries of the ledger are not those over which a head was published"
    return
      "\(place): error: \(what) [rolled-back]\n    hint: restore a newer backup; nothing is written until then. "
      + "See `docs/operating.md`, \"After a restore\""
  }
}

extension Configuration {
  /// Where signed heads are copied.
  package var headFolders: [String] { [state + "/checkpoints"] + (checkpoints.folder.map { [$0] } ?? []) }
}

/// Files that are there whole or not at all.
enum WholeFile {
  static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws {
    let folder = path.lastIndex(of: "/").map { path[...$0] } ?? ""
    let draft = "\(folder).\(path.dropFirst(folder.count)).new"
    unsafe unlink(draft)
    let file = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
    guard file >= 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
    defer { close(file) }
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(file, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw POSIXError(.init(rawValue: errno) ?? .EIO) }
      rest = rest.dropFirst(count)
    }
    guard fsync(file) == 0, unsafe rename(draft, path) == 0 else {
      throw POSIXError(.init(rawValue: errno) ?? .EIO)
    }
  }
}
