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
    let draft = state + "/.backup-\(getpid())-\(UUID().uuidString.prefix(8)).db"
    try visit.ledger.copy(to: draft) { part in try reply.progress("copying the ledger: \(part) %") }
    defer { try? SecretFile.erase(draft) }  // it holds nothing unsealed; the next start of a backup says so if it stays
    try send(draft, as: "ledger.db", visit)
    try send(Ledger.keyRingPath(visit.configuration.ledgerPath), as: "keyring", visit)
    for folder in ["packs", "checkpoints"] {
      let files = FileManager.default.enumerator(atPath: state + "/" + folder)?.allObjects as? [String] ?? []
      for file in files.sorted() where !file.split(separator: "/").contains(where: { $0.hasPrefix(".") }) {
        let path = "\(state)/\(folder)/\(file)"
        let type = try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
        if type == .typeRegular { try send(path, as: "\(folder)/\(file)", visit) }
      }
    }
    return 0
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
