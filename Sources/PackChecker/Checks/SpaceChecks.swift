// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Looks for what no possible case can tell apart: conditions, grounds, exceptions, facts and readings that never count.
struct SpaceChecks {
  let generation: Generation
  var space: CaseSpace
  var found: [Diagnostic] = []
  /// The facts and rules named where something was found, by id: what nothing turns on for that reason is not said again.
  var explained: Set<String> = []
  /// How many grounds and exceptions stand on a clause, and how many of them never count.
  var standing: [Generation.ClauseReference: Standing] = [:]

  struct Standing {
    var all = 0
    var idle = 0
  }

  init(_ generation: Generation, budget: Int) {
    self.generation = generation
    space = CaseSpace(generation, budget: budget)
  }

  mutating func run() {
    for rule in 0..<generation.ownRules {
      settle(generation.rules[rule].declaration.name, at: generation.rules[rule].declaration.location) {
        $0.checkRule(rule)
      }
    }
    checkSteps()
    checkClauses()
    checkDecisiveness()
  }

  /// Does some of the work in a space of its own, in which variables stand in the order of that work: diagrams stay small.
  ///
  /// What outgrows the budget all the same is said, and nothing else of it.
  mutating func settle(_ name: String, at place: SourceLocation, _ work: (inout SpaceChecks) -> Void) {
    let before = (found: found, explained: explained, standing: standing)
    space = space.fresh()
    work(&self)
    guard space.isOverBudget else { return }
    (found, explained, standing) = before
    found.append(Diagnostic(at: place, .checkNotSettled(name, budget: space.budget)))
  }

  // MARK: Questions that the budget may leave open: what is not settled is not found

  mutating func isImpossible(_ truth: CaseSpace.CaseTruth) -> Bool { space.isImpossible(truth) }

  mutating func implies(_ a: CaseSpace.CaseTruth, _ b: CaseSpace.CaseTruth) -> Bool {
    let but = space.not(b)
    return isImpossible(space.and(a, but))
  }

  /// That a clause is in force on the day that governs a rule.
  mutating func inForce(_ days: ValueSet, on day: Int) -> CaseSpace.CaseTruth {
    space.truth(of: .atom(.init(variable: day, values: days)))
  }

  mutating func report(_ message: Diagnostic.Message, at place: SourceLocation) {
    found.append(Diagnostic(at: place, message))
  }

  /// Counts what stands on a clause.
  mutating func note(_ clause: Generation.ClauseReference, isIdle: Bool) {
    standing[clause, default: Standing()].all += 1
    if isIdle { standing[clause, default: Standing()].idle += 1 }
  }

  // MARK: Clauses

  /// Clauses on which grounds and exceptions stand, none of which ever counts, and which nothing else names.
  private mutating func checkClauses() {
    for (reference, standing) in standing where standing.all == standing.idle {
      let clause = generation.clause(reference)
      report(.deadClause(clause.name), at: clause.location)
    }
  }
}

extension Diagnostic.Message {
  static func checkNotSettled(_ name: String, budget: Int) -> Self {
    .init(
      code: "check-not-settled",
      text: "`\(name)` could not be looked at in \(budget) diagram nodes, so nothing is said of it",
      hint: "give parts of its conditions rules of their own", isWarning: true)
  }
}
