// SPDX-License-Identifier: Apache-2.0
import Crypto

/// The SHA-256 hash of a leaf or of a subtree (RFC 9162, section 2.1.1).
package struct MerkleHash: Hashable, Sendable {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Takes a hash's bytes; `nil` unless they are 32.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads the 44 characters of ``base64``; `nil` for anything else.
  package init?(base64 text: String) { self.init(base64: Array(text.utf8)[...]) }

  init?(base64 text: ArraySlice<UInt8>) {
    guard let bytes = Base64.bytes(text) else { return nil }
    self.init(bytes)
  }

  private init(of parts: [UInt8]...) {
    var hasher = SHA256()
    for part in parts { hasher.update(data: part) }
    bytes = Array(hasher.finalize())
  }

  /// The hash of a tree without leaves, that of no bytes.
  package static let emptyTree = MerkleHash(of: [])

  /// Computes the hash of a leaf, which is never that of an inner node: a zero comes before the data.
  package static func leaf(_ data: [UInt8]) -> Self { .init(of: [0], data) }

  /// Computes the hash of two subtrees that lie beside each other.
  package static func node(_ left: Self, _ right: Self) -> Self { .init(of: [1], left.bytes, right.bytes) }

  /// The hash as 44 characters of base 64.
  package var base64: String { Base64.text(bytes) }
}

extension MerkleHash: CustomStringConvertible {
  /// The hash in base 64, as all texts of the log have it.
  package var description: String { base64 }
}
