// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore

/// What people did with the versions of some cases.
struct ReviewBook {
  /// What was done with one version, oldest first.
  struct Page {
    var reviews: [(at: String, act: ReviewAct)] = []
    var withdrawal: Withdrawal?

    var state: ReviewState { ReviewState(reviews.map(\.act)) }
  }

  /// That a version was sent in error.
  struct Withdrawal {
    var at: String
    var because: String
  }

  private struct Key: Hashable {
    var name: String
    var version: Int
  }

  private var pages: [Key: Page] = [:]

  /// Reads what is recorded of cases, by what indexes call them.
  init(_ ledger: LedgerReader, of names: [String]) throws {
    for act in try ledger.acts([.review, .withdrawal], on: names) {
      guard let name = act.name, let version = act.version else { continue }
      let key = Key(name: name, version: version)
      if act.kind == .withdrawal {
        let because = act.sealed["because"]?.string ?? ""
        pages[key, default: Page()].withdrawal = Withdrawal(at: act.at, because: because)
      } else {
        guard let review = act.sealed["review"]?.string.flatMap({ ReviewAct(reading: Array($0.utf8)) }) else {
          throw LedgerFault.damaged("what entry \(act.entry) sealed is no review")
        }
        pages[key, default: Page()].reviews.append((act.at, review))
      }
    }
  }

  subscript(name: String, version: Int) -> Page { pages[Key(name: name, version: version)] ?? Page() }
}

extension ReviewBook.Withdrawal {
  /// The day, without the reason.
  func words(in language: Language) -> String {
    switch language {
    case .en: "withdrawn on \(at.prefix(10)), as it was sent in error"
    case .nb: "trukket tilbake \(at.prefix(10)) fordi den ble sendt ved en feil"
    }
  }

  /// The reason, for whoever may read the case.
  func reason(in language: Language) -> String {
    switch language {
    case .en: "Because: \(because)"
    case .nb: "Begrunnelse: \(because)"
    }
  }
}

extension ReviewBook.Page {
  /// What stands under a document about who reviewed it; nil if nobody did.
  func section(in language: Language, under generation: Generation) -> String? {
    if reviews.isEmpty { return nil }
    let title = language == .en ? "## Reviewed" : "## Gjennomgått"
    let lines = reviews.map { "- \($0.at.prefix(10)): \($0.act.words(in: language, under: generation))" }
    return ([title, ""] + lines).joined(separator: "\n")
  }

  /// For lists: null where a superseded version was never reviewed.
  var json: JSON {
    .array(
      reviews.map { review in
        guard case .object(var entries) = review.act.json else { return review.act.json }
        entries["at"] = .string(review.at)
        return .object(entries)
      })
  }
}

extension Visit {
  /// That a version was withdrawn, to be said before it is shown; nil if it was not.
  func withdrawalWords(of stored: StoredDecision, in language: Language) throws -> String? {
    let page = try ReviewBook(ledger, of: [stored.name])[stored.name, stored.version]
    return page.withdrawal.map {
      "\(stored.reference)@\(stored.version): \($0.words(in: language)). \($0.reason(in: language))"
    }
  }
}

extension Listing {
  /// A decision in a list, with how far people have come with it.
  static func text(_ row: DecisionRow, _ book: ReviewBook) -> String {
    let page = book[row.name, row.version]
    let first = page.withdrawal.map { "\(row.reference)@\(row.version): \($0.words(in: .en))" }
    let waits = page.reviews.isEmpty && (page.withdrawal != nil || !row.isLatest)
    let last = waits ? nil : "    \(page.state.words(in: .en))"
    return [first, text(row), last].compactMap { $0 }.joined(separator: "\n")
  }

  /// The same for programs, without reasons.
  static func json(_ row: DecisionRow, _ book: ReviewBook) -> JSON {
    guard case .object(var entries) = json(row) else { return json(row) }
    let page = book[row.name, row.version]
    entries["withdrawn"] = .optional(page.withdrawal?.at)
    entries["waiting"] = .bool(page.reviews.isEmpty && page.withdrawal == nil && row.isLatest)
    entries["reviewed_by"] = .strings(page.state.by)
    entries["set_aside"] = .object(page.state.setAside.mapValues { .string($0.rawValue) })
    entries["sent_to"] = .strings(page.state.sentTo)
    return .object(entries)
  }

  /// A version in a case's history, with what was done with it before the next.
  static func text(_ stored: StoredDecision, _ book: ReviewBook) throws -> String {
    let page = book[stored.name, stored.version]
    let withdrawn =
      page.withdrawal.map { ["\(stored.reference)@\(stored.version): \($0.words(in: .en))"] } ?? []
    let reviews = page.reviews.map { "    \($0.at)  \($0.act.words(in: .en))" }
    let reason = page.withdrawal.map { ["    \($0.at)  Withdrawn. \($0.reason(in: .en))"] } ?? []
    return (withdrawn + [try text(stored)] + reviews + reason).joined(separator: "\n")
  }

  /// The same for programs.
  static func json(_ stored: StoredDecision, _ book: ReviewBook) throws -> JSON {
    let document = try json(stored)
    guard case .object(var entries) = document else { return document }
    let page = book[stored.name, stored.version]
    entries["reviews"] = page.json
    entries["withdrawn"] =
      page.withdrawal.map { .object(["at": .string($0.at), "because": .string($0.because)]) } ?? .null
    return .object(entries)
  }
}
