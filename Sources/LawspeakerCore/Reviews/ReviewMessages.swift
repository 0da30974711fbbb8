// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// Every sentence about what someone asks to record of a decision.
extension Diagnostic.Message {
  static let badReviewer = Self(
    code: "bad-reviewer", text: "who reviewed it is neither a role nor initials",
    hint: "a letter or digit, then up to 63 letters, digits, `.`, `_`, `@` or `-`; no name in full")

  static let badJournal = Self(
    code: "bad-journal", text: "the journal entry is not a reference",
    hint: "a letter or digit, then up to 63 letters, digits, `.`, `_`, `-`, `/` or `:`; never a name")

  static let badBody = Self(
    code: "bad-body", text: "whom it was sent to is not a body",
    hint: "a role such as `police` or `municipal_child_welfare` in small letters, never a name")

  static let badInstead = Self(
    code: "bad-instead", text: "what stands instead is not a conclusion with a status",
    hint: "write it as `palermo.trafficking=undetermined`")

  static let noReason = Self(
    code: "no-reason", text: "a conclusion is set aside without a reason",
    hint: "say why with `--because`; it is kept with the decision")

  static func badReason(longest: Int) -> Self {
    .init(
      code: "bad-reason", text: "the reason is no single paragraph of at most \(longest) bytes",
      hint: "write it without breaks of lines, and put what is longer into the journal")
  }

  static func noSuchConclusion(_ id: String, known: [String]) -> Self {
    .init(
      code: "unknown-conclusion", text: "the decision has no conclusion `\(id)`",
      hint: didYouMean(id, known) ?? list(known))
  }

  static func unknownStatus(_ word: String) -> Self {
    .unknownWord(word, "a status", known: Status.allCases.map(\.rawValue))
  }

  static func sameStatus(_ id: String, _ status: Status) -> Self {
    .init(
      code: "same-status", text: "the decision says `\(status.rawValue)` of `\(id)` already",
      hint: "a conclusion is set aside for another status; where you agree, it was used")
  }
}
