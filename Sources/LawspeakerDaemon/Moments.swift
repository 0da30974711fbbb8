// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import LawspeakerCore
internal import Ledger

extension LocalDay {
  /// The first and last second of a day in a time zone, as timestamps in UTC.
  package static func bounds(of day: CivilDate, in timeZone: String) -> (first: String, last: String) {
    let (start, end) = (start(of: day.dayNumber, in: timeZone), start(of: day.dayNumber + 1, in: timeZone))
    return (timestamp(start), timestamp(end.addingTimeInterval(-1)))
  }

  private static func start(of dayNumber: Int, in timeZone: String) -> Date {
    let midnight = Date(timeIntervalSince1970: Double(dayNumber) * 86_400)
    let zone = TimeZone(identifier: timeZone)
    // the offset before the day begins, then that at its beginning: a change of clocks may lie between
    let near = midnight.addingTimeInterval(-Double(zone?.secondsFromGMT(for: midnight) ?? 0))
    return midnight.addingTimeInterval(-Double(zone?.secondsFromGMT(for: near) ?? 0))
  }

  /// Whether a text is a moment as records have it: `2026-11-23T19:24:03Z`.
  package static func isMoment(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard bytes.count == 20, CivilDate(String(text.prefix(10))) != nil, bytes[10] == UInt8(ascii: "T"),
      bytes[19] == UInt8(ascii: "Z"), bytes[13] == UInt8(ascii: ":"), bytes[16] == UInt8(ascii: ":")
    else { return false }
    return zip([11, 14, 17], [24, 60, 60]).allSatisfy { place, limit in
      let digits = bytes[place..<place + 2]
      guard digits.allSatisfy({ (0x30...0x39).contains($0) }) else { return false }
      return digits.reduce(0) { $0 * 10 + Int($1 & 15) } < limit
    }
  }
}

extension Visit {
  /// The last moment of a day where the assessor works, or the moment itself.
  ///
  /// - Throws: ``Failure`` if the text is neither.
  func end(of text: String) throws -> String {
    if LocalDay.isMoment(text) { return text }
    guard let day = CivilDate(text) else {
      throw Failure.input(
        "\(text): error: this is neither a day nor a moment [no-day]\n    hint: write 2026-03-03")
    }
    return LocalDay.bounds(of: day, in: configuration.timeZone).last
  }

  /// The version of a case that was the newest at the end of a day, or at a moment.
  ///
  /// - Throws: ``Failure`` if there was none yet.
  func version(of reference: String, asOf text: String) throws -> CaseVersion {
    let end = try end(of: text)
    let rows = try ledger.history(reference)
    guard let last = rows.last(where: { $0.at <= end }) else {
      if rows.isEmpty { throw try missing(CaseVersion(reference: reference)) }
      throw Failure.input("\(reference): error: nothing was decided about this case by \(end) [no-decision]")
    }
    return CaseVersion(reference: reference, version: last.version)
  }
}
