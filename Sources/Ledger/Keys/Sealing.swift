// SPDX-License-Identifier: Apache-2.0
import Crypto
import FoundationEssentials

/// A secret of 32 bytes that seals and opens others' bytes: AES-256-GCM with a random nonce (NIST SP 800-38D).
///
/// No more than some thousands of texts are ever sealed with one, far below the 2³² that random nonces allow.
package struct SealingKey: Sendable {
  static let byteCount = 32
  private let key: SymmetricKey

  /// Draws a new one.
  package init() { key = SymmetricKey(size: .bits256) }

  /// Takes a key's bytes; `nil` unless they are 32.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == Self.byteCount else { return nil }
    key = SymmetricKey(data: bytes)
  }

  /// The secret itself.
  package var bytes: [UInt8] { unsafe key.withUnsafeBytes { unsafe Array($0) } }

  /// Seals bytes so that they open only under the same context: nonce, ciphertext and tag, 28 bytes more.
  func seal(_ plain: [UInt8], context: String) throws -> [UInt8] {
    let box = try AES.GCM.seal(plain, using: key, authenticating: Array(context.utf8))
    return Array(box.nonce) + Array(box.ciphertext) + Array(box.tag)
  }

  /// Opens what was sealed; `nil` if the key or the context is another one, or a byte was changed.
  func open(_ sealed: [UInt8], context: String) -> [UInt8]? {
    guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
    return (try? AES.GCM.open(box, using: key, authenticating: Array(context.utf8))).map { Array($0) }
  }

  /// A keyed pseudonym of some bytes: HMAC-SHA-256 (RFC 2104), which says nothing without the key.
  func tag(_ bytes: [UInt8]) -> [UInt8] { Array(HMAC<SHA256>.authenticationCode(for: bytes, using: key)) }
}

/// Byte strings in a row, each with its length before it (4 bytes, the highest first): what is sealed together.
enum Packed {
  static func pack(_ parts: [[UInt8]]) -> [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(parts.reduce(0) { $0 + $1.count + 4 })
    for part in parts {
      let length = UInt32(part.count)
      packed += [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: length >> $0) }
      packed += part
    }
    return packed
  }

  /// The parts; `nil` unless there are as many as expected and nothing is left over.
  static func unpack(_ packed: [UInt8], parts count: Int) -> [[UInt8]]? {
    var parts: [[UInt8]] = []
    var place = 0
    while place < packed.count {
      guard packed.count - place >= 4 else { return nil }
      let length = packed[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      place += 4
      guard packed.count - place >= length else { return nil }
      parts.append(Array(packed[place..<place + length]))
      place += length
    }
    return parts.count == count ? parts : nil
  }
}
