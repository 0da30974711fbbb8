// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

extension WhatIfTally {
  /// The number of the shape of the report.
  private static let format = 1

  /// The report: what was counted, and under which packs.
  ///
  /// Its array `changed` is what `lawspeaker redecide --changed` reads.
  package func report(under generation: Generation) -> JSON {
    guard case .object(var entries) = snapshot else { return snapshot }
    entries["packs"] = .array(
      generation.packs.map { pack in
        Decision.PackReference(id: pack.id, version: pack.version, sha256: pack.sha256).json
      })
    return .object(entries)
  }

  /// What was counted, to go on from later; the same for the same cases in whatever order.
  package var snapshot: JSON {
    .object([
      "what_if": .integer(Self.format), "cases": .integer(cases), "unchanged": .integer(unchanged),
      "refused": .array(
        refused.sorted { ($0.reference, $0.version) < ($1.reference, $1.version) }.map { refused in
          .object([
            "case": .string(refused.reference), "version": .integer(refused.version),
            "codes": .strings(refused.codes),
          ])
        }),
      "changed": .array(
        changed.sorted { ($0.reference, $0.version) < ($1.reference, $1.version) }.map { changed in
          .object([
            "case": .string(changed.reference), "version": .integer(changed.version),
            "conclusions": .array(changed.changes.sorted().map { .object($0.entries) }),
          ])
        }),
      "conclusions": Self.json(conclusions),
      "clauses": .object(clauses.mapValues(Self.json)),
    ])
  }

  private static func json(_ changes: [Change: Seen]) -> JSON {
    .array(
      changes.sorted { $0.key < $1.key }.map { change, seen in
        let entries = ["cases": JSON.integer(seen.count), "examples": .strings(seen.examples)]
        return .object(change.entries.merging(entries) { first, _ in first })
      })
  }

  /// Reads a snapshot, or a report; nil if it is neither.
  package init?(_ snapshot: JSON) {
    guard snapshot["what_if"]?.integer == Self.format, let cases = snapshot["cases"]?.integer,
      let unchanged = snapshot["unchanged"]?.integer,
      let refused = snapshot["refused"]?.all(Refused.init),
      let changed = snapshot["changed"]?.all(ChangedCase.init),
      let conclusions = snapshot["conclusions"].flatMap(Self.changes),
      case .object(let byClause)? = snapshot["clauses"]
    else { return nil }
    let clauses = byClause.compactMapValues(Self.changes)
    guard clauses.count == byClause.count else { return nil }
    self.init()
    (self.cases, self.unchanged, self.refused, self.changed) = (cases, unchanged, refused, changed)
    (self.conclusions, self.clauses) = (conclusions, clauses)
  }

  private static func changes(_ json: JSON) -> [Change: Seen]? {
    let pairs = json.all { json -> (Change, Seen)? in
      guard let change = Change(json), let count = json["cases"]?.integer,
        let examples = json["examples"]?.all(\.text)
      else { return nil }
      return (change, Seen(count: count, examples: examples))
    }
    return pairs.map { Dictionary($0) { first, _ in first } }
  }
}

extension WhatIfTally.Change {
  fileprivate var entries: [String: JSON] {
    ["id": .string(conclusion), "from": .optional(from?.rawValue), "to": .optional(to?.rawValue)]
  }

  fileprivate init?(_ json: JSON) {
    guard let conclusion = json["id"]?.text, let from = json["from"], let to = json["to"] else { return nil }
    self.init(
      conclusion: conclusion, from: from.text.flatMap(Status.init), to: to.text.flatMap(Status.init))
    if (self.from == nil) != (from == .null) || (self.to == nil) != (to == .null) { return nil }
  }
}

extension WhatIfTally.Refused {
  fileprivate init?(_ json: JSON) {
    guard let reference = json["case"]?.text, let version = json["version"]?.integer,
      let codes = json["codes"]?.all(\.text)
    else { return nil }
    self.init(reference: reference, version: version, codes: codes)
  }
}

extension WhatIfTally.ChangedCase {
  fileprivate init?(_ json: JSON) {
    guard let reference = json["case"]?.text, let version = json["version"]?.integer,
      let changes = json["conclusions"]?.all(WhatIfTally.Change.init)
    else { return nil }
    self.init(reference: reference, version: version, changes: changes)
  }
}

extension JSON {
  fileprivate subscript(key: String) -> JSON? {
    if case .object(let entries) = self { entries[key] } else { nil }
  }

  fileprivate var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  fileprivate var text: String? { if case .string(let text) = self { text } else { nil } }

  /// Every item as something; nil if this is no list, or an item is not that.
  fileprivate func all<T>(_ read: (JSON) -> T?) -> [T]? {
    guard case .array(let items) = self else { return nil }
    let found = items.compactMap(read)
    return found.count == items.count ? found : nil
  }
}
