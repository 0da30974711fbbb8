// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore

/// The letter to the person concerned about what is held of a case, where the file says that it may be written.
package struct WriteSubjectAccess: DeskCommand {
  package static let name = "subject-access"
  package static let rights: [AccessRight] = [.read]

  package var reference: String
  package var language: String

  package init(reference: String, language: Language) {
    self.reference = reference
    self.language = language.rawValue
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let (stored, verdict) = try visit.verdict(CaseVersion(reference: reference))
    let letter = verdict.decision.subjectAccess(
      in: Language(rawValue: language) ?? .en, of: verdict.file, held: try held(visit, stored),
      under: verdict.generation)
    if verdict.file.frame.isSafeToShare {
      try visit.say(letter)
      return 0
    }
    try visit.complain(
      "\(reference): error: the case file does not say that a letter can safely reach the person concerned "
        + "[not-safe-to-share]\n    hint: what has to be assessed first stands below\n\n" + letter)
    return 1
  }

  /// What is known of the case beside its content; staff are not named.
  private func held(_ visit: Visit, _ stored: StoredDecision) throws -> HeldCase {
    let book = try ReviewBook(visit.ledger, of: [stored.name])
    let versions = try visit.ledger.history(reference).compactMap { row -> HeldCase.Version? in
      guard let day = CivilDate(String(row.at.prefix(10))) else { return nil }
      let page = book[row.name, row.version]
      return HeldCase.Version(
        number: row.version, recordedOn: day,
        withdrawnOn: page.withdrawal.flatMap { CivilDate(String($0.at.prefix(10))) },
        reviews: page.reviews.compactMap { review in
          CivilDate(String(review.at.prefix(10))).map { HeldCase.Review(by: review.act.by, on: $0) }
        })
    }
    return HeldCase(versions: versions, reads: try visit.ledger.reads(of: reference))
  }
}
