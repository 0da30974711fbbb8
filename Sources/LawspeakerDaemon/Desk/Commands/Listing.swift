// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import YAMLTree

/// Decisions as lists show them.
enum Listing {
  /// A decision in a list: a line, and one for each status.
  static func text(_ row: DecisionRow) -> String {
    let packs = row.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    let newest = row.isLatest ? "" : " (superseded)"
    let head = "\(row.reference)@\(row.version)\(newest)  \(row.at)  under \(packs)"
    let lines = grouped(row.conclusions).map { status, names in "    \(status): \(names)" }
    return ([head] + lines).joined(separator: "\n")
  }

  /// Conclusions by status, in the order in which people read a decision.
  private static func grouped(_ conclusions: [FoundConclusion]) -> [(String, String)] {
    Status.allCases.compactMap { status in
      let names = conclusions.filter { $0.status == status.rawValue }.map(\.id)
      return names.isEmpty ? nil : (status.rawValue, names.joined(separator: ", "))
    }
  }

  static func csv(_ rows: some Sequence<DecisionRow>, _ book: ReviewBook) -> String {
    var table = CSV([
      "case", "version", "at", "assessed_on", "latest", "packs", "conclusion", "status", "review",
      "withdrawn",
    ])
    for row in rows {
      let packs = row.packs.map { "\($0.id)@\($0.version)" }.joined(separator: " ")
      for conclusion in row.conclusions {
        table.append([
          row.reference, "\(row.version)", row.at, row.assessedOn, row.isLatest ? "yes" : "no", packs,
          conclusion.id, conclusion.status, book[row.name, row.version].state.words(in: .en),
          book[row.name, row.version].withdrawal?.at ?? "",
        ])
      }
    }
    return table.text
  }

  static func json(_ row: DecisionRow) -> JSON {
    .object([
      "case": .string(row.reference), "version": .integer(row.version), "at": .string(row.at),
      "assessed_on": .string(row.assessedOn), "latest": .bool(row.isLatest), "packs": packs(row.packs),
      "conclusions": .array(
        row.conclusions.map { .object(["id": .string($0.id), "status": .string($0.status)]) }),
    ])
  }

  /// A case of which decisions were erased.
  static func text(_ erased: ErasedCase) -> String {
    "\(erased.name)@1\(erased.version > 1 ? " to @\(erased.version)" : "")  erased \(erased.at)"
  }

  static func json(_ erased: ErasedCase) -> JSON {
    .object([
      "case": .string(erased.name), "version": .integer(erased.version), "erased": .string(erased.at),
      "entry": .integer(Int(erased.entry)),
    ])
  }

  private static func packs(_ packs: [PackReference]) -> JSON {
    .array(
      packs.map { pack in
        Decision.PackReference(id: pack.id, version: pack.version, sha256: pack.sha256.hex).json
      })
  }

  /// One version in a case's history.
  static func text(_ stored: StoredDecision) throws -> String {
    let changes = try changes(of: stored)
    let lines = ["facts", "law", "answers"].compactMap { key in
      changes[key].flatMap { $0.isEmpty ? nil : "    \(key): \($0.joined(separator: "; "))" }
    }
    let packs = stored.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    let head =
      "\(stored.reference)@\(stored.version)  \(stored.at)  assessed on \(stored.assessedOn)  under \(packs)"
    return ([head] + lines).joined(separator: "\n")
  }

  static func json(_ stored: StoredDecision) throws -> JSON {
    .object([
      "case": .string(stored.reference), "version": .integer(stored.version), "at": .string(stored.at),
      "assessed_on": .string(stored.assessedOn), "packs": packs(stored.packs),
      "sha256": .string(stored.decisionSHA256.hex), "answer_sha256": .string(stored.answerSHA256.hex),
      "changes": .object(try changes(of: stored).mapValues { .strings($0) }),
    ])
  }

  private static func changes(of stored: StoredDecision) throws -> [String: [String]] {
    let envelope = try readYAML(stored.envelope, file: "envelope", limits: .document)
    var changes: [String: [String]] = [:]
    for key in ["facts", "law", "answers"] {
      guard case .sequence(let items)? = envelope.first?["changes"]?[key]?.content else { continue }
      changes[key] = items.compactMap(\.text)
    }
    return changes
  }
}
