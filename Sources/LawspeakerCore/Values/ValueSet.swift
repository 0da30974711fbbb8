// SPDX-License-Identifier: Apache-2.0

/// A set of whole numbers: what a fact can still be.
///
/// Every fact is carried by whole numbers: `no` and `yes` by 0 and 1, a choice by its place in the list, a quantity by
/// its count of units, a date by its day number, and each member of a set by a `no` or `yes` of its own.
public struct ValueSet: Hashable, Sendable {
  /// The numbers from `low` to `high`, both included.
  public struct Span: Hashable, Sendable {
    /// The least number.
    public var low: Int
    /// The greatest number, at least `low`.
    public var high: Int
  }

  /// Disjoint, not adjacent, rising.
  public private(set) var spans: [Span]

  private init(sorted spans: [Span]) { self.spans = spans }

  /// The numbers of a closed range; empty if `low` exceeds `high`.
  public init(_ low: Int, _ high: Int) { spans = low <= high ? [Span(low: low, high: high)] : [] }

  /// One number.
  public init(_ value: Int) { spans = [Span(low: value, high: value)] }

  /// The numbers that lie in any of the sets.
  public init(union sets: [ValueSet]) {
    let all = sets.flatMap(\.spans).sorted { ($0.low, $0.high) < ($1.low, $1.high) }
    spans = []
    for span in all {
      if let last = spans.last, span.low <= last.high + 1 {
        spans[spans.count - 1].high = max(last.high, span.high)
      } else {
        spans.append(span)
      }
    }
  }

  /// No number at all.
  public static let empty = ValueSet(sorted: [])
  /// `no`.
  public static let no = ValueSet(0)
  /// `yes`.
  public static let yes = ValueSet(1)
  /// `no` or `yes`.
  public static let either = ValueSet(0, 1)
  /// Every day that is counted.
  public static let days = ValueSet(CivilDate.first.dayNumber, CivilDate.last.dayNumber)

  /// True if no number is left.
  public var isEmpty: Bool { spans.isEmpty }

  /// The least number, if any is left.
  public var least: Int? { spans.first?.low }

  /// The greatest number, if any is left.
  public var greatest: Int? { spans.last?.high }

  /// The number, if exactly one is left.
  public var single: Int? {
    guard spans.count == 1, spans[0].low == spans[0].high else { return nil }
    return spans[0].low
  }

  /// True if the number is in the set.
  public func contains(_ value: Int) -> Bool { spans.contains { $0.low <= value && value <= $0.high } }

  /// The numbers that lie in both.
  public func intersection(_ other: ValueSet) -> ValueSet {
    if isSubset(of: other) { return self }
    if other.isSubset(of: self) { return other }
    var result: [Span] = []
    var (i, j) = (0, 0)
    while i < spans.count, j < other.spans.count {
      let (a, b) = (spans[i], other.spans[j])
      if max(a.low, b.low) <= min(a.high, b.high) {
        result.append(Span(low: max(a.low, b.low), high: min(a.high, b.high)))
      }
      if a.high < b.high { i += 1 } else { j += 1 }
    }
    return ValueSet(sorted: result)
  }

  /// The numbers of this set that are not in the other.
  public func subtracting(_ other: ValueSet) -> ValueSet {
    var result: [Span] = []
    for span in spans {
      var low = span.low
      for gap in other.spans where gap.high >= low && gap.low <= span.high {
        if gap.low > low { result.append(Span(low: low, high: gap.low - 1)) }
        low = gap.high + 1
      }
      if low <= span.high { result.append(Span(low: low, high: span.high)) }
    }
    return ValueSet(sorted: result)
  }

  /// True if every number of this set is in the other.
  public func isSubset(of other: ValueSet) -> Bool {
    spans.allSatisfy { span in other.spans.contains { $0.low <= span.low && span.high <= $0.high } }
  }

  /// True if no number is in both.
  public func isDisjoint(with other: ValueSet) -> Bool {
    !spans.contains { span in other.spans.contains { $0.low <= span.high && span.low <= $0.high } }
  }
}
