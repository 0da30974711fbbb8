// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon

/// A case file of which others are made that differ in reference and day of the act, with its decision.
struct CasePattern: Sendable {
  /// The file from its second line on, without its reference.
  let text: String
  let verdict: Verdict

  /// Every example and every own test of a pack that can be read as a case file.
  static func all(under generation: Generation) throws -> [CasePattern] {
    let files = try Repository.yaml(in: "examples")
      + ["palermo", "norway", "child-welfare"].flatMap { try Repository.yaml(in: "rulepacks/\($0)/tests") }
    return files.flatMap { $0.components(separatedBy: "\n---\n") }.compactMap { document in
      CasePattern(document, under: generation)
    }
  }

  /// Nil if there is no case in the text, or none that can be read.
  private init?(_ document: String, under generation: Generation) {
    var isLeftOut = false
    let lines = document.split(separator: "\n").filter { line in
      if let first = line.first, first != " " {
        isLeftOut = ["test:", "expect", "case:", "lawspeaker:", "#"].contains { line.hasPrefix($0) }
      }
      return !isLeftOut
    }
    text = lines.joined(separator: "\n") + "\n"
    let bytes = Self.bytes("PATTERN", text)
    guard let verdict = try? Verdict(bytes, file: "pattern.yaml", under: generation, defaults: Self.defaults)
    else { return nil }
    self.verdict = verdict
  }

  private static let defaults = CaseDefaults(jurisdiction: "NOR", today: CivilDate("2026-11-20") ?? .last)

  private static func bytes(_ reference: String, _ text: String) -> [UInt8] {
    Array("lawspeaker: 1\ncase: \(reference)\n\(text)".utf8)
  }

  /// The decision about a case that is like this one, whose act was some days earlier.
  ///
  /// Where that makes the answer another, the day is left as it is.
  func record(_ number: Int, daysEarlier: Int, _ documents: LedgerWorkload.Documents, packs: [PackReference])
    -> DecisionRecord
  {
    let reference = "SCALE-\(number)"
    let caseBytes = Self.bytes(reference, moved(daysEarlier))
    let generation = verdict.generation
    let whole = documents == .whole
    let decision = whole ? verdict.bytes : Array(verdict.bytes.prefix(400))
    return DecisionRecord(
      reference: reference, owner: 1000, person: nil, version: 1, at: "2026-11-23T12:00:00Z",
      assessedOn: verdict.decision.assessedOn.description, jurisdiction: verdict.decision.jurisdiction,
      fileName: reference + ".yaml", caseBytes: caseBytes, decision: decision,
      envelope: whole ? verdict.bytes + [UInt8](repeating: 0, count: 300) : decision,
      caseSHA256: ContentDigest(of: caseBytes), decisionSHA256: ContentDigest(of: decision),
      answerSHA256: ContentDigest(of: decision), packs: packs,
      conclusions: verdict.decision.answer.conclusions.map {
        FoundConclusion(id: generation.rules[$0.rule].id, status: $0.status.rawValue)
      }, clauses: verdict.decision.answer.clausesApplied.map { generation.id(of: $0) })
  }

  /// The text with the day of the act moved, if that can be done and changes no answer.
  private func moved(_ days: Int) -> String {
    let key = "act_date: "
    guard days > 0, let place = text.range(of: key), text[place.upperBound...].count >= 10,
      let day = CivilDate(String(text[place.upperBound...].prefix(10)))?.adding(days: -days)
    else { return text }
    let end = text.index(place.upperBound, offsetBy: 10)
    let moved = text[..<place.upperBound] + "\(day)" + text[end...]
    let file = try? readCase(
      Self.bytes("PATTERN", String(moved)), file: "", under: verdict.generation, defaults: Self.defaults)
    guard let file else { return text }
    let now = statuses(of: file, under: verdict.generation)
    let before = verdict.decision.answer.conclusions
    let isSame = now.count == before.count && zip(now, before).allSatisfy { $0 == ($1.rule, $1.status) }
    return isSame ? String(moved) : text
  }
}

/// Where the project's own files are.
enum Repository {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path

  static var rulepacks: String { root + "/rulepacks" }

  static func yaml(in folder: String) throws -> [String] {
    let names = try FileManager.default.contentsOfDirectory(atPath: root + "/" + folder).sorted()
    return try names.filter { $0.hasSuffix(".yaml") }.map {
      try String(contentsOfFile: "\(root)/\(folder)/\($0)", encoding: .utf8)
    }
  }
}
