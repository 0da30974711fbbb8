// SPDX-License-Identifier: Apache-2.0

/// The form that both kinds of key are written in, that of Go's `sumdb/note`: `[prefix+]name+hex+base64(0x01 ‖ key)`.
enum NoteKeyText {
  static func text(_ id: NoteKeyID, key: [UInt8]) -> String {
    "\(id)+\(Base64.text([NoteKeyID.ed25519] + key))"
  }

  /// Reads a name, a number and a key of 32 bytes; a newline may follow, as in a file.
  static func parse(
    _ text: String, prefix: String = ""
  ) throws(MalformedLogText) -> (id: NoteKeyID, key: [UInt8]) {
    var bytes = Array(text.utf8)[...]
    guard bytes.starts(with: prefix.utf8) else {
      throw .init(line: 1, expected: "`\(prefix)`, a name and a key")
    }
    bytes.removeFirst(prefix.utf8.count)
    if bytes.last == UInt8(ascii: "\n") { bytes.removeLast() }
    let parts = bytes.split(separator: UInt8(ascii: "+"), maxSplits: 2, omittingEmptySubsequences: false)
    guard parts.count == 3 else { throw .init(line: 1, expected: "a name, a number and a key between `+`") }
    let name = String(decoding: parts[0], as: UTF8.self)
    guard NoteKeyID.isName(name) else { throw .init(line: 1, expected: "a name in ASCII without spaces") }
    let hex = String(decoding: parts[1], as: UTF8.self)
    guard let number = UInt32(hex, radix: 16), NoteKeyID(name: name, number: number).hex == hex else {
      throw .init(line: 1, expected: "the key's number as eight hexadecimal digits")
    }
    guard let key = Base64.bytes(parts[2]), key.count == 33, key[0] == NoteKeyID.ed25519 else {
      throw .init(line: 1, expected: "an Ed25519 key in base 64")
    }
    return (NoteKeyID(name: name, number: number), Array(key.dropFirst()))
  }
}
