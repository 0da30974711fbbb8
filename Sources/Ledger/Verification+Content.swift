// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What entries say of content that is stored beside them.
private struct Claims {
  /// Digests of content that was sealed after it was recorded, by case and version.
  var sealedLater: [String: [String]] = [:]
  /// The same of set-aside objects, by entry.
  var setAsideLater: [Int64: String] = [:]
  /// The last erased version, by case.
  var erased: [Int64: Int64] = [:]
  /// Set-aside objects that were erased, by entry.
  var erasedEntries: [ClosedRange<Int64>] = []

  init(_ db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT kind, body FROM entries WHERE kind IN ('sealed', 'erasure') ORDER BY seq")
    while let row = try rows.next() {
      guard let body = EntryBody(text: try row.decode(forColumn: "body")) else { continue }
      if try row.decode(String.self, forColumn: "kind") == "erasure" {
        if let number = body["case"]?.number, let version = body["version"]?.number {
          erased[number] = max(erased[number] ?? 0, version)
        }
        for run in body["entries"]?.items ?? [] {
          guard let first = run.items.first?.number, let last = run.items.last?.number, first <= last else {
            continue
          }
          erasedEntries.append(first...last)
        }
      } else if let number = body["case"]?.number, let version = body["version"]?.number {
        sealedLater["\(number)@\(version)"] = body["sealed"]?.items.compactMap(\.string)
      } else if let entry = body["entry"]?.number {
        setAsideLater[entry] = body["sealed"]?.string
      }
    }
  }
}

/// Content, indexes and keys against the entries.
extension LedgerReader {
  func checkContent(_ db: Database, _ result: inout Verification) throws {
    let claims = try Claims(db)
    try checkDecisions(db, claims, &result)
    try Self.checkMissingDecisions(db, claims, &result)
    try checkCases(db, &result)
    try checkSetAside(db, claims, &result)
    try checkActs(db, claims, &result)
    try Self.checkPacks(db, &result)
    try Self.checkStrays(db, &result)
    if canOpen { try checkKeys(db, try keys(), &result) }
  }

  private func checkDecisions(_ db: Database, _ claims: Claims, _ result: inout Verification) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT decided.*, entries.kind, entries.at AS entry_at, entries.body AS entry_body, cases.reference,
          cases.owner, cases.person, cases.latest_version FROM decided
        LEFT JOIN entries ON seq = entry LEFT JOIN cases ON cases.number = case_number ORDER BY entry
        """)
    let index = FoundIndex(db)
    while let row = try rows.next() {
      let entry: Int64 = try row.decode(forColumn: "entry")
      let number: Int64 = try row.decode(forColumn: "case_number")
      let version: Int = try row.decode(forColumn: "version")
      let body = try row.decode(String?.self, forColumn: "entry_body").flatMap { EntryBody(text: $0) }
      guard try row.decode(String?.self, forColumn: "kind") == "decision", let body,
        body["case"]?.number == number, body["version"]?.number == Int64(version)
      else {
        result.report("a decision is stored as that of entry \(entry), which is about another or none")
        continue
      }
      let claimed =
        body["sealed"]?.items.compactMap(\.string) ?? claims.sealedLater["\(number)@\(version)"] ?? []
      let sealed = try SealedDecision(
        head: row.bytes("head"), caseFile: row.bytes("case_file"), body: row.bytes("body"))
      let found = [sealed.head, sealed.caseFile, sealed.body].map { ContentDigest(of: $0).description }
      guard found == claimed else {
        result.report("the content of the decision of entry \(entry) is not what was recorded")
        continue
      }
      let isOfItsTime = try row.decode(String.self, forColumn: "at") == row.decode(forColumn: "entry_at")
      if let problem = try isOfItsTime
        ? openedProblem(db, index, row, body, sealed, number, version) : "the time"
      {
        result.report("\(problem) of the decision of entry \(entry) is not what was recorded")
      } else {
        result.decisions += 1
      }
    }
  }

  /// What of a decision differs once it is opened; nil if nothing does, or there are no keys to open it.
  private func openedProblem(
    _ db: Database, _ index: FoundIndex, _ row: Row, _ body: EntryBody, _ sealed: SealedDecision,
    _ number: Int64, _ version: Int
  ) throws -> String? {
    guard canOpen else { return nil }
    let keys = try keys()
    do {
      let key = try Self.key(db, number, keys)
      var content = try DecisionContent.head(sealed.head, with: key, case: number, version: version)
      content.documents = try DecisionContent.documents(
        sealed.body, with: key, case: number, version: version)
      let caseBytes = try DecisionContent.caseFile(sealed.caseFile, with: key, case: number, version: version)
      if content.commitment.description != body["commitment"]?.string { return "the document" }
      if ContentDigest(of: content.documents.decision) != content.decisionSHA256 { return "the document" }
      if ContentDigest(of: caseBytes) != content.caseSHA256 { return "the case file" }
      let found = try index.found(row.decode(forColumn: "entry"))
      if DecisionContent.digest(found) != content.foundSHA256 { return "the index" }
      if body["packs"]?.items != found.packs.map(\.body) { return "the list of packs" }
      let name: String? = try row.decode(forColumn: "reference")
      let isNamed =
        name.map { [content.reference, keys.pseudonym(of: content.reference)].contains($0) } ?? false
      if !isNamed { return "the reference" }
      let owner = try row.decode(Int64?.self, forColumn: "owner")
      if version == 1, let recorded = content.owner, owner != Int64(recorded) { return "the owner" }
      let person = content.person.map { keys.tag($0, purpose: "person") }
      let isNewest = try row.decode(Int?.self, forColumn: "latest_version") == version
      return try isNewest && row.decode(StoredBytes?.self, forColumn: "person")?.bytes != person
        ? "the person" : nil
    } catch LedgerFault.erased { return "the key" } catch LedgerFault.damaged { return "the key or content" }
  }

  /// Decisions of which nothing is stored must have been erased.
  private static func checkMissingDecisions(_ db: Database, _ claims: Claims, _ result: inout Verification)
    throws
  {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, entries.body ->> 'case' AS number, entries.body ->> 'version' AS version FROM entries
        LEFT JOIN decided ON decided.entry = seq WHERE kind = 'decision' AND decided.entry IS NULL ORDER BY seq
        """)
    while let row = try rows.next() {
      let number: Int64 = try row.decode(forColumn: "number")
      if try row.decode(Int64.self, forColumn: "version") <= claims.erased[number] ?? 0 {
        result.erased += 1
      } else {
        result.report("the decision of entry \(try row.decode(Int64.self, forColumn: "seq")) is missing")
      }
    }
  }

  /// Cases against the decisions about them; in two queries, since SQLite joins in full by comparing each with each.
  private func checkCases(_ db: Database, _ result: inout Verification) throws {
    let entries = try Int64.fetchAll(
      db,
      sql: """
        SELECT seq FROM (SELECT body ->> 'case' AS named, max(body ->> 'version') AS newest, max(seq) AS seq
          FROM entries WHERE kind = 'decision' GROUP BY named) LEFT JOIN cases ON number = named
        WHERE latest_version IS NOT newest ORDER BY seq
        """)
    for entry in entries {
      result.report("the case of the decision of entry \(entry) is missing, or has another newest version")
    }
    let empty = try Int64.fetchAll(
      db,
      sql: """
        SELECT number FROM cases WHERE number NOT IN (
          SELECT body ->> 'case' FROM entries WHERE kind = 'decision' AND body ->> 'case' IS NOT NULL)
        """)
    for _ in empty { result.report("a case is stored of which there is no decision") }
  }

  private func checkSetAside(_ db: Database, _ claims: Claims, _ result: inout Verification) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, body ->> 'sealed' AS sealed_sha256, set_aside.* FROM entries
        LEFT JOIN set_aside ON set_aside.entry = seq WHERE kind IN ('refusal', 'held') ORDER BY seq
        """)
    while let row = try rows.next() {
      let entry: Int64 = try row.decode(forColumn: "seq")
      guard let number = try row.decode(Int64?.self, forColumn: "number") else {
        if !claims.erasedEntries.contains(where: { $0.contains(entry) }) {
          result.report("what was set aside with entry \(entry) is missing")
        }
        continue
      }
      let sealed = try row.bytes("sealed")
      let claimed = try row.decode(String?.self, forColumn: "sealed_sha256") ?? claims.setAsideLater[entry]
      var isWhole = claimed == ContentDigest(of: sealed).description
      if isWhole, canOpen {
        let keys = try keys()
        isWhole = (try? SetAsideContent(sealed, with: Self.key(db, number, keys), number: number)) != nil
      }
      if !isWhole { result.report("what was set aside with entry \(entry) is not what was recorded") }
    }
  }

  private func checkActs(_ db: Database, _ claims: Claims, _ result: inout Verification) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT seq, body ->> 'sealed' AS sealed_sha256, body ->> 'case' AS named,
          body ->> 'version' AS named_version, acts.* FROM entries
        LEFT JOIN acts ON acts.entry = seq
        WHERE entries.kind IN ('access', 'access-refused', 'review', 'withdrawal', 'erasure') ORDER BY seq
        """)
    while let row = try rows.next() {
      let entry: Int64 = try row.decode(forColumn: "seq")
      let named = try row.decode(Int64?.self, forColumn: "named")
      guard let number = try row.decode(Int64?.self, forColumn: "key") else {
        if named.flatMap({ claims.erased[$0] }) == nil {
          result.report("what entry \(entry) sealed is missing")
        }
        continue
      }
      let sealed = try row.bytes("sealed")
      let claimed = try row.decode(String?.self, forColumn: "sealed_sha256")
      var isWhole = claimed == ContentDigest(of: sealed).description
      if isWhole { isWhole = try row.decode(Int64?.self, forColumn: "case_number") == named }
      if isWhole {
        isWhole = try row.decode(Int64?.self, forColumn: "version") == row.decode(forColumn: "named_version")
      }
      if isWhole, canOpen {
        let keys = try keys()
        isWhole = (try? Self.opened(db, sealed, key: number, entry: entry, keys)) != nil
      }
      if !isWhole { result.report("what entry \(entry) sealed is not what was recorded") }
    }
  }

  private static func checkPacks(_ db: Database, _ result: inout Verification) throws {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT seq, id, version, body ->> 'id' AS named, body ->> 'version' AS named_version,
          lower(hex(packs_known.sha256)) AS digest, body ->> 'sha256' AS named_digest
        FROM entries FULL JOIN packs_known ON archived_entry = seq
        WHERE kind = 'pack' OR kind IS NULL OR id IS NOT NULL
        """)
    for row in rows {
      let digest = try row.decode(String?.self, forColumn: "digest").map { "sha256:" + $0 }
      guard try row.decode(String?.self, forColumn: "id") == row.decode(String?.self, forColumn: "named"),
        try row.decode(String?.self, forColumn: "version")
          == row.decode(String?.self, forColumn: "named_version"),
        try digest == row.decode(String?.self, forColumn: "named_digest")
      else {
        let entry = try row.decode(Int64?.self, forColumn: "seq").map { "entry \($0)" } ?? "no entry"
        result.report("the pack that \(entry) records is missing, or another one is stored for it")
        continue
      }
    }
    let refused = try Row.fetchAll(
      db,
      sql: """
        SELECT seq, body ->> 'diagnostics_sha256' AS digest, diagnostics FROM entries
        LEFT JOIN packs_refused ON entry = seq WHERE kind = 'pack-refused' ORDER BY seq
        """)
    for row in refused {
      let text = try row.decode(String?.self, forColumn: "diagnostics")
      let digest = text.map { ContentDigest(of: Array($0.utf8)).description }
      if try digest != row.decode(String?.self, forColumn: "digest") {
        result.report(
          "what entry \(try row.decode(Int64.self, forColumn: "seq")) said of a pack is not what was recorded"
        )
      }
    }
  }

  /// Every key must open, and belong to something.
  private func checkKeys(_ db: Database, _ keys: KeyRing, _ result: inout Verification) throws {
    let rows = try Row.fetchCursor(db, sql: "SELECT * FROM keys")
    while let row = try rows.next() {
      let number: Int64 = try row.decode(forColumn: "number")
      let epoch: Int = try row.decode(forColumn: "epoch")
      if (try? keys.unwrap(row.bytes("wrapped"), number: number, epoch: epoch)) == nil {
        result.report("a key of epoch \(epoch) does not open")
      }
    }
    let orphans =
      try Int.fetchOne(
        db,
        sql: """
          SELECT count(*) FROM keys WHERE number > 0
            AND number NOT IN (SELECT number FROM cases) AND number NOT IN (SELECT number FROM set_aside)
          """) ?? 0
    if orphans > 0 { result.report("\(orphans) keys open nothing that is stored") }
  }
}
