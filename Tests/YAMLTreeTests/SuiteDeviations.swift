// SPDX-License-Identifier: Apache-2.0

/// How libyaml can miss what the suite states.
enum SuiteDeviation: Hashable {
  /// It reads what must be refused.
  case accepts
  /// It refuses what must be read.
  case refuses
  /// It reads another tree.
  case differs
}

extension SuiteDeviation {
  /// Every case in which libyaml 0.2.5 misses the suite, which is for YAML 1.2 while libyaml began with 1.1.
  static let known: [String: SuiteDeviation] = {
    let pairs = groups.flatMap { group in
      group.ids.split(separator: " ").map { (String($0), group.deviation) }
    }
    return Dictionary(pairs) { _, _ in preconditionFailure("a case deviates in one way") }
  }()

  private static let groups: [(deviation: SuiteDeviation, why: String, ids: String)] = [
    (
      .accepts, "a directive may follow a document without `...` (9HCY is refused for its tags alone)",
      "9HCY EB22 MUS6/01 RHX7"
    ),
    (
      .accepts, "what follows a directive without a space may be a comment",
      "MUS6/00"
    ),
    (
      .accepts, "a comment may follow without a space",
      "9JBA CVW2 SU5Z X4QW"
    ),
    (
      .accepts, "lines in brackets or quotes need no indentation, and tabs may stand for it",
      "9C9N DK95/01 QB6E Y79Y/003"
    ),
    (
      .accepts, "`-` alone is a scalar in brackets",
      "G5U8 YJV2"
    ),
    (
      .accepts, "blank lines before a block scalar may be indented more than it",
      "S98Z"
    ),
    (
      .refuses, "a key must not be left out in a block",
      "2JQS 6M2F M2N8/00 NHX8 NKF9 S3PD SM9W/01 UKK6/00"
    ),
    (
      .refuses, "a key in braces must stand on one line with its colon",
      "4MUZ/00 4MUZ/01 4MUZ/02 5MUD 9SA2 K3WX NJ66 UT92 VJP3/01"
    ),
    (
      .refuses, "a colon in brackets must not begin a scalar or stand before `,`",
      "4ABK 58MP 5T43 CFD4 DBG4 FRK4 HM87/00"
    ),
    (
      .refuses, "the name of an anchor or alias is ASCII and ends at a colon",
      "2SXE 8XYN W5VH"
    ),
    (
      .refuses, "a tab must not stand where indentation or a new token may",
      "6BCT 6CA3 96NN/00 96NN/01 A2M4 DK95/00 DK95/03 DK95/04 Q5MG R4YG Y79Y/001 Y79Y/010"
    ),
    (
      .refuses, "a document after `...` must begin with `---`, and a file must not begin with `...`",
      "7Z25 HWV9 M7A3 QT73"
    ),
    (
      .refuses, "a block scalar must be indented at the top of a document too",
      "DK3J FP8R W4TN"
    ),
    (
      .refuses, "no directives but %YAML and %TAG, no version but 1.1 and 1.2",
      "2LFX 6LVF BEC7 MUS6/05 MUS6/06"
    ),
    (
      .differs, "`?` in brackets begins a key even without a space",
      "652Z HM87/01"
    ),
    (
      .differs, "blanks on a last line without a newline are no line",
      "JEF9/02 L24T/01"
    ),
  ]
}
