// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import LocalSocket
internal import TransparencyLog

/// A head of the ledger, signed now if anything came since the last, and copied out.
package struct SignCheckpoint: DeskCommand {
  package static let name = "audit checkpoint"
  package static let rights: [AccessRight] = [.audit, .operate]

  package var json: Bool

  package init(json: Bool) { self.json = json }

  package func answer(_ visit: Visit) throws -> Int32 {
    let head = try visit.signedHead()
    guard json else {
      try visit.say(head.note)
      return 0
    }
    try visit.say(
      .object([
        "size": .integer(Int(head.size)), "entry": .integer(Int(head.entry)),
        "root": .string(try head.signed().checkpoint.root.base64), "note": .string(head.note),
      ]))
    return 0
  }
}

/// A file that proves by itself that an entry is in the ledger (C2SP `tlog-proof`).
package struct ProveEntry: DeskCommand {
  package static let name = "audit prove"
  package static let rights: [AccessRight] = [.audit, .read]

  package var decision: CaseVersion?
  package var entry: Int64?
  /// The file that the proof goes to; else it is printed.
  package var file: String?
  /// A second file, with what matches a decision to its entry.
  package var opening: String?

  package init(_ decision: CaseVersion?, entry: Int64?, file: String?, opening: String?) {
    self.decision = decision
    self.entry = entry
    self.file = file
    self.opening = opening
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let number = try decision.map { try self.number(of: $0, visit) } ?? entry ?? 0
    guard let entry = try visit.ledger.entry(number) else {
      throw Failure.input(
        "\(number): error: the ledger has \(try visit.ledger.size()) entries, from 1 [no-entry]")
    }
    let head = try visit.head(over: number)
    let proof = EntryProof(
      entry: entry.leaf, index: number - 1,
      path: try visit.ledger.inclusionProof(of: number, inSize: head.size),
      checkpoint: try head.signed())
    try visit.give(proof.text, file: file)
    return 0
  }

  private func number(of wanted: CaseVersion, _ visit: Visit) throws -> Int64 {
    if let opening {
      let stored = try visit.decision(wanted)
      let document = JSON.object([
        "case": .string(stored.reference), "entry": .integer(Int(stored.entry)),
        "decision": .string(String(decoding: stored.decision, as: UTF8.self)),
        "salt": .string(ContentDigest.hex(stored.salt)), "version": .integer(stored.version),
      ])
      try visit.give(document.canonicalText + "\n", file: opening)
      return stored.entry
    }
    let rows = try visit.ledger.history(wanted.reference)
    guard let row = rows.last(where: { wanted.version == nil || $0.version == wanted.version }) else {
      throw try visit.missing(wanted)
    }
    try visit.recordReading(row.reference, version: row.version)
    return row.entry
  }
}

/// A file that proves by itself that the ledger only grew between two signed heads.
package struct ProveConsistency: DeskCommand {
  package static let name = "audit prove --from"
  package static let rights: [AccessRight] = [.audit, .read]

  /// Each a number of entries, or a checkpoint's text.
  package var from: String
  package var to: String?
  package var file: String?

  package init(from: String, to: String?, file: String?) {
    self.from = from
    self.to = to
    self.file = file
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let old = try head(from, visit)
    let new = try to.map { try head($0, visit) } ?? visit.head(over: old.checkpoint.size).signed()
    let (before, after) = (old.checkpoint.size, new.checkpoint.size)
    guard (1...after).contains(before) else {
      throw Failure.input(
        "\(before): error: a ledger of \(after) entries does not continue one of \(before) [sizes]")
    }
    let proof = ConsistencyProof(
      old: old, new: new, path: try visit.ledger.consistencyProof(from: before, to: after))
    try visit.give(proof.text, file: file)
    return 0
  }

  private func head(_ text: String, _ visit: Visit) throws -> SignedCheckpoint {
    guard let size = Int64(text) else { return try given(text, visit) }
    let heads = try visit.ledger.heads()
    if let head = heads.first(where: { $0.size == size }) { return try head.signed() }
    let near = heads.map(\.size).sorted { abs($0 - size) < abs($1 - size) }.prefix(6).sorted()
    throw Failure.input(
      "\(size): error: no head over \(size) entries was signed [no-head]\n    hint: heads near it are over "
        + near.map { "\($0)" }.joined(separator: ", "))
  }

  /// A checkpoint from elsewhere, which must be of this ledger.
  private func given(_ text: String, _ visit: Visit) throws -> SignedCheckpoint {
    let signed: SignedCheckpoint
    do throws(MalformedLogText) { signed = try SignedCheckpoint(parsing: Array(text.utf8)) } catch {
      throw Failure.input("error: this is no checkpoint: \(error) [bad-checkpoint]")
    }
    let (size, present) = (signed.checkpoint.size, try visit.ledger.size())
    guard size <= present else {
      throw Failure.input(
        "error: the checkpoint is over \(size) entries, and the ledger has \(present): what came after is missing "
          + "[rolled-back]")
    }
    guard try visit.ledger.root(ofSize: size) == signed.checkpoint.root else {
      throw Failure.input(
        "error: the checkpoint is over other entries than the first \(size) of this ledger [other-log]")
    }
    return signed
  }
}

extension Visit {
  /// Writes a text to a file of the answer if one is named, else prints it.
  func give(_ text: String, file: String?) throws {
    if let file { try reply.file(path: file, bytes: Array(text.utf8)) } else { try say(text) }
  }
}
