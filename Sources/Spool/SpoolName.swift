// SPDX-License-Identifier: Apache-2.0

/// The name of an object in a spool folder, as the bytes the file system has.
///
/// A `String` will not do: two file names that differ only in how an accent is encoded are one `String`, and a
/// name need not be UTF-8 at all.
package struct SpoolName: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible
{
  /// The longest name that is taken in; it leaves room for a number and `.diagnostics` within 255 bytes.
  package static let maximumBytes = 200

  /// The bytes, without a terminating zero.
  package let bytes: [UInt8]

  package init(bytes: [UInt8]) { self.bytes = bytes }
  package init(_ text: String) { bytes = Array(text.utf8) }
  package init(stringLiteral text: String) { self.init(text) }

  /// The name as text: exact for a plain name; else what can be shown, with control characters escaped.
  package var text: String {
    var shown = ""
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      if Self.isPrintable(scalar) {
        shown.unicodeScalars.append(scalar)
      } else {
        shown += scalar.escaped(asASCII: true)
      }
    }
    return shown
  }

  package var description: String { text }

  /// The name as text, exact; `nil` if it is not UTF-8.
  package var utf8Text: String? { String(validating: bytes, as: UTF8.self) }

  /// Whether the name is 1 to 200 bytes of printable UTF-8, without a slash and without a leading dot.
  package var isPlain: Bool {
    guard (1...Self.maximumBytes).contains(bytes.count), bytes[0] != UInt8(ascii: ".") else { return false }
    guard let text = utf8Text else { return false }
    return text.unicodeScalars.allSatisfy { $0 != "/" && Self.isPrintable($0) }
  }

  /// Whether the spool leaves objects of this name alone, as unfinished or as an editor's copy.
  package var isLeftAlone: Bool {
    bytes.first == UInt8(ascii: ".") || ["~", ".part", ".tmp"].contains { bytes.ends(with: $0.utf8) }
  }

  /// The ending after the last dot, if it is 1 to 8 lower-case letters and digits; else `case`.
  package var ending: String {
    guard let dot = bytes.lastIndex(of: UInt8(ascii: ".")) else { return "case" }
    let ending = bytes[(dot + 1)...]
    let plain = ending.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x7A).contains($0) }
    return plain && (1...8).contains(ending.count) ? String(decoding: ending, as: UTF8.self) : "case"
  }

  package static func < (a: Self, b: Self) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }

  /// Whether a character shows as itself; direction marks are excluded since they make a name read as another.
  private static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: false
    default: !scalar.properties.isBidiControl
    }
  }
}

extension [UInt8] {
  fileprivate func ends(with suffix: String.UTF8View) -> Bool {
    count >= suffix.count && self[(count - suffix.count)...].elementsEqual(suffix)
  }
}

/// Whether a text is a case's reference, `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`, and so safe as a folder's name.
func isCaseReference(_ text: String) -> Bool {
  func isAlphanumeric(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
  guard let first = text.utf8.first, isAlphanumeric(first), text.utf8.count <= 64 else { return false }
  return text.utf8.allSatisfy { isAlphanumeric($0) || [0x2E, 0x5F, 0x2D].contains($0) }
}
