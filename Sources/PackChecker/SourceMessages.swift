// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Every sentence about the law that a pack was written from.
extension Diagnostic.Message {
  static func textMoved(_ clause: String, _ text: SourceText) -> Self {
    .init(
      code: "text-moved", text: "the text of `\(clause)` is not the one that the pack was written from",
      hint: "compare \(text.file) with what stands on it, then write `text_sha256: \(text.sha256)`")
  }

  static func clauseExpired(_ clause: String, until: CivilDate) -> Self {
    .init(
      code: "clause-expired", text: "`\(clause)` is out of force since \(until)",
      hint: "look whether another clause has taken its place; older conduct may still need this one",
      isWarning: true)
  }

  static func clausePending(_ clause: String) -> Self {
    .init(
      code: "clause-pending", text: "`\(clause)` is adopted and not in force yet",
      hint: "look whether the day is known by now, and write it under `in_force`", isWarning: true)
  }

  static func sourceUnchecked(_ pack: String, since: CivilDate, checked: CivilDate) -> Self {
    .init(
      code: "source-unchecked",
      text: "`\(pack)` was compared with its source on \(checked), and not since \(since)",
      hint: "compare it again, then write the day under `source` as `checked`", isWarning: true)
  }

  static func textAbsent(_ clause: String) -> Self {
    .init(
      code: "text-absent", text: "the text of `\(clause)` is pinned and not at hand",
      hint: "put it into the folder of texts as PACK/CLAUSE.txt", isWarning: true)
  }

  static func textUnpinned(_ clause: String, _ text: SourceText) -> Self {
    .init(
      code: "text-unpinned", text: "the text of `\(clause)` is at hand and not pinned",
      hint: "once you have compared \(text.file), write `text_sha256: \(text.sha256)`", isWarning: true)
  }

  static func textOfNoClause(_ clause: String) -> Self {
    .init(
      code: "text-of-no-clause", text: "there is no clause `\(clause)`",
      hint: "texts are named PACK/CLAUSE.txt, by the pack and the name of the clause in it", isWarning: true)
  }
}
