// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// A condition as a pack's author wrote it.
public struct Condition: Sendable, Hashable {
  /// What it says.
  public var kind: Kind
  /// Where it begins.
  public var location: SourceLocation

  /// The words of the condition language.
  public indirect enum Kind: Sendable, Hashable {
    /// A rule, or a fact that is answered by yes or no.
    case named(Name)
    case all([Condition])
    case any([Condition])
    case not(Condition)
    case atLeast(Int, [Condition])
    case exactly(Int, [Condition])
    case ifThen(Condition, Condition)
    case compare(Name, Comparison)
  }

  /// What is asked of one fact; values are raw until the fact's type is known.
  public enum Comparison: Sendable, Hashable {
    case isValue(Name)
    case oneOf([Name])
    case below(Name)
    case atLeastAs(Name)
    case above(Name)
    case atMost(Name)
    case before(Name)
    case after(Name)
    case between(Name, Name)
    case hasAny
    /// All of them.
    case has([Name])
  }

  /// How deep conditions stand within conditions: a name or a comparison has depth 0.
  var depth: Int {
    switch kind {
    case .named, .compare: 0
    case .not(let inner): inner.depth
    case .ifThen(let premise, let conclusion): 1 + max(premise.depth, conclusion.depth)
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      1 + (parts.map(\.depth).max() ?? 0)
    }
  }
}
