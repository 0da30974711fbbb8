// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// Every sentence about the shape of a file, a pack or a case.
extension Diagnostic.Message {
  package static func wrongKind(_ what: String, expected: String, found: String) -> Self {
    .init(code: "wrong-kind", text: "\(what) must be \(expected), and here is \(found)")
  }

  static func unknownKey(_ key: String, in what: String, known: [String]) -> Self {
    .init(
      code: "unknown-key", text: "unknown key `\(key)` in \(what)",
      hint: didYouMean(key, known) ?? list(known))
  }

  static func missingKey(_ key: String, in what: String) -> Self {
    .init(code: "missing-key", text: "\(what) lacks `\(key)`")
  }

  static func notEvaluatedYet(_ key: String, in what: String) -> Self {
    .init(
      code: "not-evaluated-yet", text: "`\(key)` in \(what) is not evaluated by this version of Lawspeaker",
      hint: "leave it out, or wait for the version that does; it is never ignored")
  }

  static func emptyValue(_ what: String) -> Self {
    .init(code: "empty-value", text: "\(what) is empty", hint: "leave the key out, or say what is known")
  }

  package static func emptyList(_ what: String) -> Self {
    .init(code: "empty-list", text: "\(what) lists nothing")
  }

  static func notAName(_ text: String, _ what: String) -> Self {
    .init(
      code: "not-a-name", text: "`\(text)` cannot name \(what)",
      hint: "a name is a small letter, then up to 63 small letters, digits, `_` or `-`")
  }

  static func badDate(_ what: String) -> Self {
    .init(
      code: "bad-date", text: "\(what) is not a day that exists",
      hint: "write year, month and day: `2003-12-25`")
  }

  static func badNumber(_ what: String) -> Self {
    .init(code: "bad-number", text: "\(what) is not a whole number", hint: "write plain digits, such as `18`")
  }

  static func badYesNo(_ what: String) -> Self {
    .init(code: "bad-yes-no", text: "\(what) is neither `yes` nor `no`")
  }

  package static func unknownWord(_ word: String, _ what: String, known: [String]) -> Self {
    .init(
      code: "unknown-value", text: "`\(word)` is not a value of \(what)",
      hint: didYouMean(word, known) ?? list(known))
  }

  static func didYouMean(_ word: String, _ known: some Sequence<String>) -> String? {
    nearest(to: word, among: known).map { "did you mean `\($0)`?" }
  }

  static func list(_ names: some Sequence<String>) -> String? {
    let quoted = names.map { "`\($0)`" }
    return quoted.isEmpty ? nil : "known here: " + quoted.joined(separator: ", ")
  }
}
