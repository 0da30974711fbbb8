// SPDX-License-Identifier: Apache-2.0

import YAMLTree

/// Lays out everything that will be evaluated, once, when packs are linked.
extension Linker {
  ///
  /// - Parameter extra: Further values to tell apart, beside those that something compares variables with.
  mutating func layOut(tellingApart extra: [Formula.Atom] = []) {
    generation.plan = Plan(domains: generation.variables.map(\.domain), cuts: cuts(extra))
    for variable in generation.plan.overfull {
      guard let fact = generation.meaning(of: variable)?.fact.declaration else { continue }
      report(.tooManyCells(fact.name), at: fact.location)
    }
    guard problems.isEmpty else { return }
    for rule in rulesInOrder() { generation.plan.add(rule: rule, generation.rules[rule].formula) }
    for rule in generation.rules.indices { layOut(rule) }
    for number in generation.irrelevances.indices {
      generation.irrelevances[number].node = generation.irrelevances[number].whenever.map { node($0) }
    }
    generation.silent = silent()
  }

  /// What is settled before anybody has said anything: the usual readings, and that nothing is stated.
  private func silent() -> [UInt64] {
    var cells = generation.plan.full
    for reading in generation.readings {
      cells[reading.variable] = generation.plan.mask(
        of: ValueSet(reading.standing), variable: reading.variable)
    }
    for flag in generation.flags { cells[flag.flag] = generation.plan.mask(of: .no, variable: flag.flag) }
    return cells
  }

  /// Every set of values with which a variable is compared.
  private func cuts(_ extra: [Formula.Atom]) -> [[ValueSet]] {
    var cuts: [Set<ValueSet>] = Array(repeating: [], count: generation.variables.count)
    let formulas = generation.rules.map(\.formula) + generation.irrelevances.compactMap(\.whenever)
    for formula in formulas {
      formula.forEachLeaf({ cuts[$0.variable].insert($0.values) }, rule: { _ in })
    }
    for atom in extra { cuts[atom.variable].insert(atom.values) }
    for rule in generation.rules { cuts[rule.day].formUnion(rule.grounds.map(\.days)) }
    return cuts.map { $0.sorted { ($0.least ?? 0, $0.greatest ?? 0) < ($1.least ?? 0, $1.greatest ?? 0) } }
  }

  /// The rules, each after those it stands on.
  private func rulesInOrder() -> [Int] {
    var ordered: [Int] = []
    var placed: Set<Int> = []
    func place(_ rule: Int) {
      guard placed.insert(rule).inserted else { return }
      generation.rules[rule].formula.forEachLeaf({ _ in }, rule: place)
      ordered.append(rule)
    }
    for rule in generation.rules.indices { place(rule) }
    return ordered
  }

  private mutating func layOut(_ number: Int) {
    let rule = generation.rules[number]
    generation.rules[number].frame = frame(of: number)
    generation.rules[number].node = node(rule.formula)
    for ground in rule.grounds.indices {
      generation.rules[number].grounds[ground].node = node(rule.grounds[ground].formula)
      generation.rules[number].grounds[ground].parts = parts(of: rule.grounds[ground], day: rule.day)
    }
  }

  /// The frame of a rule; like ones have the number of the first.
  private func frame(of number: Int) -> Generation.Frame {
    let rule = generation.rules[number]
    let relations = rule.relations.map { generation.relations[$0] }
    let tied = Set(relations.flatMap { [$0.age, $0.asOf, $0.since] }).subtracting([Generation.assessedOn])
    let days = tied.union(generation.governingDays.intersection(rule.reach)).union([Generation.assessedOn])
    var frame = Generation.Frame(
      number: number, day: rule.day, window: rule.window,
      isIncriminating: rule.declaration.isIncriminating, relations: relations, tied: tied,
      days: days.sorted())
    let earlier = generation.rules[..<number].first { $0.frame.isLike(frame) }
    frame.number = earlier?.frame.number ?? number
    return frame
  }

  /// A node that will be asked about by itself.
  private mutating func node(_ formula: Formula) -> Int {
    let node = generation.plan.add(formula)
    generation.plan.prepare(node)
    return node
  }

  /// The clause in force, the condition's parts, and no exception.
  private mutating func parts(of ground: Generation.LinkedGround, day: Int) -> [Generation.Part] {
    let force = Formula.atom(.init(variable: day, values: ground.days))
    let conditions: [Formula]
    if case .all(let parts) = ground.condition { conditions = parts } else { conditions = [ground.condition] }
    var named: [(Conclusion.Element, Formula)] = [(.force, force)]
    named += conditions.map { (generation.element(of: $0), $0) }
    named += ground.exceptions.map { (.exception($0.clause), .not($0.formula)) }
    return named.map { .init(element: $0, formula: $1, node: node($1)) }
  }
}

extension Generation {
  /// The name under which people know a condition.
  func element(of formula: Formula) -> Conclusion.Element {
    switch formula {
    case .rule(let number): return .rule(number)
    case .atom(let atom): return variables[atom.variable].fact.map { .fact($0) } ?? .force
    case .not(let part): return element(of: part)
    case .any(let parts):
      if case .all(let followed)? = parts.first, followed.count == 2, isChoice(followed[0]) {
        return element(of: followed[1])
      }
      let elements = Set(parts.map { element(of: $0) })
      return elements.count == 1 ? elements.first ?? .condition : .condition
    case .all, .atLeast, .exactly: return .condition
    }
  }

  /// True if it says which variant of a reading, or whose word, is followed.
  private func isChoice(_ formula: Formula) -> Bool {
    guard case .atom(let atom) = formula else { return false }
    switch variables[atom.variable].role {
    case .choice, .isStated: return true
    case .assessedOn, .fact: return false
    }
  }
}

extension Diagnostic.Message {
  static func tooManyCells(_ fact: String) -> Self {
    .init(
      code: "too-many-cells", text: "the rules tell `\(fact)` apart in more than \(Plan.maximumCells) ways",
      hint: "compare it with fewer values, or split it into several facts")
  }
}
