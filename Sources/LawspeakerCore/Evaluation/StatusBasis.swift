// SPDX-License-Identifier: Apache-2.0

/// All that the status of a conclusion depends on in packs, by names and not by the numbers of one generation.
///
/// Where conclusions of two generations have the same basis, every case file that both read alike has the same status
/// under both (decision 036). What does not decide, such as texts, duties and presumptions, is not part of it.
package struct StatusBasis: Hashable, Sendable {
  private let jurisdiction: String
  /// What its formula and its days can reach, in the order of their numbers.
  private let variables: [Variable]
  /// Its formula with the rules beneath, each node after those it is made of, in the order in which it is read.
  private let nodes: [Node]
  /// The place of the day that governs among the variables.
  private let day: Int
  private let window: ValueSet
  private let isIncriminating: Bool
  /// Places of age, day and birth among the variables.
  private let ties: [[Int]]

  fileprivate struct Variable: Hashable, Sendable {
    let standsFor: Meaning
    /// The place of what the file speaks of among all that is reached: files are gone through in that order.
    let rank: Int
    let standard: Standard?
    let domain: ValueSet
    /// How finely it is told apart, which decides where a search ends that is cut off.
    let cells: [ValueSet]
    /// True if it lies no later than the day of assessment.
    let isGoverning: Bool
    /// The same fact as it is looked at under any standard: conduct is cut into stretches where any of these changes.
    let views: [View]
  }

  fileprivate struct View: Hashable, Sendable {
    let standard: Standard?
    let cells: [ValueSet]
  }

  fileprivate indirect enum Meaning: Hashable, Sendable {
    case assessedOn
    /// A fact with its type, and for a set which member.
    case fact(String, FactType, member: Int?)
    /// Which variant of a reading is followed, with the usual one.
    case choice(String, standing: Int)
    case isStated(Meaning)
  }

  fileprivate struct Node: Hashable, Sendable {
    let kind: Plan.Node.Kind
    /// For a count, the count; for an atom, the place of its variable.
    let number: Int
    /// For an atom, the cells that make it true.
    let mask: UInt64
    /// The places of its parts.
    let parts: [Int]
  }
}

extension StatusBasis {
  /// Works out the basis of a conclusion.
  fileprivate init(_ rule: Generation.LinkedRule, _ generation: Generation) {
    let plan = generation.plan
    let reached = Set(rule.reach).union([Generation.assessedOn]).sorted()
    let places = Dictionary(uniqueKeysWithValues: reached.enumerated().map { ($1, $0) })
    func place(_ variable: Int) -> Int {
      guard let place = places[variable] else { preconditionFailure("a rule reaches what it compares") }
      return place
    }
    let cone = plan.cone(of: rule.node).nodes
    let order = Dictionary(uniqueKeysWithValues: cone.enumerated().map { ($1, $0) })
    let spokenOf = Set(reached.map { generation.variables[$0].base }).sorted()
    jurisdiction = generation.packs[rule.pack].jurisdiction
    variables = reached.map { Variable($0, spokenOf, generation) }
    nodes = cone.map { number in
      let node = plan.nodes[number]
      return Node(
        kind: node.kind, number: node.kind == .atom ? place(node.number) : node.number, mask: node.mask,
        parts: node.range.compactMap { order[plan.parts[$0]] })
    }
    day = place(rule.frame.day)
    window = rule.frame.window
    isIncriminating = rule.frame.isIncriminating
    ties = rule.frame.relations.map { [place($0.age), place($0.asOf), place($0.since)] }
  }
}

extension StatusBasis.Variable {
  fileprivate init(_ number: Int, _ spokenOf: [Int], _ generation: Generation) {
    let variable = generation.variables[number]
    let looks = generation.views[variable.base, default: []]
    self.init(
      standsFor: StatusBasis.Meaning(number, generation),
      rank: spokenOf.firstIndex(of: variable.base) ?? 0, standard: variable.standard,
      domain: variable.domain, cells: generation.plan.cells[number],
      isGoverning: generation.governingDays.contains(number),
      views: ([variable.base] + looks).map {
        StatusBasis.View(standard: generation.variables[$0].standard, cells: generation.plan.cells[$0])
      })
  }
}

extension StatusBasis.Meaning {
  fileprivate init(_ number: Int, _ generation: Generation) {
    switch generation.variables[number].role {
    case .assessedOn: self = .assessedOn
    case .fact(let fact, let member):
      let linked = generation.facts[fact]
      self = .fact(linked.id, linked.declaration.type, member: member)
    case .choice(let reading):
      self = .choice(generation.readings[reading].id, standing: generation.readings[reading].standing)
    case .isStated(let variable): self = .isStated(Self(variable, generation))
    }
  }
}

extension Generation {
  /// What the status of each conclusion depends on, by the conclusion's id.
  package func statusBases() -> [String: StatusBasis] {
    Dictionary(rules.prefix(ownRules).map { ($0.id, StatusBasis($0, self)) }) { first, _ in first }
  }

  /// True if every case file of a jurisdiction that could be read under other packs is read here, and says the same.
  ///
  /// What a file may say is in the facts of the packs that apply alone. New facts do no harm: no two packs that apply
  /// together have one name between them, so that a bare name stands for what it stood for.
  package func reads(_ jurisdiction: String, like other: Generation) -> Bool {
    let known = types(in: jurisdiction)
    return other.types(in: jurisdiction).allSatisfy { known[$0] == $1 }
  }

  private func types(in jurisdiction: String) -> [String: FactType] {
    let packs = applicablePacks(in: jurisdiction)
    let applicable = facts.filter { packs.contains($0.pack) }
    return Dictionary(applicable.map { ($0.id, $0.declaration.type) }) { first, _ in first }
  }

  /// The conclusions of the packs that apply in a jurisdiction, by number.
  package func conclusions(in jurisdiction: String) -> [Int] {
    let packs = applicablePacks(in: jurisdiction)
    return (0..<ownRules).filter { packs.contains(rules[$0].pack) }
  }
}
