// SPDX-License-Identifier: Apache-2.0

/// What a random tree may hold.
enum Notation {
  case yaml, json

  /// Scalars that may stand without quotes.
  var plain: [String] {
    switch self {
    case .json: ["true", "false", "null", "0", "-1.50e+2", "12345678901234567890"]
    case .yaml:
      [
        "NO", "no", "3:46", "24e1", "1.10", "0123", "1_000", "2003-12-25", "null", "~", "a b", "å", "𐐷",
        "e\u{301}",
        "a#b", "x-", "it's", "a\"b", "C:\\d", "-1", "http://example.com/a",
      ]
    }
  }

  /// Texts for keys, each once.
  var keys: [RawText] {
    let first = plain.map(RawText.init)
    return first + quoted.map(RawText.init).filter { !first.contains($0) }
  }

  /// Scalars that stand in quotes, or as a block where that can be.
  var quoted: [String] {
    [
      "", " ", "NO", "null", "a: b", "# c", "- d", "? e", "&a", "*a", "!t", "<<", "%", "@", "`", "[", "{",
      "}", ",", "|",
      "it's", "\"", "\\", "\\n", "\n", "\n\n", "a\nb", "a\n\n  b\n", " a", "a ", "\t", "a\tb", "å\n𐐷\n",
      "\u{E9}",
      "👩‍👧", "---", "...", "--- a\n...\n", "\u{8}\u{C}\r", "\u{A0}", "x: |\n  y\n",
      String(repeating: "long ", count: 40),
    ]
  }
}

extension Shape {
  /// Makes a tree; what stands in a flow collection is flow, as are empty collections.
  static func random(
    _ notation: Notation, depth: Int, isFlow: Bool = false, using random: inout some RandomNumberGenerator
  ) -> Shape {
    let kind = depth == 0 ? 0 : Int.random(in: 0..<4, using: &random)
    if kind == 0 { return randomScalar(notation, using: &random) }
    let count = Int.random(in: 0...4, using: &random)
    let isFlow = notation == .json || isFlow || count == 0 || Int.random(in: 0..<4, using: &random) == 0
    var children: [Shape] = []
    for _ in 0..<count {
      children.append(.random(notation, depth: depth - 1, isFlow: isFlow, using: &random))
    }
    if kind == 1 { return .sequence(children, isFlow: isFlow) }
    return .mapping(
      zip(notation.keys.shuffled(using: &random), children).map { Pair(key: $0, value: $1) }, isFlow: isFlow)
  }

  private static func randomScalar(_ notation: Notation, using random: inout some RandomNumberGenerator)
    -> Shape
  {
    let isPlain = Bool.random(using: &random)
    let texts = isPlain ? notation.plain : notation.quoted
    return .scalar(RawText(texts.randomElement(using: &random) ?? ""), isPlain: isPlain)
  }
}

extension Shape {
  /// Writes the tree as JSON with random white space.
  func writtenAsJSON(using random: inout some RandomNumberGenerator) -> String {
    let space = ["", " ", "\n", "\t", "\r\n\t ", "  "]
    var gap: String { space.randomElement(using: &random) ?? "" }
    switch self {
    case .scalar(let text, let isPlain): return isPlain ? text.text : inDoubleQuotes(text.text)
    case .sequence(let items, _):
      let written = items.map { gap + $0.writtenAsJSON(using: &random) + gap }
      return "[" + written.joined(separator: ",") + gap + "]"
    case .mapping(let pairs, _):
      // libyaml wants the colon on the line of its key.
      let colons = [":", " : ", "\t:\t", ":\n"]
      let written = pairs.map {
        gap + inDoubleQuotes($0.key.text) + (colons.randomElement(using: &random) ?? ":")
          + $0.value.writtenAsJSON(using: &random) + gap
      }
      return "{" + written.joined(separator: ",") + gap + "}"
    }
  }

  /// Writes the tree as a YAML document, each scalar and key in one of the styles that can hold it.
  func writtenAsYAML(using random: inout some RandomNumberGenerator) -> String {
    "---" + block(indent: 0, using: &random)
  }

  /// What follows `---`, `-` or `key:`, to the end of its last line.
  private func block(indent: Int, using random: inout some RandomNumberGenerator) -> String {
    let margin = String(repeating: " ", count: indent)
    switch self {
    case .sequence(let items, isFlow: false):
      return "\n" + items.map { margin + "-" + $0.block(indent: indent + 2, using: &random) }.joined()
    case .mapping(let pairs, isFlow: false):
      return "\n"
        + pairs.map {
          margin + key($0.key.text, using: &random) + ":" + $0.value.block(indent: indent + 2, using: &random)
        }.joined()
    case .scalar(let text, isPlain: false) where isLiteral(text.text) && Bool.random(using: &random):
      return literal(text.text, indent: max(indent, 2))
    case .scalar, .sequence, .mapping:
      return " " + flow(using: &random) + "\n"
    }
  }

  private func flow(using random: inout some RandomNumberGenerator) -> String {
    switch self {
    case .scalar(let text, isPlain: true): return text.text
    case .scalar(let text, isPlain: false): return inQuotes(text.text, using: &random)
    case .sequence(let items, _):
      return "[" + items.map { $0.flow(using: &random) }.joined(separator: ", ") + "]"
    case .mapping(let pairs, _):
      let written = pairs.map { key($0.key.text, using: &random) + ": " + $0.value.flow(using: &random) }
      return "{" + written.joined(separator: ", ") + "}"
    }
  }
}

/// Writes a key, without quotes if it can be.
private func key(_ text: String, using random: inout some RandomNumberGenerator) -> String {
  let isPlain = Notation.yaml.plain.contains(text)
  return isPlain && Bool.random(using: &random) ? text : inQuotes(text, using: &random)
}

/// Writes in single quotes, where line breaks and what is invisible cannot stand, or else in double quotes.
private func inQuotes(_ text: String, using random: inout some RandomNumberGenerator) -> String {
  let isSimple = text.unicodeScalars.allSatisfy { $0.value >= 0x20 }
  guard isSimple, Bool.random(using: &random) else { return inDoubleQuotes(text) }
  return "'" + text.replacing("'", with: "''") + "'"
}

/// Writes in double quotes with the escapes that JSON and YAML share.
private func inDoubleQuotes(_ text: String) -> String {
  text.unicodeScalars.reduce(into: "\"") { written, scalar in
    switch scalar {
    case "\"": written += "\\\""
    case "\\": written += "\\\\"
    case "\n": written += "\\n"
    case "\u{0}"..<" ":
      let digits = String(scalar.value, radix: 16)
      written += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    default: written.unicodeScalars.append(scalar)
    }
  } + "\""
}

private func isLiteral(_ text: String) -> Bool {
  text.unicodeScalars.allSatisfy { $0 == "\n" || $0 >= " " } && text.contains { $0 != "\n" }
}

/// Writes `|` with its indentation spelt out and every final line break kept.
private func literal(_ text: String, indent: Int) -> String {
  let margin = String(repeating: " ", count: indent)
  let endsOpen = !text.hasSuffix("\n")
  let lines = (endsOpen ? text : String(text.dropLast())).split(
    separator: "\n", omittingEmptySubsequences: false)
  return " |2" + (endsOpen ? "-" : "+") + "\n" + lines.map { margin + $0 + "\n" }.joined()
}
