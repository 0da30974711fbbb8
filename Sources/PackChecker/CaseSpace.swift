// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// Every case there could be under a generation: what it makes true, whether that is possible, and examples of it.
///
/// A case here is whole: every fact has one value, under whatever standard it is looked at, every reading is followed in
/// one variant, and there is a day of assessment after which no governing day lies (decision 041). Truths are decision
/// diagrams over the cells of variables; two are the same where their diagrams are. Which cells can go together is looked
/// at when something is asked, and only for the variables that are asked about.
package struct CaseSpace: Sendable {
  package let generation: Generation
  /// How many nodes the diagrams of this space may have together.
  package let budget: Int
  /// The cells of each variable that stands for itself.
  let plan: Plan
  /// The day of assessment, days, births and ages.
  let calendar: SpaceCalendar
  var diagram: DecisionDiagram
  /// The variables in the order of their levels.
  private(set) var order: [Int] = []
  private var places: [Int]
  private var rules: [Int: CaseTruth] = [:]
  /// Which cells can go together, by the thresholds that are asked about.
  var possibilities: [Asked: DecisionDiagram.Reference] = [:]

  /// Something that is true in some cases: a handle that belongs to the space that gave it.
  package struct CaseTruth: Hashable, Sendable {
    let root: DecisionDiagram.Reference
    /// The same as a formula; nil where a variable was fixed, so that nothing can be asked of the core.
    package let formula: Formula?

    package static func == (a: Self, b: Self) -> Bool { a.root == b.root }

    package func hash(into hasher: inout Hasher) { hasher.combine(root) }

    /// True in every case, possible or not.
    package static let always = CaseTruth(root: DecisionDiagram.yes, formula: .all([]))
    /// True in no case.
    package static let never = CaseTruth(root: DecisionDiagram.no, formula: .never)
  }

  /// How many nodes the diagrams of a space may have together, unless someone says otherwise.
  package static let standardBudget = 5 * DecisionDiagram.standardBudget

  /// Every case under a generation.
  ///
  /// - Parameters:
  ///   - generation: The packs.
  ///   - formulas: What will be asked beside the rules and conditions of the packs, so that values are cut for it.
  ///   - budget: How many nodes the diagrams may have together.
  package init(
    _ generation: Generation, asking formulas: [Formula] = [],
    budget: Int = Self.standardBudget
  ) {
    self.generation = generation
    self.budget = budget
    calendar = SpaceCalendar(generation)
    plan = Plan(domains: generation.variables.map(\.domain), cuts: generation.wholeCuts(asking: formulas))
    diagram = DecisionDiagram(budget: budget)
    places = Array(repeating: -1, count: generation.variables.count)
  }

  /// True once an answer outgrew the budget; what is asked from then on is not settled.
  package var isOverBudget: Bool { diagram.isOverBudget || !plan.overfull.isEmpty }

  /// The same cases with nothing worked out, to be asked again after the budget was used up.
  package func fresh() -> CaseSpace {
    var space = self
    space.diagram = DecisionDiagram(budget: budget)
    space.order = []
    space.places = Array(repeating: -1, count: places.count)
    space.rules = [:]
    space.possibilities = [:]
    return space
  }

  // MARK: Truths

  /// That a rule's formula is true: one of its grounds is in force, met and undefeated.
  package mutating func truth(ofRule number: Int) -> CaseTruth {
    if let known = rules[number] { return known }
    let truth = CaseTruth(root: build(generation.rules[number].formula), formula: .rule(number))
    rules[number] = truth
    return truth
  }

  /// That a formula is true, such as a ground's, an exception's or a condition's.
  package mutating func truth(of formula: Formula) -> CaseTruth {
    if case .rule(let number) = formula { return truth(ofRule: number) }
    return CaseTruth(root: build(formula), formula: formula)
  }

  /// That some ground of a rule is in force on the day that governs it.
  package mutating func hasLaw(_ number: Int) -> CaseTruth {
    let rule = generation.rules[number]
    return truth(of: .atom(.init(variable: rule.day, values: rule.window)))
  }

  private mutating func build(_ formula: Formula) -> DecisionDiagram.Reference {
    switch formula {
    case .atom(let atom):
      let variable = generation.whole(atom.variable)
      return self.atom(variable, plan.mask(of: atom.values, variable: variable))
    case .rule(let number): return truth(ofRule: number).root
    case .not(let part):
      let part = build(part)
      return diagram.not(part)
    case .all(let parts):
      return parts.reduce(DecisionDiagram.yes) { all, part in
        let part = build(part)
        return diagram.and(all, part)
      }
    case .any(let parts):
      return parts.reduce(DecisionDiagram.no) { any, part in
        let part = build(part)
        return diagram.or(any, part)
      }
    case .atLeast(let count, let parts):
      let parts = parts.map { build($0) }
      return diagram.count(parts, atLeast: count, isExact: false)
    case .exactly(let count, let parts):
      let parts = parts.map { build($0) }
      return diagram.count(parts, atLeast: count, isExact: true)
    }
  }

  /// That a variable lies in some of its cells.
  mutating func atom(_ variable: Int, _ mask: UInt64) -> DecisionDiagram.Reference {
    let outcomes = plan.cells[variable].indices.map { cell in
      (cell: cell, result: mask & (1 << UInt64(cell)) == 0 ? DecisionDiagram.no : DecisionDiagram.yes)
    }
    return diagram.choice(level: level(of: variable), outcomes)
  }

  /// A variable's first level: variables are ordered as they are first met.
  mutating func level(of variable: Int) -> Int32 {
    if places[variable] < 0 {
      places[variable] = order.count
      order.append(variable)
    }
    return Int32(places[variable] * Plan.maximumCells)
  }

  /// That a truth is not so.
  package mutating func not(_ a: CaseTruth) -> CaseTruth {
    CaseTruth(root: diagram.not(a.root), formula: a.formula.map { .not($0) })
  }

  /// That both are so.
  package mutating func and(_ a: CaseTruth, _ b: CaseTruth) -> CaseTruth {
    CaseTruth(root: diagram.and(a.root, b.root), formula: joined(a, b) { .all([$0, $1]) })
  }

  /// That one of them is so.
  package mutating func or(_ a: CaseTruth, _ b: CaseTruth) -> CaseTruth {
    CaseTruth(root: diagram.or(a.root, b.root), formula: joined(a, b) { .any([$0, $1]) })
  }

  /// That the first is not so, or the second is.
  package mutating func implication(_ a: CaseTruth, _ b: CaseTruth) -> CaseTruth {
    CaseTruth(
      root: diagram.choose(a.root, b.root, DecisionDiagram.yes),
      formula: joined(a, b) { .any([.not($0), $1]) })
  }

  /// That the second is so where the first is, and the third where it is not.
  package mutating func choice(_ test: CaseTruth, _ then: CaseTruth, _ otherwise: CaseTruth) -> CaseTruth {
    let chosen = joined(test, then) { .all([$0, $1]) }
    let other = joined(test, otherwise) { .all([.not($0), $1]) }
    let formula = chosen.flatMap { chosen in other.map { Formula.any([chosen, $0]) } }
    return CaseTruth(root: diagram.choose(test.root, then.root, otherwise.root), formula: formula)
  }

  /// That exactly one of them is so.
  package mutating func difference(_ a: CaseTruth, _ b: CaseTruth) -> CaseTruth {
    let isNot = diagram.not(b.root)
    return CaseTruth(
      root: diagram.choose(a.root, isNot, b.root), formula: joined(a, b) { .exactly(1, [$0, $1]) })
  }

  private func joined(
    _ a: CaseTruth, _ b: CaseTruth, _ join: (Formula, Formula) -> Formula
  ) -> Formula? {
    guard let first = a.formula, let second = b.formula else { return nil }
    return join(first, second)
  }

  // MARK: Questions

  /// True if some case that is possible makes a truth so; nil if that is over budget.
  package mutating func isPossible(_ a: CaseTruth) -> Bool? {
    let possible = possible(beside: [a])
    let found = diagram.and(a.root, possible) != DecisionDiagram.no
    return isOverBudget ? nil : found
  }

  /// True if no possible case makes a formula so; false also if that is over budget, of which each question has the whole.
  mutating func isNever(_ formula: Formula) -> Bool {
    if isOverBudget { self = fresh() }
    return isPossible(truth(of: formula)) == false
  }

  /// True if every possible case that makes the first so makes the second so; nil if that is over budget.
  package mutating func implies(_ a: CaseTruth, _ b: CaseTruth) -> Bool? {
    let but = not(b)
    return isPossible(and(a, but)).map { !$0 }
  }

  /// True if both are so in the same possible cases; nil if that is over budget.
  package mutating func areSame(_ a: CaseTruth, _ b: CaseTruth) -> Bool? {
    isPossible(difference(a, b)).map { !$0 }
  }

  /// The variables that a truth can depend on, rising: see ``Generation/variables``, those under no standard.
  package func variables(of a: CaseTruth) -> [Int] { variables(of: [a.root]).sorted() }

  func variables(of roots: [DecisionDiagram.Reference]) -> Set<Int> {
    Set(diagram.levels(of: roots).map { order[Int($0) / Plan.maximumCells] })
  }

  /// The values of each cell of a variable: values of one cell are treated alike by everything that is asked.
  package func cells(of variable: Int) -> [ValueSet] { plan.cells[generation.whole(variable)] }

  /// What is left of a truth when a variable is in one of its cells.
  package mutating func fixing(_ a: CaseTruth, _ variable: Int, cell: Int) -> CaseTruth {
    let level = level(of: generation.whole(variable))
    return CaseTruth(root: diagram.fixing(a.root, level: level, cell: cell), formula: nil)
  }

  /// True if two possible cases that differ in some variables alone, both within a truth, make another so and not so.
  ///
  /// What is tied to the variables and not asked about may differ with them: an age moves the date of birth.
  /// - Parameters:
  ///   - variables: What may differ: the variables of a fact, say.
  ///   - truth: What is asked about.
  ///   - within: What must be so in both cases.
  /// - Returns: Nil if that is over budget.
  package mutating func matters(
    _ variables: [Int], to truth: CaseTruth, within: CaseTruth = .always
  ) -> Bool? {
    let (so, notSo) = (and(within, truth), and(within, not(truth)))
    let both = shared(so, notSo, differingIn: variables)
    return isOverBudget ? nil : both != DecisionDiagram.no
  }

  /// Where each of two truths is so in some possible case, whatever some variables are.
  mutating func shared(
    _ a: CaseTruth, _ b: CaseTruth, differingIn variables: [Int]
  ) -> DecisionDiagram.Reference {
    let possible = possible(beside: [a, b])
    var (first, second) = (diagram.and(a.root, possible), diagram.and(b.root, possible))
    for variable in variables.map(generation.whole) where places[variable] >= 0 {
      first = diagram.forgetting(first, level: level(of: variable))
      second = diagram.forgetting(second, level: level(of: variable))
    }
    return diagram.and(first, second)
  }
}

extension Generation {
  /// The variable that stands for another in a whole case, in which a fact has one value under every standard.
  func whole(_ variable: Int) -> Int {
    variables[variable].fact == nil ? variable : variables[variable].base
  }

  /// Every set of values that something compares a variable with, under whatever standard.
  ///
  /// Numbers and days are cut at both ends of every range, so that each of their cells is one range.
  fileprivate func wholeCuts(asking formulas: [Formula]) -> [[ValueSet]] {
    var cuts: [Set<ValueSet>] = Array(repeating: [], count: variables.count)
    func cut(_ variable: Int, by values: ValueSet) {
      let variable = whole(variable)
      let domain = variables[variable].domain
      guard hasRanges(variable), let least = domain.least else {
        cuts[variable].insert(values)
        return
      }
      for span in values.intersection(domain).spans {
        cuts[variable].insert(ValueSet(least, span.low - 1))
        cuts[variable].insert(ValueSet(least, span.high))
      }
    }
    for formula in rules.map(\.formula) + irrelevances.compactMap(\.whenever) + formulas {
      formula.forEachLeaf({ cut($0.variable, by: $0.values) }, rule: { _ in })
    }
    for rule in rules {
      for ground in rule.grounds { cut(rule.day, by: ground.days) }
      cut(rule.day, by: rule.window)
    }
    return cuts.map { $0.sorted { ($0.least ?? 0, $0.greatest ?? 0) < ($1.least ?? 0, $1.greatest ?? 0) } }
  }

  /// True for a day or a quantity.
  func hasRanges(_ variable: Int) -> Bool {
    switch variables[variable].role {
    case .assessedOn: return true
    case .choice, .isStated: return false
    case .fact(let number, _):
      switch facts[number].declaration.type {
      case .date, .quantity: return true
      case .yesNo, .oneOf, .set: return false
      }
    }
  }
}
