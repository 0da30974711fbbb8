// SPDX-License-Identifier: Apache-2.0

/// How the answers of two rules compare over all cases.
package enum CommonFinding: Sendable {
  /// The same in every case, under every reading and on every day.
  case same
  /// Not the same: at least one case for each pair of answers that occurs, the plainest found.
  case different([Difference])
  /// Not settled in the diagram's budget.
  case overBudget

  /// A case in which two rules are answered otherwise.
  package struct Difference: Sendable {
    package let from: Status
    package let to: Status
    /// Nil if the case cannot be told in the words of both sides.
    package let told: ToldCase?
  }
}

extension CommonSpace {
  /// Compares the answers of a rule of the first side and one of the second.
  ///
  /// - Parameters:
  ///   - before: The rule of the first side, by its number there.
  ///   - after: The rule of the second side.
  ///   - followsUsual: True to look at the usual readings of each side alone; else at every reading both have.
  ///   - day: The day of assessment of cases that do not depend on it.
  /// - Returns: Whether they are the same, else cases that show that they are not.
  package mutating func compare(
    _ before: Int, _ after: Int, followsUsual: Bool, assessedOn day: CivilDate
  ) -> CommonFinding {
    let nodes = [(before, 0), (after, 1)].map { rule, side in
      (holds: node(formula(ofRule: rule, side: side)), window: node(window(ofRule: rule, side: side)))
    }
    if nodes[0] == nodes[1] { return .same }
    let readings = node(sameReadings)
    var question = CommonQuestion(self, followsUsual: followsUsual)
    let built = nodes.map { (holds: question.build($0.holds), window: question.build($0.window)) }
    let allowed = question.build(readings)
    question.settleDays()
    let sides = [0, 1].map { side in
      question.verdicts(built[side].holds, inForce: built[side].window, side: side)
    }
    var differs = question.either(sides[0].canHold, sides[1].canHold)
    differs = question.or(differs, question.either(sides[0].canFail, sides[1].canFail))
    differs = question.and(differs, allowed)
    if question.isOverBudget { return .overBudget }
    if differs == DecisionDiagram.no { return .same }
    return differences(differs, sides, &question, day)
  }

  private func differences(
    _ differs: CommonQuestion.Function, _ sides: [CommonQuestion.Verdicts],
    _ question: inout CommonQuestion, _ day: CivilDate
  ) -> CommonFinding {
    var found: [CommonFinding.Difference] = []
    for from in Self.statuses {
      let first = question.and(differs, sides[0].cases(of: from, &question))
      if first == DecisionDiagram.no { continue }
      for to in Self.statuses where to != from {
        let both = question.and(first, sides[1].cases(of: to, &question))
        guard let way = question.plainestWay(to: both) else { continue }
        found.append(.init(from: from, to: to, told: told(way, assessedOn: day)))
      }
    }
    return question.isOverBudget ? .overBudget : .different(found)
  }

  private static let statuses: [Status] = [.holds, .fails, .undetermined, .notInForce]

  /// True where each reading that both sides have is read alike: by the same variant, or as is usual on each side.
  private var sameReadings: Formula {
    var conditions: [Formula] = []
    for first in generations[0].readings where !words.isShared(reading: first.id) {
      guard let second = words.reading(first.id, side: 1) else { continue }
      var pairs = [(first.standing, second.standing)]
      for (place, name) in first.variants.enumerated() {
        if let other = second.variants.firstIndex(of: name) { pairs.append((place, other)) }
      }
      conditions.append(
        .any(
          pairs.map { one, other in
            .all([
              atom(first.variable, ValueSet(one), side: 0), atom(second.variable, ValueSet(other), side: 1),
            ])
          }))
    }
    return .all(conditions)
  }
}

extension CommonQuestion.Verdicts {
  /// The cases in which a rule has a status.
  fileprivate func cases(of status: Status, _ question: inout CommonQuestion) -> CommonQuestion.Function {
    switch status {
    case .holds: question.without(canHold, canFail)
    case .fails: question.without(canFail, canHold)
    case .undetermined: question.and(canHold, canFail)
    case .notInForce: question.without(question.without(DecisionDiagram.yes, canHold), canFail)
    case .contradictory, .unsettled: DecisionDiagram.no
    }
  }
}
