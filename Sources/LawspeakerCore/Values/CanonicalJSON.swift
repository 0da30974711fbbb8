// SPDX-License-Identifier: Apache-2.0

/// A JSON value as decisions hold it: whole numbers only, so that every value has one spelling.
public enum JSON: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSON])
  /// Keys are distinct.
  case object([String: JSON])
}

extension JSON {
  /// The one sequence of bytes for this value (RFC 8785): keys by UTF-16 code units, shortest escapes, no white space.
  public var canonicalBytes: [UInt8] {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return bytes
  }

  /// The canonical bytes as text.
  public var canonicalText: String { String(decoding: canonicalBytes, as: UTF8.self) }

  /// A string, or null where there is none.
  public static func optional(_ text: String?) -> JSON { text.map(JSON.string) ?? .null }

  /// A list of strings.
  public static func strings(_ texts: some Sequence<String>) -> JSON { .array(texts.map(JSON.string)) }

  private func write(into bytes: inout [UInt8]) {
    switch self {
    case .null: bytes += "null".utf8
    case .bool(let value): bytes += (value ? "true" : "false").utf8
    case .integer(let value): bytes += String(value).utf8
    case .string(let text): Self.write(text, into: &bytes)
    case .array(let items):
      bytes.append(UInt8(ascii: "["))
      for (index, item) in items.enumerated() {
        if index > 0 { bytes.append(UInt8(ascii: ",")) }
        item.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .object(let entries): Self.write(entries, into: &bytes)
    }
  }

  private static func write(_ entries: [String: JSON], into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "{"))
    let sorted = entries.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    for (index, entry) in sorted.enumerated() {
      if index > 0 { bytes.append(UInt8(ascii: ",")) }
      write(entry.key, into: &bytes)
      bytes.append(UInt8(ascii: ":"))
      entry.value.write(into: &bytes)
    }
    bytes.append(UInt8(ascii: "}"))
  }

  /// Writes a string with the escapes of RFC 8785 section 3.2.2.2.
  private static func write(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case 0x08: bytes += "\\b".utf8
      case 0x09: bytes += "\\t".utf8
      case 0x0A: bytes += "\\n".utf8
      case 0x0C: bytes += "\\f".utf8
      case 0x0D: bytes += "\\r".utf8
      case UInt8(ascii: "\""): bytes += "\\\"".utf8
      case UInt8(ascii: "\\"): bytes += "\\\\".utf8
      case 0..<0x20:
        let digits = Array("0123456789abcdef".utf8)
        bytes += "\\u00".utf8
        bytes += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}
