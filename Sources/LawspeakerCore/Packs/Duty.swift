// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// What must or may be done when a rule holds, or while it is possible.
public struct Duty: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// The rule it follows from.
  public var rule: Name
  /// True if it is enough that the rule is not decided against.
  public var isFromPossible: Bool
  /// The clause that says so.
  public var clause: Name
  /// The body that is to act.
  public var byWhom: String
  /// Whom it binds, by the role of who records a case; nil if ``byWhom`` says all.
  public var binds: [String]?
  /// True for a duty, false for a possibility.
  public var isMust: Bool
  /// How soon, where no limit is counted.
  public var promptly: Promptness?
  /// A limit that is counted.
  public var within: Limit?
  /// Which of the three Ps it serves.
  public var kind: Kind
  /// Where it is declared.
  public var location: SourceLocation

  /// How soon.
  public enum Promptness: String, CaseIterable, Sendable, Hashable {
    case atOnce = "at_once"
    case withoutDelay = "without_delay"
  }

  /// Prevention, prosecution, protection.
  public enum Kind: String, CaseIterable, Sendable, Hashable {
    case prevention
    case prosecution
    case protection
  }

  /// A span of time from a day.
  public struct Limit: Sendable, Hashable {
    /// How many.
    public var count: Int
    /// Of what.
    public var unit: Unit
    /// A date fact, or `assessed_on`.
    public var from: Name

    /// A unit of the calendar or the clock.
    public enum Unit: String, CaseIterable, Sendable, Hashable {
      case hours
      case days
      case weeks
      case months
    }
  }
}

/// Words that hold a reader back from a known error.
public struct PackCaution: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// When it is shown.
  public var condition: Condition
  /// What it rests on.
  public var basis: Basis
  /// Where it is declared.
  public var location: SourceLocation

  /// What a caution rests on.
  public enum Basis: Sendable, Hashable {
    case clause(Name)
    case source(String)
  }
}
