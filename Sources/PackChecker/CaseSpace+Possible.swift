// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// Which cells can go together.
extension CaseSpace {
  /// The cases that are possible, as far as the thresholds of some diagrams tell them apart.
  ///
  /// Variables that are not asked about can be anything that goes with the rest, by the ties that the core follows for
  /// the rules that are asked about.
  mutating func possible(beside truths: [CaseTruth]) -> DecisionDiagram.Reference {
    let asked = Asked(levels: diagram.levels(of: truths.map(\.root)), ties: ties(of: truths))
    if let known = possibilities[asked] { return known }
    let levels = asked.levels
    let variables = Set(levels.map { order[Int($0) / Plan.maximumCells] })
    let times = variables.filter(calendar.isTime).sorted { level(of: $0) < level(of: $1) }
    var result = DecisionDiagram.yes
    if times.count > 1 {
      let groups = times.map { self.groups(of: $0, levels) }
      var era = calendar.era(of: times, ties: asked.ties)
      result = era.settle() ? together(times[...], groups[...], era) : DecisionDiagram.no
    }
    for law in statingLaws(variables) { result = diagram.and(result, law) }
    possibilities[asked] = result
    return result
  }

  /// What is asked about: thresholds, and the ties that are followed whatever the thresholds are.
  struct Asked: Hashable {
    let levels: [Int32]
    let ties: Set<Int>
  }

  /// The ties that the core follows for the rules among some truths.
  func ties(of truths: [CaseTruth]) -> Set<Int> {
    var ties: Set<Int> = []
    for truth in truths {
      truth.formula?.forEachLeaf({ _ in }) { rule in
        ties.formUnion(generation.rules[rule].relations.map { calendar.whole[$0] })
      }
    }
    return ties
  }

  private mutating func together(
    _ times: ArraySlice<Int>, _ groups: ArraySlice<[UInt64]>, _ era: SpaceCalendar.Era
  ) -> DecisionDiagram.Reference {
    guard let variable = times.first, let first = groups.first else { return DecisionDiagram.yes }
    var result = DecisionDiagram.no
    for group in first where !isOverBudget {
      var narrowed = era
      guard narrowed.narrow(variable, to: plan.values(group, of: variable)) else { continue }
      let rest = together(times.dropFirst(), groups.dropFirst(), narrowed)
      let here = atom(variable, group)
      result = diagram.or(result, diagram.and(here, rest))
    }
    return result
  }

  /// The cells between one threshold and the next.
  private mutating func groups(of variable: Int, _ levels: [Int32]) -> [UInt64] {
    let first = level(of: variable)
    let thresholds = levels.filter { $0 >= first && $0 < first + Int32(Plan.maximumCells) }
    var groups: [UInt64] = []
    var rest = plan.full[variable]
    for threshold in thresholds {
      let upTo = beneath(Int(threshold - first))
      groups.append(rest & upTo)
      rest &= ~upTo
    }
    return (groups + [rest]).filter { $0 != 0 }
  }

  /// What goes for facts that a reading decides: who states one to a high standard states it to a lower one, and one that
  /// nobody states is drawn from others, or else it would be open.
  private mutating func statingLaws(_ variables: Set<Int>) -> [DecisionDiagram.Reference] {
    var laws: [DecisionDiagram.Reference] = []
    let flags = generation.flags.filter { variables.contains($0.flag) }
    for one in flags {
      for other in flags where other.flag != one.flag {
        guard generation.whole(one.fact) == generation.whole(other.fact),
          rank(other.flag) <= rank(one.flag)
        else { continue }
        let (high, low) = (atom(one.flag, stated), atom(other.flag, stated))
        laws.append(diagram.choose(high, low, DecisionDiagram.yes))
      }
      for reading in generation.readings where variables.contains(reading.variable) {
        guard reading.decides == .variable(generation.whole(one.fact)) else { continue }
        let variants = reading.declaration.variants
        let drawn = variants.indices.reduce(UInt64(0)) { mask, variant in
          variants[variant].condition == nil
            ? mask : mask | plan.mask(of: ValueSet(variant), variable: reading.variable)
        }
        let (isStated, isDrawn) = (atom(one.flag, stated), atom(reading.variable, drawn))
        laws.append(diagram.or(isStated, isDrawn))
      }
    }
    return laws
  }

  /// How surely a fact must be found to count as stated for a flag.
  func rank(_ flag: Int) -> Standard { generation.variables[flag].standard ?? .indications }
}

/// The cell of `yes` of what says whether a fact is stated.
private let stated: UInt64 = 0b10

/// The cells up to one of them.
func beneath(_ cell: Int) -> UInt64 { cell + 1 >= Plan.maximumCells ? .max : (1 << UInt64(cell + 1)) - 1 }

/// The day of assessment, days, births and ages of a generation, and how they hang together.
struct SpaceCalendar: Sendable {
  private let domains: [ValueSet]
  private let relations: [Generation.AgeRelation]
  private let governing: Set<Int>
  private let times: Set<Int>
  /// For each tie of the generation, the one that stands for it here.
  let whole: [Int]

  init(_ generation: Generation) {
    domains = generation.variables.map(\.domain)
    let base = generation.relations.filter { generation.variables[$0.age].standard == nil }
    relations = base
    whole = generation.relations.map { tie in
      base.firstIndex { generation.whole(tie.age) == $0.age && generation.whole(tie.since) == $0.since } ?? 0
    }
    governing = generation.governingDays
    times = governing.union([Generation.assessedOn]).union(
      relations.flatMap { [$0.age, $0.asOf, $0.since] })
  }

  /// True for a variable that can be tied to another.
  func isTime(_ variable: Int) -> Bool { times.contains(variable) }

  /// What some of them can be, with all that is tied to them and to some ties.
  func era(of variables: [Int], ties: Set<Int>) -> Era {
    var kept = ties.sorted().map { relations[$0] }
    var reached = Set(variables).union([Generation.assessedOn]).union(
      kept.flatMap { [$0.age, $0.asOf, $0.since] })
    var grew = true
    while grew {
      grew = false
      for relation in relations where !kept.contains(relation) {
        guard reached.contains(relation.age) || reached.contains(relation.since) else { continue }
        kept.append(relation)
        reached.formUnion([relation.age, relation.asOf, relation.since])
        grew = true
      }
    }
    let all = reached.sorted()
    let days = governing.intersection(reached)
    let ages = kept.flatMap { early in
      kept.filter { late in
        let isLater = days.contains(early.asOf) && late.asOf == Generation.assessedOn
        return late != early && late.since == early.since && (isLater || late.asOf == early.asOf)
      }.map { (earlier: early.age, later: $0.age) }
    }
    return Era(
      domains: Domains(all, all.map { domains[$0] }), relations: kept,
      orders: days.sorted().map { ($0, Generation.assessedOn) } + ages)
  }

  /// What some days, births and ages can be together.
  struct Era: Sendable {
    private(set) var domains: Domains
    let relations: [Generation.AgeRelation]
    /// Which of them never exceeds which.
    let orders: [(earlier: Int, later: Int)]

    init(
      domains: Domains, relations: [Generation.AgeRelation], orders: [(earlier: Int, later: Int)]
    ) {
      self.domains = domains
      self.relations = relations
      self.orders = orders
    }

    /// After so many rounds what is left counts as possible: more cases are looked at than there are, never fewer.
    private static let patience = 400

    /// Narrows one of them, and all others by it; false if nothing is left.
    mutating func narrow(_ variable: Int, to values: ValueSet) -> Bool {
      domains.narrow(variable, to: values) && settle()
    }

    /// Narrows all by each other; false if nothing is left.
    ///
    /// Every tie bounds one by a function of another that never falls, and each cell of an age is one range. The least
    /// values that are left therefore go together (the lesser of two solutions is a solution), and so do the greatest.
    mutating func settle() -> Bool {
      for _ in 0..<Self.patience {
        guard var changed = domains.narrow(by: relations) else { return false }
        for order in orders {
          guard let first = domains[order.earlier].least, let last = domains[order.later].greatest else {
            return false
          }
          let before = (domains[order.earlier], domains[order.later])
          guard domains.narrow(order.earlier, to: ValueSet(.min, last)),
            domains.narrow(order.later, to: ValueSet(first, .max))
          else { return false }
          if before != (domains[order.earlier], domains[order.later]) { changed = true }
        }
        if !changed { return true }
      }
      return true
    }
  }
}
