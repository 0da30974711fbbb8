// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore

/// What is due to go under `retention`: listed, and let go unless it is only asked about.
package struct KeepRetention: DeskCommand {
  package static let name = "retention"
  package static let rights: [AccessRight] = [.operate]

  package var isRehearsal: Bool
  package var json: Bool

  package init(isRehearsal: Bool, json: Bool) {
    self.isRehearsal = isRehearsal
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    if isRehearsal { try visit.recordReading(detail: "what is due to go") }
    let rules = visit.configuration.retention
    let sweep = RetentionSweep(desk: visit.desk, spool: try visit.desk.spool(), today: visit.today)
    let report =
      isRehearsal
      ? try sweep.rehearse()
      : try sweep.carryOut(signed: { visit.signed($0) }, between: { true })
    if json {
      try visit.say(Self.json(report, rules, isRehearsal))
    } else {
      if rules.isEmpty { try visit.say("there is no rule under `retention` in the configuration") }
      for (index, rule) in rules.enumerated() {
        for line in Self.lines(report, index + 1, rule) { try visit.say(line) }
      }
      if !rules.isEmpty { try visit.say(isRehearsal ? "nothing was done" : "done") }
    }
    for path in report.left {
      try visit.complain("\(path): error: this is left, as it may not be removed or is not empty [left]")
    }
    return report.left.isEmpty ? 0 : 75
  }

  private static func lines(_ report: RetentionReport, _ number: Int, _ rule: RetentionRule) -> [String] {
    let holds = rule.holds.map { " in which `\($0)` holds" } ?? ""
    let head = "rule \(number): \(rule.what.rawValue)\(holds) after \(rule.after)"
    switch rule.what {
    case .cases:
      let cases = report.cases.filter { $0.rule == number }.map(\.due)
      return ["\(head): \(cases.count)"] + cases.map { "    \($0.name)@\($0.version)  \($0.at)" }
    case .refused:
      return [
        "\(head): \(report.setAside) recorded, \(report.filesByRule[number] ?? 0) in refused/ and held/"
      ]
    case .done, .decisions:
      return ["\(head): \(report.filesByRule[number] ?? 0) files"]
    }
  }

  private static func json(_ report: RetentionReport, _ rules: [RetentionRule], _ isRehearsal: Bool) -> JSON {
    let entries = rules.enumerated().map { index, rule in
      let cases = report.cases.filter { $0.rule == index + 1 }.map(\.due)
      return JSON.object([
        "rule": .integer(index + 1), "what": .string(rule.what.rawValue), "holds": .optional(rule.holds),
        "after": .string(rule.after.description),
        "cases": .array(
          cases.map {
            .object(["case": .string($0.name), "version": .integer($0.version), "at": .string($0.at)])
          }),
        "records": .integer(rule.what == .refused ? report.setAside : 0),
        "files": .integer(report.filesByRule[index + 1] ?? 0),
      ])
    }
    return .object([
      "dry_run": .bool(isRehearsal), "rules": .array(entries), "left": .strings(report.left),
    ])
  }
}
