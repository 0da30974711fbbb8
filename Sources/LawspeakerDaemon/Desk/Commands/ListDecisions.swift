// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore

/// How a listing is written.
package enum ListingForm: String, Codable, Sendable {
  case text, json, csv
}

/// Past decisions by case, clause, pack and version, status and day, newest first.
package struct ListDecisions: DeskCommand {
  package static let name = "decisions"
  package static let rights: [AccessRight] = [.read, .audit]

  package var reference: String?
  package var clause: String?
  package var pack: String?
  package var packVersion: String?
  package var status: String?
  package var conclusion: String?
  package var since: String?
  package var person: String?
  package var latestOnly = false
  /// Only newest decisions that nobody reviewed or withdrew.
  package var waitingOnly = false
  package var limit = 100
  package var form = ListingForm.text

  package init() {}

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.recordReading(reference, detail: filter.words)
    let rows = try visit.ledger.decisions(filter)
    let erased = isByReferenceAlone ? try visit.ledger.erasedCases(reference) : []
    let shown = rows.prefix(limit)
    let book = try ReviewBook(visit.ledger, of: shown.map(\.name))
    switch form {
    case .json: try visit.say(.array(shown.map { Listing.json($0, book) } + erased.map(Listing.json)))
    case .csv: try visit.say(Listing.csv(shown, book))
    case .text:
      for row in shown { try visit.say(Listing.text(row, book)) }
      for erasure in erased { try visit.say(Listing.text(erasure)) }
      if shown.isEmpty, erased.isEmpty { try visit.say("no decisions") }
    }
    if rows.count > limit {
      try visit.complain("more than \(limit) decisions; raise --limit, or narrow the question")
    }
    return 0
  }

  /// Erased decisions have nothing left that another filter could find.
  private var isByReferenceAlone: Bool {
    [clause, pack, packVersion, status, conclusion, since, person].allSatisfy { $0 == nil } && !waitingOnly
  }

  private var filter: DecisionFilter {
    var filter = DecisionFilter()
    filter.reference = reference
    filter.clause = clause
    filter.pack = pack
    filter.packVersion = packVersion
    filter.status = status
    filter.conclusion = conclusion
    filter.since = since
    filter.person = person
    filter.latestOnly = latestOnly
    filter.waitingOnly = waitingOnly
    filter.limit = limit + 1
    return filter
  }
}

extension DecisionFilter {
  /// What was asked, for the record of it.
  fileprivate var words: String? {
    let parts = [
      clause.map { "clause \($0)" }, pack.map { "pack \($0)" }, packVersion.map { "version \($0)" },
      conclusion.map { "conclusion \($0)" }, status.map { "status \($0)" }, since.map { "since \($0)" },
      person.map { "person \($0)" },
    ]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return words.isEmpty ? nil : words
  }
}
