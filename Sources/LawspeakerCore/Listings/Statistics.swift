// SPDX-License-Identifier: Apache-2.0

/// A table of how many answers there were, in which no small number can be read or worked out.
///
/// Numbers from 1 up to the threshold are not shown, nor are further ones from which they would follow by the totals
/// (``Suppression``). Zero is shown. Each table is safe by itself; two tables over the same answers are not safe together,
/// so that one of them should be given out. At most three attributes meet in a table.
package struct Statistics: Sendable, Hashable {
  /// Numbers under this are not shown.
  package let threshold: Int
  /// What the rows are by: one or two.
  package let rowAttributes: [Attribute]
  /// What the columns are by.
  package let columnAttribute: Attribute
  /// The columns, without that of the totals.
  package let columns: [String]
  /// The rows, in order.
  package let rows: [Row]
  /// The totals of the columns.
  package let totals: [Cell]
  /// The total of all.
  package let total: Cell

  /// The smallest threshold there is: under a smaller one `<2` would say 1.
  package static let smallestThreshold = 3
  /// The threshold under which every number is shown.
  package static let showsAll = 1

  /// How many answers are alike.
  package struct Count: Sendable, Hashable {
    /// The month of the decision, `2026-11`.
    package var month: String
    /// The conclusion, `palermo.trafficking`.
    package var conclusion: String
    /// Its status.
    package var status: String
    /// The clause it rests on, where answers are counted by clause: one that rests on two is counted under both.
    package var clause: String?
    /// The pack of the conclusion.
    package var pack: String
    /// The version of the pack.
    package var version: String
    /// How many.
    package var count: Int

    /// States how many answers are alike.
    package init(
      month: String, conclusion: String, status: String, clause: String? = nil, pack: String, version: String,
      count: Int
    ) {
      self.month = month
      self.conclusion = conclusion
      self.status = status
      self.clause = clause
      self.pack = pack
      self.version = version
      self.count = count
    }
  }

  /// What answers can be told apart by.
  package enum Attribute: String, CaseIterable, Sendable, Hashable {
    case month
    case conclusion
    case status
    case clause
    case pack
    /// A pack with its version.
    case version
  }

  /// One row of the table.
  package struct Row: Sendable, Hashable {
    /// One for each attribute of the rows.
    package let labels: [String]
    /// One for each column.
    package let cells: [Cell]
    /// The total of the row.
    package let total: Cell
  }

  /// What a place of the table shows.
  package enum Cell: Sendable, Hashable {
    case count(Int)
    /// At least 1 and less than the threshold.
    case small
    /// Not shown, so that others cannot be worked out.
    case hidden
  }

  /// Counts answers by one or two attributes in rows and one in columns.
  ///
  /// - Parameters:
  ///   - counts: Alike answers; none negative.
  ///   - first: What the rows are by.
  ///   - second: What the rows are by within the first, if anything.
  ///   - columnAttribute: What the columns are by.
  ///   - threshold: Numbers under this are not shown; at least ``smallestThreshold``, or
  ///     ``showsAll``.
  package init(
    of counts: [Count], by first: Attribute, then second: Attribute? = nil,
    across columnAttribute: Attribute, threshold: Int = 5
  ) {
    precondition(counts.allSatisfy { $0.count >= 0 }, "no number of answers is negative")
    let rowAttributes = [first] + (second.map { [$0] } ?? [])
    let found = counts.filter { $0.count > 0 }
    var sums: [[String]: [String: Int]] = [:]
    for count in found {
      sums[rowAttributes.map { count[$0] }, default: [:]][count[columnAttribute], default: 0] += count.count
    }
    let columns = Set(found.map { $0[columnAttribute] }).sorted { Self.isBefore($0, $1, columnAttribute) }
    let labels = sums.keys.sorted { a, b in
      for (place, attribute) in rowAttributes.enumerated() where a[place] != b[place] {
        return Self.isBefore(a[place], b[place], attribute)
      }
      return false
    }
    let table = labels.map { row in columns.map { sums[row]?[$0] ?? 0 } }
    let suppressed = Suppression(table, columns: columns.count, threshold: threshold)
    let cells = zip(suppressed.numbers, suppressed.marks).map { numbers, marks in
      zip(numbers, marks).map { number, mark in
        switch mark {
        case .shown: Cell.count(number)
        case .small: Cell.small
        case .hidden: Cell.hidden
        }
      }
    }
    self.threshold = threshold
    self.rowAttributes = rowAttributes
    self.columnAttribute = columnAttribute
    self.columns = columns
    rows = zip(labels, cells).map { Row(labels: $0, cells: $1.dropLast(), total: $1[columns.count]) }
    totals = cells[labels.count].dropLast()
    total = cells[labels.count][columns.count]
  }

  /// Statuses in the order in which people read a decision, all else by bytes.
  private static func isBefore(_ a: String, _ b: String, _ attribute: Attribute) -> Bool {
    if attribute == .status, let a = Status(rawValue: a), let b = Status(rawValue: b) {
      let order = Status.allCases
      return (order.firstIndex(of: a) ?? 0) < (order.firstIndex(of: b) ?? 0)
    }
    return a.utf8.lexicographicallyPrecedes(b.utf8)
  }
}

extension Statistics.Count {
  fileprivate subscript(attribute: Statistics.Attribute) -> String {
    switch attribute {
    case .month: month
    case .conclusion: conclusion
    case .status: status
    case .clause: clause ?? "none"
    case .pack: pack
    case .version: "\(pack) \(version)"
    }
  }
}
