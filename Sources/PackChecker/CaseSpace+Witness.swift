// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

extension CaseSpace {
  /// What a search for examples found.
  package enum Witnessed<Example: Sendable>: Sendable {
    /// No possible case is one.
    case none
    case found(Example)
    /// The diagrams outgrew the budget.
    case overBudget
    /// There seems to be one, and no file was found of which the core says the same.
    case unconfirmed
  }

  /// Looks for a smallest case in which something is so.
  ///
  /// A shortest way through the diagram says what to state; then each fact is left out that the answer does not need.
  /// The core decides the file, everything else unknown, and only what it confirms is given out. The usual readings are
  /// kept where they will do.
  /// - Parameter truth: What must be so; it must have a formula.
  /// - Returns: The case, or why there is none.
  package mutating func witness(where truth: CaseTruth) -> Witnessed<CaseWitness> {
    switch witnesses(Looking(for: [truth.root], differingIn: []), [truth]) {
    case .none: .none
    case .found(let files): files.first.map { .found($0) } ?? .unconfirmed
    case .overBudget: .overBudget
    case .unconfirmed: .unconfirmed
    }
  }

  /// Looks for two cases that differ in some variables alone, in one of which something is so and in the other another.
  ///
  /// - Parameters:
  ///   - first: What must be so in the first.
  ///   - second: What must be so in the second.
  ///   - variables: What may differ; see ``matters(_:to:within:)``.
  /// - Returns: The two, or why there are none.
  package mutating func witnesses(
    _ first: CaseTruth, _ second: CaseTruth, differingIn variables: [Int]
  ) -> Witnessed<(first: CaseWitness, second: CaseWitness)> {
    let wholes = variables.map(generation.whole)
    let looking = Looking(for: [first.root, second.root], differingIn: wholes)
    switch witnesses(looking, [first, second]) {
    case .none: return .none
    case .found(let files): return files.count == 2 ? .found((files[0], files[1])) : .unconfirmed
    case .overBudget: return .overBudget
    case .unconfirmed: return .unconfirmed
    }
  }

  /// What is looked for: one case for each of some diagrams, the same but for some variables.
  struct Looking {
    var roots: [DecisionDiagram.Reference]
    var differing: [Int]

    init(for roots: [DecisionDiagram.Reference], differingIn differing: [Int]) {
      self.roots = roots
      self.differing = differing
    }
  }

  private mutating func witnesses(_ looking: Looking, _ truths: [CaseTruth]) -> Witnessed<[CaseWitness]> {
    let possible = possible(beside: truths)
    var possibleRoots = looking.roots.map { diagram.and($0, possible) }
    guard !isOverBudget else { return .overBudget }
    guard common(possibleRoots, looking.differing) != DecisionDiagram.no else {
      return isOverBudget ? .overBudget : .none
    }
    possibleRoots = usualReadings(possibleRoots, looking.differing)
    guard let ways = ways(possibleRoots, looking.differing) else {
      return isOverBudget ? .overBudget : .unconfirmed
    }
    for isWhole in [false, true] {
      let full = isWhole ? filled(ways, variables(of: looking.roots)) : ways
      guard let said = sketches(full, looking, ties(of: truths)) else { continue }
      if let files = confirmed(said, truths) { return .found(spared(files, truths, looking.differing)) }
    }
    return .unconfirmed
  }

  /// Where every one of some diagrams is true for some cells of the variables that may differ.
  private mutating func common(
    _ roots: [DecisionDiagram.Reference], _ differing: [Int]
  ) -> DecisionDiagram.Reference {
    var result = DecisionDiagram.yes
    for root in roots {
      var some = root
      for variable in differing { some = diagram.forgetting(some, level: level(of: variable)) }
      result = diagram.and(result, some)
    }
    return result
  }

  /// The same with usual readings only, one after the other where that leaves something.
  private mutating func usualReadings(
    _ roots: [DecisionDiagram.Reference], _ differing: [Int]
  ) -> [DecisionDiagram.Reference] {
    var roots = roots
    for reading in generation.readings where variables(of: roots).contains(reading.variable) {
      let usual = plan.mask(of: ValueSet(reading.standing), variable: reading.variable)
      let followed = atom(reading.variable, usual)
      let narrowed = roots.map { diagram.and($0, followed) }
      if common(narrowed, differing) != DecisionDiagram.no { roots = narrowed }
    }
    return roots
  }

  /// The cells of some variables.
  typealias Way = [Int: UInt64]

  /// A shortest way for each diagram, the same but for the variables that may differ.
  private mutating func ways(
    _ roots: [DecisionDiagram.Reference], _ differing: [Int]
  ) -> [Way]? {
    guard roots.count > 1 else { return shortest(roots[0]).map { [$0] } }
    guard let start = shortest(common(roots, differing)) else { return nil }
    // one case in which both can be reached: fix all that is shared, and choose what differs
    let shared = variables(of: roots).subtracting(differing).sorted()
    let point = Dictionary(uniqueKeysWithValues: shared.map { ($0, lowest(start[$0] ?? plan.full[$0])) })
    var fixed = roots
    for (variable, cell) in point.sorted(by: { $0.key < $1.key }) {
      let level = level(of: variable)
      fixed = fixed.map { diagram.fixing($0, level: level, cell: cell) }
    }
    guard let different = choices(fixed, differing) else { return nil }
    var both = DecisionDiagram.yes
    for (root, way) in zip(roots, different) {
      var left = root
      for (variable, cells) in way.sorted(by: { $0.key < $1.key }) {
        left = diagram.fixing(left, level: level(of: variable), cell: lowest(cells))
      }
      both = diagram.and(both, left)
    }
    return shortest(both).map { way in different.map { way.merging($0) { $1 } } }
  }

  /// One cell of each variable that may differ, for each diagram; later ones as the first where that will do.
  private mutating func choices(_ roots: [DecisionDiagram.Reference], _ differing: [Int]) -> [Way]? {
    let asked = differing.filter { variables(of: roots).contains($0) }
    guard let first = shortest(roots[0]) else { return nil }
    let model = Dictionary(
      uniqueKeysWithValues: asked.map { ($0, UInt64(1) << UInt64(lowest(first[$0] ?? plan.full[$0]))) })
    var ways = [model]
    for root in roots.dropFirst() {
      var (left, way) = (root, Way())
      for variable in asked {
        let cells = plan.cells[variable].indices.sorted { a, b in
          (model[variable] == 1 << UInt64(a) ? -1 : a) < (model[variable] == 1 << UInt64(b) ? -1 : b)
        }
        for cell in cells {
          let fixed = diagram.fixing(left, level: level(of: variable), cell: cell)
          guard fixed != DecisionDiagram.no else { continue }
          (left, way[variable]) = (fixed, 1 << UInt64(cell))
          break
        }
      }
      guard way.count == asked.count else { return nil }
      ways.append(way)
    }
    return ways
  }

  private func lowest(_ mask: UInt64) -> Int { mask.trailingZeroBitCount }

  /// A way with every variable that is asked about.
  private func filled(_ ways: [Way], _ variables: Set<Int>) -> [Way] {
    let all = Dictionary(uniqueKeysWithValues: variables.map { ($0, plan.full[$0]) })
    return ways.map { $0.merging(all) { way, _ in way } }
  }

  // MARK: Ways

  /// The cells of the variables on a cheapest way to `yes`; nil if there is none.
  private func shortest(_ root: DecisionDiagram.Reference) -> Way? {
    guard root != DecisionDiagram.no else { return nil }
    var costs: [DecisionDiagram.Reference: Int] = [:]
    var way: Way = [:]
    var next = root
    while let (level, low, high) = diagram.split(next) {
      let variable = order[Int(level) / Plan.maximumCells]
      let upTo = beneath(Int(level) % Plan.maximumCells)
      let isLow = cost(of: low, after: variable, &costs) <= cost(of: high, after: variable, &costs)
      way[variable, default: plan.full[variable]] &= isLow ? upTo : ~upTo
      next = isLow ? low : high
    }
    return way
  }

  private func cost(
    of node: DecisionDiagram.Reference, after variable: Int,
    _ costs: inout [DecisionDiagram.Reference: Int]
  ) -> Int {
    if node == DecisionDiagram.no { return Self.unreachable }
    guard let (level, low, high) = diagram.split(node) else { return 0 }
    let here = order[Int(level) / Plan.maximumCells]
    let entry = here == variable ? 0 : price(of: here)
    if let known = costs[node] { return min(Self.unreachable, known + entry) }
    let ahead = min(cost(of: low, after: here, &costs), cost(of: high, after: here, &costs))
    costs[node] = ahead
    return min(Self.unreachable, ahead + entry)
  }

  private static let unreachable = Int.max / 4

  /// What it costs to say something: a birth more than an age, another reading more than a fact.
  private func price(of variable: Int) -> Int {
    switch generation.variables[variable].role {
    case .assessedOn, .isStated: return 0
    case .choice: return 25
    case .fact: return generation.relations.contains { $0.since == variable } ? 15 : 10
    }
  }
}
