// SPDX-License-Identifier: Apache-2.0
import Crypto

/// The name of a key and the first four bytes of its hash, which together say who signed (C2SP `signed-note`).
package struct NoteKeyID: Hashable, Sendable, CustomStringConvertible {
  /// The name, such as `lawspeaker.example/oslo-1`.
  package let name: String
  /// The key's number: what the name, the kind of key and the public key hash to.
  package let number: UInt32

  init(name: String, number: UInt32) {
    self.name = name
    self.number = number
  }

  /// Computes the number of an Ed25519 key.
  init(name: String, publicKey: [UInt8]) {
    let hash = Array(SHA256.hash(data: Array(name.utf8) + [0x0A, Self.ed25519] + publicKey))
    self.init(name: name, number: hash.prefix(4).reduce(0) { $0 << 8 | UInt32($1) })
  }

  /// The kind of signature, the only one that is made or checked here.
  static let ed25519: UInt8 = 0x01

  /// Whether a text can name a key: not empty, printable ASCII, without spaces and `+`.
  ///
  /// The specification allows all of Unicode, where two names that look alike can differ.
  package static func isName(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "+") }
  }

  /// The number as eight hexadecimal digits.
  package var hex: String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// Both as keys have them: `name+hex`.
  package var description: String { "\(name)+\(hex)" }

  /// Compared as bytes, since Unicode finds more names equal than were signed.
  package static func == (a: Self, b: Self) -> Bool {
    a.number == b.number && a.name.utf8.elementsEqual(b.name.utf8)
  }
}
