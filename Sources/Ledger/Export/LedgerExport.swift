// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials
internal import TransparencyLog

/// A folder that holds what a ledger says, in files that anybody can read, hash and replay.
package struct LedgerExport: Sendable {
  package let folder: String

  /// The files of an export.
  package static let entriesName = "entries.ndjson"
  package static let decisionsName = "decisions.ndjson"
  package static let keysName = "keys"
  package static let headsName = "checkpoints"
  package static let packsName = "packs"

  /// An export in a folder.
  package init(folder: String) { self.folder = folder }

  /// Hands over every decision of which the folder has the content, in the order of entries.
  ///
  /// - Throws: ``LedgerFault``: `file`, or `damaged` if a line cannot be read.
  package func eachDecision(_ body: (StoredDecision) throws -> Void) throws {
    let lines = try LineReader(folder + "/" + Self.decisionsName)
    while let stored = try Self.nextDecision(lines) { try body(stored) }
  }

  static func nextDecision(_ lines: LineReader) throws -> StoredDecision? {
    guard let line = try lines.next() else { return nil }
    guard let body = EntryBody(text: String(decoding: line, as: UTF8.self)),
      let stored = StoredDecision(exported: body)
    else { throw LedgerFault.damaged("a line of `\(decisionsName)` is no decision") }
    return stored
  }

  /// The keys that the folder itself holds, which vouch for nothing.
  func ownKeys() throws -> [NoteVerifierKey] {
    let lines = try LineReader(folder + "/" + Self.keysName)
    var keys: [NoteVerifierKey] = []
    while let line = try lines.next() {
      if let key = try? NoteVerifierKey(parsing: String(decoding: line, as: UTF8.self)) { keys.append(key) }
    }
    return keys
  }

  /// The heads that the folder holds.
  func heads() -> [PublishedHead] {
    let path = folder + "/" + Self.headsName
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().map { name in
      let note = FileManager.default.contents(atPath: path + "/" + name) ?? Data()
      return PublishedHead(place: Self.headsName + "/" + name, note: Array(note))
    }
  }
}
