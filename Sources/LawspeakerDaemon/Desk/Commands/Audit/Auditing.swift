// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LocalSocket
internal import TransparencyLog

extension Desk {
  /// What auditors ask.
  static let auditing: [any DeskCommand.Type] = [
    VerifyLedger.self, SignCheckpoint.self, ProveEntry.self, ProveConsistency.self, ReplayDecisions.self,
    ExportLedger.self, ListActivePacks.self, ListAccesses.self, ListTouched.self,
  ]
}

extension Visit {
  /// A signed head over some entries at least: the newest, or one that is signed now.
  ///
  /// - Throws: ``Failure`` if it could not be copied to where heads are kept.
  func head(over entries: Int64) throws -> RecordedHead {
    if let head = try ledger.lastHead(), head.size >= entries { return head }
    return try signedHead()
  }

  /// The newest head, signed now if anything came since the last.
  func signedHead() throws -> RecordedHead {
    do {
      if let head = try desk.heads.sign(at: timestamp) ?? ledger.lastHead() { return head }
    } catch let fault as HeadNotCopied {
      throw Failure.later(
        "error: \(fault) [head-not-copied]\n    hint: the head is signed and recorded; it is copied with the next"
      )
    }
    throw Failure.input("error: there is nothing to sign yet [no-entries]")
  }
}

extension ReplyWriter {
  /// Writes text and ends its line.
  func line(_ text: String) throws(ReplyFault) { try out(text + "\n") }
}

extension RecordedHead {
  /// The note, parsed.
  ///
  /// - Throws: ``Failure`` if the ledger holds something else.
  func signed() throws -> SignedCheckpoint {
    do throws(MalformedLogText) { return try SignedCheckpoint(parsing: Array(note.utf8)) } catch {
      throw Failure.ours("error: the head over \(size) entries cannot be read: \(error) [ledger]")
    }
  }
}
