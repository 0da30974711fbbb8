// SPDX-License-Identifier: Apache-2.0
import Crypto

/// A secret key with a name, which signs notes (C2SP `signed-note`, Ed25519).
package struct NoteSigningKey: Sendable {
  /// What its signatures are checked with.
  package let verifier: NoteVerifierKey
  private let key: Curve25519.Signing.PrivateKey

  private static let prefix = "PRIVATE+KEY+"

  /// Makes a new key; `nil` unless ``NoteKeyID/isName(_:)`` finds the name good.
  package init?(newNamed name: String) { self.init(name: name, key: .init()) }

  /// Takes a key's 32 secret bytes; `nil` for another length or a name that cannot be one.
  package init?(name: String, seed: [UInt8]) {
    guard let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: seed) else { return nil }
    self.init(name: name, key: key)
  }

  private init?(name: String, key: Curve25519.Signing.PrivateKey) {
    guard NoteKeyID.isName(name) else { return nil }
    self.key = key
    verifier = NoteVerifierKey(name: name, publicKey: Array(key.publicKey.rawRepresentation))
  }

  /// Reads a key's file, as ``secretText`` has it; a newline may follow.
  ///
  /// - Throws: ``MalformedLogText``, which never carries what the file says; also if the number is not the key's.
  package init(parsingSecret text: String) throws(MalformedLogText) {
    let (id, seed) = try NoteKeyText.parse(text, prefix: Self.prefix)
    guard let key = Self(name: id.name, seed: seed), key.verifier.id == id else {
      throw .init(line: 1, expected: "the number that belongs to the name and key")
    }
    self = key
  }

  /// The key with its secret, as Go's `sumdb/note` writes it: `PRIVATE+KEY+name+number+base64`, without a newline.
  package var secretText: String {
    Self.prefix + NoteKeyText.text(verifier.id, key: Array(key.rawRepresentation))
  }

  /// Signs a note's text.
  func sign(_ text: String) -> NoteSignature {
    guard let signature = try? key.signature(for: Array(text.utf8)) else {
      preconditionFailure("Ed25519 signs any text with any key")
    }
    return NoteSignature(id: verifier.id, bytes: Array(signature))
  }
}

extension NoteSigningKey: CustomStringConvertible, CustomReflectable {
  /// Name and number; never the secret.
  package var description: String { verifier.id.description }
  /// Name and number; never the secret.
  package var customMirror: Mirror { Mirror(self, children: ["id": verifier.id]) }
}
