// SPDX-License-Identifier: Apache-2.0

/// What a formula is in a box of completions, looked at without splitting the box.
enum Truth: Equatable {
  case no
  case yes
  case open

  var negated: Truth {
    switch self {
    case .no: .yes
    case .yes: .no
    case .open: .open
    }
  }
}

/// Evaluates formulas of one generation over boxes of completions, and finds completions that make them true or false.
///
/// A formula is first read with three truth values. Where that leaves it open, the box is split along the first
/// comparison that decides anything, until a completion of the wanted kind is found or none can be. The answer is exact;
/// a search that outgrows its budget says so and nothing else.
struct Evaluator {
  let generation: Generation
  let relations: [Generation.AgeRelation]
  /// How many boxes one search may look at: a constant of decision format 1, never a time.
  static let budget = 20_000

  init(_ generation: Generation, relations: [Int]) {
    self.generation = generation
    self.relations = relations.map { generation.relations[$0] }
  }

  /// What a formula is in a box.
  func truth(of formula: Formula, in domains: Domains) -> Truth {
    var known: [Truth?] = Array(repeating: nil, count: generation.rules.count)
    return truth(of: formula, in: domains, &known)
  }

  private func truth(of formula: Formula, in domains: Domains, _ known: inout [Truth?]) -> Truth {
    switch formula {
    case .atom(let atom):
      let values = domains[atom.variable]
      if values.isSubset(of: atom.values) { return .yes }
      return values.isDisjoint(with: atom.values) ? .no : .open
    case .rule(let number):
      if let truth = known[number] { return truth }
      let truth = truth(of: generation.rules[number].formula, in: domains, &known)
      known[number] = truth
      return truth
    case .not(let part): return truth(of: part, in: domains, &known).negated
    case .all(let parts): return combined(parts, decisive: .no, in: domains, &known)
    case .any(let parts): return combined(parts, decisive: .yes, in: domains, &known)
    case .atLeast(let count, let parts):
      let (yes, open) = tally(parts, in: domains, &known)
      if yes >= count { return .yes }
      return yes + open < count ? .no : .open
    case .exactly(let count, let parts):
      let (yes, open) = tally(parts, in: domains, &known)
      if open == 0 { return yes == count ? .yes : .no }
      return yes > count || yes + open < count ? .no : .open
    }
  }

  private func combined(
    _ parts: [Formula], decisive: Truth, in domains: Domains, _ known: inout [Truth?]
  ) -> Truth {
    var result = decisive.negated
    for part in parts {
      let truth = truth(of: part, in: domains, &known)
      if truth == decisive { return decisive }
      if truth == .open { result = .open }
    }
    return result
  }

  private func tally(_ parts: [Formula], in domains: Domains, _ known: inout [Truth?]) -> (yes: Int, open: Int) {
    var (yes, open) = (0, 0)
    for part in parts {
      switch truth(of: part, in: domains, &known) {
      case .yes: yes += 1
      case .open: open += 1
      case .no: break
      }
    }
    return (yes, open)
  }
}
