// SPDX-License-Identifier: Apache-2.0

/// A place in a file that a person wrote.
public struct SourceLocation: Hashable, Sendable {
  /// The path as the reader of the message knows it.
  public var file: String
  /// The line, from 1.
  public var line: Int
  /// The column in Unicode scalars, from 1.
  public var column: Int

  /// Names a place; lines and columns count from 1.
  public init(file: String, line: Int = 1, column: Int = 1) {
    self.file = file
    self.line = line
    self.column = column
  }
}

extension SourceLocation: Comparable {
  /// Orders by file (as bytes), then line, then column.
  public static func < (a: SourceLocation, b: SourceLocation) -> Bool {
    if a.file != b.file { return a.file.utf8.lexicographicallyPrecedes(b.file.utf8) }
    return (a.line, a.column) < (b.line, b.column)
  }
}

/// One thing wrong with a file that a person wrote, and what to do about it.
public struct Diagnostic: Hashable, Sendable {
  /// What is wrong: a stable code and one sentence in the author's own words.
  public struct Message: Hashable, Sendable {
    /// Stable and documented, such as `unknown-fact`.
    public var code: String
    /// One sentence, lower case, without a full stop; what the author wrote stands in backticks.
    public var text: String
    /// The way out, where there is one to name.
    public var hint: String?
    /// True if the file can be used all the same.
    public var isWarning: Bool

    /// Makes a message; `code` is stable once released.
    public init(code: String, text: String, hint: String? = nil, isWarning: Bool = false) {
      self.code = code
      self.text = oneLine(text)
      self.hint = hint
      self.isWarning = isWarning
    }
  }

  /// Where it stands.
  public var location: SourceLocation
  /// What is wrong and the way out.
  public var message: Message

  /// Puts a message at a place.
  public init(at location: SourceLocation, _ message: Message) {
    self.location = location
    self.message = message
  }
}

extension Diagnostic: Comparable {
  /// Orders by place, then code, then text, so that a list of diagnostics is the same every time.
  public static func < (a: Diagnostic, b: Diagnostic) -> Bool {
    if a.location != b.location { return a.location < b.location }
    return (a.message.code, a.message.text) < (b.message.code, b.message.text)
  }
}

extension Diagnostic: CustomStringConvertible {
  /// The one form in which a diagnostic is shown, on a terminal, in a log and beside a file.
  public var description: String {
    let place = "\(location.file):\(location.line):\(location.column)"
    let severity = message.isWarning ? "warning" : "error"
    let sentence = "\(place): \(severity): \(message.text) [\(message.code)]"
    guard let hint = message.hint else { return sentence }
    return sentence + "\n    hint: \(hint)"
  }
}

/// An author's words fit for one line of a terminal: what is invisible or breaks a line is written as its number, and
/// what is longer than anybody reads is cut.
private func oneLine(_ text: String) -> String {
  var line = ""
  for (count, scalar) in text.unicodeScalars.enumerated() {
    if count == 400 { return line + "…" }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator:
      line += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
    default: line.unicodeScalars.append(scalar)
    }
  }
  return line
}
