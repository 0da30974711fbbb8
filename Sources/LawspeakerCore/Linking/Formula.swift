// SPDX-License-Identifier: Apache-2.0

/// A condition in which every name has become a number.
public indirect enum Formula: Hashable, Sendable {
  case atom(Atom)
  /// Another rule, by its number in the generation.
  case rule(Int)
  case all([Formula])
  case any([Formula])
  case not(Formula)
  case atLeast(Int, [Formula])
  case exactly(Int, [Formula])

  /// True if a variable's value lies in a set.
  public struct Atom: Hashable, Sendable {
    /// The variable, by its number in the generation.
    public var variable: Int
    /// The values that make it true.
    public var values: ValueSet

    /// True if a variable's value lies in a set.
    package init(variable: Int, values: ValueSet) {
      self.variable = variable
      self.values = values
    }
  }

  /// What is never true.
  package static let never = Formula.any([])

  /// Calls a function for every atom and rule in it, in order.
  package func forEachLeaf(_ atom: (Atom) -> Void, rule: (Int) -> Void) {
    switch self {
    case .atom(let leaf): atom(leaf)
    case .rule(let number): rule(number)
    case .not(let part): part.forEachLeaf(atom, rule: rule)
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      for part in parts { part.forEachLeaf(atom, rule: rule) }
    }
  }
}
