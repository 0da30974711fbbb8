// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// What a person did with a decision, after looking at it.
///
/// It is never a formal decision: where another body is competent it says only what was sent to whom. When it was done is
/// known by who records it.
package struct ReviewAct: Sendable, Hashable {
  /// Who looked: a role or initials, never a name in full.
  package let by: String
  /// What they did.
  package let did: Deed
  /// The entry in a journal elsewhere.
  package let journal: String?

  /// What can be done with a decision.
  package enum Deed: Sendable, Hashable {
    /// It was used as it stands.
    case used
    /// A conclusion was set aside for another status, with the reason.
    case setAside(conclusion: String, instead: Status, because: String)
    /// It was sent to the body that decides the matter: a role.
    case sent(to: String)
  }

  /// What someone asks to record, before anything of it is checked.
  package enum Request: Sendable, Hashable {
    case used
    /// `instead` is `CONCLUSION=STATUS`.
    case setAside(instead: String, because: String?)
    case sent(to: String)
  }

  /// The most bytes of a reason.
  package static let longestReason = 2000

  /// Checks what someone asks to record.
  ///
  /// - Parameters:
  ///   - request: What was done.
  ///   - who: A role or initials.
  ///   - journal: The entry in a journal elsewhere, if there is one.
  ///   - answers: The conclusions of the decision with their statuses.
  /// - Throws: ``ReviewRefused`` with everything that is wrong.
  package init(
    _ request: Request, by who: String, journal: String? = nil, of answers: [String: Status]
  ) throws(ReviewRefused) {
    var problems: [Diagnostic.Message] = []
    if !isReviewer(who) { problems.append(.badReviewer) }
    if let journal, !isDocumentID(journal) { problems.append(.badJournal) }
    let did = Self.deed(request, of: answers, &problems)
    guard problems.isEmpty, let did else { throw ReviewRefused(problems: problems) }
    (by, self.did, self.journal) = (who, did, journal)
  }

  private static func deed(
    _ request: Request, of answers: [String: Status], _ problems: inout [Diagnostic.Message]
  ) -> Deed? {
    switch request {
    case .used: return .used
    case .sent(let body):
      if !isRoleWord(body) { problems.append(.badBody) }
      return .sent(to: body)
    case .setAside(let instead, let because):
      let reason = because ?? ""
      if !reason.contains(where: { !$0.isWhitespace }) {
        problems.append(.noReason)
      } else if !isReason(reason) {
        problems.append(.badReason(longest: longestReason))
      }
      let parts = instead.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        problems.append(.badInstead)
        return nil
      }
      if answers[parts[0]] == nil {
        problems.append(.noSuchConclusion(parts[0], known: answers.keys.sorted()))
      }
      guard let status = Status(rawValue: parts[1]) else {
        problems.append(.unknownStatus(parts[1]))
        return nil
      }
      if answers[parts[0]] == status { problems.append(.sameStatus(parts[0], status)) }
      return .setAside(conclusion: parts[0], instead: status, because: reason)
    }
  }

  /// An act that was checked when it was recorded.
  init(recorded did: Deed, by who: String, journal: String?) {
    (by, self.did, self.journal) = (who, did, journal)
  }
}

/// What someone asks to record of a decision cannot be recorded; everything that is wrong with it.
///
/// No message repeats a reason or who looked.
package struct ReviewRefused: Error, Hashable, Sendable {
  /// At least one.
  package let problems: [Diagnostic.Message]
}

/// `[A-Za-z0-9][A-Za-z0-9._@-]{0,63}`: a role or initials.
private func isReviewer(_ text: String) -> Bool {
  let punctuation = Array("._@-".utf8)
  let isPlain = text.utf8.allSatisfy { isLetterOrDigit($0) || punctuation.contains($0) }
  return isPlain && text.utf8.count <= 64 && text.utf8.first.map(isLetterOrDigit) == true
}

/// One paragraph that every reader of ours gives back as it was: no control characters and no breaks of lines.
private func isReason(_ text: String) -> Bool {
  text.utf8.count <= ReviewAct.longestReason
    && text.unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .lineSeparator, .paragraphSeparator, .unassigned: false
      default: scalar != "\u{FEFF}"
      }
    }
}
