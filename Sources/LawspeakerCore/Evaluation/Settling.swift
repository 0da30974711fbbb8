// SPDX-License-Identifier: Apache-2.0

/// The ways in which what is open could be settled, read off the formula as the law writes it.
struct Settling {
  /// A set of facts that would settle the question by itself, by rising variable.
  typealias Way = [Step]

  /// One of them: the cells that a variable would have to be in.
  struct Step: Equatable {
    let variable: Int
    var cells: UInt64
  }

  /// The smallest ways, at most a few.
  var smallest: [Way]
  /// How many ways the formula spells out in all; at ``Settling/most`` there are at least so many.
  var count: Int

  /// Where counting ends.
  static let most = 1_000_000
  /// How many ways are kept at each step, smallest first.
  static let width = 6
}

extension Plan {
  /// The ways to make a node true, or false, from what a box leaves open.
  func settling(_ node: Int, being wanted: Bool, in box: Box) -> Settling {
    switch box.truths[node] {
    case .yes: return wanted ? .certain : .impossible
    case .no: return wanted ? .impossible : .certain
    case .open: break
    }
    let inner = nodes[node]
    let parts = inner.range.map { self.parts[$0] }
    switch inner.kind {
    case .atom:
      let cells = box.masks[inner.number] & (wanted ? inner.mask : ~inner.mask)
      return Settling(smallest: [[.init(variable: inner.number, cells: cells)]], count: 1)
    case .not: return settling(parts[0], being: !wanted, in: box)
    case .all, .any:
      let each = parts.map { settling($0, being: wanted, in: box) }
      return (inner.kind == .all) == wanted ? .every(each) : .either(each)
    case .atLeast:
      let need = wanted ? inner.number : parts.count - inner.number + 1
      return chosen(need, of: parts.map { settling($0, being: wanted, in: box) })
    case .exactly:
      let yes = parts.map { settling($0, being: true, in: box) }
      let no = parts.map { settling($0, being: false, in: box) }
      let counts = wanted ? [inner.number] : Array(0...parts.count).filter { $0 != inner.number }
      return .either(counts.map { exactly($0, yes: yes[...], no: no[...]) })
    }
  }

  /// Some `count` of the parts.
  private func chosen(_ count: Int, of parts: [Settling]) -> Settling {
    // row[k]: k parts chosen of those seen so far
    var row = [Settling.certain] + Array(repeating: .impossible, count: count)
    for part in parts {
      for chosen in stride(from: count, to: 0, by: -1) {
        row[chosen] = .either([row[chosen], .every([row[chosen - 1], part])])
      }
    }
    return row[count]
  }

  private func exactly(_ count: Int, yes: ArraySlice<Settling>, no: ArraySlice<Settling>) -> Settling {
    var row = [Settling.certain] + Array(repeating: .impossible, count: count)
    for (isTrue, isFalse) in zip(yes, no) {
      for chosen in stride(from: count, through: 0, by: -1) {
        let without = Settling.every([row[chosen], isFalse])
        row[chosen] = chosen > 0 ? .either([without, .every([row[chosen - 1], isTrue])]) : without
      }
    }
    return row[count]
  }
}

extension Settling {
  static let certain = Settling(smallest: [[]], count: 1)
  static let impossible = Settling(smallest: [], count: 0)

  /// Any one of several.
  static func either(_ parts: [Settling]) -> Settling {
    let count = parts.reduce(0) { min(most, $0 + $1.count) }
    return Settling(smallest: fewest(parts.flatMap(\.smallest)), count: count)
  }

  /// All of several together; ways that ask one variable for different cells fall away.
  static func every(_ parts: [Settling]) -> Settling {
    var ways: [Way] = [[]]
    var count = 1
    for part in parts {
      ways = fewest(ways.flatMap { way in part.smallest.compactMap { joined(way, $0) } })
      count =
        count.multipliedReportingOverflow(by: part.count).overflow ? most : min(most, count * part.count)
    }
    return Settling(smallest: ways, count: count)
  }

  private static func joined(_ a: Way, _ b: Way) -> Way? {
    var joined: Way = []
    joined.reserveCapacity(a.count + b.count)
    var rest = b[...]
    for var step in a {
      while let next = rest.first, next.variable <= step.variable {
        rest.removeFirst()
        if next.variable < step.variable { joined.append(next) } else { step.cells &= next.cells }
      }
      if step.cells == 0 { return nil }
      joined.append(step)
    }
    return joined + rest
  }

  /// The smallest, in the order in which the formula spells them out.
  private static func fewest(_ ways: [Way]) -> [Way] {
    var kept: [Way] = []
    let largest = ways.reduce(-1) { max($0, $1.count) }
    for size in 0..<largest + 1 {
      for way in ways where way.count == size && !kept.contains(way) {
        kept.append(way)
        if kept.count == width { return kept }
      }
    }
    return kept
  }
}
