// SPDX-License-Identifier: Apache-2.0
import GRDB
package import TransparencyLog

/// A head that was copied out of the ledger.
package struct PublishedHead: Hashable, Sendable {
  /// Where it lies, for saying which it is.
  package var place: String
  package var note: [UInt8]

  package init(place: String, note: [UInt8]) {
    self.place = place
    self.note = note
  }
}

/// What reading a whole ledger again has shown.
package struct Verification: Sendable {
  /// How many entries were hashed.
  package internal(set) var entries: Int64 = 0
  /// The root over all of them.
  package internal(set) var root = MerkleHash.emptyTree
  /// How many signed heads agree, the ledger's own and published ones.
  package internal(set) var heads = 0
  /// How many decisions are as they were recorded, and how many were erased.
  package internal(set) var decisions = 0
  package internal(set) var erased = 0
  /// Whether content was opened too; without keys only its ciphertext was checked.
  package internal(set) var isOpened = false
  /// What is wrong: a sentence each, that names entries, heads and tables, and nothing of a case.
  package internal(set) var problems: [String] = []

  /// More than this is not listed: where so much is wrong, a list helps nobody.
  static let maximumProblems = 1_000

  mutating func report(_ problem: String) {
    if problems.count < Self.maximumProblems { problems.append(problem) }
  }
}

extension LedgerReader {
  /// Reads everything again: every entry against the tree, the tree against every head, content against its entry.
  ///
  /// - Parameters:
  ///   - trusted: The keys by which heads must be signed; nil for those that the ledger itself names.
  ///   - published: Heads that were copied out, all of which must be of this ledger.
  ///   - progress: Told how many entries were hashed by now.
  /// - Returns: What is there, and what is wrong with it.
  /// - Throws: ``LedgerFault`` if the file cannot be read at all.
  package func verify(
    trusted: [NoteVerifierKey]? = nil, published: [PublishedHead] = [], progress: (Int64) -> Void = { _ in }
  ) throws -> Verification {
    try fetch { db in
      var result = Verification()
      result.isOpened = canOpen
      try checkFile(db, &result)
      guard try result.problems.isEmpty || Self.canBeRead(db) else { return result }
      let heads = try Row.fetchAll(db, sql: "SELECT * FROM heads ORDER BY size").map { row in
        try RecordedHead(
          size: row.decode(forColumn: "size"), entry: row.decode(forColumn: "entry"),
          note: row.decode(forColumn: "note"))
      }
      let outside = published.map { ($0, try? SignedCheckpoint(parsing: $0.note)) }
      let sizes = Set(heads.map(\.size)).union(outside.compactMap { $1?.checkpoint.size })
      let roots = try Self.checkTree(db, rootsAt: sizes, &result, progress)
      let keys = try trusted ?? Self.keyTexts(db).compactMap { try? NoteVerifierKey(parsing: $0) }
      try Self.checkHeads(db, heads, roots, keys, &result)
      Self.checkPublished(outside, roots, keys, &result)
      try checkContent(db, &result)
      return result
    }
  }

  private func checkFile(_ db: Database, _ result: inout Verification) throws {
    for problem in try String.fetchAll(db, sql: "PRAGMA integrity_check(100)") where problem != "ok" {
      result.report("SQLite finds the file damaged: \(problem)")
    }
    for row in try Row.fetchAll(db, sql: "PRAGMA foreign_key_check") {
      result.report("a row of `\(try row.decode(String.self, atIndex: 0))` refers to one that is not there")
    }
  }

  /// Whether a damaged file still gives its entries, so that more can be said.
  private static func canBeRead(_ db: Database) throws -> Bool {
    do { return try Int.fetchOne(db, sql: "SELECT count(*) FROM entries") != nil } catch is DatabaseError {
      return false
    }
  }
}

/// The stored nodes of the tree, read once: those of each level from left to right, as leaves make them whole.
private struct StoredNodes {
  private let db: Database
  /// By level: what is not read yet, and the node that comes next.
  private var levels: [(rows: RowCursor, next: Row?)] = []

  init(_ db: Database) { self.db = db }

  /// The hash at a place, which lies behind all that were asked for on its level; nil if there is none.
  mutating func hash(at place: NodePlace) throws -> [UInt8]? {
    while levels.count <= place.level {
      let rows = try Row.fetchCursor(
        db, sql: "SELECT place, hash FROM tree WHERE level = ? ORDER BY place", arguments: [levels.count])
      levels.append((rows, try rows.next()))
    }
    while let row = levels[place.level].next {
      let found: Int64 = try row.decode(atIndex: 0)
      if found > place.index { return nil }
      let hash = try row.decode(StoredBytes.self, atIndex: 1).bytes
      levels[place.level].next = try levels[place.level].rows.next()
      if found == place.index { return hash }
    }
    return nil
  }
}

/// Entries, tree and heads.
extension LedgerReader {
  /// Hashes every entry, compares each node that it makes whole, and gives the roots at some sizes.
  private static func checkTree(
    _ db: Database, rootsAt sizes: Set<Int64>, _ result: inout Verification, _ progress: (Int64) -> Void
  ) throws -> [Int64: MerkleHash] {
    var frontier = MerkleFrontier()
    var roots: [Int64: MerkleHash] = [:]
    var nodes = StoredNodes(db)
    let rows = try Row.fetchCursor(db, sql: "SELECT seq, kind, at, body FROM entries ORDER BY seq")
    while let row = try rows.next() {
      let entry = try Entry(
        number: row.decode(atIndex: 0), kind: row.decode(atIndex: 1), at: row.decode(atIndex: 2),
        body: row.decode(atIndex: 3))
      if entry.number != frontier.size + 1 {
        result.report(
          entry.number == frontier.size + 2
            ? "entry \(frontier.size + 1) is missing"
            : "entries \(frontier.size + 1) to \(entry.number - 1) are missing")
        return roots
      }
      for (place, hash) in frontier.append(entry.leafHash) {
        if try nodes.hash(at: place) == hash.bytes { continue }
        if place.level == 0 {
          result.report("entry \(entry.number) is not what was recorded")
        } else {
          let first = place.index << place.level
          result.report("the tree's node over entries \(first + 1) to \(entry.number) is not theirs")
        }
      }
      if sizes.contains(frontier.size) { roots[frontier.size] = frontier.root }
      if frontier.size % 10_000 == 0 { progress(frontier.size) }
    }
    let expected = (0..<62).reduce(Int64(0)) { $0 + frontier.size >> Int64($1) }
    if try Int64.fetchOne(db, sql: "SELECT count(*) FROM tree") != expected {
      result.report("the tree has nodes over entries that are not there")
    }
    (result.entries, result.root) = (frontier.size, frontier.root)
    return roots
  }

  private static func checkHeads(
    _ db: Database, _ heads: [RecordedHead], _ roots: [Int64: MerkleHash], _ keys: [NoteVerifierKey],
    _ result: inout Verification
  ) throws {
    for head in heads {
      let signed = try? SignedCheckpoint(parsing: Array(head.note.utf8))
      let name = "the head over \(head.size) entries"
      let recorded = try Row.fetchOne(
        db,
        literal: """
          SELECT body ->> 'size' AS size, body ->> 'root' AS root FROM entries
          WHERE seq = \(head.entry) AND kind = 'head'
          """)
      guard let signed, signed.checkpoint.size == head.size,
        try recorded?.decode(Int64?.self, forColumn: "size") == head.size,
        try recorded?.decode(String?.self, forColumn: "root") == signed.checkpoint.root.base64
      else {
        result.report("\(name) is not the one that entry \(head.entry) records")
        continue
      }
      check(signed, name, roots, keys, &result)
    }
    let lost = try Int64.fetchAll(
      db,
      sql: """
        SELECT seq FROM entries LEFT JOIN heads ON heads.entry = seq
        WHERE kind = 'head' AND heads.entry IS NULL ORDER BY seq
        """)
    for entry in lost { result.report("the head that entry \(entry) records is missing") }
  }

  private static func checkPublished(
    _ published: [(PublishedHead, SignedCheckpoint?)], _ roots: [Int64: MerkleHash],
    _ keys: [NoteVerifierKey], _ result: inout Verification
  ) {
    for (head, signed) in published {
      if let signed {
        check(signed, "the published head `\(head.place)`", roots, keys, &result)
      } else {
        result.report("`\(head.place)` is no signed head")
      }
    }
  }

  private static func check(
    _ signed: SignedCheckpoint, _ name: String, _ roots: [Int64: MerkleHash], _ keys: [NoteVerifierKey],
    _ result: inout Verification
  ) {
    do throws(NoteRefused) { _ = try signed.check(with: keys) } catch {
      return result.report("\(name) is not signed as it must be: \(error)")
    }
    let size = signed.checkpoint.size
    guard let root = roots[size] else {
      return result.report(
        "\(name) is over \(size) entries, and the ledger has \(result.entries): what came after is missing")
    }
    if root == signed.checkpoint.root {
      result.heads += 1
    } else {
      result.report("\(name) was signed over other entries than the first \(size) of this ledger")
    }
  }
}
