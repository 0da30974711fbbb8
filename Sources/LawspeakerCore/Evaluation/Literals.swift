// SPDX-License-Identifier: Apache-2.0

extension Plan {
  /// A comparison as it stands in a formula once every `not` has been driven down to it.
  struct Literal: Hashable, Sendable {
    let variable: Int
    /// The cells that make it true.
    let mask: UInt64
  }

  /// The literals of a node, those of one variable next to each other.
  func literals(of node: Int) -> [Literal] {
    var found: Set<Literal> = []
    var seen: Set<[Int]> = []
    func visit(_ node: Int, isNegated: Bool) {
      guard seen.insert([node, isNegated ? 1 : 0]).inserted else { return }
      let inner = nodes[node]
      switch inner.kind {
      case .atom:
        let mask = isNegated ? full[inner.number] & ~inner.mask : inner.mask
        found.insert(Literal(variable: inner.number, mask: mask))
      case .not: visit(parts[inner.range.lowerBound], isNegated: !isNegated)
      case .all, .any, .atLeast: for place in inner.range { visit(parts[place], isNegated: isNegated) }
      case .exactly:
        for place in inner.range {
          visit(parts[place], isNegated: false)
          visit(parts[place], isNegated: true)
        }
      }
    }
    visit(node, isNegated: false)
    return found.sorted { ($0.variable, $0.mask) < ($1.variable, $1.mask) }
  }

  /// True if the three truth values are exact for a formula in a box: what they leave open is true in one completion
  /// and false in another.
  ///
  /// That is so if some completion makes every open literal false and another makes every open literal true: a formula
  /// without `not` is false in the one and true in the other unless its decided literals decide it. It is asked of
  /// each variable by itself, so at most one variable of those tied to each other may be open.
  func isCertain(_ literals: [Literal], _ masks: [UInt64], tied: Set<Int>) -> Bool {
    var openTied = 0
    var start = 0
    while start < literals.count {
      let variable = literals[start].variable
      let possible = masks[variable]
      var (allTrue, allFalse) = (possible, possible)
      var isOpen = false
      var place = start
      while place < literals.count, literals[place].variable == variable {
        let mask = literals[place].mask
        if possible & mask != 0, possible & ~mask != 0 {
          isOpen = true
          allTrue &= mask
          allFalse &= ~mask
        }
        place += 1
      }
      if isOpen {
        if allTrue == 0 || allFalse == 0 { return false }
        if tied.contains(variable) { openTied += 1 }
      }
      start = place
    }
    return openTied <= 1
  }
}
