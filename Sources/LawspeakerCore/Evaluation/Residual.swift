// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
  /// What is left of a formula in a box: rules written out, decided parts folded away.
  func residual(of formula: Formula, in domains: Domains) -> Formula {
    switch truth(of: formula, in: domains) {
    case .yes: return .all([])
    case .no: return .any([])
    case .open: break
    }
    switch formula {
    case .atom: return formula
    case .rule(let number): return residual(of: generation.rules[number].formula, in: domains)
    case .not(let part): return .not(residual(of: part, in: domains))
    case .all(let parts): return .all(openParts(parts, in: domains))
    case .any(let parts): return .any(openParts(parts, in: domains))
    case .atLeast(let count, let parts):
      return .atLeast(count - parts.count { truth(of: $0, in: domains) == .yes }, openParts(parts, in: domains))
    case .exactly(let count, let parts):
      return .exactly(count - parts.count { truth(of: $0, in: domains) == .yes }, openParts(parts, in: domains))
    }
  }

  private func openParts(_ parts: [Formula], in domains: Domains) -> [Formula] {
    parts.filter { truth(of: $0, in: domains) == .open }.map { residual(of: $0, in: domains) }
  }

  /// The variables that can still change a formula, in the order in which it names them.
  ///
  /// A variable matters if two of its values, all else equal, can lead to different answers. One for which that cannot
  /// be settled within the budget is kept: too many questions are better than a missing one.
  func mattering(in formula: Formula, _ domains: Domains) -> [Int] {
    let residual = residual(of: formula, in: domains)
    var cuts: [Int: [ValueSet]] = [:]
    var order: [Int] = []
    residual.forEachLeaf(
      { atom in
        if cuts[atom.variable] == nil { order.append(atom.variable) }
        cuts[atom.variable, default: []].append(atom.values)
      }, rule: { _ in })
    return order.filter { matters($0, cuts[$0] ?? [], in: residual, domains) }
  }

  private func matters(_ variable: Int, _ cuts: [ValueSet], in residual: Formula, _ domains: Domains) -> Bool {
    var pieces = [domains[variable]]
    for cut in cuts { pieces = pieces.flatMap { [$0.intersection(cut), $0.subtracting(cut)] }.filter { !$0.isEmpty } }
    let versions = pieces.map { piece in
      var fixed = domains
      fixed[variable] = piece
      return self.residual(of: residual, in: fixed)
    }
    for (index, first) in versions.enumerated() {
      for second in versions[(index + 1)...] where first != second {
        let differs = Formula.any([.all([first, .not(second)]), .all([second, .not(first)])])
        if find(differs, being: true, in: domains) != .none { return true }
      }
    }
    return false
  }
}
