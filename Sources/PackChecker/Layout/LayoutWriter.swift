// SPDX-License-Identifier: Apache-2.0

internal import YAMLTree

/// Writes tokens in canonical layout: two spaces a level, one after `:`, `,` and `-`, none inside brackets.
///
/// Where a line ends stays the author's choice, as far as YAML and the brackets leave one.
struct LayoutWriter {
  private let text: LayoutText
  private var lines: [String] = []
  /// The line that is being written; nil where the next thing begins one.
  private var line: String?
  private var blocks: [Block] = []
  /// The blocks that were open behind the last thing written, for comments after it.
  private var blocksBehind: [Block] = []
  /// The open brackets, outermost first: the column each was found in and the one it is written in.
  private var brackets: [(oldColumn: Int, column: Int)] = []
  private var last: Last?
  private var isKeyNext = false
  /// Whether an empty line stood at the end of a block of text.
  private var wantsBlank = false

  /// An open list or mapping without brackets.
  private struct Block {
    var isSequence: Bool
    /// True for a list whose `-` stand no deeper than the key above it.
    var isImplied = false
    /// The column it was found in.
    var oldColumn: Int
    /// The column it is written in.
    var column: Int
  }

  /// What was written last.
  private struct Last {
    var kind: YAMLToken.Kind
    var end: Int
  }

  init(_ text: LayoutText) { self.text = text }

  /// The column of a block that opens here.
  private var nextColumn: Int { blocks.last.map { $0.column + 2 } ?? 0 }

  /// Takes the next token.
  mutating func take(_ token: YAMLToken) {
    switch token.kind {
    case .blockSequenceStart: open(isSequence: true, token)
    case .blockMappingStart: open(isSequence: false, token)
    case .blockEnd:
      closeImplied()
      _ = blocks.popLast()
    case .key:
      if brackets.isEmpty { closeImplied() }
      isKeyNext = true
    case .blockEntry:
      if blocks.last?.isSequence != true { open(isSequence: true, token, isImplied: true) }
      write(token)
    case .documentStart, .documentEnd, .flowStart, .flowEnd, .flowEntry, .value, .scalar, .blockScalar,
      .other:
      write(token)
    }
  }

  /// The file, after the last token.
  mutating func end() -> String {
    let gap = text.gap((last?.end ?? 0)..<text.count, startsLine: startsLine)
    write(gap.comments, before: nil)
    endLine()
    return lines.map { $0 + "\n" }.joined()
  }

  private mutating func open(isSequence: Bool, _ token: YAMLToken, isImplied: Bool = false) {
    blocks.append(
      .init(
        isSequence: isSequence, isImplied: isImplied, oldColumn: token.mark.column - 1, column: nextColumn))
  }

  private mutating func closeImplied() {
    if blocks.last?.isImplied == true { blocks.removeLast() }
  }

  /// True if what comes next was found at the beginning of a line.
  private var startsLine: Bool { last == nil || last?.kind == .blockScalar }

  private mutating func write(_ token: YAMLToken) {
    let begin = last?.end ?? 0
    let gap = text.gap(begin..<max(begin, token.range.lowerBound), startsLine: startsLine)
    let isKey = isKeyNext && token.kind != .value
    isKeyNext = false
    let indent = self.indent(of: token, isKey: isKey)
    if beginsLine(token, gap, isKey: isKey) {
      write(gap.comments, before: (token.mark.column - 1, indent))
      endLine()
      let isMarker = token.kind == .documentStart || token.kind == .documentEnd
      if (gap.hasBlank || wantsBlank) && brackets.isEmpty && !isMarker { addBlank() }
      line = spaces(indent)
    } else if let line, needsSpace(before: token) {
      self.line = line + " "
    }
    wantsBlank = false
    append(token)
    blocksBehind = blocks
    last = Last(kind: token.kind, end: token.range.upperBound)
  }

  private func indent(of token: YAMLToken, isKey: Bool) -> Int {
    if let column = columnInBrackets(token.mark.column - 1) { return column }
    switch token.kind {
    case .documentStart, .documentEnd: return 0
    case .blockEntry: return blocks.last?.column ?? 0
    default: return isKey ? blocks.last?.column ?? 0 : nextColumn
    }
  }

  /// A later line within brackets stands under what follows the bracket that its author set it under, else the outermost.
  private func columnInBrackets(_ oldColumn: Int) -> Int? {
    (brackets.last { $0.oldColumn + 1 == oldColumn } ?? brackets.first).map { $0.column + 1 }
  }

  private func beginsLine(_ token: YAMLToken, _ gap: LayoutText.Gap, isKey: Bool) -> Bool {
    guard let last else { return true }
    if !gap.comments.isEmpty { return true }
    if !brackets.isEmpty { return gap.hasBreak && last.kind == .flowEntry && token.kind != .flowEnd }
    switch (last.kind, token.kind) {
    case (_, .documentStart), (_, .documentEnd), (.documentEnd, _), (.blockScalar, _): return true
    case (.blockEntry, _), (_, .value): return false
    case (_, .blockEntry): return true
    default: return isKey || gap.hasBreak
    }
  }

  private func needsSpace(before token: YAMLToken) -> Bool {
    guard let last else { return false }
    switch token.kind {
    case .value: return false
    case .flowEntry, .flowEnd: return last.kind == .value
    default: return last.kind != .flowStart
    }
  }

  /// Puts a token onto the line.
  private mutating func append(_ token: YAMLToken) {
    let written = text[token.range]
    switch token.kind {
    case .flowStart: brackets.append((token.mark.column - 1, width))
    case .flowEnd: _ = brackets.popLast()
    case .scalar: return append(scalar: written)
    case .blockScalar: return append(block: written)
    default: break
    }
    line = (line ?? "") + written
  }

  private var width: Int { line?.unicodeScalars.count ?? 0 }

  /// A value in quotes or plain, of which the later lines are folded into the first.
  private mutating func append(scalar written: String) {
    let parts = written.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard parts.count > 1 else {
      line = (line ?? "") + written
      return
    }
    let indent = brackets.first.map { $0.column + 1 } ?? max(nextColumn, 2)
    line = (line ?? "") + trimmedEnd(parts[0])
    for part in parts.dropFirst() {
      endLine()
      let rest = trimmed(part)
      line = rest.isEmpty ? "" : spaces(indent) + rest
    }
  }

  /// Text after `|` or `>`: moved as a whole, and otherwise as it stands.
  private mutating func append(block written: String) {
    var parts = written.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let header = trimmedEnd(parts.removeFirst())
    if parts.last == "" { parts.removeLast() }
    let indicators = header.prefix { $0 != " " && $0 != "#" }
    if !indicators.contains("+") {
      while let end = parts.last, trimmed(end).isEmpty {
        parts.removeLast()
        wantsBlank = true
      }
    }
    line = (line ?? "") + header
    let stated = indicators.compactMap(\.wholeNumberValue).first
    let found = blocks.last { !$0.isImplied }?.oldColumn ?? 0
    let old = stated.map { found + $0 } ?? parts.first { !trimmed($0).isEmpty }.map(indentation) ?? 0
    let new = stated.map { (blocks.last?.column ?? 0) + $0 } ?? max(nextColumn, 2)
    for part in parts {
      endLine()
      let rest = part.dropFirst(min(old, indentation(part)))
      line = rest.isEmpty ? "" : spaces(new) + rest
    }
    endLine()
  }

  private func indentation(_ line: String) -> Int { line.prefix { $0 == " " }.count }

  private mutating func write(_ comments: [LayoutText.Comment], before next: (oldColumn: Int, column: Int)?) {
    for comment in comments {
      if comment.isTrailing, let line {
        self.line = line + spaces(max(2, comment.column - width)) + comment.text
        continue
      }
      endLine()
      if comment.hasBlank || wantsBlank { addBlank() }
      wantsBlank = false
      line = spaces(column(of: comment, before: next)) + comment.text
    }
  }

  /// A comment stands as deep as what follows it, unless it was written deeper: then as deep as the block that it ends.
  private func column(of comment: LayoutText.Comment, before next: (oldColumn: Int, column: Int)?) -> Int {
    if let column = columnInBrackets(comment.column) { return column }
    let next = next ?? (0, 0)
    guard comment.column > next.oldColumn else { return next.column }
    let ended = blocksBehind.last { $0.oldColumn <= comment.column }
    return max(ended?.column ?? 0, next.column)
  }

  private mutating func endLine() {
    if let line { lines.append(line) }
    line = nil
  }

  /// An empty line, but none at the top, none behind another and none behind `---`.
  private mutating func addBlank() {
    guard let end = lines.last, !end.isEmpty, !end.hasPrefix("---"), !end.hasPrefix("...") else { return }
    lines.append("")
  }

  private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
