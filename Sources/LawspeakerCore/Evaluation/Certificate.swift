// SPDX-License-Identifier: Apache-2.0

extension Plan {
  /// True if the three truth values are exact for a node that a box leaves open: it is true in one completion and false
  /// in another.
  ///
  /// A literal is a comparison as it stands in the formula once every `not` has been driven down to it; what the box
  /// decides is folded away before. If some completion makes every literal that is left false and another makes every
  /// one true, so is the formula, which has no `not` any more. That is asked of each variable by itself, so at most one
  /// variable of those tied to each other may be among them.
  func isCertainlyOpen(_ node: Int, in box: Box, tied: Set<Int>) -> Bool {
    var (allTrue, allFalse) = (box.masks, box.masks)
    var openTied: Int?
    var seen = [UInt8](repeating: 0, count: nodes.count)  // bit 0: as it stands, bit 1: negated
    var waiting = [(node: node, isNegated: false)]
    while let (number, isNegated) = waiting.popLast() {
      let bit: UInt8 = isNegated ? 2 : 1
      guard box.truths[number] == .open, seen[number] & bit == 0 else { continue }
      seen[number] |= bit
      let inner = nodes[number]
      switch inner.kind {
      case .atom:
        let mask = isNegated ? ~inner.mask : inner.mask
        allTrue[inner.number] &= mask
        allFalse[inner.number] &= ~mask
        if allTrue[inner.number] == 0 || allFalse[inner.number] == 0 { return false }
        if !tied.isEmpty, tied.contains(inner.number) {
          if let openTied, openTied != inner.number { return false }
          openTied = inner.number
        }
      case .not: waiting.append((parts[inner.range.lowerBound], !isNegated))
      case .all, .any, .atLeast: for place in inner.range { waiting.append((parts[place], isNegated)) }
      case .exactly:
        for place in inner.range {
          waiting.append((parts[place], false))
          waiting.append((parts[place], true))
        }
      }
    }
    return true
  }
}
