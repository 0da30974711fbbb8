// SPDX-License-Identifier: Apache-2.0

/// Base 64 of RFC 4648 section 4, with padding, read strictly: one text for each sequence of bytes.
enum Base64 {
  private static let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  private static let padding = UInt8(ascii: "=")

  /// Writes bytes.
  static func text(_ bytes: [UInt8]) -> String {
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    var pending = 0
    var bits = 0
    for byte in bytes {
      pending = pending << 8 | Int(byte)
      bits += 8
      while bits >= 6 {
        bits -= 6
        text.append(digits[pending >> bits])
        pending &= 1 << bits - 1
      }
    }
    if bits > 0 { text.append(digits[pending << (6 - bits)]) }
    while !text.count.isMultiple(of: 4) { text.append(padding) }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads what ``text(_:)`` writes; nil for anything else, such as missing padding or bits after the last byte.
  static func bytes(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    let written = text.prefix { $0 != padding }
    let rest = text.dropFirst(written.count)
    guard text.count.isMultiple(of: 4), rest.count <= 2, rest.allSatisfy({ $0 == padding }) else {
      return nil
    }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count / 4 * 3)
    var pending = 0
    var bits = 0
    for digit in written {
      guard let value = value(digit) else { return nil }
      pending = pending << 6 | value
      bits += 6
      guard bits >= 8 else { continue }
      bits -= 8
      bytes.append(UInt8(pending >> bits))
      pending &= 1 << bits - 1
    }
    return pending == 0 ? bytes : nil
  }

  private static func value(_ digit: UInt8) -> Int? {
    switch digit {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"): Int(digit - UInt8(ascii: "A"))
    case UInt8(ascii: "a")...UInt8(ascii: "z"): Int(digit - UInt8(ascii: "a")) + 26
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(digit - UInt8(ascii: "0")) + 52
    case UInt8(ascii: "+"): 62
    case UInt8(ascii: "/"): 63
    default: nil
    }
  }
}
