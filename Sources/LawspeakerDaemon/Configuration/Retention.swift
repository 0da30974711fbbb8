// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What can go by itself after a time.
package enum RetentionCategory: String, CaseIterable, Sendable {
  /// The content of cases in the ledger.
  case cases
  /// Objects under `refused/` and `held/`.
  case refused
  /// Senders' case files under `done/`.
  case done
  /// Working copies under `decisions/`.
  case decisions
}

/// How long something is kept.
package struct RetentionRule: Hashable, Sendable {
  /// What goes.
  package var what: RetentionCategory
  /// The full name of the conclusion that holds in the cases meant, as `palermo.trafficking`; nil for all.
  package var holds: String?
  /// How long it is kept.
  package var after: Period

  /// Makes a rule.
  package init(what: RetentionCategory, holds: String? = nil, after: Period) {
    self.what = what
    self.holds = holds
    self.after = after
  }

  /// Whether all that another rule fits is fitted by this one.
  fileprivate func covers(_ other: Self) -> Bool {
    what == other.what && (holds == nil || holds == other.holds)
  }
}

extension TreeReader {
  /// The rules in their order, of which the first that fits counts: one that none can reach is a mistake.
  mutating func retention(_ node: YAMLNode) -> [RetentionRule] {
    var rules: [(rule: RetentionRule, line: Int)] = []
    for item in list(node, "`retention`") ?? [] {
      guard let rule = retentionRule(item) else { continue }
      if let earlier = rules.first(where: { $0.rule.covers(rule) }) {
        report(.neverFits(line: earlier.line), at: item.mark)
      }
      rules.append((rule, item.mark.line))
    }
    return rules.map(\.rule)
  }

  private mutating func retentionRule(_ node: YAMLNode) -> RetentionRule? {
    guard let form = form(node, "a retention rule", required: ["what", "after"], optional: ["holds"]) else {
      return nil
    }
    let what = form["what"].flatMap { oneCase($0, "`what`", of: RetentionCategory.self) }
    let after = form["after"].flatMap { period($0, "`after`") }
    let holds = form["holds"].flatMap { conclusion($0) }
    if let node = form["holds"], let what, what != .cases {
      report(.holdsOfNoCase(what.rawValue), at: node.mark)
    }
    guard let what, let after, (holds == nil) == (form["holds"] == nil) else { return nil }
    return RetentionRule(what: what, holds: holds, after: after)
  }

  private mutating func period(_ node: YAMLNode, _ what: String) -> Period? {
    guard let text = text(node, what) else { return nil }
    if let period = Period(text) { return period }
    report(.badPeriod(what), at: node.mark)
    return nil
  }

  /// A conclusion's name with its pack's; whether a pack has it shows when cases are looked at.
  private mutating func conclusion(_ node: YAMLNode) -> String? {
    guard let text = text(node, "`holds`") else { return nil }
    let names = text.split(separator: ".", omittingEmptySubsequences: false)
    guard names.count == 2 else {
      report(.notAConclusion(text), at: node.mark)
      return nil
    }
    let isPack = name(String(names[0]), "a pack", at: node.mark)
    let isRule = name(String(names[1]), "a conclusion", at: node.mark)
    return isPack && isRule ? text : nil
  }
}
