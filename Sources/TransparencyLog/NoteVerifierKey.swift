// SPDX-License-Identifier: Apache-2.0
import Crypto

/// A public key with a name, which checks the signatures on notes (C2SP `signed-note`, Ed25519).
package struct NoteVerifierKey: Hashable, Sendable {
  /// Its name and number.
  package let id: NoteKeyID
  /// The 32 bytes of the public key.
  package let publicKey: [UInt8]

  init(name: String, publicKey: [UInt8]) {
    id = NoteKeyID(name: name, publicKey: publicKey)
    self.publicKey = publicKey
  }

  /// Reads a key's text, as ``text`` has it; a newline may follow.
  ///
  /// - Throws: ``MalformedLogText``, also if the number is not the key's.
  package init(parsing text: String) throws(MalformedLogText) {
    let (id, key) = try NoteKeyText.parse(text)
    self.init(name: id.name, publicKey: key)
    guard self.id == id else { throw .init(line: 1, expected: "the number that belongs to the name and key") }
  }

  /// The key's name.
  package var name: String { id.name }

  /// The key as it is handed out: `name+number+base64`, without a newline.
  package var text: String { NoteKeyText.text(id, key: publicKey) }

  /// Whether a signature is of a text and by this key.
  func verifies(_ signature: [UInt8], of text: String) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: publicKey) else { return false }
    return key.isValidSignature(signature, for: Array(text.utf8))
  }
}
