// SPDX-License-Identifier: Apache-2.0

/// Reading a body back: the ledger reads only what it wrote, whole numbers and no fractions, without spaces.
extension EntryBody {
  /// Reads a body's text, or a document's, with or without the newline that ends a file; `nil` if it is no JSON of the
  /// kind that ``text`` writes.
  package init?(text: String) {
    var text = text
    let body = text.withUTF8 { bytes in
      var reader = unsafe Reader(rest: Array(bytes)[...])
      return reader.value(depth: 0).flatMap { reader.isAtEnd ? $0 : nil }
    }
    guard let body else { return nil }
    self = body
  }

  /// The member of an object; `nil` if there is none.
  package subscript(key: String) -> EntryBody? {
    if case .object(let members) = self { members[key] } else { nil }
  }

  /// The text itself; `nil` for another kind.
  package var string: String? { if case .text(let text) = self { text } else { nil } }
  /// The number itself; `nil` for another kind.
  package var number: Int64? { if case .integer(let number) = self { number } else { nil } }
  /// The items of a list; none for another kind.
  package var items: [EntryBody] { if case .list(let items) = self { items } else { [] } }

  /// Bytes that are read from the front.
  ///
  /// Foundation's decoder would throw several errors for each value, and the body of every decision is read when a
  /// ledger is verified.
  private struct Reader {
    var rest: ArraySlice<UInt8>

    /// How deep lists and objects may lie in each other; entries have three, decisions some more.
    private static let maximumDepth = 64

    var isAtEnd: Bool { rest.isEmpty || rest.elementsEqual([UInt8(ascii: "\n")]) }

    mutating func value(depth: Int) -> EntryBody? {
      guard depth < Self.maximumDepth, let first = rest.first else { return nil }
      switch first {
      case UInt8(ascii: "{"): return object(depth: depth)
      case UInt8(ascii: "["): return list(depth: depth)
      case UInt8(ascii: "\""): return string().map { .text($0) }
      case UInt8(ascii: "n"): return take("null") ? .null : nil
      case UInt8(ascii: "t"): return take("true") ? .bool(true) : nil
      case UInt8(ascii: "f"): return take("false") ? .bool(false) : nil
      default: return number()
      }
    }

    private mutating func take(_ word: StaticString) -> Bool {
      let bytes = unsafe Array(UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount))
      guard rest.starts(with: bytes) else { return false }
      rest = rest.dropFirst(bytes.count)
      return true
    }

    private mutating func skip(_ mark: Character) -> Bool {
      guard let first = rest.first, first == mark.asciiValue else { return false }
      rest.removeFirst()
      return true
    }

    private mutating func number() -> EntryBody? {
      let digits = rest.prefix { $0 == UInt8(ascii: "-") || UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
      rest = rest.dropFirst(digits.count)
      return Int64(String(decoding: digits, as: UTF8.self)).map { .integer($0) }
    }

    private mutating func list(depth: Int) -> EntryBody? {
      var items: [EntryBody] = []
      guard skip("["), !skip("]") else { return .list([]) }
      repeat {
        guard let item = value(depth: depth + 1) else { return nil }
        items.append(item)
      } while skip(",")
      return skip("]") ? .list(items) : nil
    }

    private mutating func object(depth: Int) -> EntryBody? {
      var members: [String: EntryBody] = [:]
      guard skip("{"), !skip("}") else { return .object([:]) }
      repeat {
        guard let key = string(), skip(":"), let member = value(depth: depth + 1),
          members.updateValue(member, forKey: key) == nil
        else { return nil }
      } while skip(",")
      return skip("}") ? .object(members) : nil
    }

    private mutating func string() -> String? {
      guard skip("\"") else { return nil }
      var text: [UInt8] = []
      while let byte = rest.popFirst() {
        switch byte {
        case UInt8(ascii: "\""): return String(validating: text, as: UTF8.self)
        case UInt8(ascii: "\\"):
          guard let escaped = escaped() else { return nil }
          text.append(escaped)
        case 0..<32: return nil
        default: text.append(byte)
        }
      }
      return nil
    }

    /// What stands behind a backslash.
    private mutating func escaped() -> UInt8? {
      guard let letter = rest.popFirst() else { return nil }
      switch letter {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): return letter
      case UInt8(ascii: "b"): return 8
      case UInt8(ascii: "t"): return 9
      case UInt8(ascii: "n"): return 10
      case UInt8(ascii: "f"): return 12
      case UInt8(ascii: "r"): return 13
      case UInt8(ascii: "u"):
        let digits = rest.prefix(4)
        rest = rest.dropFirst(4)
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
        return value.flatMap { $0 < 32 ? $0 : nil }
      default: return nil
      }
    }
  }
}
