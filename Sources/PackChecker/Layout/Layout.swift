// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// A file that is left as it is, and why.
package struct NotLaidOut: Error, Hashable, Sendable {
  /// At least one.
  package let diagnostics: [Diagnostic]
}

/// Writes a YAML file in the one canonical layout (decision 046): the author's lines, evenly indented and spaced.
///
/// No comment and no spelling of a value is ever lost: what was written is read again, and unless it gives the same tree,
/// the same spellings and the same comments, nothing comes of it.
/// - Parameters:
///   - bytes: The file.
///   - file: The name to show in diagnostics.
/// - Returns: The file in canonical layout; the same bytes if it was in it.
/// - Throws: ``NotLaidOut`` if the file cannot be read or would not survive.
package func laidOut(_ bytes: [UInt8], file: String) throws(NotLaidOut) -> [UInt8] {
  let before = try roots(bytes, file)
  let text = LayoutText(bytes)
  guard let tokens = readTokens(Array(text.utf8)) else { throw .init(file, .layoutNotKept) }
  if let strange = tokens.first(where: { $0.isStrange }) {
    let place = SourceLocation(file: file, line: strange.mark.line, column: strange.mark.column)
    throw NotLaidOut(diagnostics: [Diagnostic(at: place, .layoutUnknown)])
  }
  var writer = LayoutWriter(text)
  for token in tokens { writer.take(token) }
  let written = Array(writer.end().utf8)
  let after = try roots(written, file)
  let again = LayoutText(written)
  guard zip(before, after).allSatisfy({ $0.isSame(as: $1) }), before.count == after.count,
    let tokensAgain = readTokens(Array(again.utf8)), text.spellings(tokens) == again.spellings(tokensAgain),
    text.comments(tokens) == again.comments(tokensAgain)
  else { throw .init(file, .layoutNotKept) }
  return written
}

private func roots(_ bytes: [UInt8], _ file: String) throws(NotLaidOut) -> [YAMLNode] {
  do throws(YAMLRefused) { return try readYAML(bytes, file: file, documents: .many) } catch {
    throw NotLaidOut(diagnostics: error.diagnostics)
  }
}

extension NotLaidOut {
  fileprivate init(_ file: String, _ message: Diagnostic.Message) {
    self.init(diagnostics: [Diagnostic(at: SourceLocation(file: file), message)])
  }
}

extension YAMLToken {
  /// What no pack and no case file holds: a key after `?`, a directive.
  fileprivate var isStrange: Bool { kind == .other || kind == .key && !range.isEmpty }
}

extension YAMLNode {
  /// True if the same was written, wherever it stands.
  fileprivate func isSame(as other: YAMLNode) -> Bool {
    switch (content, other.content) {
    case (.scalar(let a), .scalar(let b)): a.isPlain == b.isPlain && a.text.utf8.elementsEqual(b.text.utf8)
    case (.sequence(let a), .sequence(let b)):
      a.count == b.count && zip(a, b).allSatisfy { $0.isSame(as: $1) }
    case (.mapping(let a), .mapping(let b)):
      a.count == b.count
        && zip(a, b).allSatisfy { $0.key.utf8.elementsEqual($1.key.utf8) && $0.value.isSame(as: $1.value) }
    case (.scalar, _), (.sequence, _), (.mapping, _): false
    }
  }
}

extension Diagnostic.Message {
  /// What the layout does not know how to write.
  static let layoutUnknown = Self(
    code: "layout-unknown", text: "the canonical layout has no form for what begins here",
    hint: "write keys without `?` and leave directives out")

  /// The proof that nothing is lost has failed.
  static let layoutNotKept = Self(
    code: "layout-not-kept", text: "the file is left as it is: laid out anew it would not read the same",
    hint: "write values that go over several lines in quotes on one line")

  /// A file that is not in canonical layout, where that is asked for.
  package static let notCanonical = Self(
    code: "not-canonical", text: "the file is not in the canonical layout",
    hint: "`lawspeaker packs format` writes it so")
}
