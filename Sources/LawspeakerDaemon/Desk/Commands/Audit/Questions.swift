// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import LocalSocket
internal import PackRegistry

/// Which packs were active, and from when to when.
package struct ListActivePacks: DeskCommand {
  package static let name = "audit packs"
  package static let rights: [AccessRight] = [.audit, .packs, .read]

  /// Only what was active on this day, where the assessor works.
  package var on: String?
  package var form: ListingForm

  package init(on: String?, form: ListingForm) {
    self.on = on
    self.form = form
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let bounds = on.flatMap { CivilDate($0) }.map {
      LocalDay.bounds(of: $0, in: visit.configuration.timeZone)
    }
    let activations = Array(try visit.ledger.activations().reversed())
    let spans = activations.indices.map { place in
      (activations[place], until: activations.indices.contains(place + 1) ? activations[place + 1].at : nil)
    }
    let shown = spans.filter { activation, until in
      guard let bounds else { return true }
      return activation.at <= bounds.last && until.map { $0 > bounds.first } ?? true
    }
    switch form {
    case .text:
      for (activation, until) in shown { try visit.say(Self.text(activation, until)) }
      if shown.isEmpty { try visit.say("no packs were active") }
    case .json: try visit.say(.array(shown.map(Self.json)))
    case .csv:
      var table = CSV(["generation", "from", "until", "pack", "version", "sha256"])
      for (activation, until) in shown {
        for pack in activation.packs {
          table.append([
            "\(activation.generation)", activation.at, until ?? "", pack.id, pack.version, pack.sha256.hex,
          ])
        }
      }
      try visit.say(table.text)
    }
    return 0
  }

  private static func text(_ activation: Activation, _ until: String?) -> String {
    let head = "generation \(activation.generation)  \(activation.at) to \(until ?? "now")"
    return ([head] + activation.packs.map { "    \($0.id) \($0.version) \($0.sha256.hex)" }).joined(
      separator: "\n")
  }

  private static func json(_ activation: Activation, _ until: String?) -> JSON {
    .object([
      "generation": .integer(activation.generation), "from": .string(activation.at),
      "until": .optional(until),
      "entry": .integer(Int(activation.entry)),
      "packs": .array(
        activation.packs.map {
          Decision.PackReference(id: $0.id, version: $0.version, sha256: $0.sha256.hex).json
        }),
    ])
  }
}

/// Who read a case, or anything, and who was refused; newest first.
package struct ListAccesses: DeskCommand {
  package static let name = "audit access"
  package static let rights: [AccessRight] = [.audit]

  package var reference: String?
  /// The first day (UTC).
  package var since: String?
  package var form: ListingForm

  package init(_ reference: String?, since: String?, form: ListingForm) {
    self.reference = reference
    self.since = since
    self.form = form
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    var filter = ActFilter([.access, .accessRefused], reference: reference)
    filter.since = since
    let acts = try visit.ledger.acts(filter)
    try visit.recordReading(reference, detail: "who read")
    switch form {
    case .text:
      for act in acts { try visit.say(text(act)) }
      if acts.isEmpty { try visit.say("nobody read") }
    case .json: try visit.say(.array(acts.map { .object(record($0).mapValues(JSON.optional)) }))
    case .csv:
      var table = CSV(Self.columns)
      for act in acts {
        let record = record(act)
        table.append(Self.columns.map { (record[$0] ?? nil) ?? "" })
      }
      try visit.say(table.text)
    }
    return 0
  }

  private static let columns = [
    "entry", "at", "what", "user", "uid", "command", "case", "version", "purpose", "detail",
  ]

  private func record(_ act: RecordedAct) -> [String: String?] {
    [
      "entry": "\(act.entry)", "at": act.at, "what": act.kind == .access ? "read" : "refused",
      "user": act.sealed["user"]?.string, "uid": act.sealed["uid"]?.number.map { "\($0)" },
      "command": act.open["command"]?.string,
      "case": reference == nil ? act.name : reference, "version": act.version.map { "\($0)" },
      "purpose": act.sealed["purpose"]?.string, "detail": act.sealed["detail"]?.string,
    ]
  }

  private func text(_ act: RecordedAct) -> String {
    let record = record(act)
    func word(_ key: String) -> String? { record[key] ?? nil }
    let about = word("case").map { $0 + (word("version").map { "@\($0)" } ?? "") } ?? "across cases"
    let rest = [word("detail").map { "(\($0))" }, word("purpose").map { "because: \($0)" }].compactMap { $0 }
    let head =
      "\(act.at)  \(word("user") ?? "erased")  \(word("what") ?? "")  \(word("command") ?? "")  \(about)"
    return ([head] + rest).joined(separator: "  ")
  }
}

/// Which decisions an erratum of a clause would touch: those that applied it, and those on the same rules without it.
package struct ListTouched: DeskCommand {
  package static let name = "audit erratum"
  package static let rights: [AccessRight] = [.audit, .packs, .read]

  /// `palermo.art3a`.
  package var clause: String
  package var pack: String?
  package var packVersion: String?
  package var form: ListingForm

  package init(_ clause: String, pack: String?, packVersion: String?, form: ListingForm) {
    self.clause = clause
    self.pack = pack
    self.packVersion = packVersion
    self.form = form
  }

  /// A decision with what of it rests on the clause.
  private struct Touched {
    var row: DecisionRow
    var isApplied: Bool
    var conclusions: [FoundConclusion]
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.recordReading(detail: "erratum of \(clause)")
    var filter = DecisionFilter()
    filter.pack = pack ?? clause.split(separator: ".").first.map(String.init)
    filter.packVersion = packVersion
    let entries = try visit.ledger.decisionEntries(filter)
    filter.clause = clause
    let applied = Set(try visit.ledger.decisionEntries(filter))
    var rules: [[PackReference]: Set<String>?] = [:]
    var touched: [Touched] = []
    for start in stride(from: 0, to: entries.count, by: 256) {
      var some = DecisionFilter()
      some.entries = Array(entries[start..<min(start + 256, entries.count)])
      some.limit = .max
      for row in try visit.ledger.decisions(some).reversed() {
        let resting = try rules[row.packs] ?? self.rules(under: visit.desk.archived(row.packs).generation)
        rules[row.packs] = .some(resting)
        let conclusions = row.conclusions.filter { resting?.contains($0.id) ?? false }
        guard applied.contains(row.entry) || !conclusions.isEmpty else { continue }
        touched.append(Touched(row: row, isApplied: applied.contains(row.entry), conclusions: conclusions))
      }
      try visit.reply.progress("\(start) of \(entries.count) decisions")
    }
    if !entries.isEmpty, rules.values.allSatisfy({ $0 == nil }) {
      throw Failure.input(
        "\(clause): error: no pack under which anything was decided has this clause [unknown-clause]")
    }
    try write(touched, visit)
    return 0
  }

  /// The rules with a ground, or an exception to one, that cites the clause; nil if the packs do not have it.
  private func rules(under generation: Generation) -> Set<String>? {
    let parts = clause.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2, let pack = generation.packs.first(where: { $0.id == parts[0] }),
      pack.clauses.contains(where: { $0.name == parts[1] })
    else { return nil }
    func cites(_ ground: Generation.LinkedGround) -> Bool {
      generation.id(of: ground.clause) == clause || ground.exceptions.contains(where: cites)
    }
    return Set(generation.rules.filter { $0.grounds.contains(where: cites) }.map(\.id))
  }

  private func write(_ touched: [Touched], _ visit: Visit) throws {
    switch form {
    case .text:
      for one in touched {
        let packs = one.row.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
        let how = one.isApplied ? "applied it" : "decided without it"
        try visit.say("\(one.row.reference)@\(one.row.version)  \(one.row.at)  \(how)  under \(packs)")
        for conclusion in one.conclusions { try visit.say("    \(conclusion.status): \(conclusion.id)") }
      }
      if touched.isEmpty { try visit.say("no decisions") }
    case .json: try visit.say(.array(touched.map(Self.json)))
    case .csv:
      var table = CSV(["case", "version", "at", "latest", "packs", "applied", "conclusion", "status"])
      for one in touched {
        let packs = one.row.packs.map { "\($0.id)@\($0.version)" }.joined(separator: " ")
        for conclusion in one.conclusions {
          table.append([
            one.row.reference, "\(one.row.version)", one.row.at, one.row.isLatest ? "yes" : "no", packs,
            one.isApplied ? "yes" : "no", conclusion.id, conclusion.status,
          ])
        }
      }
      try visit.say(table.text)
    }
  }

  private static func json(_ one: Touched) -> JSON {
    .object([
      "case": .string(one.row.reference), "version": .integer(one.row.version), "at": .string(one.row.at),
      "latest": .bool(one.row.isLatest), "applied": .bool(one.isApplied),
      "packs": .array(
        one.row.packs.map {
          Decision.PackReference(id: $0.id, version: $0.version, sha256: $0.sha256.hex).json
        }),
      "conclusions": .array(
        one.conclusions.map { .object(["id": .string($0.id), "status": .string($0.status)]) }),
    ])
  }
}
