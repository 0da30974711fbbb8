// SPDX-License-Identifier: Apache-2.0

/// A signature below a note, by whoever's it is.
package struct NoteSignature: Hashable, Sendable {
  /// The key that is said to have made it.
  package let id: NoteKeyID
  /// What the key made of the text: 64 bytes for Ed25519, other lengths for other kinds of key.
  package let bytes: [UInt8]

  init(id: NoteKeyID, bytes: [UInt8]) {
    self.id = id
    self.bytes = bytes
  }

  private static let dash = "\u{2014} "

  /// Reads a signature's line; nil if it is none.
  init?(line: ArraySlice<UInt8>) {
    guard line.starts(with: Self.dash.utf8) else { return nil }
    let parts = line.dropFirst(Self.dash.utf8.count).split(
      separator: UInt8(ascii: " "), omittingEmptySubsequences: false)
    guard parts.count == 2, let bytes = Base64.bytes(parts[1]), bytes.count > 4 else { return nil }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard !name.isEmpty, name.unicodeScalars.allSatisfy({ $0 != "+" && !$0.properties.isWhitespace }) else {
      return nil
    }
    let number = bytes.prefix(4).reduce(0) { $0 << 8 | UInt32($1) }
    self.init(id: NoteKeyID(name: name, number: number), bytes: Array(bytes.dropFirst(4)))
  }

  /// The line, without a newline.
  var line: String {
    let number = stride(from: 24, through: 0, by: -8).map { UInt8(truncatingIfNeeded: id.number >> $0) }
    return "\(Self.dash)\(id.name) \(Base64.text(number + bytes))"
  }
}
