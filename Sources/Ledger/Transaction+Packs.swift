// SPDX-License-Identifier: Apache-2.0
import GRDB

extension Ledger.Transaction {
  /// Records a version of a pack, unless it is known; other bytes under a known version are a conflict.
  package func archivePack(_ pack: PackReference, at: String) throws -> PackArchival {
    let known = try ContentDigest.fetchOne(
      db,
      literal: "SELECT sha256 FROM packs_known WHERE id = \(pack.id) AND version = \(pack.version)")
    if let known { return known == pack.sha256 ? .known : .conflict(existing: known) }
    let entry = try append(.pack, at: at, body: pack.body)
    try db.run(
      """
      INSERT INTO packs_known (id, version, sha256, archived_entry)
      VALUES (\(pack.id), \(pack.version), \(pack.sha256), \(entry))
      """)
    return .new(entry: entry)
  }

  /// Records that a generation of packs decides from now on; returns the entry.
  ///
  /// A return to an earlier generation says in `rollback` which one served, and which it returns to.
  @discardableResult
  package func activate(
    generation: Int, packs: [PackReference], at: String, rollback: (of: Int, to: Int)? = nil
  ) throws -> Int64 {
    var body: [String: EntryBody] = [
      "generation": .integer(Int64(generation)), "packs": .list(packs.map(\.body)),
    ]
    body["rollback_of"] = rollback.map { .integer(Int64($0.of)) }
    body["rolled_back_to"] = rollback.map { .integer(Int64($0.to)) }
    return try append(.activation, at: at, body: .object(body))
  }

  /// Records that a pack was refused, with what was said about it; returns the entry.
  @discardableResult
  package func packRefused(folder: String, diagnostics: String, at: String) throws -> Int64 {
    let digest = ContentDigest(of: Array(diagnostics.utf8))
    let entry = try append(
      .packRefused, at: at,
      body: ["diagnostics_sha256": .text(digest.description), "folder": .text(folder)])
    try db.run(
      """
      INSERT INTO packs_refused (entry, folder, diagnostics) VALUES (\(entry), \(folder), \(diagnostics))
      """)
    return entry
  }
}
