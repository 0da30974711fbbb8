// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// What a conclusion stands on, by names: rules, clauses, readings and facts.
struct Reached {
  private(set) var names: Set<TextChange.Subject> = []

  /// What a rule of a generation stands on, itself among it.
  init(_ rule: Int, in generation: Generation) {
    var seen: Set<Int> = []
    visit(rule, in: generation, &seen)
  }

  private init(names: Set<TextChange.Subject>) { self.names = names }

  func union(_ other: Reached) -> Reached { Reached(names: names.union(other.names)) }

  /// True if a change of text can change the conclusion.
  func contains(_ subject: TextChange.Subject) -> Bool {
    if case .ground(let rule, _) = subject { return names.contains(.rule(rule)) }
    return names.contains(subject)
  }

  private mutating func visit(_ number: Int, in generation: Generation, _ seen: inout Set<Int>) {
    guard seen.insert(number).inserted else { return }
    let rule = generation.rules[number]
    names.insert(.rule(rule.id))
    let pack = generation.packs[rule.pack]
    for stronger in rule.declaration.yieldsTo {
      let id = pack.qualified(stronger.text)
      names.insert(.rule(id))
      if let other = generation.rules.firstIndex(where: { $0.id == id }) {
        visit(other, in: generation, &seen)
      }
    }
    if let law = rule.lawInTime { names.insert(.lawInTime(generation.id(of: law.clause))) }
    note(rule.day, in: generation)
    for ground in rule.grounds { visit(ground, in: generation) }
    for variable in rule.reach { note(variable, in: generation) }
    for other in rule.formula.rules { visit(other, in: generation, &seen) }
  }

  private mutating func visit(_ ground: Generation.LinkedGround, in generation: Generation) {
    names.insert(.clause(generation.id(of: ground.clause)))
    for exception in ground.exceptions { visit(exception, in: generation) }
  }

  private mutating func note(_ variable: Int, in generation: Generation) {
    switch generation.variables[variable].role {
    case .assessedOn, .isStated: break
    case .fact(let fact, _): names.insert(.fact(generation.facts[fact].id))
    case .choice(let reading): names.insert(.reading(generation.readings[reading].id))
    }
  }
}

extension Formula {
  /// The rules it names.
  var rules: [Int] {
    switch self {
    case .atom: []
    case .rule(let number): [number]
    case .not(let part): part.rules
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      parts.flatMap(\.rules)
    }
  }
}
