// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

/// A table of numbers as counts by month and status.
private func statistics(_ table: [[Int]], threshold: Int = 5) -> Statistics {
  let counts = table.enumerated().flatMap { row, line in
    line.enumerated().map { column, number in
      Statistics.Count(
        month: "2026-0\(row + 1)", conclusion: "p.rule", status: "s\(column)", pack: "p", version: "1.0.0",
        count: number)
    }
  }
  return Statistics(of: counts, by: .month, across: .status, threshold: threshold)
}

private func randomTable(_ random: inout SplitMix64, rows: Int, columns: Int, most: Int) -> [[Int]] {
  (0..<rows).map { _ in (0..<columns).map { _ in .random(in: 0...most, using: &random) } }
}

extension Statistics {
  /// All that is shown, totals last.
  fileprivate var grid: [[Cell]] { rows.map { $0.cells + [$0.total] } + [totals + [total]] }
}

/// What a reader with paper and patience finds out: numbers that follow from the totals, whatever the others are.
///
/// A hidden number follows if it stands alone in what is left of the equations after Gaussian elimination.
private func workedOut(_ grid: [[Statistics.Cell]]) -> [String] {
  let hidden = grid.enumerated().flatMap { row, line in
    line.enumerated().filter { if case .count = $1 { false } else { true } }.map { [row, $0.offset] }
  }
  let (rows, columns) = (grid.count, grid[0].count)
  var equations: [[Int]] = []
  for row in 0..<rows { equations.append(hidden.map { $0[0] == row ? ($0[1] == columns - 1 ? -1 : 1) : 0 }) }
  for column in 0..<columns {
    equations.append(hidden.map { $0[1] == column ? ($0[0] == rows - 1 ? -1 : 1) : 0 })
  }
  var pivot = 0
  for unknown in hidden.indices {
    guard let row = (pivot..<equations.count).first(where: { equations[$0][unknown] != 0 }) else { continue }
    equations.swapAt(pivot, row)
    for other in equations.indices where other != pivot && equations[other][unknown] != 0 {
      // these matrices are totally unimodular, so that every number stays -1, 0 or 1
      let factor = equations[other][unknown] * equations[pivot][unknown]
      for place in hidden.indices { equations[other][place] -= factor * equations[pivot][place] }
    }
    pivot += 1
  }
  return equations.compactMap { equation in
    let left = equation.indices.filter { equation[$0] != 0 }
    return left.count == 1 ? "\(hidden[left[0]])" : nil
  }
}

/// What a reader finds out who also weighs what the marks give away, by trying every table of numbers up to a bound.
private func foundByTrying(_ grid: [[Statistics.Cell]], threshold: Int, most: Int) -> [String] {
  let (rows, columns) = (grid.count - 1, grid[0].count - 1)
  var seen: [[Set<Int>]] = grid.map { $0.map { _ in [] } }
  var table = [[Int]](repeating: [Int](repeating: 0, count: columns), count: rows)
  func fits(_ number: Int, _ cell: Statistics.Cell, isTotal: Bool) -> Bool {
    switch cell {
    case .count(let shown): number == shown
    case .small: (1..<threshold).contains(number)
    case .hidden: number >= (isTotal ? 1 : threshold)
    }
  }
  func tryAll(_ place: Int) {
    if place == rows * columns {
      let totals = (0..<columns).map { column in table.reduce(0) { $0 + $1[column] } }
      let whole = (table + [totals]).map { $0 + [$0.reduce(0, +)] }
      for (row, line) in whole.enumerated() {
        for (column, number) in line.enumerated() where row == rows || column == columns {
          if !fits(number, grid[row][column], isTotal: true) { return }
        }
      }
      for (row, line) in whole.enumerated() {
        for (column, number) in line.enumerated() { seen[row][column].insert(number) }
      }
      return
    }
    let (row, column) = (place / columns, place % columns)
    for number in 0...most where fits(number, grid[row][column], isTotal: false) {
      table[row][column] = number
      tryAll(place + 1)
    }
  }
  tryAll(0)
  return seen.enumerated().flatMap { row, line in
    line.enumerated().compactMap { column, numbers in
      if case .count = grid[row][column] { return nil }
      return numbers.count > 1 ? nil : "[\(row), \(column)]: \(numbers)"
    }
  }
}

@Suite("Statistics that give nobody away") struct StatisticsTests {
  @Test(
    "no number under the threshold is shown, and no number that is shown is another",
    arguments: 0..<200 as Range<UInt64>)
  func smallNumbers(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let table = randomTable(&random, rows: .random(in: 1...9, using: &random), columns: 4, most: 20)
    let found = statistics(table)
    for row in found.grid {
      for case .count(let number) in row { #expect(number == 0 || number >= 5) }
    }
    let totals = found.columns.map { name in
      table.reduce(0) { $0 + $1[Int(name.dropFirst()) ?? 0] }
    }
    for case (.count(let shown), let total) in zip(found.totals, totals) { #expect(shown == total) }
    if case .count(let shown) = found.total { #expect(shown == totals.reduce(0, +)) }
  }

  @Test("no hidden number follows from the totals", arguments: 0..<300 as Range<UInt64>)
  func byElimination(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let table = randomTable(
      &random, rows: .random(in: 1...7, using: &random), columns: .random(in: 1...6, using: &random),
      most: [6, 12, 40].randomElement(using: &random) ?? 6)
    #expect(workedOut(statistics(table).grid) == [], "\(table)")
  }

  @Test("no hidden number is the only one that the marks leave", arguments: 0..<150 as Range<UInt64>)
  func byTrying(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let (rows, columns) = [(1, 2), (2, 1), (2, 2), (1, 3), (1, 4)].randomElement(using: &random) ?? (1, 1)
    let table = randomTable(&random, rows: rows, columns: columns, most: 7)
    let threshold = Int.random(in: 3...5, using: &random)
    let found = foundByTrying(statistics(table, threshold: threshold).grid, threshold: threshold, most: 9)
    #expect(found == [], "\(table) under \(threshold)")
  }

  @Test("a reader of a table in which the small numbers alone are hidden works some out")
  func readerBites() {
    let naive: [[Statistics.Cell]] = [
      [.count(12), .small, .count(15)], [.count(9), .count(8), .count(17)],
      [.count(21), .count(11), .count(32)],
    ]
    #expect(workedOut(naive) == ["[0, 1]"])
    let allOnes: [[Statistics.Cell]] = [[.small, .small, .count(2)], [.small, .small, .count(2)]]
    #expect(workedOut(allOnes) == [])
    #expect(foundByTrying(allOnes, threshold: 5, most: 9).count == 4)
  }

  @Test("beside a small number those are hidden that are smallest together and make up for it")
  func seconds() {
    let found = statistics([[12, 3, 40], [9, 30, 50], [70, 80, 90]])
    #expect(
      found.grid == [
        [.hidden, .small, .count(40), .count(55)],
        [.hidden, .hidden, .count(50), .count(89)],
        [.count(70), .count(80), .count(90), .count(240)],
        [.count(91), .count(113), .count(180), .count(384)],
      ])
  }

  @Test("where there is nothing else, the totals are hidden")
  func totals() {
    #expect(statistics([[3]]).grid == [[.small, .hidden], [.hidden, .hidden]])
    #expect(statistics([[1, 1]]).grid == [[.small, .small, .hidden], [.hidden, .hidden, .hidden]])
    #expect(
      statistics([[7, 8]]).grid == [[.count(7), .count(8), .count(15)], [.count(7), .count(8), .count(15)]])
    #expect(statistics([]).grid == [[.count(0)]])
  }

  private let counts = [
    Statistics.Count(
      month: "2026-02", conclusion: "p.b", status: "fails", clause: "p.s1", pack: "p", version: "1.0.0",
      count: 9),
    Statistics.Count(
      month: "2026-01", conclusion: "p.b", status: "holds", pack: "p", version: "1.0.0", count: 2),
    Statistics.Count(
      month: "2026-01", conclusion: "p.b", status: "fails", pack: "p", version: "1.1.0", count: 11),
    Statistics.Count(
      month: "2026-01", conclusion: "p.a", status: "holds", pack: "p", version: "1.0.0", count: 8),
  ]

  @Test("by month and conclusion across statuses, as text in both languages")
  func text() {
    let table = Statistics(of: counts, by: .month, then: .conclusion, across: .status)
    #expect(
      table.text() == """
        month    conclusion  holds  fails  total
        2026-01  p.a             *      0      *
        2026-01  p.b            <5     11      *
        2026-02  p.b             0      9      9
        total                   10     20     30

        <5  fewer than 5
        *   not shown, so that no number under 5 can be worked out

        """)
    #expect(table.text(in: .nb).contains("\nsum "))
    #expect(table.text(in: .nb).hasSuffix("slik at ingen tall under 5 kan regnes ut\n"))
  }

  @Test("as comma-separated values and as JSON")
  func forms() {
    let table = Statistics(of: counts, by: .version, across: .status)
    #expect(
      table.csv == "version,holds,fails,total\r\np 1.0.0,10,9,19\r\np 1.1.0,0,11,11\r\ntotal,10,20,30\r\n")
    let byClause = Statistics(of: Array(counts.prefix(2)), by: .clause, across: .month, threshold: 3)
    #expect(
      byClause.json.canonicalText
        == #"{"across":"month","by":["clause"],"columns":["2026-01","2026-02"],"rows":["#
        + #"{"counts":{"2026-01":"<3","2026-02":0},"labels":{"clause":"none"},"total":"*"},"#
        + #"{"counts":{"2026-01":0,"2026-02":9},"labels":{"clause":"p.s1"},"total":9}],"#
        + #""threshold":3,"total":"*","totals":{"2026-01":"*","2026-02":9}}"#)
  }
}
