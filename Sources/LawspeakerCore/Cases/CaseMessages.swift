// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// Every sentence about a case file. Names and places, never values: a value may be about a person.
extension Diagnostic.Message {
  static let cutOff = Self(
    code: "cut-off", text: "the file does not end in a newline, so it may be cut off",
    hint: "end the last line with a newline")

  static func badReference(_ what: String) -> Self {
    .init(
      code: "bad-reference", text: "\(what) is not a reference",
      hint: "a letter or digit, then up to 63 letters, digits, `.`, `_` or `-`; never a name")
  }

  static func badRole(_ what: String) -> Self {
    .init(
      code: "bad-role", text: "\(what) is not a role",
      hint: "a role such as `person`, `police` or `social_worker` in small letters, never a name")
  }

  static let badStandard = Self(
    code: "bad-standard", text: "`found_to` is not a standard",
    hint: list(Standard.allCases.map(\.rawValue)))

  static let badLanguage = Self(
    code: "bad-language", text: "`language` is not the tag of a language",
    hint: "write `ro`, `nb` or `zh-Hant`")

  static let badDocument = Self(
    code: "bad-document", text: "`id` is not the reference of a document",
    hint: "a letter or digit, then up to 63 letters, digits, `.`, `_`, `-`, `/` or `:`; never a name")

  static func badDigest(_ what: String) -> Self {
    .init(
      code: "bad-digest", text: "\(what) is not a digest",
      hint: "write the 64 digits and letters `a` to `f` that `sha256sum` prints")
  }

  static func voiceTwice(_ fact: String) -> Self {
    .init(
      code: "voice-twice", text: "one role gives two accounts of `\(fact)`",
      hint: "put what it says into one account, or name the voices apart: `police`, `police_abroad`")
  }

  static func throughoutNotDate(_ fact: String) -> Self {
    .init(code: "throughout-not-date", text: "`\(fact)` is not a date, so nothing goes on throughout it")
  }

  static func throughoutHere(_ fact: String) -> Self {
    .init(
      code: "throughout-here",
      text: "`throughout` is no part of an account of `\(fact)`, nor of a presumption",
      hint: "say it of the fact as a whole, with `value` and `by`, or let the account name single days")
  }

  static func notAWholeDay(_ fact: String) -> Self {
    .init(
      code: "not-a-whole-day", text: "an end of `throughout` in `\(fact)` is not one day",
      hint: "it says that conduct went on each of these days: write `2023-04-01`, and `ongoing` at most last")
  }

  static func notBegun(_ fact: String) -> Self {
    .init(
      code: "not-begun",
      text: "`\(fact)` begins after the day of assessment, on which what is `ongoing` ends")
  }

  static func factTwice(_ fact: String) -> Self {
    .init(code: "fact-twice", text: "the fact `\(fact)` is answered twice")
  }

  static func factOfOtherJurisdiction(_ fact: String, _ jurisdiction: String) -> Self {
    .init(
      code: "fact-of-other-jurisdiction",
      text: "the fact `\(fact)` belongs to a pack that does not apply here",
      hint: "add `jurisdiction: \(jurisdiction)`")
  }

  static func notAnAnswer(_ fact: String, _ forms: String) -> Self {
    .init(code: "not-an-answer", text: "this is no way to answer `\(fact)`", hint: "write \(forms)")
  }

  static func emptyAnswer(_ fact: String) -> Self {
    .init(
      code: "empty-answer", text: "an empty list says nothing about `\(fact)`",
      hint: "write `none` if none is known to be there, or leave the fact out")
  }

  static func presentAndAbsent(_ fact: String) -> Self {
    .init(code: "present-and-absent", text: "a member of `\(fact)` is stated both present and absent")
  }

  static func notAMember(of fact: String, _ known: [String]) -> Self {
    .init(code: "unknown-member", text: "`\(fact)` has no such member", hint: list(known))
  }

  static func notAQuantity(_ fact: String, unit: String) -> Self {
    .init(code: "bad-quantity", text: "`\(fact)` is not a number of `\(unit)`", hint: "write `18 \(unit)`")
  }

  static func outOfRange(_ fact: String, _ low: Int, _ high: Int, _ unit: String) -> Self {
    .init(code: "out-of-range", text: "`\(fact)` lies outside \(low) to \(high) \(unit)")
  }

  static func notADate(_ fact: String) -> Self {
    .init(
      code: "bad-date", text: "`\(fact)` is not a day, month or year that exists",
      hint: "write `2023-04-01`, `2023-04` or `2023`")
  }

  static func nothingLeft(_ fact: String) -> Self {
    .init(code: "nothing-left", text: "no value of `\(fact)` is left by this comparison")
  }
}
