// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What is known of a case whatever was erased of it.
package struct CaseStanding: Hashable, Sendable {
  /// The uid of who handed in its first file.
  package var owner: UInt32
  /// The newest version there ever was.
  package var latestVersion: Int
  /// What indexes and folders call it.
  package var name: String
}

extension Ledger.Transaction {
  /// Returns the version that a case's next decision has, from 1.
  ///
  /// It counts on after a case's content was erased.
  package func nextVersion(of reference: String) throws -> Int {
    (try LedgerReader.standing(db, [reference, keys.pseudonym(of: reference)])?.latestVersion ?? 0) + 1
  }

  /// Records a decision with all its content, and that its files are still to be put out.
  ///
  /// The entry names the case by its random number. It commits to the decision by SHA-256 over a random salt and the
  /// decision's bytes, which says nothing once the salt is erased, and to what is stored by the digests of the
  /// ciphertext, which anybody can check.
  /// - Throws: ``LedgerFault``: `version` if the version is not the next, `damaged` if a status has no letter.
  package func record(_ record: DecisionRecord) throws -> RecordedDecision {
    let expected = try nextVersion(of: record.reference)
    guard record.version == expected else {
      throw LedgerFault.version(expected: expected, given: record.version)
    }
    let (number, key) = try caseKey(for: record)
    var random = SystemRandomNumberGenerator()
    let salt = (0..<32).map { _ in UInt8.random(in: 0 ... .max, using: &random) }
    let content = try DecisionContent(record, salt: salt)
    let sealed = try content.sealed(with: key, case: number, version: record.version)
    let entry = try append(
      .decision, at: record.at,
      body: [
        "case": .integer(number), "commitment": .text(content.commitment.description),
        "packs": .list(record.packs.map(\.body)), "sealed": sealed.digests,
        "version": .integer(Int64(record.version)),
      ])
    try insert(sealed, number: number, version: record.version, entry: entry, at: record.at)
    try insert(record.found, entry: entry)
    try db.run(
      """
      INSERT INTO outbox (entry, kind, case_number, version)
      VALUES (\(entry), 'decision', \(number), \(record.version))
      """)
    return RecordedDecision(entry: entry, caseNumber: number, version: record.version)
  }

  /// The number and key of the record's case with its newest version set, drawn for a new case or an erased one.
  private func caseKey(for record: DecisionRecord) throws -> (Int64, SealingKey) {
    let person = record.person.map { StoredBytes(keys.tag($0, purpose: "person")) }
    let known = try Int64.fetchOne(
      db,
      literal: """
        UPDATE cases SET latest_version = \(record.version), person = \(person)
        WHERE reference = \(record.name) RETURNING number
        """)
    if let known {
      do { return (known, try key(known)) } catch LedgerFault.erased { return (known, try makeKey(known)) }
    }
    let number = try drawNumber()
    try db.run(
      """
      INSERT INTO cases (number, reference, owner, person, latest_version)
      VALUES (\(number), \(record.name), \(Int64(record.owner)), \(person), \(record.version))
      """)
    return (number, try makeKey(number))
  }

  func insert(_ sealed: SealedDecision, number: Int64, version: Int, entry: Int64, at: String) throws {
    try db.run(
      """
      INSERT INTO decided (case_number, version, entry, at, head, case_file, body)
      VALUES (\(number), \(version), \(entry), \(at), \(StoredBytes(sealed.head)),
        \(StoredBytes(sealed.caseFile)), \(StoredBytes(sealed.body)))
      """)
  }
}
