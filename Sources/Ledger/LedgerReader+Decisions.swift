// SPDX-License-Identifier: Apache-2.0
import GRDB

/// Which decisions are asked for: those that match everything given, byte for byte.
package struct DecisionFilter: Hashable, Sendable {
  /// A case's reference.
  package var reference: String?
  /// A person's pseudonym.
  package var person: String?
  /// A clause that was applied, `pack.clause`.
  package var clause: String?
  /// A pack that applied.
  package var pack: String?
  /// A version of ``pack``, or of any pack.
  package var packVersion: String?
  /// A conclusion, `pack.rule`.
  package var conclusion: String?
  /// The status of ``conclusion``, or of any conclusion.
  package var status: String?
  /// The first day (UTC) on which decisions were made, `2026-11-23`.
  package var since: String?
  /// The moment (UTC) up to which decisions were made, that included: what was known then.
  package var asOf: String?
  /// Only the decisions of these entries.
  package var entries: [Int64]?
  /// Whether superseded decisions are left out.
  package var latestOnly = false
  /// Whether only newest decisions are given that nobody reviewed or withdrew.
  package var waitingOnly = false
  /// How many are given, newest first.
  package var limit = 100

  package init() {}
}

/// A decision in a list.
package struct DecisionRow: Hashable, Sendable {
  /// As its sender wrote it.
  package var reference: String
  /// What indexes and folders call the case.
  package var name: String
  package var version: Int
  package var entry: Int64
  package var at: String
  package var assessedOn: String
  package var packs: [PackReference]
  package var conclusions: [FoundConclusion]
  /// Whether no newer version supersedes it.
  package var isLatest: Bool
}

extension LedgerReader {
  /// Returns the decisions that match, newest first.
  ///
  /// - Throws: ``LedgerFault/noKey`` without keys.
  package func decisions(_ filter: DecisionFilter = DecisionFilter()) throws -> [DecisionRow] {
    // SQLite ends a bound text at a NUL, so `a\0b` would find `a`
    guard filter.texts.allSatisfy({ !$0.utf8.contains(0) }) else { return [] }
    let keys = try keys()
    let person = filter.person.map { StoredBytes(keys.tag($0, purpose: "person")) }
    return try fetch { db in
      let index = FoundIndex(db)
      let condition = try filter.conditions(
        names: filter.reference.map(names), person: person, lists: index.all()
      ).joined(operator: .and)
      return try Self.rows(
        index, db, keys,
        """
        SELECT cases.reference, cases.latest_version, decided.case_number, decided.version, decided.entry,
          decided.at, decided.head
        FROM \(DecisionFilter.tables)
        WHERE \(condition) ORDER BY decided.entry DESC LIMIT \(max(0, filter.limit))
        """)
    }
  }

  /// Returns all decisions about a case, oldest first.
  package func history(_ reference: String) throws -> [DecisionRow] {
    var filter = DecisionFilter()
    filter.reference = reference
    filter.limit = .max
    return try decisions(filter).reversed()
  }

  private static func rows(_ index: FoundIndex, _ db: Database, _ keys: KeyRing, _ query: SQL) throws
    -> [DecisionRow]
  {
    try Row.fetchAll(db, literal: query).map { row in
      let number: Int64 = try row.decode(forColumn: "case_number")
      let version: Int = try row.decode(forColumn: "version")
      let head = try DecisionContent.head(
        row.bytes("head"), with: key(db, number, keys), case: number, version: version)
      let entry: Int64 = try row.decode(forColumn: "entry")
      let found = try index.found(entry)
      return try DecisionRow(
        reference: head.reference, name: row.decode(forColumn: "reference"), version: version,
        entry: entry, at: row.decode(forColumn: "at"), assessedOn: head.assessedOn, packs: found.packs,
        conclusions: found.conclusions,
        isLatest: row.decode(Int.self, forColumn: "latest_version") == version)
    }
  }
}

extension DecisionFilter {
  var texts: [String] {
    [reference, person, clause, pack, packVersion, conclusion, status, since, asOf].compactMap { $0 }
  }

  /// The tables that conditions are on; a decision that is not in the index is listed where nothing of that is asked for.
  static let tables: SQL = """
    decided JOIN cases ON cases.number = decided.case_number
    LEFT JOIN found_answers AS found ON found.entry = decided.entry
    """

  /// The conditions on `found_answers`, `decided` and `cases`; columns compare by bytes, as no collation is declared.
  func conditions(names: [String]?, person: StoredBytes?, lists: FoundLists) -> [SQL] {
    var conditions: [SQL] = ["TRUE"]
    if let names { conditions.append("cases.reference IN \(names)") }
    if let person { conditions.append("cases.person = \(person)") }
    if let since { conditions.append("decided.at >= \(since)") }
    if let asOf { conditions.append("decided.at <= \(asOf)") }
    if let entries { conditions.append("decided.entry IN \(entries)") }
    if latestOnly || waitingOnly { conditions.append("decided.version = cases.latest_version") }
    if waitingOnly { conditions.append(Self.nobodyLooked) }
    if let clause {
      conditions.append(
        """
        found.entry IN (SELECT entry FROM found_clauses
          WHERE clause = (SELECT number FROM clauses WHERE id = \(clause)))
        """)
    }
    if pack != nil || packVersion != nil {
      let those = lists.filter { list in
        list.list.packs.contains {
          (pack ?? $0.id) == $0.id && (packVersion ?? $0.version) == $0.version
        }
      }
      conditions.append("found.list IN \(those.map(\.number))")
    }
    if conclusion != nil || status != nil {
      conditions.append(lists.condition(conclusion: conclusion, status: status))
    }
    return conditions
  }

  private static let nobodyLooked: SQL = """
    NOT EXISTS (SELECT 1 FROM acts WHERE acts.case_number = decided.case_number
      AND acts.kind IN ('review', 'withdrawal') AND acts.version = decided.version)
    """
}
