// SPDX-License-Identifier: Apache-2.0

/// How far people have come with a decision.
///
/// It is a proposal until one of them has looked (GDPR Art. 22).
package struct ReviewState: Sendable, Hashable {
  /// Who looked, each once, in order.
  package let by: [String]
  /// The conclusions that were set aside, each with the status that now stands for it.
  package let setAside: [String: Status]
  /// The bodies it was sent to, each once, in order.
  package let sentTo: [String]

  /// Sums up what people did with one version of a decision, oldest first; of one conclusion the last word counts.
  package init(_ acts: [ReviewAct]) {
    by = acts.map(\.by).withoutRepetition()
    setAside = acts.reduce(into: [:]) { found, act in
      if case .setAside(let conclusion, let instead, _) = act.did { found[conclusion] = instead }
    }
    sentTo = acts.compactMap { if case .sent(let body) = $0.did { body } else { nil } }.withoutRepetition()
  }

  /// True if nobody has looked.
  package var isWaiting: Bool { by.isEmpty }

  /// In a line of a listing, with nothing of the case: no reason, and of a conclusion its name alone.
  package func words(in language: Language) -> String {
    let wording = Wording(language: language)
    if isWaiting { return wording.waitsForReview }
    let aside = setAside.keys.sorted().joined(separator: ", ")
    let bodies = sentTo.map { wording.role($0) }.joined(separator: ", ")
    let parts = [
      wording.reviewed(by: by.joined(separator: ", ")),
      aside.isEmpty ? nil : wording.setAside(aside),
      bodies.isEmpty ? nil : wording.sent(to: bodies),
    ]
    return parts.compactMap { $0 }.joined(separator: "; ")
  }
}

extension ReviewAct {
  /// A sentence for whoever may read the case.
  ///
  /// - Parameters:
  ///   - language: The language of the sentence.
  ///   - generation: For the title of a conclusion; without it, or under one that has no such rule, its name stands.
  /// - Returns: The sentence, without a full stop unless a reason follows.
  package func words(in language: Language, under generation: Generation? = nil) -> String {
    let wording = Wording(language: language)
    let reviewed = wording.capitalised(wording.reviewed(by: by))
    let entry = journal.map { " (\(wording.journal) \($0))" } ?? ""
    switch did {
    case .used: return "\(reviewed): \(wording.used)\(entry)"
    case .sent(let body): return "\(reviewed): \(wording.sent(to: wording.role(body)))\(entry)"
    case .setAside(let conclusion, let instead, let because):
      let title = generation?.title(ofRule: conclusion, in: language).map(wording.quoted) ?? conclusion
      let aside = wording.setAside(title, instead: wording.answer(instead))
      return "\(reviewed): \(aside)\(entry). \(wording.because(because))"
    }
  }
}

extension Generation {
  fileprivate func title(ofRule id: String, in language: Language) -> String? {
    guard let number = rules.indices.first(where: { rules[$0].id == id }) else { return nil }
    return Names(generation: self, wording: Wording(language: language)).title(ofRule: number)
  }
}
