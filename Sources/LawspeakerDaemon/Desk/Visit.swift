// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
package import Ledger
package import LawspeakerCore
package import LocalSocket
internal import PackRegistry

/// Who asks, and why.
package struct Visitor: Hashable, Sendable {
  package var uid: UInt32
  /// The operating system's name of the user.
  package var user: String
  package var purpose: String?

  package init(uid: UInt32, purpose: String?) {
    self.uid = uid
    user = (try? Account(uid: uid))?.name ?? "uid \(uid)"
    self.purpose = purpose
  }
}

/// One command being answered: what it may use, and where the answer goes.
package struct Visit: Sendable {
  /// Whose desk it is.
  package let desk: Desk
  package let visitor: Visitor
  /// ``DeskCommand/name`` of what is asked.
  package let command: String
  package let reply: ReplyWriter
  /// The ledger as it is asked: a connection of the visit's own that cannot write.
  package let ledger: LedgerReader

  package var configuration: Configuration { desk.configuration }
  /// The present moment, `2026-11-23T19:24:03Z`.
  package var timestamp: String { LocalDay.timestamp(desk.now()) }
  /// The day it is where the assessor works.
  package var today: CivilDate { LocalDay.day(of: desk.now(), in: configuration.timeZone) }

  /// Writes a text and ends its line.
  package func say(_ text: String) throws { try reply.out(text.hasSuffix("\n") ? text : text + "\n") }

  /// Writes a document on a line of its own.
  package func say(_ json: JSON) throws { try say(json.canonicalText) }

  /// Writes what is not part of the answer and ends its line.
  package func complain(_ text: String) throws { try reply.err(text.hasSuffix("\n") ? text : text + "\n") }
}

/// Reading cases: each is on record before any of it is given.
extension Visit {
  /// Records that something is about to be read.
  ///
  /// - Parameters:
  ///   - reference: The case; nil if it is a question across cases.
  ///   - version: One decision of it.
  ///   - detail: What is asked, for the part of the record that may be erased.
  /// - Throws: ``Failure`` if a purpose must be stated and is not.
  package func recordReading(_ reference: String? = nil, version: Int? = nil, detail: String? = nil) throws {
    if configuration.privacy.purpose == .required, visitor.purpose?.isEmpty ?? true {
      throw Failure.input(
        "error: who reads a case states why [no-purpose]\n    hint: add `--purpose \"…\"`")
    }
    try record(
      Act(.access, at: timestamp, reference: reference, version: version, open: [:], sealed: [:]), detail)
  }

  /// Records an act of this visitor's; who, why and with which command are added to what is sealed.
  @discardableResult package func record(_ act: Act, _ detail: String? = nil) throws -> Int64 {
    try desk.ledger.write { tx in try tx.record(signed(act, detail)) }
  }

  /// An act with who does it, why and by which command.
  package func signed(_ act: Act, _ detail: String? = nil) -> Act {
    var act = act
    act.open["command"] = .text(command)
    act.sealed["uid"] = .integer(Int64(visitor.uid))
    act.sealed["user"] = .text(visitor.user)
    act.sealed["purpose"] = visitor.purpose.map { .text($0) }
    act.sealed["detail"] = detail.map { .text($0) }
    return act
  }

  /// A recorded decision whose bytes are those that the ledger names; that it is read is on record.
  ///
  /// - Throws: ``Failure`` if there is none, it was erased, or it is not what was recorded.
  package func decision(_ wanted: CaseVersion) throws -> StoredDecision {
    guard let stored = try ledger.decision(wanted.reference, version: wanted.version) else {
      throw try missing(wanted)
    }
    try recordReading(stored.reference, version: stored.version)
    guard ContentDigest(of: stored.decision) == stored.decisionSHA256 else {
      throw Failure.ours(
        "\(wanted): error: the recorded bytes are not those of the recorded digest [changed]")
    }
    return stored
  }

  /// Why there is no such decision.
  package func missing(_ wanted: CaseVersion) throws -> Failure {
    if let erased = try ledger.erasedCases(wanted.reference).first, wanted.version ?? 1 <= erased.version {
      return .input("\(wanted): error: what was recorded was erased on \(erased.at.prefix(10)) [erased]")
    }
    if let version = wanted.version, try !ledger.history(wanted.reference).isEmpty {
      return .input(
        "\(wanted): error: there is no version \(version) of this case [no-decision]\n"
          + "    hint: `lawspeaker history \(wanted.reference)` lists the versions")
    }
    return .input("\(wanted): error: there is no decision about this case [no-decision]")
  }

  /// A recorded decision, computed again under the packs of its time.
  package func verdict(_ wanted: CaseVersion) throws -> (StoredDecision, Verdict) {
    let stored = try decision(wanted)
    return (stored, try verdict(of: stored))
  }

  /// The same for a decision that is at hand.
  package func verdict(of stored: StoredDecision) throws -> Verdict {
    let set = try desk.archived(stored.packs)
    do { return try Verdict(stored, under: set.generation) } catch let differs as ReplayDiffers {
      throw Failure.ours("\(stored.reference)@\(stored.version): error: \(differs) [replay-differs]")
    }
  }
}
