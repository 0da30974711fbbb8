// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import YAMLTree

/// That a person has looked at a version, and what they did with it.
package struct ReviewDecision: DeskCommand {
  package static let name = "review"
  package static let rights: [AccessRight] = [.read]

  package var decision: CaseVersion
  package var who: String
  /// `CONCLUSION=STATUS`, if a conclusion was set aside.
  package var instead: String?
  package var because: String?
  /// The body it was sent to; with no ``instead`` either it was used.
  package var sentTo: String?
  package var journal: String?
  package var json: Bool

  package init(
    _ decision: CaseVersion, by who: String, instead: String?, because: String?, sentTo: String?,
    journal: String?,
    json: Bool
  ) {
    self.decision = decision
    self.who = who
    self.instead = instead
    self.because = because
    self.sentTo = sentTo
    self.journal = journal
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    guard decision.version != nil else { throw Failure.noVersion(decision) }
    let stored = try visit.decision(decision)
    let review = try review(of: stored)
    let act = Act(
      .review, at: visit.timestamp, reference: stored.reference, version: stored.version,
      sealed: ["review": .text(review.json.canonicalText)])
    let entry = try visit.record(act)
    if !stored.isLatest {
      try visit.complain("\(decision): there is a newer version of this case, and it is not the one reviewed")
    }
    if json {
      try visit.say(
        .object([
          "case": .string(stored.reference), "version": .integer(stored.version), "at": .string(act.at),
          "entry": .integer(Int(entry)), "review": review.json,
        ]))
    } else {
      try visit.say("\(decision): \(ReviewState([review]).words(in: .en)), recorded as entry \(entry)")
    }
    return 0
  }

  private func review(of stored: StoredDecision) throws -> ReviewAct {
    let request: ReviewAct.Request =
      if let instead { .setAside(instead: instead, because: because) } else if let sentTo {
        .sent(to: sentTo)
      } else { .used }
    let answers = stored.conclusions.compactMap { found in
      Status(rawValue: found.status).map { (found.id, $0) }
    }
    do throws(ReviewRefused) {
      return try ReviewAct(
        request, by: who, journal: journal, of: Dictionary(answers, uniquingKeysWith: { first, _ in first }))
    } catch {
      throw Failure.input(
        error.problems.map { problem in
          let hint = problem.hint.map { "\n    hint: \($0)" } ?? ""
          return "\(decision): error: \(problem.text) [\(problem.code)]\(hint)"
        }.joined(separator: "\n"))
    }
  }
}

extension Failure {
  /// What is done with a decision is done with one version, which somebody has looked at.
  static func noVersion(_ decision: CaseVersion) -> Self {
    .input(
      "\(decision): error: this is about one version, and none is named [no-version]\n"
        + "    hint: write `\(decision)@1`; `lawspeaker history \(decision)` lists the versions")
  }
}
