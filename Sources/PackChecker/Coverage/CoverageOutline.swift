// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// What is to be shown of rules: goals, and the things they show together.
struct CoverageOutline {
  private let generation: Generation
  private(set) var goals: [Goal] = []
  private(set) var items: [Coverage.Item] = []
  private(set) var versions: [Int: [RuleVersion]] = [:]
  /// By clause, the goals each of which shows that it carried an answer; and where a rule first stands on it.
  private var carrying: [Generation.ClauseReference: (ways: [[Int]], pack: Int, location: SourceLocation)] =
    [:]

  init(_ generation: Generation) { self.generation = generation }

  /// Adds what is to be shown of a rule.
  mutating func add(_ number: Int) {
    let rule = generation.rules[number]
    let beneath = generation.rules.indices.dropFirst(generation.ownRules).filter {
      generation.rules[$0].id == rule.id && !generation.rules[$0].grounds.isEmpty
    }
    versions[number] = ([number] + beneath).map {
      RuleVersion(number: $0, shapes: generation.shapes(ofRule: $0))
    }
    for (place, shape) in (versions[number]?.first?.shapes ?? []).enumerated() {
      add(shape, ground: place, rule: number)
    }
  }

  private mutating func add(_ shape: GroundShape, ground: Int, rule number: Int) {
    let rule = generation.rules[number]
    let first = goals.count
    goals += shape.goals(
      rule: number, ground: ground, at: rule.declaration.grounds[ground].clause.location)
    let clause = rule.grounds[ground].clause
    var places: [Goal.What: Int] = [:]
    for goal in first..<goals.count { places[goals[goal].what] = goal }
    func goal(_ what: Goal.What) -> [[Int]] { places[what].map { [[$0]] } ?? [] }
    func add(_ kind: Coverage.Kind, _ text: String, _ location: SourceLocation, _ ways: [[Int]]) {
      items.append(
        .init(
          kind: kind, pack: generation.packs[rule.pack].id, rule: rule.declaration.name,
          clause: generation.clause(clause).name, text: text, location: location, ways: ways))
    }
    let start = rule.declaration.grounds[ground].clause.location
    add(.ground, "the ground holds where no other does", start, goal(.alone))
    add(.ground, "the ground fails while its clause is in force", start, goal(.failsInForce))
    note(clause, goal(.alone), rule.pack, start)
    for (place, exception) in shape.exceptions.enumerated() {
      let name = exception.stronger.map { "`yields_to: \($0)`" } ?? "the exception"
      add(.exception, "\(name) defeats it", exception.location, goal(.exception(place, isMet: true)))
      add(.exception, "\(name) leaves it standing", exception.location, goal(.exception(place, isMet: false)))
      note(exception.clause, goal(.exception(place, isMet: true)), rule.pack, exception.location)
    }
    for (place, leaf) in shape.leaves.enumerated() {
      let (words, location) = (leaf.written.words, leaf.written.location)
      add(.condition, "`\(words)` is so", location, goal(.leaf(place, true)))
      add(.condition, "`\(words)` is not so", location, goal(.leaf(place, false)))
      let ways = [true, false].compactMap { isUpright -> [Int]? in
        let (so, notSo) = (
          places[.turns(place, isTrue: true, holds: isUpright)],
          places[.turns(place, isTrue: false, holds: !isUpright)]
        )
        guard let so, let notSo else { return nil }
        return [so, notSo]
      }
      add(.pair, "`\(words)` alone decides", location, ways)
    }
  }

  private mutating func note(
    _ clause: Generation.ClauseReference, _ ways: [[Int]], _ pack: Int, _ location: SourceLocation
  ) {
    carrying[clause, default: ([], pack, location)].ways += ways
  }

  /// Adds each clause that a rule stands on.
  mutating func addClauses() {
    let clauses = carrying.sorted { ($0.key.pack, $0.key.clause) < ($1.key.pack, $1.key.clause) }
    items += clauses.map { clause, found in
      .init(
        kind: .clause, pack: generation.packs[found.pack].id, rule: "",
        clause: generation.clause(clause).name, text: "the clause carries an answer",
        location: found.location, ways: found.ways)
    }
  }
}
