// SPDX-License-Identifier: Apache-2.0

import Ledger
import LawspeakerCore
import LawspeakerDaemon
import TransparencyLog

/// A file checked with public keys alone.
struct ProofCheck {
  let file: String
  let keys: [NoteVerifierKey]

  /// What a file proves: in words, and for programs.
  struct Proven {
    var text: String
    var json: [String: JSON]
    /// What the entry says, where one is proven.
    var entry: EntryBody?
  }

  /// Checks the bytes of a proof or a checkpoint.
  ///
  /// - Throws: ``MalformedLogText`` if they are neither, ``Failure`` if they do not prove what they say.
  func proven(_ bytes: [UInt8]) throws -> Proven {
    if bytes.starts(with: "c2sp.org/tlog-proof@".utf8) { return try entry(EntryProof(parsing: bytes)) }
    if bytes.starts(with: "lawspeaker-consistency-proof@".utf8) {
      return try consistency(ConsistencyProof(parsing: bytes))
    }
    return try checkpoint(SignedCheckpoint(parsing: bytes))
  }

  private func entry(_ proof: EntryProof) throws -> Proven {
    let head: Checkpoint
    do throws(CheckRefused) { head = try proof.check(with: keys) } catch { throw refused("\(error)") }
    let number = proof.index + 1
    let entry = EntryBody(text: String(decoding: proof.entry, as: UTF8.self))
    guard let entry, let kind = entry["kind"]?.string, let at = entry["at"]?.string,
      entry["seq"]?.number == number
    else { throw refused("entry \(number) of the log is not one of Lawspeaker's of that number") }
    return Proven(
      text:
        "\(file): entry \(number) (\(kind), \(at)) is in the log `\(head.origin)`, among the \(head.size) entries "
        + "of the head signed by \(signers(proof.checkpoint))",
      json: [
        "proves": .string("entry"), "log": .string(head.origin), "size": .integer(Int(head.size)),
        "root": .string(head.root.base64), "entry": .integer(Int(number)), "kind": .string(kind),
        "at": .string(at),
      ], entry: entry)
  }

  private func consistency(_ proof: ConsistencyProof) throws -> Proven {
    let (old, new): (Checkpoint, Checkpoint)
    do throws(CheckRefused) { (old, new) = try proof.check(with: keys) } catch { throw refused("\(error)") }
    return Proven(
      text:
        "\(file): the log `\(new.origin)` of \(new.size) entries continues that of \(old.size): nothing of it was "
        + "changed or taken away; both heads are signed by \(signers(proof.new))",
      json: [
        "proves": .string("consistency"), "log": .string(new.origin), "from": .integer(Int(old.size)),
        "size": .integer(Int(new.size)), "root": .string(new.root.base64),
      ])
  }

  private func checkpoint(_ signed: SignedCheckpoint) throws -> Proven {
    let head: Checkpoint
    do throws(NoteRefused) { head = try signed.check(with: keys) } catch { throw refused("\(error)") }
    return Proven(
      text:
        "\(file): the log `\(head.origin)` had \(head.size) entries with the root \(head.root), signed by "
        + signers(signed),
      json: [
        "proves": .string("checkpoint"), "log": .string(head.origin), "size": .integer(Int(head.size)),
        "root": .string(head.root.base64),
      ])
  }

  /// Holds a decision to the entry that is proven; says which it is.
  func open(_ bytes: [UInt8], named path: String, in proven: Proven) throws -> String {
    guard let opening = EntryBody(text: String(decoding: bytes, as: UTF8.self)),
      let salt = opening["salt"]?.string.flatMap({ ContentDigest(hex: $0) })?.bytes,
      let decision = opening["decision"]?.string, let document = EntryBody(text: decision)
    else { throw Failure.input("\(path): error: this is not what `audit prove --open` writes [bad-opening]") }
    guard let body = proven.entry?["body"], let claimed = body["commitment"]?.string else {
      throw Failure.input("\(file): error: this proves no decision [no-decision]")
    }
    guard ContentDigest(of: salt + Array(decision.utf8)).description == claimed,
      opening["version"] == body["version"], opening["case"] == document["case"]
    else {
      throw Failure.input("\(path): error: this is not the decision that the entry is about [other-decision]")
    }
    let name = "\(opening["case"]?.string ?? "")@\(opening["version"]?.number ?? 0)"
    return "\(path): the decision \(name) is the one that the entry is about, byte for byte"
  }

  private func signers(_ signed: SignedCheckpoint) -> String {
    let signers = (try? signed.note.signers(among: keys)) ?? []
    return signers.map { "`\($0.id)`" }.joined(separator: " and ")
  }

  private func refused(_ reason: String) -> Failure { .input("\(file): error: \(reason) [not-proven]") }
}
