// SPDX-License-Identifier: Apache-2.0

/// Which numbers of a table with totals stay hidden, so that no small one can be worked out from what is shown.
///
/// A table with its totals is a matrix whose rows and columns add up to nothing once totals count negatively. A hidden
/// number can be another one exactly if it lies on a closed walk through hidden numbers, alternately raised and lowered
/// by one, that keeps each within what its mark gives away: a circulation in a network, so that this is exact and no
/// estimate. Where there is no such walk, the one that costs the least is opened: the numbers on it that are still shown
/// are hidden too, and together they are as small as can be.
struct Suppression {
  /// How a number appears.
  enum Mark: Hashable {
    case shown
    /// Its reader knows that it is at least 1 and less than the threshold.
    case small
    /// Its reader knows that it is not small, or for a total that it is not nothing.
    case hidden
  }

  let threshold: Int
  /// By row and column; the last row and the last column are the totals.
  let numbers: [[Int]]
  private(set) var marks: [[Mark]]

  private struct Place: Hashable {
    var row: Int
    var column: Int
  }

  /// Hides what must be hidden in a table without its totals.
  init(_ table: [[Int]], columns: Int, threshold: Int) {
    precondition(threshold >= 3 || threshold == 1, "a mark that stands for one number alone hides nothing")
    let totals = (0..<columns).map { column in table.reduce(0) { $0 + $1[column] } }
    let numbers = (table + [totals]).map { $0 + [$0.reduce(0, +)] }
    self.threshold = threshold
    self.numbers = numbers
    marks = numbers.enumerated().map { row, line in
      line.enumerated().map { column, number in
        guard (1..<threshold).contains(number) else { return .shown }
        return row < table.count && column < columns ? .small : .hidden
      }
    }
    openWalks()
  }

  /// Hiding more never makes a hidden number known, so that each is looked at once.
  private mutating func openWalks() {
    var waiting = numbers.indices.flatMap { row in
      numbers[row].indices.filter { marks[row][$0] != .shown }.map { Place(row: row, column: $0) }
    }
    while let place = waiting.popLast() {
      // INVARIANT: there is a walk. Through its row's total, its column's and that of all, a number can be one more; or
      // one less where it is the most that is small, and then it is at least 2.
      let raised = cheapestWalk(around: place, raising: true)
      if raised?.cost == 0 { continue }
      let walks = [raised, cheapestWalk(around: place, raising: false)].compactMap { $0 }
      guard let walk = walks.min(by: { $0.cost < $1.cost }) else { continue }
      for place in walk.opened { marks[place.row][place.column] = .hidden }
      waiting += walk.opened
    }
  }

  /// The cheapest way to make up for raising or lowering a number, with what must be hidden for it (Dijkstra 1959).
  ///
  /// Rows are nodes, and columns are nodes after them. One goes from a row to a column by raising a number, and back by
  /// lowering one.
  private func cheapestWalk(around place: Place, raising: Bool) -> (cost: Int, opened: [Place])? {
    guard raising ? canRise(place) : canFall(place) else { return nil }
    let rows = numbers.count
    let ends = [rows + place.column, place.row]
    let (start, end) = raising ? (ends[0], ends[1]) : (ends[1], ends[0])
    var costs = [Int?](repeating: nil, count: rows + numbers[0].count)
    var isSettled = [Bool](repeating: false, count: costs.count)
    var arrivals = [Place?](repeating: nil, count: costs.count)
    costs[start] = 0
    while let (node, cost) = cheapest(costs, isSettled), node != end {
      isSettled[node] = true
      let isRow = node < rows
      for other in isRow ? rows..<costs.count : 0..<rows where !isSettled[other] {
        let next = Place(row: isRow ? node : other, column: (isRow ? other : node) - rows)
        guard next != place, isRow ? canRise(next) : canFall(next) else { continue }
        let isShown = marks[next.row][next.column] == .shown
        let total = cost + (isShown ? numbers[next.row][next.column] : 0)
        if total < costs[other] ?? .max { (costs[other], arrivals[other]) = (total, next) }
      }
    }
    guard let cost = costs[end] else { return nil }
    var opened: [Place] = []
    var node = end
    while node != start, let arrival = arrivals[node] {
      if marks[arrival.row][arrival.column] == .shown { opened.append(arrival) }
      node = node < rows ? rows + arrival.column : arrival.row
    }
    return (cost, opened)
  }

  /// The nearest node that is not settled.
  private func cheapest(_ costs: [Int?], _ isSettled: [Bool]) -> (node: Int, cost: Int)? {
    var best: (node: Int, cost: Int)?
    for node in costs.indices where !isSettled[node] {
      if let cost = costs[node], cost < best?.cost ?? .max { best = (node, cost) }
    }
    return best
  }

  private func canRise(_ place: Place) -> Bool { allows(place, isNegative(place) ? -1 : 1) }

  private func canFall(_ place: Place) -> Bool { allows(place, isNegative(place) ? 1 : -1) }

  /// True for the totals of a row or of a column; that of all counts negatively twice.
  private func isNegative(_ place: Place) -> Bool {
    (place.row == numbers.count - 1) != (place.column == numbers[0].count - 1)
  }

  /// True if a number that is hidden, or would be, can be another for all that its reader knows.
  ///
  /// A zero is never hidden.
  private func allows(_ place: Place, _ step: Int) -> Bool {
    let number = numbers[place.row][place.column]
    guard number > 0 else { return false }
    if marks[place.row][place.column] == .small { return (1..<threshold).contains(number + step) }
    let isInside = place.row < numbers.count - 1 && place.column < numbers[0].count - 1
    return number + step >= (isInside ? threshold : 1)
  }
}
