// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// A ground as its author built it: what of its formula can be put otherwise, place by place.
struct GroundShape {
  /// The days on which the clause is in force, as a condition on the day that governs the rule.
  let force: Formula
  let condition: ConditionShape
  let exceptions: [ExceptionShape]

  /// An exception, or what makes one.
  struct ExceptionShape {
    let clause: Generation.ClauseReference
    let location: SourceLocation
    /// The rule that the ground yields to, if it does so as a whole; it is looked at where it stands.
    let stronger: String?
    let shape: GroundShape
  }

  /// In force, condition true, not defeated.
  func formula(_ change: Change? = nil) -> Formula {
    .all([force, condition.formula(change)] + exceptions.indices.map { .not(exception($0, change)) })
  }

  /// What an exception is; never, where the change drops it.
  func exception(_ place: Int, _ change: Change?) -> Formula {
    if case .drop(exception: let location)? = change, exceptions[place].location == location,
      exceptions[place].stronger == nil
    {
      return .any([])
    }
    return exceptions[place].shape.formula(change)
  }

  /// What is put otherwise than the author wrote it.
  enum Change {
    /// A condition that is made of no others, by its place.
    case condition(SourceLocation, Turn)
    case drop(exception: SourceLocation)
  }

  /// What becomes of a condition.
  enum Turn {
    case being(Bool)
    case negated
    /// Left out of what it is a part of.
    case dropped
    /// True for these values instead.
    case moved(ValueSet)

    /// The condition as it has become; nil if it is left out.
    func applied(to formula: Formula) -> Formula? {
      switch (self, formula) {
      case (.being(let isTrue), _): isTrue ? .all([]) : .any([])
      case (.negated, _): .not(formula)
      case (.dropped, _): nil
      case (.moved(let values), .atom(let atom)): .atom(.init(variable: atom.variable, values: values))
      case (.moved, _): formula
      }
    }
  }

  /// Every condition that is made of no others, its exceptions' included.
  var leaves: [ConditionShape.Leaf] {
    condition.leaves + exceptions.filter { $0.stronger == nil }.flatMap(\.shape.leaves)
  }
}

/// A condition as its author built it.
indirect enum ConditionShape {
  case leaf(Leaf)
  /// What no author of the ground wrote there, such as a reading that is followed.
  case fixed(Formula)
  case all([ConditionShape])
  case any([ConditionShape])
  case not(ConditionShape)
  case atLeast(Int, [ConditionShape])
  case exactly(Int, [ConditionShape])

  /// A condition that is made of no others.
  struct Leaf {
    let written: Condition
    let formula: Formula
  }

  /// What it means, with a condition put otherwise.
  func formula(_ change: GroundShape.Change? = nil) -> Formula { changed(change) ?? .all([]) }

  /// The same; nil if nothing is left of it.
  private func changed(_ change: GroundShape.Change?) -> Formula? {
    switch self {
    case .leaf(let leaf):
      guard case .condition(leaf.written.location, let turn)? = change else { return leaf.formula }
      return turn.applied(to: leaf.formula)
    case .fixed(let formula): return formula
    case .not(let part): return part.changed(change).map(Formula.not)
    case .all(let parts): return .all(parts.compactMap { $0.changed(change) })
    case .any(let parts):
      let left = parts.compactMap { $0.changed(change) }
      return left.isEmpty && !parts.isEmpty ? nil : .any(left)
    case .atLeast(let count, let parts): return .atLeast(count, parts.compactMap { $0.changed(change) })
    case .exactly(let count, let parts): return .exactly(count, parts.compactMap { $0.changed(change) })
    }
  }

  var leaves: [Leaf] {
    switch self {
    case .leaf(let leaf): [leaf]
    case .fixed: []
    case .not(let part): part.leaves
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      parts.flatMap(\.leaves)
    }
  }
}

extension Generation {
  /// How the grounds of a rule are built, one for each that its author wrote.
  func shapes(ofRule number: Int) -> [GroundShape] {
    let rule = rules[number]
    let own = rules.prefix(ownRules).firstIndex { $0.id == rule.id }
    let isRead = readings.contains { $0.decides == own.map(LinkedReading.Decides.rule) }
    return zip(rule.declaration.grounds, rule.grounds).map { written, linked in
      shape(
        written.condition, written.exceptions, linked, day: rule.day, isRead: isRead,
        yieldingTo: rule.declaration.yieldsTo)
    }
  }

  private func shape(
    _ condition: Condition, _ exceptions: [LawspeakerCore.Exception], _ linked: LinkedGround, day: Int,
    isRead: Bool = false, yieldingTo names: [Name] = []
  ) -> GroundShape {
    let declared = zip(exceptions, linked.exceptions).map { written, linked in
      GroundShape.ExceptionShape(
        clause: linked.clause, location: written.condition.location, stronger: nil,
        shape: shape(written.condition, written.exceptions, linked, day: day))
    }
    let yielded = linked.exceptions.dropFirst(exceptions.count).map { stronger in
      GroundShape.ExceptionShape(
        clause: stronger.clause, location: names.first?.location ?? condition.location,
        stronger: names.map(\.text).joined(separator: ", "),
        shape: GroundShape(force: .all([]), condition: .fixed(stronger.formula), exceptions: []))
    }
    return GroundShape(
      force: .atom(.init(variable: day, values: linked.days)),
      condition: isRead ? shapeRead(condition, linked.condition) : shape(condition, linked.condition),
      exceptions: declared + yielded)
  }

  /// A condition that another stands for where a reading is followed: each part by itself, or the whole.
  private func shapeRead(_ condition: Condition, _ formula: Formula) -> ConditionShape {
    if case .all(let parts) = condition.kind, case .all(let formulas) = formula, parts.count == formulas.count
    {
      return .all(zip(parts, formulas).map(shapeFollowed))
    }
    return shapeFollowed(condition, formula)
  }

  private func shapeFollowed(_ condition: Condition, _ formula: Formula) -> ConditionShape {
    guard case .any(let variants) = formula, case .all(let followed)? = variants.first, followed.count == 2,
      case .atom(let choice) = followed[0], case .choice = variables[choice.variable].role
    else { return .fixed(formula) }
    return .any(
      [.all([.fixed(followed[0]), shape(condition, followed[1])])] + variants.dropFirst().map { .fixed($0) })
  }

  /// A condition and what it has become, side by side: linking keeps every part where it stands.
  private func shape(_ condition: Condition, _ formula: Formula) -> ConditionShape {
    switch (condition.kind, formula) {
    case (.all(let parts), .all(let formulas)): .all(zip(parts, formulas).map(shape))
    case (.any(let parts), .any(let formulas)): .any(zip(parts, formulas).map(shape))
    case (.atLeast(let count, let parts), .atLeast(_, let formulas)):
      .atLeast(count, zip(parts, formulas).map(shape))
    case (.exactly(let count, let parts), .exactly(_, let formulas)):
      .exactly(count, zip(parts, formulas).map(shape))
    case (.not(let part), .not(let formula)): .not(shape(part, formula))
    case (.ifThen(let premise, let conclusion), .any(let formulas)):
      if formulas.count == 2, case .not(let first) = formulas[0] {
        .any([.not(shape(premise, first)), shape(conclusion, formulas[1])])
      } else {
        .fixed(formula)
      }
    case (.named, _), (.compare, _): .leaf(.init(written: condition, formula: formula))
    default: .fixed(formula)
    }
  }
}
