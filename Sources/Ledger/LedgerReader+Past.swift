// SPDX-License-Identifier: Apache-2.0
import GRDB

/// A decision as far as its case is decided anew: not its documents, which are a hundred times as large.
package struct PastDecision: Sendable {
  package var reference: String
  package var version: Int
  package var entry: Int64
  /// The case file, still sealed.
  package var caseFile: SealedCaseFile
  package var jurisdiction: String
  package var assessedOn: String
  /// The packs it was taken under.
  package var packs: [PackReference]
  package var conclusions: [String]
  /// The status of each conclusion, and the clauses applied.
  package var found: CompactFindings
}

/// A case file as it is stored, for who may have no need to open it.
package struct SealedCaseFile: Sendable {
  fileprivate let sealed: [UInt8]
  fileprivate let key: SealingKey
  fileprivate let number: Int64
  fileprivate let version: Int

  /// The file as it was recorded.
  ///
  /// - Throws: ``LedgerFault``: `damaged` if it does not open.
  package func open() throws -> [UInt8] {
    try DecisionContent.caseFile(sealed, with: key, case: number, version: version)
  }
}

extension LedgerReader {
  /// What many decisions have in common, by the number of their list; who reads many keeps one.
  package struct SharedNames {
    fileprivate var lists: [Int64: (list: FoundList, names: [UInt8])] = [:]

    package init() {}
  }

  /// Hands over the decision of each case that was its newest at some moment, in the order of entries.
  ///
  /// - Parameters:
  ///   - entries: The entries that are looked at, in one short read.
  ///   - horizon: The last entry that is known: what came later counts as not there.
  ///   - names: What was met before, to which is added what is new.
  ///   - body: Is handed each; what it throws ends the reading.
  /// - Throws: ``LedgerFault``, or what `body` throws.
  package func eachPastDecision(
    in entries: ClosedRange<Int64>, asOf horizon: Int64 = .max, names: inout SharedNames,
    _ body: (PastDecision) throws -> Void
  ) throws {
    let keys = try keys()
    try fetch { db in
      let index = FoundIndex(db)
      let rows = try SQLRequest<Row>(
        literal: """
          SELECT decided.case_number, decided.version, decided.entry, decided.head, decided.case_file,
            keys.epoch, keys.wrapped, found.list
          FROM decided JOIN keys ON keys.number = decided.case_number
          LEFT JOIN found_answers AS found ON found.entry = decided.entry
          WHERE decided.entry BETWEEN \(entries.lowerBound) AND \(min(entries.upperBound, horizon))
            AND NOT EXISTS (
              SELECT 1 FROM decided AS later
              WHERE later.case_number = decided.case_number AND later.version = decided.version + 1
                AND later.entry <= \(horizon))
          ORDER BY decided.entry
          """, cached: true
      ).fetchCursor(db)
      while let row = try rows.next() { try body(try Self.past(row, keys, index, &names)) }
    }
  }

  private static func past(_ row: Row, _ keys: KeyRing, _ index: FoundIndex, _ shared: inout SharedNames)
    throws -> PastDecision
  {
    let number: Int64 = row[0]
    let version: Int = row[1]
    let entry: Int64 = row[2]
    let key = try keys.unwrap(bytes(row, 6), number: number, epoch: row[5])
    let head = try DecisionContent.head(bytes(row, 3), with: key, case: number, version: version)
    guard let place: Int64 = row[7], let (list, names) = try shared.list(place, index),
      names == head.found.names
    else { throw LedgerFault.damaged("the index of the decision of entry \(entry) is not what was recorded") }
    return PastDecision(
      reference: head.reference, version: version, entry: entry,
      caseFile: SealedCaseFile(sealed: try bytes(row, 4), key: key, number: number, version: version),
      jurisdiction: head.jurisdiction, assessedOn: head.assessedOn, packs: list.packs,
      conclusions: list.conclusions, found: head.found)
  }

  private static func bytes(_ row: Row, _ column: Int) throws -> [UInt8] {
    try row.decode(StoredBytes.self, atIndex: column).bytes
  }
}

extension LedgerReader.SharedNames {
  /// A list, with what stands for its conclusions in the heads of decisions; nil if there is none.
  fileprivate mutating func list(_ number: Int64, _ index: FoundIndex) throws -> (FoundList, [UInt8])? {
    if let known = lists[number] { return known }
    guard let list = try index.list(number) else { return nil }
    lists[number] = (list, CompactFindings.names(of: list.conclusions))
    return lists[number]
  }
}
