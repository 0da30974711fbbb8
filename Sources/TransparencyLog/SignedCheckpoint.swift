// SPDX-License-Identifier: Apache-2.0

/// A checkpoint with its signatures.
package struct SignedCheckpoint: Hashable, Sendable {
  /// What it says, which is not to be believed before ``check(with:)`` has returned it.
  package let checkpoint: Checkpoint
  /// Who signed it.
  package let signatures: [NoteSignature]

  /// Signs a checkpoint.
  ///
  /// - Parameters:
  ///   - checkpoint: What to sign; it continues every one signed before, and its entries are durable.
  ///   - keys: Who signs; when keys change, the old one and the new.
  package init(signing checkpoint: Checkpoint, with keys: [NoteSigningKey]) {
    precondition(keys.contains { $0.verifier.name == checkpoint.origin }, "a key of the log's name signs")
    self.checkpoint = checkpoint
    signatures = SignedNote(signing: checkpoint.body, with: keys).signatures
  }

  /// Reads a checkpoint's file.
  ///
  /// - Throws: ``MalformedLogText`` if the bytes are not such as ``text`` can be; no signature is checked.
  package init(parsing bytes: [UInt8]) throws(MalformedLogText) {
    var lines = try LogLines(bytes)
    try self.init(reading: &lines)
    try lines.end()
  }

  init(reading lines: inout LogLines) throws(MalformedLogText) {
    checkpoint = try Checkpoint(reading: &lines)
    try lines.skip("")
    signatures = try lines.signatures()
  }

  /// The checkpoint as a note.
  package var note: SignedNote { SignedNote(body: checkpoint.body, signatures: signatures) }

  /// The checkpoint as it is published.
  package var text: String { note.text }

  /// Checks that a known key of the log's name signed.
  ///
  /// - Parameter keys: The known keys, among which may be those of others, such as witnesses.
  /// - Returns: What the checkpoint says.
  /// - Throws: ``NoteRefused``.
  @discardableResult
  package func check(with keys: [NoteVerifierKey]) throws(NoteRefused) -> Checkpoint {
    let signers = try note.signers(among: keys)
    guard signers.contains(where: { $0.name == checkpoint.origin }) else { throw .origin(checkpoint.origin) }
    return checkpoint
  }
}
