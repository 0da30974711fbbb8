// SPDX-License-Identifier: Apache-2.0
import GRDB
internal import TransparencyLog

/// Which keys are believed to sign heads, and how far that reaches.
///
/// A key that is believed vouches for every entry under a head it signed, and so for the keys that such entries name:
/// who has the newest key can check the heads of all before it, and who has an old one those of all that took over.
struct Trust {
  var keys: [NoteVerifierKey]
  /// How many entries the largest believed head is over.
  var size: Int64 = 0

  /// - Parameters:
  ///   - trusted: The keys one begins with; nil for all that the ledger names, which then vouch for themselves.
  ///   - named: The keys that entries name.
  ///   - heads: All heads there are.
  ///   - roots: The roots of the entries at the sizes of the heads.
  init(
    _ trusted: [NoteVerifierKey]?, named: [(entry: Int64, key: NoteVerifierKey)], heads: [SignedCheckpoint],
    roots: [Int64: MerkleHash]
  ) {
    keys = trusted ?? named.map(\.key)
    let newestFirst = heads.sorted { $0.checkpoint.size > $1.checkpoint.size }
    while true {
      let head = newestFirst.first { head in
        roots[head.checkpoint.size] == head.checkpoint.root && (try? head.check(with: keys)) != nil
      }
      size = head?.checkpoint.size ?? 0
      let more = named.filter { $0.entry <= size && !keys.contains($0.key) }.map(\.key)
      if more.isEmpty { return }
      keys += more
    }
  }
}

extension LedgerReader {
  /// The keys that entries name, with the entries.
  static func namedKeys(_ db: Database) throws -> [(entry: Int64, key: NoteVerifierKey)] {
    let rows = try Row.fetchAll(
      db, sql: "SELECT seq, body ->> 'key' AS key FROM entries WHERE kind = 'key' ORDER BY seq")
    return try rows.compactMap { row in
      let text = try row.decode(String?.self, forColumn: "key") ?? ""
      guard let key = try? NoteVerifierKey(parsing: text) else { return nil }
      return (try row.decode(forColumn: "seq"), key)
    }
  }
}
