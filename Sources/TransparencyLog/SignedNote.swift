// SPDX-License-Identifier: Apache-2.0

/// A text with the signatures of one or more keys (C2SP `signed-note`).
///
/// Nothing it says is to be believed before ``signers(among:)`` has named a key.
package struct SignedNote: Hashable, Sendable {
  /// The most signatures that are read; the specification asks for 16 at least.
  package static let maximumSignatures = 64

  /// What is signed, with its last newline.
  package let body: String
  /// The signatures in the note's order.
  package let signatures: [NoteSignature]

  init(body: String, signatures: [NoteSignature]) {
    self.body = body
    self.signatures = signatures
  }

  /// Signs a text.
  ///
  /// - Parameters:
  ///   - body: The text; it ends in a newline and has no other control characters.
  ///   - keys: Who signs; when keys change, the old one and the new.
  package init(signing body: String, with keys: [NoteSigningKey]) {
    precondition(
      body.utf8.last == 0x0A && !keys.isEmpty, "a note's text ends in a newline, and a key signs it")
    precondition(body.utf8.allSatisfy { $0 >= 0x20 || $0 == 0x0A }, "a note's text has no control characters")
    self.init(body: body, signatures: keys.map { $0.sign(body) })
  }

  /// Reads a note.
  ///
  /// - Throws: ``MalformedLogText`` if the bytes are not such as ``text`` can be; no signature is checked.
  package init(parsing bytes: [UInt8]) throws(MalformedLogText) {
    var lines = try LogLines(bytes)
    let body = try lines.upToLastEmpty()
    guard !body.isEmpty else { throw lines.wrong("a text before the empty line") }
    let text = body.map { String(decoding: $0, as: UTF8.self) + "\n" }.joined()
    self.init(body: text, signatures: try lines.signatures())
  }

  /// The note as it is written: the text, an empty line, and a line for each signature.
  package var text: String { body + "\n" + signatures.map { $0.line + "\n" }.joined() }

  /// Finds out who of some signed the note; signatures of other keys count for nothing.
  ///
  /// - Parameter keys: The known keys.
  /// - Returns: Those that signed, at least one.
  /// - Throws: ``NoteRefused`` if none signed, or a signature under a known key's name is not its.
  package func signers(among keys: [NoteVerifierKey]) throws(NoteRefused) -> [NoteVerifierKey] {
    var signers: [NoteVerifierKey] = []
    for signature in signatures {
      for key in keys where key.id == signature.id {
        guard key.verifies(signature.bytes, of: body) else { throw .badSignature(signature.id) }
        if !signers.contains(key) { signers.append(key) }
      }
    }
    guard !signers.isEmpty else { throw .unknownSigners }
    return signers
  }
}
