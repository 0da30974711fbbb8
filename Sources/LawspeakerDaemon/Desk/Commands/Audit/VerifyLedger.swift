// SPDX-License-Identifier: Apache-2.0

package import Ledger
internal import LawspeakerCore
package import LocalSocket
internal import PackRegistry
package import TransparencyLog
internal import YAMLTree

/// The whole ledger and its archive of packs, read again and held to every head that was ever copied out.
package struct VerifyLedger: DeskCommand {
  package static let name = "audit verify"
  package static let rights: [AccessRight] = [.audit, .operate]

  /// The keys by which heads must be signed; none for those that the ledger itself names.
  package var keys: [String]
  package var json: Bool

  package init(keys: [NoteVerifierKey], json: Bool) {
    self.keys = keys.map(\.text)
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    try answer(visit.ledger, visit.configuration, visit.reply)
  }

  /// The same of a ledger that is only read, such as a copy on an auditor's machine, with keys or without.
  ///
  /// - Throws: ``ReplyFault`` if nobody waits for the answer any more.
  package func answer(_ ledger: LedgerReader, _ configuration: Configuration, _ reply: ReplyWriter) throws
    -> Int32
  {
    let trusted = keys.compactMap { try? NoteVerifierKey(parsing: $0) }
    let verification: Verification
    do {
      verification = try ledger.verify(
        trusted: keys.isEmpty ? nil : trusted, published: HeadKeeper.published(in: configuration.headFolders)
      ) { try reply.progress("\($0) entries") }
    } catch let fault as LedgerFault {
      throw Failure.input("\(configuration.ledgerPath): error: \(fault) [not-as-recorded]")
    }
    let report = AuditReport(
      place: configuration.ledgerPath, verification, archive: configuration.archivePath,
      isByOwnKeys: keys.isEmpty)
    return try report.write(json: json, to: reply)
  }
}

/// What verifying showed, for people and programs.
package struct AuditReport: Sendable {
  private let place: String
  private let verification: Verification
  private let archive: [Diagnostic]
  private let isByOwnKeys: Bool

  /// Looks at the archive of packs too.
  ///
  /// - Parameters:
  ///   - place: The ledger or folder, as problems name it.
  ///   - verification: What reading it again has shown.
  ///   - folder: The folder of archived packs.
  ///   - isByOwnKeys: Whether heads were checked by the keys that the ledger itself names.
  package init(place: String, _ verification: Verification, archive folder: String, isByOwnKeys: Bool) {
    self.place = place
    self.verification = verification
    self.isByOwnKeys = isByOwnKeys
    let archive = PackArchive(folder: folder)
    self.archive = verification.packs.flatMap { archive.problems(with: $0.sha256.hex, id: $0.id) }
  }

  private var problems: [String] {
    var problems = verification.problems.map { "\(place): error: \($0) [not-as-recorded]" }
    if problems.isEmpty, verification.heads == 0 {
      problems.append("\(place): error: no signed head vouches for what stands here [no-head]")
    }
    return problems + archive.map(\.description)
  }

  /// Writes the report; returns the exit code.
  package func write(json: Bool, to reply: ReplyWriter) throws(ReplyFault) -> Int32 {
    let problems = problems
    if json {
      try reply.line(document(problems).canonicalText)
    } else {
      for problem in problems { try reply.err(problem + "\n") }
      for line in lines { try reply.line(line) }
      try reply.line(
        problems.isEmpty ? "sound" : "not sound: \(problems.count) problem\(problems.count == 1 ? "" : "s")")
    }
    return problems.isEmpty ? 0 : 1
  }

  private var lines: [String] {
    let unsigned = verification.entries - verification.signed
    let opened = verification.isOpened ? "content opened" : "content not opened, its ciphertext checked"
    return [
      "entries:   \(verification.entries), root \(verification.root)",
      "heads:     \(verification.heads) agree; the newest is over \(verification.signed) entries"
        + (unsigned > 0 ? ", \(unsigned) came after it" : ""),
      "decisions: \(verification.decisions) as recorded, \(verification.erased) erased; \(opened)",
      "packs:     \(verification.packs.count) in the archive",
      isByOwnKeys
        ? "keys:      only those that the ledger itself names; --key with a key from elsewhere shows who signed"
        : "keys:      those given",
    ]
  }

  private func document(_ problems: [String]) -> JSON {
    .object([
      "sound": .bool(problems.isEmpty), "entries": .integer(Int(verification.entries)),
      "root": .string(verification.root.base64), "heads": .integer(verification.heads),
      "signed": .integer(Int(verification.signed)), "decisions": .integer(verification.decisions),
      "erased": .integer(verification.erased), "opened": .bool(verification.isOpened),
      "packs": .integer(verification.packs.count), "keys": .string(isByOwnKeys ? "own" : "given"),
      "problems": .strings(problems),
    ])
  }
}
