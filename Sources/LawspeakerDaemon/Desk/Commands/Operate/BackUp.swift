// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Glibc
internal import Ledger
internal import LocalSocket

/// The ledger, the archive of packs, the published heads and the file of keys, as files of the answer.
///
/// The content of cases stays sealed in it, so it is no reading of cases.
package struct BackUp: DeskCommand {
  package static let name = "backup"
  package static let rights: [AccessRight] = [.operate]

  package init() {}

  package func answer(_ visit: Visit) throws -> Int32 {
    let (state, reply) = (visit.configuration.state, visit.reply)
    if try visit.desk.ledger.hasEpochToRetire { throw Self.erasing }
    // before the ledger: a head that is signed meanwhile would be over entries that the copy lacks
    let heads = Self.files(in: state + "/checkpoints").filter { !$0.hasSuffix("/latest") }
    let ring = Ledger.keyRingPath(visit.configuration.ledgerPath)
    let keys = FileManager.default.contents(atPath: ring)
    let draft = state + "/" + Self.draftPrefix + UUID().uuidString + ".db"
    defer { Self.removeLeftovers(draft) }
    try visit.ledger.copy(to: draft) { part in try reply.progress("copying the ledger: \(part) %") }
    try send(draft, as: "ledger.db", visit)
    // after the ledger: whatever packs it names are there
    for path in heads + Self.files(in: state + "/packs") {
      try send(path, as: String(path.dropFirst(state.count + 1)), visit)
    }
    try send(ring, as: "keyring", visit)
    guard FileManager.default.contents(atPath: ring) == keys else { throw Self.erasing }
    return 0
  }

  private static let erasing = Failure.later(
    "error: an erasure is under way, after which this copy could not be read [erasing]\n    hint: back up again"
  )

  /// The plain files below a folder, without those that are being written.
  private static func files(in folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
    return names.sorted().filter { name in
      var status = stat()
      guard unsafe lstat(folder + "/" + name, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
        return false
      }
      return !name.split(separator: "/").contains { $0.hasPrefix(".") }
    }.map { folder + "/" + $0 }
  }

  private static let draftPrefix = ".backup-"

  /// Removes what killed backups left in a state folder; the caller holds its lock.
  static func removeLeftovers(in state: String) {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: state)) ?? []
    for name in names where name.hasPrefix(draftPrefix) { removeLeftovers(state + "/" + name) }
  }

  /// Its content is sealed, so that it need not be overwritten.
  private static func removeLeftovers(_ draft: String) {
    for companion in ["", "-journal", "-wal", "-shm"] { unsafe unlink(draft + companion) }
  }

  /// Sends a file in pieces, so that its size does not matter.
  private func send(_ path: String, as name: String, _ visit: Visit) throws {
    guard let file = FileHandle(forReadingAtPath: path) else {
      throw Failure.ours("\(path): error: the file cannot be read [unreadable-file]")
    }
    defer { try? file.close() }
    try visit.reply.file(path: name, bytes: [])
    while let piece = try file.read(upToCount: 1 << 19), !piece.isEmpty {
      try visit.reply.file(path: name, bytes: Array(piece))
    }
  }
}
