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

/// In how many cases a conclusion came out alike.
package struct AnswerCount: Hashable, Sendable {
  /// The month of the decisions (UTC), `2026-11`.
  package var month: String
  /// The conclusion, `palermo.trafficking`.
  package var conclusion: String
  package var status: String
  /// A clause that the decisions applied, `palermo.art3a`; nil unless they are counted by clause.
  package var clause: String?
  /// The conclusion's pack.
  package var pack: String
  package var packVersion: String
  package var count: Int
}

/// What people did with decisions, and what is counted of them.
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
    func holds(_ conclusion: String) -> SQL {
      """
      EXISTS (SELECT 1 FROM found_conclusions AS found WHERE found.case_number = decided.case_number
        AND found.version = decided.version AND conclusion = \(conclusion) AND status = 'holds')
      """
    }
    var conditions: [SQL] = ["decided.at < \(moment)"]
    if let conclusion { conditions.append(holds(conclusion)) }
    for other in others { conditions.append("NOT \(holds(other))") }
    let condition = conditions.joined(operator: .and)
    return try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT cases.reference, decided.version, decided.at FROM decided
          JOIN cases ON cases.number = decided.case_number AND cases.latest_version = decided.version
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

  /// Counts cases by what was concluded of them.
  ///
  /// - Parameters:
  ///   - latestOnly: Whether superseded decisions are left out.
  ///   - byClause: Whether each is counted under every clause that its decision applied.
  /// - Returns: Every combination that there is.
  /// - Throws: ``LedgerFault``.
  package func answerCounts(latestOnly: Bool, byClause: Bool) throws -> [AnswerCount] {
    let latest: SQL = latestOnly ? "AND cases.latest_version = decided.version" : ""
    let clause: SQL = byClause ? "found_clauses.clause" : "NULL"
    let clauses: SQL = byClause ? "JOIN found_clauses USING (case_number, version)" : ""
    return try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT substr(decided.at, 1, 7) AS month, conclusion, status, \(clause) AS clause, pack, pack_version,
            count(DISTINCT decided.case_number) AS count
          FROM decided JOIN cases ON cases.number = decided.case_number \(latest)
          JOIN found_conclusions USING (case_number, version)
          JOIN found_packs USING (case_number, version) \(clauses)
          WHERE pack = substr(conclusion, 1, instr(conclusion, '.') - 1)
          GROUP BY 1, 2, 3, 4, 5, 6
          """
      ).map { row in
        try AnswerCount(
          month: row.decode(forColumn: "month"), conclusion: row.decode(forColumn: "conclusion"),
          status: row.decode(forColumn: "status"), clause: row.decode(forColumn: "clause"),
          pack: row.decode(forColumn: "pack"), packVersion: row.decode(forColumn: "pack_version"),
          count: row.decode(forColumn: "count"))
      }
    }
  }
}
