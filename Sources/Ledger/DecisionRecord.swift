// SPDX-License-Identifier: Apache-2.0

/// A decision to be recorded.
package struct DecisionRecord: Hashable, Sendable {
  /// The case's reference, as its sender writes it.
  package var reference: String
  /// What indexes and folders call it: the reference, or a pseudonym of it.
  package var name: String
  /// The uid of who handed in the file; a case belongs to the owner of its first.
  package var owner: UInt32
  /// The pseudonym that ties files about one person.
  package var person: String?
  /// ``Ledger/Transaction/nextVersion(of:)``, or one more than ``CaseStanding/latestVersion``.
  package var version: Int
  /// The moment, `2026-11-23T19:24:03Z`: UTC, so that text order is time order.
  package var at: String
  /// The day the law was asked about, `2026-11-23`.
  package var assessedOn: String
  /// Where the assessor works, for a file that does not say.
  package var jurisdiction: String
  package var fileName: String
  package var caseBytes: [UInt8]
  /// The inner document, the bytes that are hashed.
  package var decision: [UInt8]
  /// The document that is put out around it.
  package var envelope: [UInt8]
  package var caseSHA256: ContentDigest
  package var decisionSHA256: ContentDigest
  package var answerSHA256: ContentDigest
  /// The packs that applied, in the decision's order.
  package var packs: [PackReference]
  /// In the decision's order.
  package var conclusions: [FoundConclusion]
  /// The clauses applied.
  package var clauses: [String]

  package init(
    reference: String, name: String? = nil, owner: UInt32, person: String?, version: Int, at: String,
    assessedOn: String,
    jurisdiction: String, fileName: String, caseBytes: [UInt8], decision: [UInt8], envelope: [UInt8],
    caseSHA256: ContentDigest,
    decisionSHA256: ContentDigest, answerSHA256: ContentDigest, packs: [PackReference],
    conclusions: [FoundConclusion], clauses: [String]
  ) {
    self.reference = reference
    self.name = name ?? reference
    self.owner = owner
    self.person = person
    self.version = version
    self.at = at
    self.assessedOn = assessedOn
    self.jurisdiction = jurisdiction
    self.fileName = fileName
    self.caseBytes = caseBytes
    self.decision = decision
    self.envelope = envelope
    self.caseSHA256 = caseSHA256
    self.decisionSHA256 = decisionSHA256
    self.answerSHA256 = answerSHA256
    self.packs = packs
    self.conclusions = conclusions
    self.clauses = clauses
  }
}

/// What recording a decision gave.
package struct RecordedDecision: Hashable, Sendable {
  /// To be finished once the decision's files are out.
  package var entry: Int64
  package var caseNumber: Int64
  package var version: Int
}

/// An object that is refused or held.
package struct SetAsideRecord: Hashable, Sendable {
  package var at: String
  package var fileName: String
  /// `nil` for an object that was not read.
  package var sha256: ContentDigest?
  /// The stable codes of what is wrong; they alone go into the entry.
  package var codes: [String]
  /// What is said to the sender, or the daemon's fault.
  package var diagnostics: String

  package init(at: String, fileName: String, sha256: ContentDigest?, codes: [String], diagnostics: String) {
    self.at = at
    self.fileName = fileName
    self.sha256 = sha256
    self.codes = codes
    self.diagnostics = diagnostics
  }
}

/// An entry whose work in the spool was not recorded as finished.
package struct Unfinished: Hashable, Sendable {
  package var entry: Int64
  /// `decision`, `refusal` or `held`.
  package var kind: EntryKind
  package var fileName: String
  package var sha256: ContentDigest?
  /// For a decision: the name of its case and the version, with which its content is found.
  package var reference: String?
  package var version: Int?
  /// For a refusal or a held file: what is written beside it.
  package var diagnostics: String?
}
