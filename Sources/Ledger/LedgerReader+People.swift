// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A case whose newest decision was taken long enough ago to go.
package struct DueCase: Hashable, Sendable {
  /// What indexes and folders call it.
  package var name: String
  /// Its newest version.
  package var version: Int
  /// The moment of its newest decision.
  package var at: String
}

/// What people did with decisions, and which cases are due to go.
extension LedgerReader {
  /// How many cases are asked about in one statement.
  private static let namesATime = 500

  /// Returns the acts of some kinds on some cases, each case's oldest first.
  ///
  /// - Parameters:
  ///   - kinds: Which acts.
  ///   - names: What indexes call the cases.
  /// - Returns: The acts with what they sealed.
  /// - Throws: ``LedgerFault/noKey`` without keys.
  package func acts(_ kinds: [EntryKind], on names: [String]) throws -> [RecordedAct] {
    let keys = try keys()
    return try fetch { db in
      var acts: [RecordedAct] = []
      for first in stride(from: 0, to: names.count, by: Self.namesATime) {
        let some = Array(names[first..<min(first + Self.namesATime, names.count)])
        acts += try Row.fetchAll(
          db,
          literal: """
            SELECT acts.*, entries.at, entries.body, cases.reference FROM cases
            JOIN acts ON acts.case_number = cases.number JOIN entries ON entries.seq = acts.entry
            WHERE cases.reference IN \(some) AND acts.kind IN \(kinds.map(\.rawValue)) ORDER BY acts.entry
            """
        ).map { try Self.act(db, $0, keys) }
      }
      return acts
    }
  }

  /// Returns how often a case was read.
  package func reads(of reference: String) throws -> Int {
    try fetch { db in
      try Int.fetchOne(
        db,
        literal: """
          SELECT count(*) FROM cases JOIN acts ON acts.case_number = cases.number
          WHERE cases.reference IN \(names(reference)) AND acts.kind = \(EntryKind.access.rawValue)
          """) ?? 0
    }
  }

  /// Returns cases by the moment and the answers of their newest decision, oldest first.
  ///
  /// - Parameters:
  ///   - moment: They were decided before this moment (UTC).
  ///   - conclusion: A conclusion that holds in it; nil for all.
  ///   - others: Conclusions none of which holds in it.
  ///   - limit: How many at most.
  /// - Returns: The cases by their names in indexes.
  /// - Throws: ``LedgerFault``.
  package func casesDecided(
    before moment: String, holding conclusion: String?, notHolding others: [String], limit: Int = .max
  ) throws -> [DueCase] {
    try fetch { db in
      let lists = try FoundIndex(db).all()
      var conditions: [SQL] = ["decided.at < \(moment)"]
      if let conclusion { conditions.append(lists.condition(conclusion: conclusion, status: "holds")) }
      for other in others {
        conditions.append("NOT \(lists.condition(conclusion: other, status: "holds"))")
      }
      let condition = conditions.joined(operator: .and)
      return try Row.fetchAll(
        db,
        literal: """
          SELECT cases.reference, decided.version, decided.at FROM decided
          JOIN cases ON cases.number = decided.case_number AND cases.latest_version = decided.version
          JOIN found_answers AS found ON found.entry = decided.entry
          WHERE \(condition) ORDER BY decided.entry LIMIT \(limit)
          """
      ).map { row in
        try DueCase(
          name: row.decode(forColumn: "reference"), version: row.decode(forColumn: "version"),
          at: row.decode(forColumn: "at"))
      }
    }
  }

  /// Returns how many objects were refused or held before a moment (UTC) and are kept still.
  package func setAsideCount(before moment: String) throws -> Int {
    try fetch { db in
      try Int.fetchOne(
        db,
        literal: """
          SELECT count(*) FROM set_aside JOIN entries ON seq = entry
          WHERE at < \(moment) AND entry NOT IN (SELECT entry FROM outbox)
          """) ?? 0
    }
  }
}
