// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// A question of interpretation with the readings that are held, one of which is the default.
public struct Reading: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// What it decides.
  public var decides: Decides
  /// The variant under which cases are decided unless someone asks for another.
  public var standing: Name
  /// Each reading that is held, in the order of the file.
  public var variants: [Variant]
  /// Where it is declared.
  public var location: SourceLocation

  /// What a reading decides.
  public enum Decides: Sendable, Hashable {
    /// A rule, or a fact that is answered by yes or no.
    case named(Name)
    /// A member of a set.
    case member(Name, of: Name)
  }

  /// One reading that is held.
  public struct Variant: Sendable, Hashable {
    /// Its name within the question.
    public var name: String
    /// Who holds it, or where it is written.
    public var cite: [Language: String]
    /// For a fact or a member, when it is so; for a rule, what stands in place of the condition of each of its grounds.
    ///
    /// If nil, a fact is never drawn from anything, and the grounds of a rule stand as written.
    public var condition: Condition?
    /// Where it is declared.
    public var location: SourceLocation
  }
}

/// The day whose law governs some rules, and the clause that says so.
public struct LawInTime: Sendable, Hashable {
  /// The rules.
  public var rules: [Name]
  /// A date fact, or `assessed_on`.
  public var day: Name
  /// The clause that says so.
  public var clause: Name
  /// True if a later law that may be milder is to be pointed out.
  public var flagsMilder: Bool
}

/// What is taken as a basis until it is cleared up, for some rules.
public struct Presumption: Sendable, Hashable {
  /// The fact.
  public var fact: Name
  /// What is presumed, as a case file would say it.
  public var value: YAMLNode
  /// What must be true for it.
  public var condition: Condition
  /// The clause that says so.
  public var clause: Name
  /// The rules that run on it.
  public var rules: [Name]
  /// Where it is declared.
  public var location: SourceLocation
}

/// A rule of another pack that a pack changes, with clause and reason.
public struct Change: Sendable, Hashable {
  /// What is done to the rule.
  public var kind: Kind
  /// The rule of an imported pack.
  public var rule: Name
  /// The clause that does it.
  public var clause: Name
  /// Why, in each language.
  public var reason: [Language: String]

  /// What a change does.
  public enum Kind: String, CaseIterable, Sendable, Hashable {
    case replaces
    case narrows
    case adds
  }
}
