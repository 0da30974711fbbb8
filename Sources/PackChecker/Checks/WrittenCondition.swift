// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// A condition where its author wrote it, with the formula that it became.
struct WrittenCondition {
  let condition: Condition
  let formula: Formula
  let parts: [WrittenCondition]

  init(_ condition: Condition, _ formula: Formula) {
    self.condition = condition
    self.formula = formula
    parts =
      switch (condition.kind, formula) {
      case (.all(let written), .all(let linked)), (.any(let written), .any(let linked)),
        (.atLeast(_, let written), .atLeast(_, let linked)),
        (.exactly(_, let written), .exactly(_, let linked)):
        zip(written, linked).map { WrittenCondition($0, $1) }
      case (.not(let written), .not(let linked)): [WrittenCondition(written, linked)]
      case (.ifThen(let premise, let conclusion), .any(let linked)):
        Self.parts(premise, conclusion, linked)
      default: []  // a name or a comparison
      }
  }

  /// The linker writes `if a then b` as `not a or b`.
  private static func parts(
    _ premise: Condition, _ conclusion: Condition, _ linked: [Formula]
  ) -> [WrittenCondition] {
    guard linked.count == 2, case .not(let first) = linked[0] else { return [] }
    return [WrittenCondition(premise, first), WrittenCondition(conclusion, linked[1])]
  }

  var location: SourceLocation { condition.location }

  /// The formula as it would be without some parts, which are told by their place in the file; nil if nothing is left.
  ///
  /// A condition of an `all` or `any` is left out as if it had not been written. A count loses nothing: what is left out of
  /// it changes what the number means.
  func formula(without left: Set<SourceLocation>) -> Formula? {
    if left.contains(location) { return nil }
    switch condition.kind {
    case .all: return .all(parts.compactMap { $0.formula(without: left) })
    case .any: return .any(parts.compactMap { $0.formula(without: left) })
    case .named, .compare, .not, .atLeast, .exactly, .ifThen: return formula
    }
  }

  /// The parts that may be left out: those of an `all` or `any`.
  var removableParts: [WrittenCondition] {
    switch condition.kind {
    case .all, .any: parts
    case .named, .compare, .not, .atLeast, .exactly, .ifThen: []
    }
  }
}

extension Condition {
  /// True for a condition that puts others together.
  var isSet: Bool {
    switch kind {
    case .named, .compare: false
    case .all, .any, .not, .atLeast, .exactly, .ifThen: true
    }
  }
  /// True for a condition beside its own negation: the author's way to write what is always so, or never.
  var isPlainlyConstant: Bool {
    guard case .all(let parts) = kind else {
      guard case .any(let parts) = kind else { return false }
      return Self.negateEachOther(parts)
    }
    return Self.negateEachOther(parts)
  }

  private static func negateEachOther(_ parts: [Condition]) -> Bool {
    guard parts.count == 2, case .not(let negated) = parts[1].kind else { return false }
    return negated.words == parts[0].words
  }
}
