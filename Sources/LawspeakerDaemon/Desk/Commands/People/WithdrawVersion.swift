// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore

/// That a version was sent in error: it stays, and whoever is shown it is told so first.
package struct WithdrawVersion: DeskCommand {
  package static let name = "withdraw"
  package static let rights: [AccessRight] = [.read, .operate]

  package var decision: CaseVersion
  package var because: String
  package var json: Bool

  package init(_ decision: CaseVersion, because: String, json: Bool) {
    self.decision = decision
    self.because = because
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    guard decision.version != nil else { throw Failure.noVersion(decision) }
    try requireReason(because)
    let row = try visit.ledger.history(decision.reference).first { $0.version == decision.version }
    guard let row else { throw try visit.missing(decision) }
    if let before = try ReviewBook(visit.ledger, of: [row.name])[row.name, row.version].withdrawal {
      throw Failure.input(
        "\(decision): error: this version was withdrawn on \(before.at.prefix(10)) already [withdrawn-already]"
      )
    }
    let act = Act(
      .withdrawal, at: visit.timestamp, reference: row.reference, version: row.version,
      sealed: ["because": .text(because)])
    let entry = try visit.record(act)
    if json {
      try visit.say(
        .object([
          "case": .string(row.reference), "version": .integer(row.version), "withdrawn": .string(act.at),
          "entry": .integer(Int(entry)), "latest": .bool(row.isLatest),
        ]))
    } else {
      try visit.say("\(decision): withdrawn, recorded as entry \(entry)")
      if row.isLatest {
        try visit.say("No version stands in its place: hand in a corrected file with the same reference.")
      }
    }
    return 0
  }
}
