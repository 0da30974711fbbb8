// SPDX-License-Identifier: Apache-2.0

/// Every case that can be told under several generations at once: their facts as one set of variables, whose values are
/// cut by what any of them compares.
///
/// What two packs say of the same facts can so be compared exactly, in one decision diagram (decision 047).
package struct CommonSpace: Sendable {
  /// How many nodes the diagram of one comparison may have.
  package static let budget = 2_000_000

  /// The generations, each a side.
  package let generations: [Generation]
  let words: CommonWords
  private(set) var variables: [CommonVariable] = []
  private(set) var domains: [ValueSet] = []
  private(set) var plan = Plan()
  /// The variable of the space for each variable of each side.
  private var numbers: [[Int]] = []
  /// The number of each side's first rule.
  private var offsets: [Int] = []
  private(set) var relations: [Generation.AgeRelation] = []
  /// Days that lie before the day of assessment.
  private(set) var governingDays: Set<Int> = []
  /// The day of assessment.
  private(set) var assessedOn = 0

  /// Puts generations side by side.
  ///
  /// - Parameters:
  ///   - generations: At least one.
  ///   - collapsing: True to leave standards of proof aside, as if every fact were found beyond reasonable doubt.
  package init(_ generations: [Generation], collapsingStandards collapsing: Bool) {
    self.generations = generations
    words = CommonWords(generations)
    var known: [CommonVariable: Int] = [:]
    for (side, generation) in generations.enumerated() {
      numbers.append(
        generation.variables.indices.map { number in
          let variable = generation.common(number, side: side, words, collapsing: collapsing)
          if let number = known[variable] { return number }
          known[variable] = variables.count
          variables.append(variable)
          domains.append(generation.variables[number].domain)
          return variables.count - 1
        })
      offsets.append((offsets.last ?? 0) + (side == 0 ? 0 : generations[side - 1].rules.count))
    }
    tie()
    layOut()
  }

  /// True if some fact is told apart in more ways than a plan has room for, so that nothing can be asked.
  package var isOverfull: Bool { !plan.overfull.isEmpty }

  /// What one side has and another has not, or has as something else: facts and members of sets, by side.
  package var notShared: [[String]] { words.notShared }

  private mutating func tie() {
    assessedOn = numbers[0][Generation.assessedOn]
    for (side, generation) in generations.enumerated() {
      governingDays.formUnion(generation.governingDays.map { numbers[side][$0] })
      for tie in generation.relations {
        let here = Generation.AgeRelation(
          age: numbers[side][tie.age], asOf: numbers[side][tie.asOf], since: numbers[side][tie.since])
        if !relations.contains(here) { relations.append(here) }
      }
    }
  }

  private mutating func layOut() {
    var cuts: [Set<ValueSet>] = Array(repeating: [], count: variables.count)
    for (side, generation) in generations.enumerated() {
      for rule in generation.rules {
        rule.formula.forEachLeaf({ cuts[numbers[side][$0.variable]].insert($0.values) }, rule: { _ in })
        cuts[numbers[side][rule.day]].formUnion([rule.window])
      }
      for reading in generation.readings {
        cuts[numbers[side][reading.variable]].formUnion(reading.eachVariant)
      }
    }
    plan = Plan(
      domains: domains,
      cuts: cuts.map { $0.sorted { ($0.least ?? 0, $0.greatest ?? 0) < ($1.least ?? 0, $1.greatest ?? 0) } })
    guard !isOverfull else { return }
    for side in generations.indices { layOutRules(of: side) }
  }

  /// The rules of a side, each after those it stands on.
  private mutating func layOutRules(of side: Int) {
    let rules = generations[side].rules
    var ordered: [Int] = []
    var placed: Set<Int> = []
    func place(_ rule: Int) {
      guard placed.insert(rule).inserted else { return }
      rules[rule].formula.forEachLeaf({ _ in }, rule: place)
      ordered.append(rule)
    }
    for rule in rules.indices { place(rule) }
    for rule in ordered { plan.add(rule: offsets[side] + rule, translated(rules[rule].formula, of: side)) }
  }

  /// A formula of a side in the numbers of the space.
  private func translated(_ formula: Formula, of side: Int) -> Formula {
    switch formula {
    case .atom(let atom): .atom(.init(variable: numbers[side][atom.variable], values: atom.values))
    case .rule(let number): .rule(offsets[side] + number)
    case .not(let part): .not(translated(part, of: side))
    case .all(let parts): .all(parts.map { translated($0, of: side) })
    case .any(let parts): .any(parts.map { translated($0, of: side) })
    case .atLeast(let count, let parts): .atLeast(count, parts.map { translated($0, of: side) })
    case .exactly(let count, let parts): .exactly(count, parts.map { translated($0, of: side) })
    }
  }

  /// True where the rule of a side is true.
  package func formula(ofRule number: Int, side: Int) -> Formula { .rule(offsets[side] + number) }

  /// True on the days on which any ground of a rule is in force.
  package func window(ofRule number: Int, side: Int) -> Formula {
    let rule = generations[side].rules[number]
    return .atom(.init(variable: numbers[side][rule.day], values: rule.window))
  }

  /// True if a variable of a side lies in some values.
  func atom(_ variable: Int, _ values: ValueSet, side: Int) -> Formula {
    .atom(.init(variable: numbers[side][variable], values: values))
  }

  /// The node of a formula in the numbers of the space.
  mutating func node(_ formula: Formula) -> Int { plan.add(formula) }
}

extension Generation.LinkedReading {
  fileprivate var eachVariant: [ValueSet] { declaration.variants.indices.map { ValueSet($0) } }
}
