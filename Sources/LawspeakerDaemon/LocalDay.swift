// SPDX-License-Identifier: Apache-2.0

package import Foundation
package import LawspeakerCore

/// The clock's instants as days and timestamps.
package enum LocalDay {
  /// True if the machine knows a time zone by this name.
  package static func isKnown(timeZone: String) -> Bool { TimeZone(identifier: timeZone) != nil }

  /// The day it is in a time zone, which must be known.
  package static func day(of instant: Date, in timeZone: String) -> CivilDate {
    let offset = TimeZone(identifier: timeZone)?.secondsFromGMT(for: instant) ?? 0
    let seconds = instant.timeIntervalSince1970.rounded(.down) + Double(offset)
    return CivilDate(dayNumber: Int((seconds / 86_400).rounded(.down)))
  }

  /// An instant in UTC, to the second: `2026-11-23T19:12:00Z`.
  package static func timestamp(_ instant: Date) -> String {
    let seconds = Int(instant.timeIntervalSince1970.rounded(.down))
    let day = CivilDate(dayNumber: Int((Double(seconds) / 86_400).rounded(.down)))
    let rest = seconds - day.dayNumber * 86_400
    func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    return "\(day)T\(two(rest / 3600)):\(two(rest / 60 % 60)):\(two(rest % 60))Z"
  }
}
