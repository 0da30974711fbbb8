// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("Comma-separated values (RFC 4180)") struct CSVTests {
  @Test(
    "a cell is quoted only where it must be, and its quotes are doubled",
    arguments: [
      ("plain", "plain"), ("", ""), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""),
      ("two\r\nlines", "\"two\r\nlines\""), ("two\nlines", "\"two\nlines\""), ("§ 257 ledd", "§ 257 ledd"),
    ])
  func quoting(cell: String, written: String) {
    #expect(CSV.line([cell]) == written + "\r\n")
  }

  @Test(
    "what a spreadsheet would compute gets an apostrophe before it",
    arguments: [
      ("=1+1", "'=1+1"), ("+47", "'+47"), ("-5", "'-5"), ("@SUM(A1)", "'@SUM(A1)"), ("\tx", "'\tx"),
      ("\rx", "\"'\rx\""), ("\r\nx", "\"'\r\nx\""),
      ("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\""),
      ("a=1", "a=1"), ("2026-11", "2026-11"), ("<5", "<5"), ("*", "*"),
    ])
  func formulas(cell: String, written: String) {
    #expect(CSV.line([cell]) == written + "\r\n")
  }

  @Test("a listing is its names and then its records, each ending in CR LF")
  func listing() {
    var csv = CSV(["case", "status"])
    csv.append(["K-1", "holds"])
    csv.append(["K-2", "fails"])
    #expect(csv.text == "case,status\r\nK-1,holds\r\nK-2,fails\r\n")
    #expect(CSV(["case"]).text == "case\r\n")
  }

  @Test("a reader of RFC 4180 finds the cells again", arguments: 0..<200 as Range<UInt64>)
  func readsBack(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let pieces = ["a", "\"", ",", "\r\n", "\n", "é", " ", "=", "'"]
    let cells = (0..<4).map { _ in
      (0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }
        .joined()
    }
    let expected = cells.map {
      $0.first.map("=+-@\t\r".contains) == true || $0.hasPrefix("\r\n") ? "'" + $0 : $0
    }
    #expect(Self.cells(of: CSV.line(cells)) == expected)
  }

  /// The cells of one record, read by the letter of RFC 4180.
  private static func cells(of line: String) -> [String] {
    var cells: [[UInt8]] = [[]]
    var isInQuotes = false
    var wasQuote = false
    for byte in line.utf8.dropLast(2) {
      if byte == UInt8(ascii: "\"") {
        if isInQuotes || !wasQuote { isInQuotes.toggle() } else { isInQuotes = true }
        if wasQuote { cells[cells.count - 1].append(byte) }
        wasQuote = !isInQuotes && !wasQuote
        continue
      }
      wasQuote = false
      if byte == UInt8(ascii: ","), !isInQuotes {
        cells.append([])
      } else {
        cells[cells.count - 1].append(byte)
      }
    }
    return cells.map { String(decoding: $0, as: UTF8.self) }
  }
}
