// SPDX-License-Identifier: Apache-2.0

/// What an entry says, as JSON that is written the same way every time (RFC 8785: sorted keys, no spaces).
///
/// An entry outlives the erasure of a case, so a body holds nothing of what a case file says and no bare digest of it.
package enum EntryBody: Hashable, Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case text(String)
  case list([EntryBody])
  case object([String: EntryBody])

  /// The canonical text.
  package var text: String {
    switch self {
    case .null: "null"
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): "\(value)"
    case .text(let value): Self.quoted(value)
    case .list(let items): "[" + items.map(\.text).joined(separator: ",") + "]"
    case .object(let members): Self.object(members)
    }
  }

  private static func object(_ members: [String: EntryBody]) -> String {
    let sorted = members.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
    return "{" + sorted.map { quoted($0.key) + ":" + $0.value.text }.joined(separator: ",") + "}"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\u{8}": quoted += "\\b"
      case "\u{9}": quoted += "\\t"
      case "\u{A}": quoted += "\\n"
      case "\u{C}": quoted += "\\f"
      case "\u{D}": quoted += "\\r"
      case "\u{0}"..<" ":
        let hex = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}

extension EntryBody: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByBooleanLiteral {
  package init(stringLiteral value: String) { self = .text(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
}

extension EntryBody: ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral {
  package init(arrayLiteral items: EntryBody...) { self = .list(items) }
  package init(dictionaryLiteral members: (String, EntryBody)...) {
    self = .object(Dictionary(uniqueKeysWithValues: members))
  }
}
