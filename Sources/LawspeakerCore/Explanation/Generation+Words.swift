// SPDX-License-Identifier: Apache-2.0

/// Names that other modules write into their reports.
extension Generation {
  /// What people call a conclusion, or its id where a pack has no words for it.
  package func title(ofRule number: Int, in language: Language) -> String {
    names(in: language).title(ofRule: number)
  }

  /// How a clause is cited, or its id where a pack has no words for it.
  package func cite(_ clause: ClauseReference, in language: Language) -> String {
    names(in: language).cite(clause)
  }

  /// The clause with an id, such as `palermo.art3a`; nil if there is none.
  package func clause(withID id: String) -> ClauseReference? {
    for (number, pack) in packs.enumerated() where id.hasPrefix(pack.id + ".") {
      let name = id.dropFirst(pack.id.count + 1)
      if let place = pack.clauses.firstIndex(where: { $0.name == name }) {
        return .init(pack: number, clause: place)
      }
    }
    return nil
  }

  private func names(in language: Language) -> Names {
    Names(generation: self, wording: Wording(language: language))
  }
}

extension Status {
  /// The answer in a few words.
  package func words(in language: Language) -> String { Wording(language: language).answer(self) }
}
