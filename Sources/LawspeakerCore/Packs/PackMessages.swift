// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// Every sentence about a pack by itself.
extension Diagnostic.Message {
  static let noPackFile = Self(code: "no-pack-file", text: "the folder has no `pack.yaml`")

  package static func grammar(_ number: String) -> Self {
    .init(
      code: "unknown-grammar", text: "this program reads grammar `\(number)`",
      hint: "write `lawspeaker: \(number)`")
  }

  static func strayFile(_ path: String) -> Self {
    .init(
      code: "stray-file", text: "`\(path)` is no part of a pack",
      hint:
        "a pack holds *.yaml, text/<language>.yaml, text/<language>/*.yaml, tests/*.yaml, comparisons/*.yaml, pack.lock, CHANGELOG.md"
    )
  }

  static func sectionTwice(_ key: String, first: String) -> Self {
    .init(
      code: "section-twice", text: "`\(key)` stands in \(first) too", hint: "say it once, in `pack.yaml`")
  }

  static func packNotFolder(_ id: String, folder: String) -> Self {
    .init(code: "pack-not-folder", text: "the pack calls itself `\(id)` and its folder is `\(folder)`")
  }

  static func badVersion(_ text: String) -> Self {
    .init(
      code: "bad-version", text: "`\(text)` is not a version", hint: "write three numbers, such as `1.0.0`")
  }

  static let badJurisdiction = Self(
    code: "bad-jurisdiction", text: "a jurisdiction is `UN` or three capital letters", hint: "Norway is `NOR`"
  )

  static let intervalsOverlap = Self(
    code: "intervals-overlap", text: "this interval begins before the one above it has ended",
    hint: "end the one above with `until`, the first day no longer in force")

  static let emptyInterval = Self(
    code: "empty-interval", text: "the interval ends before it begins",
    hint: "`until` is the first day no longer in force, after `from`")

  static func reservedName(_ name: String) -> Self {
    .init(code: "reserved-name", text: "`\(name)` is a word of the condition language and cannot be a name")
  }

  static func reservedMember(_ name: String) -> Self {
    .init(
      code: "reserved-name",
      text: "`\(name)` is what a case file can say of any fact, so no member can be called so",
      hint: "leave it out: every fact may be unknown")
  }

  static func duplicateName(_ name: String) -> Self {
    .init(code: "duplicate-name", text: "the name `\(name)` is taken already")
  }

  static func nameTwice(_ name: String, of section: String, first: String) -> Self {
    .init(
      code: "name-twice", text: "`\(name)` stands under `\(section)` in \(first) too",
      hint: "a section may be spread over files, and each name of it stands in one")
  }

  static let pendingInForce = Self(
    code: "pending-in-force", text: "a clause that is pending has no days of force",
    hint: "leave out `in_force` until the day is known, or leave out `pending`")

  static func badBody(_ text: String) -> Self {
    .init(
      code: "bad-body", text: "`\(text)` cannot name a body",
      hint: "write up to 32 small letters and `_`; what people read stands in the texts under `bodies`")
  }

  static func badLimit(_ text: String) -> Self {
    let units = Duty.Limit.Unit.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    return .init(
      code: "bad-limit", text: "`\(text)` is not a limit",
      hint: "write a number from 1 to 9999 and one of \(units): `2 weeks`")
  }

  static let oneBasis = Self(
    code: "one-basis", text: "a caution rests on one thing", hint: "write `clause` or `source`, one of them")

  static let decidesOneThing = Self(
    code: "decides-one-thing", text: "a reading decides one thing",
    hint: "write a rule, a fact of type `yes_no`, or `{FACT: MEMBER}`")

  static func nothingPresumed(_ text: String) -> Self {
    .init(code: "nothing-presumed", text: "`\(text)` is no value that can be presumed")
  }

  static func oneChange(known: [String]) -> Self {
    .init(code: "one-change", text: "a change says one thing of one rule", hint: list(known))
  }

  static func notADutyExpectation(_ text: String) -> Self {
    .init(
      code: "unknown-value", text: "`\(text)` is not a value of `expect_duties`",
      hint: "write `shown`, `absent`, or the day on which the duty is due")
  }

  static let nestedTooDeep = Self(
    code: "nested-too-deep", text: "the condition nests deeper than three",
    hint: "give the middle a rule and a name of its own; names appear in reasons", isWarning: true)

  static func countOutOfRange(_ word: String, _ range: ClosedRange<Int>) -> Self {
    .init(
      code: "count-out-of-range",
      text: "`\(word)` asks for a number that these conditions cannot give, or always give",
      hint: "write a number from \(range.lowerBound) to \(range.upperBound)")
  }

  static let severalConditions = Self(
    code: "several-conditions", text: "a second condition stands beside the first",
    hint: "write `all: […]` or `any: […]` around them")

  static func oneComparison(known: [String]) -> Self {
    .init(code: "one-comparison", text: "a fact is compared in exactly one way here", hint: list(known))
  }

  static let twoEnds = Self(
    code: "two-ends", text: "two ends are needed, the lower first",
    hint: "write `[lower, higher]`; both ends are included")

  static func keyNotForType(_ key: String, type: String) -> Self {
    .init(code: "key-not-for-type", text: "a fact of type `\(type)` has no `\(key)`")
  }

  static let burdenOutOfRange = Self(code: "burden-out-of-range", text: "a burden is a number from 1 to 9")

  static let anchorsBelongTogether = Self(
    code: "age-anchors",
    text: "`as_of` and `since` stand together, on a quantity in `years` from 0 to 200 at most")

  static func missingLanguage(_ language: Language) -> Self {
    .init(code: "missing-language", text: "the pack has no texts in `\(language.rawValue)`")
  }

  static func unknownLanguage(_ language: String) -> Self {
    let known = Language.allCases.map(\.rawValue)
    return .init(
      code: "unknown-language", text: "`\(language)` is no language of Lawspeaker",
      hint: didYouMean(language, known) ?? list(known))
  }

  static func missingText(_ what: String) -> Self {
    .init(code: "missing-text", text: "\(what) is missing in this language")
  }

  static func textTwice(_ name: String, of section: String, first: String) -> Self {
    .init(code: "text-twice", text: "the text of `\(name)` under `\(section)` stands in \(first) too")
  }

  static func bodyForNothing(_ name: String, known: [String]) -> Self {
    .init(
      code: "text-for-nothing",
      text: "there is a text for the body `\(name)`, which no duty and no rule names",
      hint: didYouMean(name, known))
  }

  static func textForNothing(_ name: String, _ what: String, known: [String]) -> Self {
    .init(
      code: "text-for-nothing", text: "there is a text for `\(name)`, which `\(what)` does not declare",
      hint: didYouMean(name, known))
  }
}

/// Every sentence about packs together.
extension Diagnostic.Message {
  package static func unknownName(_ name: String, _ kind: String, known: some Sequence<String>) -> Self {
    .init(code: "unknown-\(kind)", text: "unknown \(kind) `\(name)`", hint: didYouMean(name, known))
  }

  static func notImported(_ pack: String) -> Self {
    .init(
      code: "not-imported", text: "the pack `\(pack)` is not imported here", hint: "name it under `imports`")
  }

  static func importVersion(_ pack: String, wanted: String, found: String?) -> Self {
    let there = found.map { "`\($0)` is there" } ?? "the pack is not there"
    return .init(
      code: "import-version", text: "`\(pack)` is wanted in version `\(wanted)`, and \(there)",
      hint: found == nil ? "name the folder that holds both packs" : nil)
  }

  static func lockNotImported(_ pack: String, _ version: String) -> Self {
    .init(
      code: "lock-not-imported",
      text: "`\(pack)` in version `\(version)` is locked and not imported, or locked twice",
      hint: "run `lawspeaker packs lock`, which writes the file anew")
  }

  static func lockLacks(_ pack: String, _ version: String) -> Self {
    .init(
      code: "lock-lacks", text: "the lock lacks the import `\(pack)` in version `\(version)`",
      hint: "run `lawspeaker packs lock`, which writes the file anew")
  }

  static func lockDigest(_ pack: String, locked: String, found: String) -> Self {
    .init(
      code: "lock-digest",
      text:
        "`\(pack)` is locked with the digest `\(locked.prefix(12))…` and is here with `\(found.prefix(12))…`",
      hint: "look at what changed in `\(pack)`; to build on it as it is now, run `lawspeaker packs lock`")
  }

  static func importJurisdiction(_ pack: String) -> Self {
    .init(
      code: "import-jurisdiction", text: "`\(pack)` does not apply wherever this pack does",
      hint: "import packs of `UN` or of the same jurisdiction")
  }

  static func cycle(_ names: [String], _ what: String) -> Self {
    let drawn = names.map { "`\($0)`" }.joined(separator: " → ")
    return .init(code: "\(what)-cycle", text: "these stand on one another in a circle: \(drawn)")
  }

  static func nameCollision(_ name: String, other: String) -> Self {
    .init(
      code: "name-collision", text: "the fact `\(name)` is declared by `\(other)` too",
      hint: "use the other pack's fact, or choose another name")
  }

  static func packTwice(_ id: String) -> Self {
    .init(code: "pack-twice", text: "the pack `\(id)` is given twice")
  }

  static func notYesNo(_ name: String) -> Self {
    .init(
      code: "not-a-condition", text: "`\(name)` is not answered by yes or no, so it cannot stand alone",
      hint: "compare it, such as `{\(name): {has: any}}`")
  }

  static func comparesRule(_ name: String) -> Self {
    .init(
      code: "compares-rule", text: "`\(name)` is a rule and cannot be compared",
      hint: "write `\(name)` or `{not: \(name)}`")
  }

  static func comparisonDoesNotFit(_ name: String, type: String, known: [String]) -> Self {
    .init(
      code: "comparison-does-not-fit", text: "a fact of type `\(type)` is not compared so", hint: list(known))
  }

  static func unknownMember(_ member: String, of fact: String, known: [String]) -> Self {
    .init(
      code: "unknown-member", text: "`\(fact)` has no `\(member)`",
      hint: didYouMean(member, known) ?? list(known))
  }

  static func badQuantity(_ text: String, unit: String) -> Self {
    .init(code: "bad-quantity", text: "`\(text)` is not a quantity in `\(unit)`", hint: "write `18 \(unit)`")
  }

  static func anchorNotDate(_ name: String) -> Self {
    .init(code: "age-anchors", text: "`\(name)` is not a fact of type `date`")
  }

  static func relationCircle(_ name: String) -> Self {
    .init(
      code: "age-circle",
      text: "the dates that `\(name)` hangs on are tied to each other by other ages already",
      hint: "count each age from its own pair of dates")
  }

  /// A pack's own test got other statuses than it states.
  public static func testFailed(_ test: String, rule: String, expected: Status, found: Status?) -> Self {
    let found = found.map { "`\($0.rawValue)`" } ?? "nothing"
    return .init(
      code: "test-failed",
      text: "the test \"\(test)\" expects `\(rule)` to be `\(expected.rawValue)` and found \(found)")
  }

  /// A pack's own test got other duties or cautions, or other answers on what is presumed, than it states.
  public static func testFailed(
    _ test: String, _ name: String, underKey key: String, expected: String, found: String?
  ) -> Self {
    let found = found.map { "`\($0)`" } ?? "nothing"
    return .init(
      code: "test-failed",
      text: "the test \"\(test)\" expects under `\(key)` that `\(name)` is `\(expected)` and found \(found)")
  }
}
