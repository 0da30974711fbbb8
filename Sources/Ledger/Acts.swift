// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What somebody did with what the ledger holds: read it, reviewed it, withdrew or erased it.
package struct Act: Sendable {
  /// One of `access`, `accessRefused`, `review`, `withdrawal`, `erasure`.
  package var kind: EntryKind
  package var at: String
  /// The case it is about, by its reference.
  package var reference: String?
  package var version: Int?
  /// What the entry itself says, for ever: no names of people, nothing of a case.
  package var open: [String: EntryBody]
  /// What is sealed: who, why, and what else may be erased one day.
  package var sealed: [String: EntryBody]

  package init(
    _ kind: EntryKind, at: String, reference: String? = nil, version: Int? = nil,
    open: [String: EntryBody] = [:], sealed: [String: EntryBody]
  ) {
    self.kind = kind
    self.at = at
    self.reference = reference
    self.version = version
    self.open = open
    self.sealed = sealed
  }

  /// Whether it is erased with its case; who read a case and who erased it outlive it, under the key of a year.
  var isOfItsCase: Bool { kind == .review || kind == .withdrawal }
}

/// An act as it was recorded.
package struct RecordedAct: Hashable, Sendable {
  package var entry: Int64
  package var kind: EntryKind
  package var at: String
  /// What the index calls the case.
  package var name: String?
  package var version: Int?
  /// What the entry itself says.
  package var open: EntryBody
  /// What was sealed; null once it was erased.
  package var sealed: EntryBody
}

extension Ledger.Transaction {
  /// Records an act; returns its entry.
  ///
  /// - Throws: ``LedgerFault/erased`` if it is about content of a case that has none.
  @discardableResult package func record(_ act: Act) throws -> Int64 {
    let names = act.reference.map { [$0, keys.pseudonym(of: $0)] }
    let number = try names.flatMap { names in
      try Int64.fetchOne(db, literal: "SELECT number FROM cases WHERE reference IN \(names)")
    }
    let (keyNumber, key) = try key(for: act, case: number)
    var body = act.open
    let plain = Array(EntryBody.object(act.sealed).text.utf8)
    let sealed = try key.seal(plain, context: Self.context(keyNumber))
    body["sealed"] = .text(ContentDigest(of: sealed).description)
    body["case"] = number.map { .integer($0) }
    body["version"] = act.version.map { .integer(Int64($0)) }
    let entry = try append(act.kind, at: act.at, body: .object(body))
    try db.run(
      """
      INSERT INTO acts (entry, kind, case_number, version, key, sealed)
      VALUES (\(entry), \(act.kind.rawValue), \(number), \(act.version), \(keyNumber), \(StoredBytes(sealed)))
      """)
    return entry
  }

  private func key(for act: Act, case number: Int64?) throws -> (Int64, SealingKey) {
    if act.isOfItsCase {
      guard let number else { throw LedgerFault.erased }
      return (number, try key(number))
    }
    guard let year = Int64(act.at.prefix(4)), year > 0 else {
      throw LedgerFault.damaged("an act is of no year")
    }
    do { return (-year, try key(-year)) } catch LedgerFault.erased { return (-year, try makeKey(-year)) }
  }

  static func context(_ key: Int64) -> String { "lawspeaker act \(key)" }
}

/// Which acts are asked for.
package struct ActFilter: Hashable, Sendable {
  package var kinds: [EntryKind]
  package var reference: String?
  package var version: Int?
  /// The first day (UTC).
  package var since: String?
  /// How many at most, newest first.
  package var limit = Int.max

  package init(_ kinds: [EntryKind], reference: String? = nil, version: Int? = nil) {
    self.kinds = kinds
    self.reference = reference
    self.version = version
  }
}

extension LedgerReader {
  /// Returns the acts that match, newest first.
  ///
  /// - Throws: ``LedgerFault/noKey`` without keys.
  package func acts(_ filter: ActFilter) throws -> [RecordedAct] {
    let keys = try keys()
    var conditions: [SQL] = ["acts.kind IN \(filter.kinds.map(\.rawValue))"]
    if let reference = filter.reference { conditions.append("cases.reference IN \(names(reference))") }
    if let version = filter.version { conditions.append("acts.version = \(version)") }
    if let since = filter.since { conditions.append("entries.at >= \(since)") }
    let condition = conditions.joined(operator: .and)
    return try fetch { db in
      try Row.fetchAll(
        db,
        literal: """
          SELECT acts.*, entries.at, entries.body, cases.reference FROM acts
          JOIN entries ON entries.seq = acts.entry LEFT JOIN cases ON cases.number = acts.case_number
          WHERE \(condition) ORDER BY acts.entry DESC LIMIT \(filter.limit)
          """
      ).map { try Self.act(db, $0, keys) }
    }
  }

  static func act(_ db: Database, _ row: Row, _ keys: KeyRing) throws -> RecordedAct {
    let entry: Int64 = try row.decode(forColumn: "entry")
    guard let kind = EntryKind(rawValue: try row.decode(forColumn: "kind")),
      let open = EntryBody(text: try row.decode(forColumn: "body"))
    else { throw LedgerFault.damaged("entry \(entry) is no act") }
    return try RecordedAct(
      entry: entry, kind: kind, at: row.decode(forColumn: "at"), name: row.decode(forColumn: "reference"),
      version: row.decode(forColumn: "version"), open: open,
      sealed: opened(db, row.bytes("sealed"), key: row.decode(forColumn: "key"), entry: entry, keys))
  }

  static func opened(_ db: Database, _ sealed: [UInt8], key number: Int64, entry: Int64, _ keys: KeyRing)
    throws -> EntryBody
  {
    let plain = try key(db, number, keys).open(sealed, context: Ledger.Transaction.context(number))
    guard let plain, let body = EntryBody(text: String(decoding: plain, as: UTF8.self)) else {
      throw LedgerFault.damaged("what entry \(entry) sealed does not open under its key")
    }
    return body
  }
}
