// SPDX-License-Identifier: Apache-2.0

/// A listing as comma-separated values (RFC 4180), safe to open in a spreadsheet.
///
/// A cell that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, a tab or a carriage return)
/// gets an apostrophe before it, so that text from outside is never computed.
package struct CSV: Sendable, Hashable {
  /// The names of the columns.
  package let header: [String]
  /// The records, each with a cell for every column.
  package private(set) var records: [[String]] = []

  /// Begins a listing with the names of its columns.
  package init(_ header: [String]) {
    precondition(!header.isEmpty, "a listing has columns")
    self.header = header
  }

  /// Adds a record.
  package mutating func append(_ record: [String]) {
    precondition(record.count == header.count, "a record has a cell for every column")
    records.append(record)
  }

  /// The listing: a line for the names, then one for each record, each ending in CR LF.
  package var text: String { ([header] + records).map(Self.line).joined() }

  /// One record, for a listing that is written as it comes.
  package static func line(_ cells: [String]) -> String {
    cells.map(cell).joined(separator: ",") + "\r\n"
  }

  /// Bytes are compared, since Swift takes CR LF for one character.
  private static func cell(_ text: String) -> String {
    let safe = text.utf8.first.map(formulaStarts.contains) == true ? "'" + text : text
    guard safe.utf8.contains(where: quotedBytes.contains) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  private static let formulaStarts = Array("=+-@\t\r".utf8)
  private static let quotedBytes = Array("\",\r\n".utf8)
}
