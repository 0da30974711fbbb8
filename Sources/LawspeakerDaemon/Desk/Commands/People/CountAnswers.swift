// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import PackRegistry

/// In how many cases each conclusion had which status, in a table from which no small number can be worked out.
///
/// A number is always one of cases with the same conclusion: the many conclusions of one case would else look like many
/// people.
package struct CountAnswers: DeskCommand {
  package static let name = "stats"
  package static let rights: [AccessRight] = [.audit, .operate]

  /// What the rows are by.
  package enum Row: String, CaseIterable, Codable, Sendable {
    case month, clause, conclusion, pack
  }

  package var row: Row
  /// Whether superseded decisions count too.
  package var countsAll: Bool
  package var form: ListingForm

  package init(by row: Row, countsAll: Bool, form: ListingForm) {
    self.row = row
    self.countsAll = countsAll
    self.form = form
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.record(Act(.access, at: visit.timestamp, sealed: [:]), "statistics by \(row.rawValue)")
    var counts = try visit.ledger.answerCounts(latestOnly: !countsAll, byClause: row == .clause)
    if row == .clause {
      let grounds = try Grounds(visit)
      counts = counts.filter { grounds.contains($0) }
    }
    let table = Statistics(
      of: counts.map(Statistics.Count.init), by: attribute, then: row == .conclusion ? nil : .conclusion,
      across: .status, threshold: Self.threshold(visit.configuration.privacy.suppressBelow))
    switch form {
    case .json: try visit.say(table.json)
    case .csv: try visit.say(table.csv)
    case .text: try visit.say(table.text())
    }
    return 0
  }

  private var attribute: Statistics.Attribute {
    switch row {
    case .month: .month
    case .clause: .clause
    case .conclusion: .conclusion
    case .pack: .version
    }
  }

  /// A mark that stands for one number alone hides nothing, so that where anything is hidden it is what is under 3.
  private static func threshold(_ configured: Int) -> Int {
    configured < 2 ? Statistics.showsAll : max(configured, Statistics.smallestThreshold)
  }
}

/// Which clauses each conclusion rests on, in every version of its pack that was ever active.
private struct Grounds {
  private struct Key: Hashable {
    var conclusion: String
    var version: String
  }

  private var clauses: [Key: Set<String>] = [:]

  init(_ visit: Visit) throws {
    for activation in try visit.ledger.activations() {
      let generation = try visit.desk.archived(activation.packs).generation
      for rule in generation.rules {
        let pack = generation.packs[rule.pack].id
        guard let version = activation.packs.first(where: { $0.id == pack })?.version else { continue }
        let grounds = rule.grounds.map { generation.id(of: $0.clause) }
        clauses[Key(conclusion: rule.id, version: version), default: []].formUnion(grounds)
      }
    }
  }

  func contains(_ count: AnswerCount) -> Bool {
    guard let clause = count.clause else { return false }
    return clauses[Key(conclusion: count.conclusion, version: count.packVersion)]?.contains(clause) ?? false
  }
}

extension Statistics.Count {
  fileprivate init(_ count: AnswerCount) {
    self.init(
      month: count.month, conclusion: count.conclusion, status: count.status, clause: count.clause,
      pack: count.pack, version: count.packVersion, count: count.count)
  }
}
