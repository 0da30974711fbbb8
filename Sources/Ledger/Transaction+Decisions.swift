// SPDX-License-Identifier: Apache-2.0
import Crypto
import GRDB

extension Ledger.Transaction {
  /// Returns the newest decision about a case, those of this transaction counted; `nil` if there is none.
  package func latest(_ reference: String) throws -> LatestDecision? {
    let row = try Row.fetchOne(
      db,
      literal: """
        SELECT cases.owner, decided.* FROM cases
        JOIN decided ON decided.case_number = cases.number AND decided.version = cases.latest_version
        WHERE cases.reference = \(reference)
        """)
    guard let row else { return nil }
    let number: Int64 = try row.decode(forColumn: "case_number")
    let version: Int = try row.decode(forColumn: "version")
    return try LatestDecision(
      caseNumber: number, owner: row.decode(forColumn: "owner"), version: version,
      assessedOn: row.decode(forColumn: "assessed_on"), caseSHA256: row.decode(forColumn: "case_sha256"),
      decisionSHA256: row.decode(forColumn: "decision_sha256"),
      answerSHA256: row.decode(forColumn: "answer_sha256"), decision: row.bytes("decision"),
      packs: LedgerReader.packs(db, number, version))
  }

  /// Returns the owner's uid and the next version of a case; `nil` if its reference was never used.
  ///
  /// It counts on after a case's content was erased, when ``latest(_:)`` is `nil` again.
  package func standing(of reference: String) throws -> (owner: UInt32, nextVersion: Int)? {
    let row = try Row.fetchOne(
      db, literal: "SELECT owner, latest_version FROM cases WHERE reference = \(reference)")
    return try row.map { row in
      try (row.decode(forColumn: "owner"), row.decode(Int.self, forColumn: "latest_version") + 1)
    }
  }

  /// Returns the version that a case's next decision has, from 1.
  package func nextVersion(of reference: String) throws -> Int {
    try standing(of: reference)?.nextVersion ?? 1
  }

  /// Records a decision with all its content, and that its files are still to be put out.
  ///
  /// The entry names the case by its random number and commits to the decision by SHA-256 over a random salt and the
  /// decision's bytes, so that it says nothing once the salt is erased.
  /// - Throws: ``LedgerFault/version(expected:given:)``, if the version is not the next.
  package func record(_ record: DecisionRecord) throws -> RecordedDecision {
    let expected = try nextVersion(of: record.reference)
    guard record.version == expected else {
      throw LedgerFault.version(expected: expected, given: record.version)
    }
    let number = try caseNumber(for: record)
    var random = SystemRandomNumberGenerator()
    let salt = (0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
    let commitment = Ledger.commitment(salt: salt, decision: record.decision)
    let entry = try append(
      .decision, at: record.at,
      body: [
        "case": .integer(number), "commitment": .text(commitment.description),
        "packs": .list(record.packs.map(\.body)), "version": .integer(Int64(record.version)),
      ])
    try insertContent(record, number: number, entry: entry, salt: salt)
    try insertFound(record, number: number)
    try db.run(
      """
      INSERT INTO outbox (entry, kind, file_name, bytes_sha256, case_number, version)
      VALUES (\(entry), 'decision', \(record.fileName), \(record.caseSHA256), \(number), \(record.version))
      """)
    return RecordedDecision(entry: entry, caseNumber: number, version: record.version)
  }

  /// Returns the number of the record's case with its newest version set, drawing one for a new case.
  private func caseNumber(for record: DecisionRecord) throws -> Int64 {
    let known = try Int64.fetchOne(
      db,
      literal: """
        UPDATE cases SET latest_version = \(record.version), person = \(record.person)
        WHERE reference = \(record.reference) RETURNING number
        """)
    if let known { return known }
    var number: Int64
    repeat {
      number = Int64.random(in: 1...(1 << 53 - 1))
    } while try Bool.fetchOne(db, literal: "SELECT EXISTS (SELECT 1 FROM cases WHERE number = \(number))")
      == true
    try db.run(
      """
      INSERT INTO cases (number, reference, owner, person, latest_version)
      VALUES (\(number), \(record.reference), \(Int64(record.owner)), \(record.person), \(record.version))
      """)
    return number
  }

  private func insertContent(_ record: DecisionRecord, number: Int64, entry: Int64, salt: [UInt8]) throws {
    try db.run(
      """
      INSERT INTO decided (case_number, version, entry, at, assessed_on, file_name, salt, case_sha256,
        decision_sha256, answer_sha256, case_bytes, decision, envelope)
      VALUES (\(number), \(record.version), \(entry), \(record.at), \(record.assessedOn), \(record.fileName),
        \(StoredBytes(salt)), \(record.caseSHA256), \(record.decisionSHA256), \(record.answerSHA256),
        \(StoredBytes(record.caseBytes)), \(StoredBytes(record.decision)), \(StoredBytes(record.envelope)))
      """)
  }

  private func insertFound(_ record: DecisionRecord, number: Int64) throws {
    for (place, conclusion) in record.conclusions.enumerated() {
      try db.run(
        """
        INSERT INTO found_conclusions (case_number, version, place, conclusion, status)
        VALUES (\(number), \(record.version), \(place), \(conclusion.id), \(conclusion.status))
        """)
    }
    for (place, pack) in record.packs.enumerated() {
      try db.run(
        """
        INSERT INTO found_packs (case_number, version, place, pack, pack_version, pack_sha256)
        VALUES (\(number), \(record.version), \(place), \(pack.id), \(pack.version), \(pack.sha256))
        """)
    }
    for clause in record.clauses {
      try db.run(
        """
        INSERT OR IGNORE INTO found_clauses (case_number, version, clause)
        VALUES (\(number), \(record.version), \(clause))
        """)
    }
  }
}

extension Ledger {
  /// What an entry says of a decision: SHA-256 over the salt and the inner document.
  static func commitment(salt: [UInt8], decision: [UInt8]) -> ContentDigest {
    ContentDigest(of: salt + decision)
  }
}
