// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What the checks say of names that nobody uses and of days without law.
extension Diagnostic.Message {
  static func unusedFact(_ name: String) -> Self {
    .init(
      code: "unused-fact", text: "no condition reads the fact `\(name)`",
      hint:
        "say under `irrelevant` to what it never matters, leave it out, or check it with the packs that import this one",
      isWarning: true)
  }

  static func unusedRule(_ name: String) -> Self {
    .init(
      code: "unused-rule", text: "nothing stands on the rule `\(name)`, and it is no conclusion",
      hint: "write `about` if people are to read it, expect it in a test, or leave it out", isWarning: true)
  }

  static func unusedClause(_ name: String) -> Self {
    .init(
      code: "unused-clause", text: "nothing stands on the clause `\(name)`",
      hint: "name it under `not_modelled` if the pack leaves it to people, or leave it out", isWarning: true)
  }

  static func unusedImport(_ pack: String) -> Self {
    .init(
      code: "unused-import", text: "nothing of the pack `\(pack)` is used here",
      hint: "take it out of `imports`", isWarning: true)
  }

  static func idlePresumption(_ fact: String, rule: String) -> Self {
    .init(
      code: "idle-presumption",
      text: "`\(rule)` never reads `\(fact)`, so what is presumed of it says nothing",
      hint: "take `\(rule)` out of `for`", isWarning: true)
  }

  static func gapInForce(_ rule: String, _ days: (first: CivilDate, last: CivilDate)) -> Self {
    .init(
      code: "gap-in-force",
      text:
        "from \(days.first) to \(days.last) no ground of `\(rule)` is in force, and before and after one is",
      hint: "look at `until` and `from` of its clauses: `until` is the first day no longer in force",
      isWarning: true)
  }
}

/// What the checks say of grounds and exceptions.
extension Diagnostic.Message {
  static func unreachableGround(_ clause: String, of rule: String, _ obstacle: GroundObstacle) -> Self {
    let (why, hint) =
      switch obstacle {
      case .days:
        (
          "what it asks for is never so on a day on which `\(clause)` is in force",
          "compare the days of `\(clause)` with those of the clauses that the condition stands on"
        )
      case .exceptions:
        (
          "its exceptions defeat it in every case", "narrow an exception, or leave the ground out"
        )
      }
    return .init(
      code: "unreachable-ground", text: "this ground of `\(rule)` can never hold: \(why)", hint: hint,
      isWarning: true)
  }

  static func shadowedGround(of rule: String, by wider: Condition) -> Self {
    .init(
      code: "shadowed-ground",
      text: "whenever this ground of `\(rule)` holds, another under the same clause does: \(wider.words)",
      hint: "leave out the narrower of the two, or ask for what tells them apart", isWarning: true)
  }

  static func idleException(_ clause: String) -> Self {
    .init(
      code: "idle-exception",
      text: "the exception under `\(clause)` never applies to what it is an exception to",
      hint: "no case meets both conditions while both clauses are in force; look at days and thresholds",
      isWarning: true)
  }

  static func idleOrder(_ stronger: String, over rule: String) -> Self {
    .init(
      code: "idle-order", text: "`\(rule)` yields to `\(stronger)`, and no case meets both",
      hint: "take `\(stronger)` out of `yields_to`", isWarning: true)
  }

  static func deadClause(_ name: String) -> Self {
    .init(
      code: "dead-clause", text: "nothing that stands on the clause `\(name)` can ever hold or apply",
      hint: "see what is said of the grounds and exceptions that name it", isWarning: true)
  }
}

/// Why a ground can never hold although its condition can be met.
enum GroundObstacle {
  case days
  case exceptions
}

/// What the checks say of conditions, facts and readings.
extension Diagnostic.Message {
  /// Nil for the clause if it is so on every day.
  static func constant(_ condition: Condition, isTrue: Bool, while clause: String?) -> Self {
    let what = condition.isSet ? "together these are" : "this is"
    let share = isTrue ? "every" : "no"
    let when = clause.map { " on the days on which `\($0)` is in force" } ?? ""
    return .init(
      code: isTrue ? "always-true" : "never-true",
      text: "\(what) true in \(share) case\(when): \(condition.words)",
      hint: isTrue
        ? "leave it out, or ask for what was meant" : "look at the values and days that exclude each other",
      isWarning: true)
  }

  static func idleCondition(_ condition: Condition) -> Self {
    .init(
      code: "idle-condition", text: "the conditions beside it settle this already: \(condition.words)",
      hint: "leave it out, or ask for what tells it apart", isWarning: true)
  }

  static func neverDecisive(_ fact: String) -> Self {
    .init(
      code: "never-decisive",
      text: "`\(fact)` is read, and no conclusion, caution or presumption can ever turn on it",
      hint: "look at the rules that read it; what never matters is said under `irrelevant`", isWarning: true)
  }

  static func idleReading(_ reading: String) -> Self {
    .init(
      code: "idle-reading", text: "no conclusion can ever turn on the reading `\(reading)`",
      hint: "look at what it decides and who stands on that, or leave it out", isWarning: true)
  }
}
