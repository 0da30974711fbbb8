// SPDX-License-Identifier: Apache-2.0

internal import YAMLTree

/// A file as the layout looks at it: scalars that tokens point into, with `\n` for every line break.
struct LayoutText {
  private let scalars: [Unicode.Scalar]

  /// A file without its byte order mark.
  init(_ bytes: [UInt8]) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let text = String(
      decoding: bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...], as: UTF8.self)
    var scalars: [Unicode.Scalar] = []
    for scalar in text.unicodeScalars {
      if scalar == "\n", scalars.last == "\r" { scalars.removeLast() }
      scalars.append(scalar)
    }
    self.scalars = scalars.map { $0 == "\r" ? "\n" : $0 }
  }

  /// How many scalars there are.
  var count: Int { scalars.count }

  /// The file's bytes.
  var utf8: String.UTF8View { self[0..<count].utf8 }

  subscript(range: Range<Int>) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[range])
    return String(text)
  }

  /// What stands between two tokens.
  struct Gap {
    var comments: [Comment] = []
    /// Whether a line ends in it.
    var hasBreak = false
    /// Whether an empty line stands before what follows it.
    var hasBlank = false
  }

  /// What an author says beside the tree, from `#` to the end of the line.
  struct Comment: Hashable {
    var text: String
    /// How many scalars stand before it on its line.
    var column: Int
    /// True if it ends the line of a token.
    var isTrailing: Bool
    /// Whether an empty line stands before it.
    var hasBlank: Bool
  }

  /// Reads what stands between two tokens.
  ///
  /// - Parameters:
  ///   - range: The stretch between them.
  ///   - startsLine: True if it begins at the beginning of a line, as after a block of text.
  /// - Returns: Comments and breaks.
  func gap(_ range: Range<Int>, startsLine: Bool) -> Gap {
    var gap = Gap(hasBreak: startsLine)
    var breaks = startsLine ? 1 : 0
    var place = range.lowerBound
    while place < range.upperBound {
      if scalars[place] == "\n" {
        breaks += 1
        place += 1
      } else if scalars[place] == "#" {
        let end = scalars[place..<range.upperBound].firstIndex(of: "\n") ?? range.upperBound
        let lineStart = scalars[..<place].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        gap.comments.append(
          .init(
            text: trimmedEnd(self[place..<end]), column: place - lineStart, isTrailing: breaks == 0,
            hasBlank: breaks > 1))
        breaks = 0
        place = end
      } else {
        place += 1
      }
    }
    gap.hasBreak = gap.hasBreak || breaks > 0 || !gap.comments.isEmpty
    gap.hasBlank = breaks > 1
    return gap
  }
}

/// What must be the same before and after.
extension LayoutText {
  /// Every comment outside blocks of text, in order.
  func comments(_ tokens: [YAMLToken]) -> [String] {
    var comments: [String] = []
    var end = 0
    for token in tokens where !token.range.isEmpty {
      comments += gap(end..<max(end, token.range.lowerBound), startsLine: end == 0).comments.map(\.text)
      end = max(end, token.range.upperBound)
    }
    return comments + gap(end..<count, startsLine: end == 0).comments.map(\.text)
  }

  /// Every value and key as it is spelt, quotes included, line by line without indentation.
  func spellings(_ tokens: [YAMLToken]) -> [[String]] {
    tokens.compactMap { token in
      switch token.kind {
      case .scalar:
        self[token.range].split(separator: "\n").map { trimmed(String($0)) }.filter { !$0.isEmpty }
      case .blockScalar: [trimmedEnd(String(self[token.range].prefix { $0 != "\n" }))]
      default: nil
      }
    }
  }
}

private func isBlank(_ scalar: Unicode.Scalar) -> Bool { scalar == " " || scalar == "\t" }

/// A line without white space at its end; a space behind a backslash is part of a value.
func trimmedEnd(_ text: String) -> String {
  var scalars = Array(text.unicodeScalars)
  while let last = scalars.last, isBlank(last), scalars.dropLast().last != "\\" { scalars.removeLast() }
  return String(String.UnicodeScalarView(scalars))
}

/// A line without white space around it.
func trimmed(_ text: String) -> String {
  trimmedEnd(String(String.UnicodeScalarView(text.unicodeScalars.drop { isBlank($0) })))
}
