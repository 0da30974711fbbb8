// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// What differs between two versions of a case: names of facts, packs, clauses, conclusions and duties, never values of
/// facts.
struct Changes {
  var facts: [String] = []
  var law: [String] = []
  var answers: [String] = []

  init() {}

  init(from old: Verdict, to new: Verdict) {
    let (before, after) = (Self.facts(of: old), Self.facts(of: new))
    facts = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }.sorted()
    law = Self.law(from: old, to: new)
    if old.decision.assessedOn != new.decision.assessedOn {
      law.append("assessed_on: \(old.decision.assessedOn) → \(new.decision.assessedOn)")
    }
    answers = Self.differences(from: Self.answers(of: old), to: Self.answers(of: new))
  }

  /// Everything the file says about each fact, comparable across generations.
  private static func facts(of verdict: Verdict) -> [String: String] {
    var facts: [String: String] = [:]
    for given in verdict.file.given {
      let fact = verdict.generation.facts[given.fact]
      let first = fact.variables.lowerBound
      let rest = [given.by, given.source, given.on?.description, given.note].map { $0 ?? "" }
      let days = given.throughout.map { " throughout \(text($0))" } ?? ""
      let accounts = given.accounts.map { account in
        let about = [account.by, account.source, account.on?.description, account.note].map { $0 ?? "" }
        return "\(account.manner) \(text(account.values, from: first)) \(about)"
      }
      facts[fact.id] = "\(given.manner) \(text(given.values, from: first)) \(rest)\(days) \(accounts)"
    }
    return facts
  }

  private static func text(_ statements: [Case.Statement], from first: Int) -> String {
    statements.map { "\($0.variable - first):\(text($0.values)) \($0.foundTo.rawValue)" }.joined(
      separator: ",")
  }

  private static func text(_ values: ValueSet) -> String {
    values.spans.map { "\($0.low)-\($0.high)" }.joined(separator: "|")
  }

  /// Packs in another version, each with its clauses that say or do something else.
  private static func law(from old: Verdict, to new: Verdict) -> [String] {
    let (before, after) = (packs(of: old), packs(of: new))
    return Set(before.keys).union(after.keys).sorted().compactMap { id in
      guard before[id] != after[id] else { return nil }
      let versions = "\(id): \(before[id] ?? "–") → \(after[id] ?? "–")"
      guard before[id] != nil, after[id] != nil else { return versions }
      let clauses = new.generation.clausesThatDiffer(inPack: id, from: old.generation)
      return clauses.isEmpty ? versions : "\(versions) (\(clauses.joined(separator: ", ")))"
    }
  }

  private static func packs(of verdict: Verdict) -> [String: String] {
    Dictionary(uniqueKeysWithValues: verdict.decision.packs.map { ($0.id, $0.version) })
  }

  /// The status of each conclusion, and what is presumed of it and to be done from it.
  private static func answers(of verdict: Verdict) -> [String: String] {
    var answers: [String: String] = [:]
    for conclusion in verdict.decision.answer.conclusions {
      let id = verdict.generation.rules[conclusion.rule].id
      answers[id] = conclusion.status.rawValue
      answers["\(id), presumed"] = conclusion.presumed?.rawValue
    }
    for entry in verdict.decision.answer.duties {
      let due = entry.due.map { ", due \($0)" } ?? ""
      answers[verdict.generation.duties[entry.duty].id] = entry.restsOn.rawValue + due
    }
    return answers
  }

  private static func differences(from old: [String: String], to new: [String: String]) -> [String] {
    Set(old.keys).union(new.keys).sorted().compactMap { key in
      old[key] == new[key] ? nil : "\(key): \(old[key] ?? "–") → \(new[key] ?? "–")"
    }
  }
}
