// SPDX-License-Identifier: Apache-2.0

/// How many smallest reasons an answer has, and the smallest changes that would undo it.
struct ReasonSets {
  /// Each a set of variables that forces the answer by itself and of which no member can be spared.
  var reasons: [Set<Int>] = []
  /// Each a set of variables, as few as possible, that would have to be otherwise for the answer to be open to change.
  var changes: [Set<Int>] = []
  /// True if the search stopped at its limit, so that there may be more reasons.
  var isCapped = false
}

extension Reasoner {
  /// The most sets of facts that are left out in turn to look for another reason.
  static let maximumTries = 24

  /// Finds reasons by leaving out facts of those found before (Reiter 1987, hitting-set tree, breadth first).
  ///
  /// A set of left-out facts without which the answer is no longer forced is a change that would undo it; the first
  /// ones found are the smallest.
  mutating func reasonSets(for node: Int, being stated: Bool) -> ReasonSets {
    let all = candidates(for: node)
    let dropped = dropOrder(all)
    var found = ReasonSets()
    var waiting: [Set<Int>] = [[]]
    var tried: Set<Set<Int>> = [[]]
    var next = 0
    while next < waiting.count {
      let leftOut = waiting[next]
      next += 1
      if let smallest = found.changes.first, leftOut.count > smallest.count, found.isCapped { break }
      if found.changes.contains(where: { $0.isSubset(of: leftOut) }) { continue }
      let known = found.reasons.first { $0.isDisjoint(with: leftOut) }
      let left = known == nil ? dropped.filter { !leftOut.contains($0) } : []
      guard let reason = known ?? smallestReason(dropping: left, node, stated) else {
        found.changes.append(leftOut)
        continue
      }
      if known == nil { found.reasons.append(reason) }
      for variable in all where reason.contains(variable) {
        let more = leftOut.union([variable])
        if waiting.count >= Self.maximumTries {
          found.isCapped = true
        } else if tried.insert(more).inserted {
          waiting.append(more)
        }
      }
    }
    let least = found.changes.map(\.count).min()
    found.changes = found.changes.filter { $0.count == least }
    return found
  }
}
