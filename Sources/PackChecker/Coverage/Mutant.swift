// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// A rule with one thing put otherwise than its author wrote it.
struct Mutant {
  /// The rule, by its number among the pack's own.
  let rule: Int
  /// The ground, by its place in the rule.
  let ground: Int
  let change: GroundShape.Change
  /// What was done, in words: "`child` left out".
  let text: String
  let location: SourceLocation
}

extension GroundShape {
  /// Every way in which one thing in the ground is put otherwise.
  func mutants(rule: Int, ground: Int, _ generation: Generation) -> [Mutant] {
    let ofLeaves = leaves.flatMap { leaf -> [Mutant] in
      let location = leaf.written.location
      func mutant(_ turn: Turn, _ done: String) -> Mutant {
        Mutant(
          rule: rule, ground: ground, change: .condition(location, turn),
          text: "`\(leaf.written.words)` \(done)", location: location)
      }
      return [mutant(.negated, "negated"), mutant(.dropped, "left out")]
        + leaf.moved(generation).map { mutant(.moved($0.values), "with its limit moved \($0.words)") }
    }
    return ofLeaves
      + allExceptions.map { exception in
        Mutant(
          rule: rule, ground: ground, change: .drop(exception: exception.location),
          text: "the exception left out", location: exception.location)
      }
  }

  /// The exceptions that are written there, and theirs.
  private var allExceptions: [ExceptionShape] {
    let written = exceptions.filter { $0.stronger == nil }
    return written + written.flatMap(\.shape.allExceptions)
  }
}

extension ConditionShape.Leaf {
  /// A comparison with each limit that lies inside what the fact can be moved by one, either way.
  func moved(_ generation: Generation) -> [(values: ValueSet, words: String)] {
    guard case .atom(let atom) = formula, let number = generation.variables[atom.variable].fact,
      let span = atom.values.spans.first, atom.values.spans.count == 1
    else { return [] }
    switch generation.facts[number].declaration.type {
    case .yesNo, .oneOf, .set: return []
    case .quantity, .date: break
    }
    let domain = generation.variables[atom.variable].domain
    guard let least = domain.least, let greatest = domain.greatest else { return [] }
    var moved: [(values: ValueSet, words: String)] = []
    if span.low > least {
      moved.append((ValueSet(span.low - 1, span.high), "down by one"))
      moved.append((ValueSet(span.low + 1, span.high), "up by one"))
    }
    if span.high < greatest {
      moved.append(
        (ValueSet(span.low, span.high - 1), span.low > least ? "down by one at the end" : "down by one"))
      moved.append(
        (ValueSet(span.low, span.high + 1), span.low > least ? "up by one at the end" : "up by one"))
    }
    return moved.filter { !$0.values.isEmpty }
  }
}
