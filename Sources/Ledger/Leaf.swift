// SPDX-License-Identifier: Apache-2.0
import GRDB
package import TransparencyLog

/// An entry as it stands in the ledger, and as a leaf of its tree.
package struct Entry: Hashable, Sendable {
  /// Its number, from 1; its index as a leaf is one less.
  package var number: Int64
  /// What it records; kinds of later releases are kept as they are.
  package var kind: String
  package var at: String
  /// The canonical text of its body.
  package var body: String

  init(number: Int64, kind: String, at: String, body: String) {
    self.number = number
    self.kind = kind
    self.at = at
    self.body = body
  }

  init(_ row: Row) throws {
    number = try row.decode(forColumn: "seq")
    kind = try row.decode(forColumn: "kind")
    at = try row.decode(forColumn: "at")
    body = try row.decode(forColumn: "body")
  }

  /// The bytes that are hashed: one object with `at`, `body`, `kind` and `seq`, canonical as its body is (RFC 8785).
  package var leaf: [UInt8] {
    let (at, kind) = (EntryBody.text(at).text, EntryBody.text(kind).text)
    return Array("{\"at\":\(at),\"body\":\(body),\"kind\":\(kind),\"seq\":\(number)}".utf8)
  }

  /// The hash of the leaf (RFC 9162, section 2.1.1).
  package var leafHash: MerkleHash { .leaf(leaf) }
}
