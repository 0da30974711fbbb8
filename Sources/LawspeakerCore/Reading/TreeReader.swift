// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// Reads the nodes of one file by the grammar and collects everything that is wrong with them.
package struct TreeReader {
  package let file: String
  package var problems: [Diagnostic] = []

  package init(file: String) { self.file = file }

  package mutating func report(_ message: Diagnostic.Message, at mark: YAMLNode.Mark) {
    problems.append(Diagnostic(at: location(mark), message))
  }

  package func location(_ mark: YAMLNode.Mark) -> SourceLocation {
    SourceLocation(file: file, line: mark.line, column: mark.column)
  }

  /// The entries of a mapping.
  package mutating func entries(_ node: YAMLNode, _ what: String) -> [YAMLNode.Entry]? {
    if case .mapping(let entries) = node.content { return entries }
    report(.wrongKind(what, expected: "a mapping", found: node.kind), at: node.mark)
    return nil
  }

  /// A mapping whose keys are all known; unknown and missing ones are reported.
  package mutating func form(
    _ node: YAMLNode, _ what: String, required: [String] = [], optional: [String] = [], later: [String] = []
  ) -> Form? {
    guard let entries = entries(node, what) else { return nil }
    for entry in entries where !required.contains(entry.key) && !optional.contains(entry.key) {
      if later.contains(entry.key) {
        report(.notEvaluatedYet(entry.key, in: what), at: entry.keyMark)
      } else {
        report(.unknownKey(entry.key, in: what, known: required + optional), at: entry.keyMark)
      }
    }
    let form = Form(mark: node.mark, entries: entries)
    for key in required where form[key] == nil { report(.missingKey(key, in: what), at: node.mark) }
    return form
  }

  package mutating func list(_ node: YAMLNode, _ what: String) -> [YAMLNode]? {
    if case .sequence(let items) = node.content { return items }
    report(.wrongKind(what, expected: "a list", found: node.kind), at: node.mark)
    return nil
  }

  /// A scalar's text, which may not be empty.
  package mutating func text(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = node.text else {
      report(.wrongKind(what, expected: "a single value", found: node.kind), at: node.mark)
      return nil
    }
    if text.isEmpty || node.isNull {
      report(.emptyValue(what), at: node.mark)
      return nil
    }
    return text
  }

  package mutating func texts(_ node: YAMLNode, _ what: String) -> [String]? {
    guard let items = list(node, what) else { return nil }
    return items.compactMap { text($0, what) }
  }

  /// A text in every language.
  mutating func inEachLanguage(_ node: YAMLNode, _ what: String) -> [Language: String]? {
    let languages = Language.allCases.map(\.rawValue)
    guard let form = form(node, what, required: languages) else { return nil }
    var texts: [Language: String] = [:]
    for language in Language.allCases {
      texts[language] = form[language.rawValue].flatMap { text($0, "`\(language.rawValue)`") }
    }
    return texts
  }

  package mutating func word(_ node: YAMLNode, _ what: String, among known: [String]) -> String? {
    guard let text = text(node, what) else { return nil }
    if known.contains(text) { return text }
    report(.unknownWord(text, what, known: known), at: node.mark)
    return nil
  }

  /// One of the words that a type of ours consists of.
  package mutating func oneCase<T: RawRepresentable & CaseIterable>(
    _ node: YAMLNode, _ what: String, of type: T.Type
  ) -> T? where T.RawValue == String {
    word(node, what, among: type.allCases.map(\.rawValue)).flatMap(T.init(rawValue:))
  }

  /// A name of the pack language: a lower-case letter, then letters, digits, `_` or `-`.
  package mutating func name(_ text: String, _ what: String, at mark: YAMLNode.Mark) -> Bool {
    let bytes = Array(text.utf8)
    let isName =
      bytes.count <= 64 && bytes.first.map { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) } == true
      && bytes.allSatisfy(isNameByte)
    if !isName { report(.notAName(text, what), at: mark) }
    return isName
  }

  package mutating func date(_ node: YAMLNode, _ what: String) -> CivilDate? {
    guard let text = text(node, what) else { return nil }
    if let date = CivilDate(text) { return date }
    report(.badDate(what), at: node.mark)
    return nil
  }

  package mutating func integer(_ node: YAMLNode, _ what: String) -> Int? {
    guard let text = text(node, what) else { return nil }
    if let number = wholeNumber(text) { return number }
    report(.badNumber(what), at: node.mark)
    return nil
  }

  /// `yes` or `no`.
  package mutating func yesNo(_ node: YAMLNode, _ what: String) -> Bool? {
    switch node.text {
    case "yes": return true
    case "no": return false
    default:
      report(.badYesNo(what), at: node.mark)
      return nil
    }
  }
}

/// A mapping whose keys have been checked.
package struct Form {
  package let mark: YAMLNode.Mark
  package let entries: [YAMLNode.Entry]

  package subscript(key: String) -> YAMLNode? { entries.first { $0.key == key }?.value }
}

/// A whole number in plain decimal digits, as the law writes them: no sign but `-`, no leading zero, no separators.
package func wholeNumber(_ text: String) -> Int? {
  guard let number = Int(text), String(number) == text else { return nil }
  return (-1_000_000_000...1_000_000_000).contains(number) ? number : nil
}

/// True for a word that may name a role or a body, `[a-z_]{1,32}`: never a person.
func isRoleWord(_ text: String) -> Bool {
  let isPlain = text.utf8.allSatisfy {
    $0 == UInt8(ascii: "_") || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0)
  }
  return isPlain && (1...32).contains(text.utf8.count)
}

/// What a case file can say of any fact, and what gives it no value.
let noAnswers = ["unknown", "refused", "not_proved"]

func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
  case UInt8(ascii: "0")...UInt8(ascii: "9"): true
  default: false
  }
}

private func isNameByte(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
  case UInt8(ascii: "_"), UInt8(ascii: "-"): true
  default: false
  }
}

extension YAMLNode {
  /// True for what YAML and JSON write where there is nothing.
  fileprivate var isNull: Bool {
    guard case .scalar(let scalar) = content else { return false }
    return scalar.isPlain && ["null", "Null", "NULL", "~"].contains(scalar.text)
  }
}
