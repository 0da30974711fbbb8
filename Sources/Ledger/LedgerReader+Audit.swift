// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A decision as an auditor comes to it: by its entry, and readable or not.
package enum AuditedDecision: Sendable {
  case stored(StoredDecision)
  /// What is stored does not open, or is not there.
  case unreadable(entry: Int64, LedgerFault)
}

/// Long readings in short ones: numbers of entries first, then some of them at a time.
extension LedgerReader {
  /// Returns entries in order.
  ///
  /// - Parameters:
  ///   - numbers: Those looked at.
  ///   - limit: How many are returned at most.
  /// - Returns: The first of them.
  /// - Throws: ``LedgerFault``.
  package func entries(_ numbers: ClosedRange<Int64>, limit: Int) throws -> [Entry] {
    try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT * FROM entries WHERE seq BETWEEN \(numbers.lowerBound) AND \(numbers.upperBound)
          ORDER BY seq LIMIT \(limit)
          """
      ).map { try Entry($0) }
    }
  }

  /// Returns every version of every pack that was ever archived, by name and version.
  package func packsKnown() throws -> [PackReference] { try fetch { db in try Self.packsKnown(db) } }

  static func packsKnown(_ db: Database) throws -> [PackReference] {
    try Row.fetchAll(db, sql: "SELECT id, version, sha256 FROM packs_known ORDER BY archived_entry").map {
      row in
      try PackReference(
        id: row.decode(forColumn: "id"), version: row.decode(forColumn: "version"),
        sha256: row.decode(forColumn: "sha256"))
    }
  }

  /// Returns the entries of the decisions that match, oldest first; ``DecisionFilter/limit`` is not looked at.
  package func decisionEntries(_ filter: DecisionFilter = DecisionFilter()) throws -> [Int64] {
    guard filter.texts.allSatisfy({ !$0.utf8.contains(0) }) else { return [] }
    let person = try filter.person.map { StoredBytes(try keys().tag($0, purpose: "person")) }
    return try fetch { db in
      let condition = try filter.conditions(
        names: filter.reference.map(names), person: person, lists: FoundIndex(db).all()
      ).joined(operator: .and)
      return try Int64.fetchAll(
        db,
        literal: """
          SELECT decided.entry FROM \(DecisionFilter.tables)
          WHERE \(condition) ORDER BY decided.entry
          """)
    }
  }

  /// Returns the decisions of some entries, in order, in one short read; those erased meanwhile are left out.
  ///
  /// - Throws: ``LedgerFault/noKey`` without keys.
  package func decisions(at entries: some Sequence<Int64>) throws -> [AuditedDecision] {
    let keys = try keys()
    return try fetch { db in
      let rows = try Row.fetchAll(
        db,
        literal: """
          SELECT cases.reference, cases.owner, cases.latest_version, decided.*
          FROM decided JOIN cases ON decided.case_number = cases.number
          WHERE decided.entry IN \(Array(entries)) ORDER BY decided.entry
          """)
      let index = FoundIndex(db)
      return try rows.map { row in
        do { return .stored(try Self.stored(db, row, keys, index)) } catch let fault as LedgerFault {
          return .unreadable(entry: try row.decode(forColumn: "entry"), fault)
        }
      }
    }
  }
}
