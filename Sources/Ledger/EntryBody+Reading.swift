// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// Reading a body back: the ledger reads only what it wrote, whole numbers and no fractions.
extension EntryBody {
  /// Reads a body's text; `nil` if it is no JSON of the kind that ``text`` writes.
  package init?(text: String) {
    guard let body = try? JSONDecoder().decode(Reading.self, from: Data(text.utf8)).body else { return nil }
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

  private struct Reading: Decodable {
    var body: EntryBody

    init(from decoder: any Decoder) throws {
      let value = try decoder.singleValueContainer()
      if value.decodeNil() {
        body = .null
      } else if let bool = try? value.decode(Bool.self) {
        body = .bool(bool)
      } else if let number = try? value.decode(Int64.self) {
        body = .integer(number)
      } else if let text = try? value.decode(String.self) {
        body = .text(text)
      } else if let items = try? value.decode([Reading].self) {
        body = .list(items.map(\.body))
      } else {
        body = .object(try value.decode([String: Reading].self).mapValues(\.body))
      }
    }
  }
}
