// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// One thing that the tests of a pack are to show, as a formula: a test shows it if it is true in every completion.
struct Goal {
  /// The rule, by its number among the pack's own.
  let rule: Int
  /// The ground, by its place in the rule.
  let ground: Int
  let what: What
  let location: SourceLocation

  /// What is shown of a ground.
  enum What: Hashable {
    /// It holds, and no other ground of the rule does.
    case alone
    /// Its clause is in force, and it fails.
    case failsInForce
    /// An exception, by its place, defeats what else would hold; `isMet` false: it does not, and the ground holds.
    case exception(Int, isMet: Bool)
    /// A condition, by its place among the leaves, is so.
    case leaf(Int, Bool)
    /// The condition is so, the ground comes to this, and would come to the contrary if the condition alone were not so.
    case turns(Int, isTrue: Bool, holds: Bool)
  }
}

/// One version of a rule: as its pack's own, or as it is seen under the standard of another.
struct RuleVersion {
  let number: Int
  let shapes: [GroundShape]

  /// The formula of a goal.
  func formula(_ goal: Goal) -> Formula {
    let shape = shapes[goal.ground]
    switch goal.what {
    case .alone: return .all([shape.formula(), others(beside: goal.ground)])
    case .failsInForce: return .all([shape.force, .not(shape.formula())])
    case .exception(let place, let isMet):
      let rest = shape.exceptions.indices.filter { $0 != place }.map {
        Formula.not(shape.exception($0, nil))
      }
      let exception = shape.exception(place, nil)
      return .all([shape.force, shape.condition.formula(), isMet ? exception : .not(exception)] + rest)
    case .leaf(let place, let isTrue):
      let leaf = shape.leaves[place].formula
      return isTrue ? leaf : .not(leaf)
    case .turns(let place, let isTrue, let holds):
      let leaf = shape.leaves[place]
      let so = shape.formula(.condition(leaf.written.location, .being(true)))
      let notSo = shape.formula(.condition(leaf.written.location, .being(false)))
      return .all([
        isTrue ? leaf.formula : .not(leaf.formula),
        isTrue == holds ? so : .not(so), isTrue == holds ? .not(notSo) : notSo,
      ])
    }
  }

  /// The same, and the rule itself comes to what the ground does: what a test of the rule can see.
  func visibleFormula(_ goal: Goal) -> Formula { .all([formula(goal), others(beside: goal.ground)]) }

  private func others(beside ground: Int) -> Formula {
    .all(shapes.indices.filter { $0 != ground }.map { .not(shapes[$0].formula()) })
  }
}

extension ConditionShape {
  /// How a condition stands in what it is a part of: both ways where a count is exact.
  func ways(of location: SourceLocation) -> Set<Bool> {
    switch self {
    case .leaf(let leaf): leaf.written.location == location ? [true] : []
    case .fixed: []
    case .not(let part): Set(part.ways(of: location).map { !$0 })
    case .all(let parts), .any(let parts), .atLeast(_, let parts):
      parts.reduce(into: []) { $0.formUnion($1.ways(of: location)) }
    case .exactly(_, let parts):
      parts.contains { !$0.ways(of: location).isEmpty } ? [true, false] : []
    }
  }
}

extension GroundShape {
  /// How a condition stands in the ground.
  func ways(of location: SourceLocation) -> Set<Bool> {
    exceptions.filter { $0.stronger == nil }.reduce(into: condition.ways(of: location)) { ways, exception in
      ways.formUnion(exception.shape.ways(of: location).map { !$0 })
    }
  }

  /// What is to be shown of the ground.
  func goals(rule: Int, ground: Int, at location: SourceLocation) -> [Goal] {
    var goals = [Goal.What.alone, .failsInForce].map {
      Goal(rule: rule, ground: ground, what: $0, location: location)
    }
    for (place, exception) in exceptions.enumerated() {
      for isMet in [true, false] {
        goals.append(
          Goal(
            rule: rule, ground: ground, what: .exception(place, isMet: isMet), location: exception.location))
      }
    }
    for (place, leaf) in leaves.enumerated() {
      var whats = [true, false].map { Goal.What.leaf(place, $0) }
      for isUpright in ways(of: leaf.written.location).sorted(by: { $0 && !$1 }) {
        whats += [true, false].map { .turns(place, isTrue: $0, holds: $0 == isUpright) }
      }
      goals += whats.map { Goal(rule: rule, ground: ground, what: $0, location: leaf.written.location) }
    }
    return goals
  }
}
