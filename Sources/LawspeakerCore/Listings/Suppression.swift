// SPDX-License-Identifier: Apache-2.0

/// Which numbers of a table with totals stay hidden, so that no small one can be worked out from what is shown.
///
/// A table with its totals is a matrix whose rows and columns add up to nothing once totals count negatively. A hidden
/// number can be another one exactly if it lies on a closed walk of hidden numbers, alternately raised and lowered by
/// one, that keeps every number within what its mark gives away: a circulation in a network, so that this search is
/// exact and no approximation. While one could be worked out, the smallest number shown in its row or column, a total
/// at worst, is hidden too.
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

  private struct Place {
    var row: Int
    var column: Int
  }

  /// Hides what must be hidden in a table without its totals.
  init(_ table: [[Int]], columns: Int, threshold: Int) {
    precondition(threshold >= 3 || threshold == 1, "a mark that stands for one number alone hides nothing")
    let totals = (0..<columns).map { column in table.reduce(0) { $0 + $1[column] } }
    let numbers = (table + [totals]).map { $0 + [$0.reduce(0, +)] }
    let rows = table.count
    self.threshold = threshold
    self.numbers = numbers
    marks = numbers.enumerated().map { row, line in
      line.enumerated().map { column, number in
        guard (1..<threshold).contains(number) else { return .shown }
        return row < rows && column < columns ? .small : .hidden
      }
    }
    hideSeconds()
  }

  /// Hiding more never makes a hidden number known, so that each is looked at until it is safe, and never again.
  private mutating func hideSeconds() {
    var waiting = places.filter { marks[$0.row][$0.column] != .shown }
    while let place = waiting.popLast() {
      while !canBeAnother(place), let second = second(for: place) {
        marks[second.row][second.column] = .hidden
        waiting.append(second)
      }
    }
  }

  private var places: [Place] {
    numbers.indices.flatMap { row in numbers[row].indices.map { Place(row: row, column: $0) } }
  }

  /// The smallest number still shown in the row or the column, else anywhere.
  ///
  /// INVARIANT: there is one wherever it is needed. Were all but the zeros hidden, a number could be another together with
  /// its three totals: one more, or one less where it is the most that is small, and then it is at least 2.
  private func second(for place: Place) -> Place? {
    let left = places.filter { marks[$0.row][$0.column] == .shown && numbers[$0.row][$0.column] > 0 }
    let near = left.filter { $0.row == place.row || $0.column == place.column }
    return (near.isEmpty ? left : near).min { numbers[$0.row][$0.column] < numbers[$1.row][$1.column] }
  }

  // MARK: What a reader can work out

  private func canBeAnother(_ place: Place) -> Bool {
    let (row, column) = (place.row, numbers.count + place.column)
    return canRise(place) && hasWalk(from: column, to: row, beside: place)
      || canFall(place) && hasWalk(from: row, to: column, beside: place)
  }

  /// Rows are nodes, columns are nodes after them; one goes from a row to a column by raising a number, and back by
  /// lowering one.
  private func hasWalk(from start: Int, to end: Int, beside place: Place) -> Bool {
    let rows = numbers.count
    var isSeen = [Bool](repeating: false, count: rows + numbers[0].count)
    var waiting = [start]
    isSeen[start] = true
    while let node = waiting.popLast() {
      let isRow = node < rows
      for other in isRow ? rows..<isSeen.count : 0..<rows where !isSeen[other] {
        let next = Place(row: isRow ? node : other, column: (isRow ? other : node) - rows)
        if next.row == place.row && next.column == place.column { continue }
        guard isRow ? canRise(next) : canFall(next) else { continue }
        if other == end { return true }
        isSeen[other] = true
        waiting.append(other)
      }
    }
    return false
  }

  private func canRise(_ place: Place) -> Bool { allows(place, isTotal(place) ? -1 : 1) }

  private func canFall(_ place: Place) -> Bool { allows(place, isTotal(place) ? 1 : -1) }

  /// True for what counts negatively; the total of all totals counts twice so.
  private func isTotal(_ place: Place) -> Bool {
    (place.row == numbers.count - 1) != (place.column == numbers[0].count - 1)
  }

  private func allows(_ place: Place, _ step: Int) -> Bool {
    let other = numbers[place.row][place.column] + step
    let isInside = place.row < numbers.count - 1 && place.column < numbers[0].count - 1
    switch marks[place.row][place.column] {
    case .shown: return false
    case .small: return (1..<threshold).contains(other)
    case .hidden: return other >= (isInside ? threshold : 1)
    }
  }
}
