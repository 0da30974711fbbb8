// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LawspeakerCore

/// A case file of which others are made that differ in reference and day of the act, with its answers.
struct CasePattern: Sendable {
  /// The file from its second line on, without its reference.
  private let text: String
  private let answered: Answered

  private struct Answered: Sendable {
    var file: Case
    var statuses: [Status]
    var found: [FoundConclusion]
    var clauses: [String]
  }

  /// Every example and every own test of a pack that can be read as a case file.
  static func all(_ reader: inout StatusReader) throws -> [CasePattern] {
    let files =
      try Repository.yaml(in: "examples")
      + ["palermo", "norway", "child-welfare"].flatMap { try Repository.yaml(in: "rulepacks/\($0)/tests") }
    return files.flatMap { $0.components(separatedBy: "\n---\n") }.compactMap { CasePattern($0, &reader) }
  }

  /// Nil if there is no case in the text, or none that can be read.
  private init?(_ document: String, _ reader: inout StatusReader) {
    var isLeftOut = false
    let lines = document.split(separator: "\n").filter { line in
      if let first = line.first, first != " " {
        isLeftOut = ["test:", "expect", "case:", "lawspeaker:", "#"].contains { line.hasPrefix($0) }
      }
      return !isLeftOut
    }
    text = lines.joined(separator: "\n") + "\n"
    let generation = reader.generation
    guard let file = Self.read(Self.bytes("PATTERN", text), generation) else { return nil }
    let found = reader.statuses(of: file)
    let clauses = found.filter { $0.status == .holds }.flatMap {
      clausesApplied(to: $0.rule, in: file, under: generation)
    }
    answered = Answered(
      file: file, statuses: found.map(\.status),
      found: found.map { FoundConclusion(id: generation.rules[$0.rule].id, status: $0.status.rawValue) },
      clauses: clauses.map { generation.id(of: $0) })
  }

  private static func read(_ bytes: [UInt8], _ generation: Generation) -> Case? {
    let defaults = CaseDefaults(jurisdiction: "NOR", today: CivilDate("2026-11-20") ?? .last)
    return try? readCase(bytes, file: "pattern.yaml", under: generation, defaults: defaults)
  }

  private static func bytes(_ reference: String, _ text: String) -> [UInt8] {
    Array("lawspeaker: 1\ncase: \(reference)\n\(text)".utf8)
  }

  /// The decision about a case that is like this one, whose act was some days earlier.
  ///
  /// Where that makes the answer another, the day is left as it is.
  func record(
    _ number: Int, daysEarlier: Int, documentBytes: Int, packs: [PackReference], _ reader: inout StatusReader
  ) -> DecisionRecord {
    let reference = "SCALE-\(number)"
    let caseBytes = Self.bytes(reference, moved(daysEarlier, &reader))
    let document = (0..<documentBytes).map { UInt8(truncatingIfNeeded: $0 &* 31 + number) }
    return DecisionRecord(
      reference: reference, owner: 1000, person: nil, version: 1, at: "2026-11-23T12:00:00Z",
      assessedOn: answered.file.assessedOn.description, jurisdiction: answered.file.jurisdiction,
      fileName: reference + ".yaml", caseBytes: caseBytes, decision: document, envelope: document,
      caseSHA256: ContentDigest(of: caseBytes), decisionSHA256: ContentDigest(of: document),
      answerSHA256: ContentDigest(of: document), packs: packs, conclusions: answered.found,
      clauses: answered.clauses)
  }

  /// The text with the day of the act moved, if that can be done and changes no answer.
  private func moved(_ days: Int, _ reader: inout StatusReader) -> String {
    let key = "act_date: "
    guard days > 0, let place = text.range(of: key), text[place.upperBound...].count >= 10,
      let day = CivilDate(String(text[place.upperBound...].prefix(10)))?.adding(days: -days)
    else { return text }
    let end = text.index(place.upperBound, offsetBy: 10)
    let moved = String(text[..<place.upperBound] + "\(day)" + text[end...])
    guard let file = Self.read(Self.bytes("PATTERN", moved), reader.generation) else { return text }
    return reader.statuses(of: file).map(\.status) == answered.statuses ? moved : text
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
