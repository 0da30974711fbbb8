// SPDX-License-Identifier: Apache-2.0

/// The outcome of looking for a completion.
enum Finding: Equatable {
  case found
  case none
  case overBudget
}

extension Evaluator {
  /// Looks for a completion in which a formula is as wanted.
  ///
  /// - Parameter domains: A box that has been settled and is not empty.
  func find(_ formula: Formula, being wanted: Bool, in domains: Domains) -> Finding {
    var boxes = 0
    return find(formula, being: wanted, in: domains, &boxes)
  }

  /// True if a formula is as stated in every completion of a box; nil if that is over budget.
  func isForced(_ formula: Formula, being stated: Bool, in domains: Domains) -> Bool? {
    switch find(formula, being: !stated, in: domains) {
    case .found: false
    case .none: true
    case .overBudget: nil
    }
  }

  private func find(
    _ formula: Formula, being wanted: Bool, in domains: Domains, _ boxes: inout Int
  ) -> Finding {
    boxes += 1
    if boxes > Self.budget { return .overBudget }
    switch truth(of: formula, in: domains) {
    case .yes: return wanted ? .found : .none
    case .no: return wanted ? .none : .found
    case .open: break
    }
    guard let (atom, prefersInside) = firstOpen(formula, wanted: wanted, in: domains) else {
      preconditionFailure("a formula is open only where one of its comparisons is")
    }
    var outcome = Finding.none
    for isInside in [prefersInside, !prefersInside] {
      guard let half = half(of: domains, atom, isInside: isInside) else { continue }
      let finding = find(formula, being: wanted, in: half, &boxes)
      if finding != .none { outcome = finding }
      if finding == .found || boxes > Self.budget { break }
    }
    return outcome
  }

  /// The part of a box in which a comparison is true, or false; nil if that part is empty.
  private func half(of domains: Domains, _ atom: Formula.Atom, isInside: Bool) -> Domains? {
    var half = domains
    let values = domains[atom.variable]
    half[atom.variable] = isInside ? values.intersection(atom.values) : values.subtracting(atom.values)
    guard !half[atom.variable].isEmpty else { return nil }
    let isTied = relations.contains { [$0.age, $0.asOf, $0.since].contains(atom.variable) }
    guard isTied else { return half }
    return half.settle(relations) ? half : nil
  }

  /// The first comparison that is open, and which way it helps.
  private func firstOpen(
    _ formula: Formula, wanted: Bool, in domains: Domains
  ) -> (atom: Formula.Atom, isInside: Bool)? {
    switch formula {
    case .atom(let atom):
      return truth(of: formula, in: domains) == .open ? (atom, wanted) : nil
    case .rule(let number): return firstOpen(generation.rules[number].formula, wanted: wanted, in: domains)
    case .not(let part): return firstOpen(part, wanted: !wanted, in: domains)
    case .all(let parts), .any(let parts), .atLeast(_, let parts), .exactly(_, let parts):
      for part in parts where truth(of: part, in: domains) == .open {
        return firstOpen(part, wanted: wanted, in: domains)
      }
      return nil
    }
  }
}
