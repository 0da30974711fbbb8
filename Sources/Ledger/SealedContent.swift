// SPDX-License-Identifier: Apache-2.0
import Crypto
import GRDB

/// What is stored of a decision, sealed with its case's key in three parts: a small head, which lists and comparisons
/// need, the case file, and the documents.
struct DecisionContent {
  var salt: [UInt8]
  /// The sender's reference, whatever the index holds.
  var reference: String
  var person: String?
  /// The uid of who handed in the file; nil where it was recorded before this was sealed too.
  var owner: UInt32?
  var assessedOn: String
  /// Where the assessor works, for a file that does not say.
  var jurisdiction: String
  var fileName: String
  var caseSHA256: ContentDigest
  var decisionSHA256: ContentDigest
  var answerSHA256: ContentDigest
  /// The digest of what queries find it by, so that a changed index shows.
  var foundSHA256: ContentDigest
  /// The conclusions and clauses for who reads very many decisions.
  var found: CompactFindings
  var caseBytes: [UInt8]
  var documents: Documents

  /// The inner document and the envelope.
  struct Documents {
    var decision: [UInt8]
    var envelope: [UInt8]
  }

  /// What an entry says of a decision: SHA-256 over the salt and the inner document.
  var commitment: ContentDigest { ContentDigest(of: salt + documents.decision) }
}

/// The parts as they are stored.
struct SealedDecision {
  var head: [UInt8]
  var caseFile: [UInt8]
  var body: [UInt8]

  /// As the entry names them, so that they are found whole without any key.
  var digests: EntryBody { .list([head, caseFile, body].map { .text(ContentDigest(of: $0).description) }) }
}

extension DecisionContent {
  init(_ record: DecisionRecord, salt: [UInt8]) throws {
    self.salt = salt
    reference = record.reference
    person = record.person
    owner = record.owner
    assessedOn = record.assessedOn
    jurisdiction = record.jurisdiction
    fileName = record.fileName
    (caseSHA256, decisionSHA256) = (record.caseSHA256, record.decisionSHA256)
    answerSHA256 = record.answerSHA256
    foundSHA256 = Self.digest(record.found)
    found = try CompactFindings(record.found)
    caseBytes = record.caseBytes
    documents = Documents(decision: record.decision, envelope: record.envelope)
  }

  /// A row of the time before content was sealed.
  init(old row: Row, _ found: Found) throws {
    foundSHA256 = Self.digest(found)
    self.found = try CompactFindings(found)
    salt = try row.bytes("salt")
    reference = try row.decode(forColumn: "reference")
    person = try row.decode(forColumn: "person")
    owner = try row.decode(forColumn: "owner")
    assessedOn = try row.decode(forColumn: "assessed_on")
    jurisdiction = try row.decode(forColumn: "jurisdiction")
    fileName = try row.decode(forColumn: "file_name")
    caseSHA256 = try row.decode(forColumn: "case_sha256")
    decisionSHA256 = try row.decode(forColumn: "decision_sha256")
    answerSHA256 = try row.decode(forColumn: "answer_sha256")
    caseBytes = try row.bytes("case_bytes")
    documents = Documents(decision: try row.bytes("decision"), envelope: try row.bytes("envelope"))
  }

  /// The digest of what queries find a decision by.
  static func digest(_ found: Found) -> ContentDigest {
    let conclusions = found.conclusions.map { Packed.pack([Array($0.id.utf8), Array($0.status.utf8)]) }
    return ContentDigest(
      of: Packed.pack([
        found.packs.packed, Packed.pack(conclusions), Packed.pack(found.clauses.map { Array($0.utf8) }),
      ]))
  }

  func sealed(with key: SealingKey, case number: Int64, version: Int) throws -> SealedDecision {
    let person = person.map { [1] + Array($0.utf8) } ?? []
    let head = Packed.pack([
      salt, Array(reference.utf8), person, Array(assessedOn.utf8), Array(fileName.utf8), caseSHA256.bytes,
      decisionSHA256.bytes, answerSHA256.bytes, foundSHA256.bytes, Array(jurisdiction.utf8),
      found.bytes, owner.map { Array("\($0)".utf8) } ?? [],
    ])
    let body = Packed.pack([documents.decision, documents.envelope])
    return SealedDecision(
      head: try key.seal(head, context: Self.context("head", number, version)),
      caseFile: try key.seal(caseBytes, context: Self.context("case", number, version)),
      body: try key.seal(body, context: Self.context("body", number, version)))
  }

  /// Opens the head of a decision; case file and documents stay empty.
  static func head(_ sealed: [UInt8], with key: SealingKey, case number: Int64, version: Int) throws
    -> DecisionContent
  {
    let plain = key.open(sealed, context: context("head", number, version))
    guard let parts = plain.flatMap({ Packed.unpack($0, parts: 12) ?? Packed.unpack($0, parts: 11) }),
      let caseSHA256 = ContentDigest(parts[5]), let decisionSHA256 = ContentDigest(parts[6]),
      let answerSHA256 = ContentDigest(parts[7]), let foundSHA256 = ContentDigest(parts[8]),
      let found = CompactFindings(parts[10])
    else { throw LedgerFault.damaged("the head of a decision does not open under its case's key") }
    func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
    return DecisionContent(
      salt: parts[0], reference: text(parts[1]),
      person: parts[2].isEmpty ? nil : text(Array(parts[2].dropFirst())),
      owner: parts.count == 12 ? UInt32(text(parts[11])) : nil, assessedOn: text(parts[3]),
      jurisdiction: text(parts[9]), fileName: text(parts[4]), caseSHA256: caseSHA256,
      decisionSHA256: decisionSHA256,
      answerSHA256: answerSHA256, foundSHA256: foundSHA256,
      found: found, caseBytes: [], documents: Documents(decision: [], envelope: []))
  }

  /// Opens the documents of a decision.
  static func documents(_ sealed: [UInt8], with key: SealingKey, case number: Int64, version: Int) throws
    -> Documents
  {
    let plain = key.open(sealed, context: context("body", number, version))
    guard let parts = plain.flatMap({ Packed.unpack($0, parts: 2) }) else {
      throw LedgerFault.damaged("the documents of a decision do not open under its case's key")
    }
    return Documents(decision: parts[0], envelope: parts[1])
  }

  /// Opens the case file of a decision.
  static func caseFile(_ sealed: [UInt8], with key: SealingKey, case number: Int64, version: Int) throws
    -> [UInt8]
  {
    guard let bytes = key.open(sealed, context: context("case", number, version)) else {
      throw LedgerFault.damaged("the case file of a decision does not open under its case's key")
    }
    return bytes
  }

  private static func context(_ part: String, _ number: Int64, _ version: Int) -> String {
    "lawspeaker \(part) \(number)@\(version)"
  }
}

/// What is stored of an object that is refused or held, sealed with a key of its own.
struct SetAsideContent {
  var fileName: String
  var sha256: ContentDigest?
  var diagnostics: String

  func sealed(with key: SealingKey, number: Int64) throws -> [UInt8] {
    let parts = [Array(fileName.utf8), sha256?.bytes ?? [], Array(diagnostics.utf8)]
    return try key.seal(Packed.pack(parts), context: Self.context(number))
  }

  init(fileName: String, sha256: ContentDigest?, diagnostics: String) {
    (self.fileName, self.sha256, self.diagnostics) = (fileName, sha256, diagnostics)
  }

  init(_ sealed: [UInt8], with key: SealingKey, number: Int64) throws {
    let plain = key.open(sealed, context: Self.context(number))
    guard let parts = plain.flatMap({ Packed.unpack($0, parts: 3) }) else {
      throw LedgerFault.damaged("what was set aside does not open under its key")
    }
    fileName = String(decoding: parts[0], as: UTF8.self)
    sha256 = ContentDigest(parts[1])
    diagnostics = String(decoding: parts[2], as: UTF8.self)
  }

  private static func context(_ number: Int64) -> String { "lawspeaker set aside \(number)" }
}
