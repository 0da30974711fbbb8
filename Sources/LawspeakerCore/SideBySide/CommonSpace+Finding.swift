// SPDX-License-Identifier: Apache-2.0

extension CommonSpace {
  /// What a search for a case found.
  package enum Found: Sendable {
    /// No case is so, under the usual readings.
    case none
    /// The plainest case found; nil if it cannot be told.
    case one(ToldCase?)
    case overBudget
  }

  /// Looks for the plainest case in which a formula is true under the usual readings.
  ///
  /// - Parameters:
  ///   - formula: In the numbers of the space.
  ///   - day: The day of assessment of a case that does not depend on it.
  /// - Returns: The case, if there is one.
  package mutating func plainestCase(of formula: Formula, assessedOn day: CivilDate) -> Found {
    let node = node(formula)
    var question = CommonQuestion(self, followsUsual: true)
    let wanted = question.build(node)
    question.settleDays()
    let function = question.and(wanted, question.possible)
    let way = question.plainestWay(to: function)
    if question.isOverBudget { return .overBudget }
    return way.map { .one(told($0, assessedOn: day)) } ?? .none
  }

  /// True where of the members of a set fact exactly these are so.
  ///
  /// - Parameters:
  ///   - members: The members that are so.
  ///   - id: The fact.
  /// - Returns: In the numbers of the space.
  package func exactly(_ members: Set<String>, of id: String) -> Formula {
    .all(
      eachMember(of: id).map { name, variable in
        atom(variable, members.contains(name) ? .yes : .no, side: 0)
      })
  }

  /// True where at least two members of a set fact are so, and none of some others.
  package func several(of id: String, without others: Set<String>) -> Formula {
    let each = eachMember(of: id)
    let isSo = each.map { atom($0.variable, .yes, side: 0) }
    let isNot = each.filter { others.contains($0.name) }.map { atom($0.variable, .no, side: 0) }
    return .all([.atLeast(2, isSo)] + isNot)
  }

  private func eachMember(of id: String) -> [(name: String, variable: Int)] {
    guard let fact = generations[0].facts.first(where: { $0.id == id }) else { return [] }
    return Array(zip(fact.declaration.type.members, fact.variables)).map { (name: $0, variable: $1) }
  }
}
