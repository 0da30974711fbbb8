// SPDX-License-Identifier: Apache-2.0
import Crypto

/// A SHA-256 digest.
package struct ContentDigest: Hashable, Sendable, CustomStringConvertible {
  /// The 32 bytes.
  package let bytes: [UInt8]

  /// Takes a digest's bytes; `nil` unless they are 32.
  package init?(_ bytes: [UInt8]) {
    guard bytes.count == SHA256.byteCount else { return nil }
    self.bytes = bytes
  }

  /// Reads 64 lower-case hexadecimal digits, with or without `sha256:` before them.
  package init?(hex text: String) {
    let digits = Array((text.hasPrefix("sha256:") ? text.dropFirst(7) : Substring(text)).utf8)
    guard digits.count == 2 * SHA256.byteCount else { return nil }
    var bytes: [UInt8] = []
    for pair in stride(from: 0, to: digits.count, by: 2) {
      guard let high = Self.value(digits[pair]), let low = Self.value(digits[pair + 1]) else { return nil }
      bytes.append(high << 4 | low)
    }
    self.bytes = bytes
  }

  /// Computes the digest of some bytes.
  package init(of content: [UInt8]) { bytes = Array(SHA256.hash(data: content)) }

  /// The digest as 64 lower-case hexadecimal digits.
  package var hex: String { Self.hex(bytes) }

  /// Bytes as lower-case hexadecimal digits.
  package static func hex(_ bytes: some Sequence<UInt8>) -> String {
    let digits = Array("0123456789abcdef".utf8)
    return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
  }

  /// The digest as documents have it: `sha256:` and the digits.
  package var description: String { "sha256:" + hex }

  private static func value(_ digit: UInt8) -> UInt8? {
    switch digit {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
