// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// A time of whole days by the calendar, as `90 days` or `2 years`.
package struct Period: Hashable, Sendable, CustomStringConvertible {
  /// What is counted.
  package enum Unit: String, CaseIterable, Sendable {
    case days, weeks, months, years
  }

  /// How many, from 1.
  package let count: Int
  /// Of what.
  package let unit: Unit

  /// A period; nil if the count is not from 1 to 9999.
  package init?(_ count: Int, _ unit: Unit) {
    guard (1...9999).contains(count) else { return nil }
    self.count = count
    self.unit = unit
  }

  /// Reads `2 years`, strictly.
  package init?(_ text: String) {
    for unit in Unit.allCases {
      if let count = quantityNumber(text, unit: unit.rawValue) {
        self.init(count, unit)
        return
      }
    }
    return nil
  }

  /// `2 years`.
  package var description: String { "\(count) \(unit.rawValue)" }

  /// The first day of which things are still kept: what is of an earlier day is due to go.
  ///
  /// Months and years go back by the calendar to the same day of the month, or to the month's last where it has no such
  /// day, so that nothing goes before its period is full.
  /// - Parameter today: The day of asking.
  /// - Returns: Nil if the calendar does not reach so far back, and then nothing is due.
  package func firstDayKept(on today: CivilDate) -> CivilDate? {
    switch unit {
    case .days: today.adding(days: -count)
    case .weeks: today.adding(days: -count * 7)
    case .months: today.adding(months: -count)
    case .years: today.adding(months: -count * 12)
    }
  }
}
