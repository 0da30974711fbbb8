// SPDX-License-Identifier: Apache-2.0
import GRDB

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

extension AnswerCount {
  fileprivate var rank: (String, String, String, String, String) {
    (month, conclusion, status, clause ?? "", packVersion)
  }
}

extension LedgerReader {
  /// Counts cases by what was concluded of them.
  ///
  /// - Parameters:
  ///   - latestOnly: Whether superseded decisions are left out.
  ///   - byClause: Whether each is counted under every clause that its decision applied.
  /// - Returns: Every combination that there is, by month, conclusion, status and clause.
  /// - Throws: ``LedgerFault``.
  package func answerCounts(latestOnly: Bool, byClause: Bool) throws -> [AnswerCount] {
    try fetch { db in
      var tally = AnswerTally(index: FoundIndex(db))
      let latest = latestOnly ? "AND decided.version = cases.latest_version" : ""
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT cases.number, substr(decided.at, 1, 7), found.entry, found.list, found.statuses,
            cases.latest_version FROM cases
          JOIN decided ON decided.case_number = cases.number \(latest)
          JOIN found_answers AS found ON found.entry = decided.entry ORDER BY cases.number
          """)
      let clauses = try db.cachedStatement(sql: "SELECT clause FROM found_clauses WHERE entry = ?")
      while let row = try rows.next() {
        let clauses = byClause ? try Int64.fetchAll(clauses, arguments: [row[2] as Int64]) : [0]
        try tally.note(
          case: latestOnly || row[5] == 1 ? nil : row[0] as Int64, month: row[1], list: row[3],
          statuses: row.decode(StoredBytes.self, atIndex: 4).bytes, clauses: clauses)
      }
      let names = try Row.fetchAll(db, sql: "SELECT number, id FROM clauses").map {
        try ($0.decode(Int64.self, atIndex: 0), $0.decode(String.self, atIndex: 1))
      }
      return tally.counts(clauses: Dictionary(names) { first, _ in first }).sorted { $0.rank < $1.rank }
    }
  }
}

/// Counts cases, each once under every answer that its decisions gave; they are handed in case by case.
private struct AnswerTally {
  /// A conclusion under a version of its pack.
  private struct Column: Hashable {
    let conclusion: String
    let pack: PackReference
  }
  /// Counts stand apart by month, and by clause where they are asked for by clause (else 0).
  private struct Group: Hashable {
    let month: String
    let clause: Int64
  }
  private struct Counted: Hashable {
    let group: Int
    let place: Int
  }

  private let index: FoundIndex
  private var columns: [Column] = []
  private var columnNumbers: [Column: Int] = [:]
  /// For each list, the column of each of its conclusions; -1 for one whose pack is not among the list's.
  private var columnsOfList: [Int64: [Int]] = [:]
  private var groupNumbers: [Group: Int] = [:]
  /// By group, and in it by column and status.
  private var counts: [[Int]] = []
  /// What the case at hand was counted under by now, if there are several decisions about it.
  private var seen: Set<Counted> = []
  private var caseNumber: Int64?

  init(index: FoundIndex) { self.index = index }

  /// Counts a decision.
  ///
  /// - Parameters:
  ///   - number: Its case; nil if no other decision about that is counted.
  ///   - month: Its month.
  ///   - list: The list of its conclusions.
  ///   - statuses: A letter for each.
  ///   - clauses: The clauses under which it is counted.
  /// - Throws: ``LedgerFault``.
  mutating func note(
    case number: Int64?, month: String, list: Int64, statuses: [UInt8], clauses: [Int64]
  ) throws {
    if number != caseNumber { seen.removeAll(keepingCapacity: true) }
    caseNumber = number
    let columns = try columns(of: list)
    for clause in clauses {
      let group = group(Group(month: month, clause: clause))
      if counts[group].count < self.columns.count * CompactFindings.words.count {
        let more = self.columns.count * CompactFindings.words.count - counts[group].count
        counts[group] += Array(repeating: 0, count: more)
      }
      for (column, letter) in zip(columns, statuses)
      where column >= 0 && Int(letter) < CompactFindings.words.count {
        let place = column * CompactFindings.words.count + Int(letter)
        let isNew = number == nil || seen.insert(Counted(group: group, place: place)).inserted
        if isNew { counts[group][place] += 1 }
      }
    }
  }

  private mutating func group(_ group: Group) -> Int {
    if let known = groupNumbers[group] { return known }
    groupNumbers[group] = counts.count
    counts.append([])
    return counts.count - 1
  }

  private mutating func columns(of number: Int64) throws -> [Int] {
    if let known = columnsOfList[number] { return known }
    guard let list = try index.list(number) else { return [] }
    let numbers = list.conclusions.map { conclusion in
      let id = conclusion.prefix { $0 != "." }
      guard let pack = list.packs.first(where: { $0.id == id }) else { return -1 }
      let column = Column(conclusion: conclusion, pack: pack)
      let known = columnNumbers[column] ?? columns.count
      if known == columns.count { columns.append(column) }
      columnNumbers[column] = known
      return known
    }
    columnsOfList[number] = numbers
    return numbers
  }

  func counts(clauses: [Int64: String]) -> [AnswerCount] {
    groupNumbers.flatMap { group, number in
      counts[number].enumerated().filter { $0.element > 0 }.map { place, count in
        let column = columns[place / CompactFindings.words.count]
        return AnswerCount(
          month: group.month, conclusion: column.conclusion,
          status: CompactFindings.words[place % CompactFindings.words.count], clause: clauses[group.clause],
          pack: column.pack.id, packVersion: column.pack.version, count: count)
      }
    }
  }
}
