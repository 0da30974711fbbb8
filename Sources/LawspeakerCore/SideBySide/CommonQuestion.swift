// SPDX-License-Identifier: Apache-2.0

/// Formulas of a space as decision diagrams over all its cases, and what is asked about them.
struct CommonQuestion {
  typealias Function = DecisionDiagram.Reference

  let space: CommonSpace
  private var question: Question
  /// Which days and ages can go together; worked out once everything that is asked about has been built.
  private(set) var possible: Function = DecisionDiagram.yes

  /// What a rule says in each case: whether it can be true, whether it can be false.
  struct Verdicts {
    var canHold: Function
    var canFail: Function
  }

  /// Prepares to ask in a space.
  ///
  /// - Parameters:
  ///   - space: The space, with every formula laid out that will be asked about.
  ///   - followsUsual: True if the usual readings are followed and no others.
  init(_ space: CommonSpace, followsUsual: Bool) {
    self.space = space
    var masks = space.plan.full
    for (number, variable) in space.variables.enumerated() {
      switch variable.role {
      case .choice(let id):
        guard followsUsual || space.isOfOneSide(reading: id),
          let side = variable.side ?? space.generations.indices.first,
          let reading = space.words.reading(id, side: side)
        else { continue }
        masks[number] = space.plan.mask(of: ValueSet(reading.standing), variable: number)
      case .isStated where variable.isOfOneSide:
        masks[number] = space.plan.mask(of: .no, variable: number)
      case .assessedOn, .fact, .isStated: continue
      }
    }
    let unread = [Truth](repeating: .open, count: space.plan.nodes.count)
    question = Question(
      space.plan, Box(masks: masks, domains: nil, truths: unread), relations: space.relations,
      tied: space.timely)
    question.diagram = DecisionDiagram(budget: CommonSpace.budget)
  }

  /// True if nothing that was answered means anything.
  var isOverBudget: Bool { question.diagram.isOverBudget }

  /// The function of a node of the space's plan.
  mutating func build(_ node: Int) -> Function { question.build(node) }

  mutating func and(_ a: Function, _ b: Function) -> Function { question.diagram.and(a, b) }

  mutating func or(_ a: Function, _ b: Function) -> Function { question.diagram.or(a, b) }

  mutating func without(_ a: Function, _ b: Function) -> Function {
    question.diagram.choose(b, DecisionDiagram.no, a)
  }

  /// True where exactly one of two functions is.
  mutating func either(_ a: Function, _ b: Function) -> Function {
    let notB = question.diagram.not(b)
    return question.diagram.choose(a, notB, b)
  }

  /// What a rule of one side says in each case of which both sides can be told; what only the side itself knows is open.
  mutating func verdicts(_ holds: Function, inForce: Function, side: Int) -> Verdicts {
    let days = and(inForce, possible)
    var verdicts = Verdicts(canHold: and(days, holds), canFail: without(days, holds))
    for variable in question.order where space.variables[variable].side == side {
      guard space.variables[variable].isOfOneSide else { continue }
      verdicts.canHold = some(variable, verdicts.canHold)
      verdicts.canFail = some(variable, verdicts.canFail)
    }
    return verdicts
  }

  /// True where a function is true for some value of a variable.
  private mutating func some(_ variable: Int, _ function: Function) -> Function {
    let level = question.level(of: variable)
    return question.cells(of: variable).reduce(DecisionDiagram.no) { result, cell in
      let fixed = question.diagram.fixing(function, level: level, cell: cell)
      return question.diagram.or(result, fixed)
    }
  }

  /// A way to make a function true that says least; nil if there is none.
  func plainestWay(to function: Function) -> [Settling.Step]? {
    guard function != DecisionDiagram.no else { return nil }
    var ways = PlainestWays(diagram: question.diagram, order: question.order, space: space)
    return ways.way(from: function)
  }
}

extension CommonSpace {
  /// True if one side alone has the reading at all.
  func isOfOneSide(reading id: String) -> Bool {
    generations.indices.contains { words.reading(id, side: $0) == nil }
  }

  /// The variables whose values depend on each other: days, and what is counted from them.
  var timely: Set<Int> {
    let tied = relations.flatMap { [$0.age, $0.asOf, $0.since] }
    return governingDays.union(tied).union([assessedOn])
  }
}

// MARK: Days and ages together

extension CommonQuestion {
  /// Works out which days and ages can go together, among those that have been asked about.
  mutating func settleDays() {
    let timely = space.timely
    let open = question.order.filter { timely.contains($0) && question.box.masks[$0].nonzeroBitCount > 1 }
    guard open.count > 1 else { return }
    let clock = Clock(space, reaching: Set(open))
    possible = possibilities(open[...], clock.all, clock)
  }

  private mutating func possibilities(_ rest: ArraySlice<Int>, _ domains: Domains, _ clock: Clock) -> Function
  {
    guard let variable = rest.first else { return DecisionDiagram.yes }
    var result = DecisionDiagram.no
    for group in groups(of: variable) {
      var narrowed = domains
      let values = space.plan.values(group, of: variable)
      guard narrowed.narrow(variable, to: values), clock.settle(&narrowed) else { continue }
      let later = possibilities(rest.dropFirst(), narrowed, clock)
      let outcomes = question.cells(of: variable).map { cell in
        (cell: cell, result: group & (1 << UInt64(cell)) == 0 ? DecisionDiagram.no : DecisionDiagram.yes)
      }
      let here = question.diagram.choice(level: question.level(of: variable), outcomes)
      result = or(result, and(here, later))
    }
    return result
  }

  /// The cells of a variable, those together that nothing asked about tells apart.
  private func groups(of variable: Int) -> [UInt64] {
    (question.compared[variable] ?? []).reduce([question.box.masks[variable]]) { groups, mask in
      groups.flatMap { [$0 & mask, $0 & ~mask] }.filter { $0 != 0 }
    }
  }
}

/// How days and ages hang together: ages by birth and day, and no conduct after the day of assessment.
struct Clock {
  let all: Domains
  private let relations: [Generation.AgeRelation]
  private let governing: [Int]
  private let assessedOn: Int

  /// Keeps what hangs together with some variables.
  init(_ space: CommonSpace, reaching: Set<Int>) {
    var reached = reaching.union([space.assessedOn])
    var kept: [Generation.AgeRelation] = []
    var grew = true
    while grew {
      grew = false
      for tie in space.relations where !kept.contains(tie) {
        guard reached.contains(tie.age) || reached.contains(tie.since) else { continue }
        kept.append(tie)
        reached.formUnion([tie.age, tie.asOf, tie.since])
        grew = true
      }
    }
    relations = kept
    governing = space.governingDays.intersection(reached).sorted()
    assessedOn = space.assessedOn
    let variables = reached.sorted()
    all = Domains(variables, variables.map { space.domains[$0] })
  }

  /// Narrows everything by everything else; false if nothing is left.
  func settle(_ domains: inout Domains) -> Bool {
    guard domains.settle(relations) else { return false }
    for day in governing {
      guard let latest = domains[assessedOn].greatest, let earliest = domains[day].least else { return false }
      guard domains.narrow(day, to: ValueSet(CivilDate.first.dayNumber, latest)),
        domains.narrow(assessedOn, to: ValueSet(earliest, CivilDate.last.dayNumber))
      else { return false }
    }
    return domains.settle(relations)
  }
}

// MARK: The plainest way

/// The ways through a diagram that say least, from each node.
private struct PlainestWays {
  let diagram: DecisionDiagram
  let order: [Int]
  let space: CommonSpace
  private var known: [DecisionDiagram.Reference: Step] = [:]

  private struct Step {
    let cost: Int
    let cells: UInt64
    let next: DecisionDiagram.Reference
  }

  init(diagram: DecisionDiagram, order: [Int], space: CommonSpace) {
    self.diagram = diagram
    self.order = order
    self.space = space
  }

  mutating func way(from start: DecisionDiagram.Reference) -> [Settling.Step]? {
    guard cost(of: start) < Self.impossible else { return nil }
    var way: [Settling.Step] = []
    var place = start
    while place > DecisionDiagram.yes, let step = known[place] {
      way.append(.init(variable: variable(at: place), cells: step.cells))
      place = step.next
    }
    return way
  }

  private static let impossible = Int.max / 2

  private func variable(at node: DecisionDiagram.Reference) -> Int {
    order[Int(diagram.nodes[Int(node)].level) / Plan.maximumCells]
  }

  private mutating func cost(of node: DecisionDiagram.Reference) -> Int {
    if node == DecisionDiagram.yes { return 0 }
    if node == DecisionDiagram.no { return Self.impossible }
    if let step = known[node] { return step.cost }
    let variable = variable(at: node)
    var best = Step(cost: Self.impossible, cells: 0, next: DecisionDiagram.no)
    for (cells, next) in branches(of: node, variable) {
      let cost = min(Self.impossible, space.cost(of: variable, cells) + cost(of: next))
      if cost < best.cost { best = Step(cost: cost, cells: cells, next: next) }
    }
    known[node] = best
    return best.cost
  }

  /// What each of a variable's cells leads to.
  private func branches(
    of node: DecisionDiagram.Reference, _ variable: Int
  ) -> [(cells: UInt64, next: DecisionDiagram.Reference)] {
    let place = diagram.nodes[Int(node)].level / Int32(Plan.maximumCells)
    var branches: [(cells: UInt64, next: DecisionDiagram.Reference)] = []
    var rest = space.plan.full[variable]
    var here = node
    while here > DecisionDiagram.yes, diagram.nodes[Int(here)].level / Int32(Plan.maximumCells) == place {
      let inner = diagram.nodes[Int(here)]
      let cell = UInt64(inner.level % Int32(Plan.maximumCells))
      let below = rest & (cell == 63 ? .max : (1 << (cell + 1)) - 1)
      branches.append((below, inner.low))
      rest &= ~below
      here = inner.high
    }
    branches.append((rest, here))
    return branches.filter { $0.cells != 0 }
  }
}

extension CommonSpace {
  /// What it costs a reader that a case says this: most of all another reading than the usual one.
  fileprivate func cost(of variable: Int, _ cells: UInt64) -> Int {
    switch variables[variable].role {
    case .assessedOn: return 1
    case .isStated: return 0
    case .choice(let id):
      let reading = words.reading(id, side: variables[variable].side ?? 0)
      return plan.values(cells, of: variable).contains(reading?.standing ?? 0) ? 0 : 1_000
    case .fact: return domains[variable] == .either && cells == 1 ? 11 : 10
    }
  }
}
