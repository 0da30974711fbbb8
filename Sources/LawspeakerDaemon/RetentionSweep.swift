// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Glibc
internal import Ledger
internal import LawspeakerCore
internal import Spool

/// What retention lets go, or would.
struct RetentionReport {
  /// Cases, each with the number of the rule that fits it, from 1.
  var cases: [(rule: Int, due: DueCase)] = []
  /// Records of objects that were refused or held.
  var setAside = 0
  /// Files in the spool, by the number of the rule.
  var filesByRule: [Int: Int] = [:]
  /// What could not go.
  var left: [String] = []

  var files: Int { filesByRule.values.reduce(0, +) }
  var isWorthALine: Bool { !cases.isEmpty || setAside > 0 || files > 0 || !left.isEmpty }

  fileprivate mutating func add(_ removal: Removal, rule: Int) {
    filesByRule[rule, default: 0] += removal.removed
    left += removal.left
  }
}

/// Lets go what the configuration says is not kept any longer.
///
/// A case is as old as its newest decision, a file as old as it lies where it is. Of the rules for cases the first that
/// fits counts: whether a conclusion holds is what the newest decision says. Nothing holds a case back, no review that is
/// still to come either.
struct RetentionSweep {
  private static let casesATime = 200

  let desk: Desk
  let spool: SpoolFolder
  let today: CivilDate

  private var rules: [RetentionRule] { desk.configuration.retention }

  /// What is due, with nothing done.
  func rehearse() throws -> RetentionReport {
    try run(onlyCounts: true, signed: { $0 }, between: { true })
  }

  /// Does it, in portions between which others have their turn, and makes all older copies dead.
  ///
  /// - Parameters:
  ///   - signed: Adds to an act who is responsible for it.
  ///   - pause: Called between portions; false ends it early.
  /// - Returns: What went.
  /// - Throws: ``Failure``, ``LedgerFault`` or `SpoolFault`.
  func carryOut(signed: (Act) -> Act, between pause: () throws -> Bool) throws -> RetentionReport {
    let report = try run(onlyCounts: false, signed: signed, between: pause)
    if !report.cases.isEmpty || report.setAside > 0 {
      try desk.ledger.retireEpoch(progress: { _ in _ = try pause() })
    }
    return report
  }

  private func run(onlyCounts: Bool, signed: (Act) -> Act, between pause: () throws -> Bool) throws
    -> RetentionReport
  {
    var report = RetentionReport()
    for (index, rule) in rules.enumerated() {
      guard let first = rule.after.firstDayKept(on: today) else { continue }
      let moment = LocalDay.beginning(of: first, in: desk.configuration.timeZone)
      let number = index + 1
      switch rule.what {
      case .cases:
        if onlyCounts {
          report.cases += try due(index, before: moment, limit: .max).map { (number, $0) }
        } else {
          try eraseCases(index, before: moment, &report, signed, pause)
        }
      case .refused: try removeSetAside(number, before: moment, &report, onlyCounts: onlyCounts, signed)
      case .done: try removeFiles(.done, number, before: moment, &report, onlyCounts: onlyCounts, pause)
      case .decisions:
        try removeFiles(.decisions, number, before: moment, &report, onlyCounts: onlyCounts, pause)
      }
    }
    return report
  }

  /// The cases that a rule fits, and none before it.
  private func due(_ index: Int, before moment: Date, limit: Int) throws -> [DueCase] {
    let earlier = rules[..<index].filter { $0.what == .cases }.compactMap(\.holds)
    return try desk.ledger.reader.casesDecided(
      before: LocalDay.timestamp(moment), holding: rules[index].holds, notHolding: earlier, limit: limit)
  }

  private func eraseCases(
    _ index: Int, before moment: Date, _ report: inout RetentionReport, _ signed: (Act) -> Act,
    _ pause: () throws -> Bool
  ) throws {
    repeat {
      let (gone, left) = try desk.inTurn {
        let due = try due(index, before: moment, limit: Self.casesATime)
        let erased = try desk.erase(due.map { signed(act(of: index, reference: $0.name)) }, from: spool)
        return (due, erased.flatMap(\.files.left))
      }
      report.cases += gone.map { (index + 1, $0) }
      report.left += left
      if gone.count < Self.casesATime { return }
    } while try pause()
  }

  private func removeSetAside(
    _ number: Int, before moment: Date, _ report: inout RetentionReport, onlyCounts: Bool,
    _ signed: (Act) -> Act
  ) throws {
    let timestamp = LocalDay.timestamp(moment)
    try desk.inTurn {
      if onlyCounts { report.setAside += try desk.ledger.reader.setAsideCount(before: timestamp) }
      while !onlyCounts {
        let count = try desk.ledger.write { tx in
          try tx.eraseSetAside(before: timestamp, signed(act(of: number - 1, reference: nil)))
        }
        if count == 0 { break }
        report.setAside += count
      }
      report.add(try spool.removeSetAside(before: moment.fileTime, onlyCounts: onlyCounts), rule: number)
      if !onlyCounts { try spool.sync() }
    }
  }

  private func removeFiles(
    _ kind: CaseFolders, _ number: Int, before moment: Date, _ report: inout RetentionReport,
    onlyCounts: Bool,
    _ pause: () throws -> Bool
  ) throws {
    let cases = try spool.cases(in: kind)
    for first in stride(from: 0, to: cases.count, by: Self.casesATime) {
      let some = cases[first..<min(first + Self.casesATime, cases.count)]
      let removal = try desk.inTurn {
        try spool.removeFiles(before: moment.fileTime, of: some, in: kind, onlyCounts: onlyCounts)
      }
      report.add(removal, rule: number)
      if try !pause() { break }
    }
    if !onlyCounts { try spool.sync() }
  }

  /// The record of it, which outlives the case: the rule is named without the conclusion that it is about.
  private func act(of index: Int, reference: String?) -> Act {
    let rule = rules[index]
    return Act(
      .erasure, at: LocalDay.timestamp(desk.now()), reference: reference, open: ["because": "retention"],
      sealed: [
        "because": "retention", "rule": .text("\(index + 1): \(rule.what.rawValue) after \(rule.after)"),
        "uid": .integer(Int64(geteuid())),
      ])
  }
}

extension LocalDay {
  /// The instant at which a day begins in a time zone, which must be known.
  static func beginning(of day: CivilDate, in timeZone: String) -> Date {
    let midnight = Date(timeIntervalSince1970: Double(day.dayNumber) * 86_400)
    guard let zone = TimeZone(identifier: timeZone) else { return midnight }
    let guess = midnight.addingTimeInterval(-Double(zone.secondsFromGMT(for: midnight)))
    return midnight.addingTimeInterval(-Double(zone.secondsFromGMT(for: guess)))
  }
}

extension Date {
  fileprivate var fileTime: FileTime { FileTime(seconds: Int64(timeIntervalSince1970)) }
}
