// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

extension WhatIfTally {
  /// The report for people: counts by clause and by conclusion, with references of cases and nothing of what is in them.
  ///
  /// - Parameters:
  ///   - language: The language of the text.
  ///   - generation: The packs under which the cases were answered.
  /// - Returns: The text, ending in a newline.
  package func markdown(in language: Language, under generation: Generation) -> String {
    var writer = WhatIfWriter(tally: self, generation: generation, words: WhatIfWords(language: language))
    return writer.write()
  }
}

private struct WhatIfWriter {
  let tally: WhatIfTally
  let generation: Generation
  let words: WhatIfWords
  private var lines: [String] = []

  init(tally: WhatIfTally, generation: Generation, words: WhatIfWords) {
    self.tally = tally
    self.generation = generation
    self.words = words
  }

  mutating func write() -> String {
    let words = words  // what writes a line looks at them while lines are added
    let packs = generation.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    lines = ["# \(words.title)", "", words.introduction(packs), ""]
    lines.append("- \(words.cases): \(tally.cases)")
    lines.append("- \(words.unchanged): \(tally.unchanged)")
    lines.append("- \(words.changed): \(tally.changed.count)")
    lines.append("- \(words.refused): \(tally.refused.count)")
    byClause()
    let both = tally.conclusions.filter { $0.key.from != nil && $0.key.to != nil }
    section(words.byConclusion, both) { words.change($0, $1) }
    section(words.new, tally.conclusions.filter { $0.key.from == nil }) { _, to in words.answer(to) ?? "" }
    section(words.gone, tally.conclusions.filter { $0.key.to == nil }) { from, _ in words.answer(from) ?? "" }
    refused()
    if !tally.changed.isEmpty { lines += ["", words.next] }
    return lines.joined(separator: "\n") + "\n"
  }

  private mutating func byClause() {
    guard !tally.clauses.isEmpty else { return }
    let words = words
    lines += ["", "## \(words.byClause)"]
    for (clause, changes) in tally.clauses.sorted(by: { isBefore($0.key, $1.key) }) {
      lines += ["", "### \(title(ofClause: clause))", ""]
      list(changes) { words.change($0, $1) }
    }
  }

  /// Clauses by id, and last what stands on none.
  private func isBefore(_ a: String, _ b: String) -> Bool {
    a.isEmpty || b.isEmpty ? !a.isEmpty : precedes(a, b)
  }

  private mutating func section(
    _ title: String, _ changes: [WhatIfTally.Change: WhatIfTally.Seen],
    answer: (Status?, Status?) -> String
  ) {
    guard !changes.isEmpty else { return }
    lines += ["", "## \(title)", ""]
    list(changes, answer: answer)
  }

  private mutating func list(
    _ changes: [WhatIfTally.Change: WhatIfTally.Seen], answer: (Status?, Status?) -> String
  ) {
    for (change, seen) in changes.sorted(by: { $0.key < $1.key }) {
      let title = title(ofConclusion: change.conclusion)
      lines.append("- \(title): \(answer(change.from, change.to)). \(words.seen(seen.count, seen.examples))")
    }
  }

  private mutating func refused() {
    guard !tally.refused.isEmpty else { return }
    var byCode: [String: WhatIfTally.Seen] = [:]
    for refused in tally.refused {
      let seen = WhatIfTally.Seen(count: 1, examples: [refused.reference])
      for code in refused.codes { byCode[code, default: .init()].merge(seen) }
    }
    lines += ["", "## \(words.refused)", ""]
    for (code, seen) in byCode.sorted(by: { precedes($0.key, $1.key) }) {
      lines.append("- `\(code)`: \(words.seen(seen.count, seen.examples))")
    }
  }

  private func title(ofConclusion id: String) -> String {
    guard let rule = generation.rules.prefix(generation.ownRules).firstIndex(where: { $0.id == id }) else {
      return "`\(id)`"
    }
    return "\(generation.title(ofRule: rule, in: words.language)) (`\(id)`)"
  }

  private func title(ofClause id: String) -> String {
    if id.isEmpty { return words.noClause }
    if let clause = generation.clause(withID: id) {
      return "\(generation.cite(clause, in: words.language)) (`\(id)`)"
    }
    return "`\(id)`"
  }
}

/// The words of a what-if report in one language.
private struct WhatIfWords {
  let language: Language

  private func pick(_ en: String, _ nb: String) -> String {
    switch language {
    case .en: en
    case .nb: nb
    }
  }

  var title: String { pick("What would be answered otherwise", "Hva som ville fått et annet svar") }
  func introduction(_ packs: String) -> String {
    pick(
      "Recorded cases, each in its newest version, answered again under these packs: \(packs). Nothing that is "
        + "recorded has been changed. What follows names cases by reference and says nothing of what is in them.",
      "Registrerte saker, hver i nyeste versjon, vurdert på nytt etter disse regelsettene: \(packs). Ingenting av det "
        + "som er registrert, er endret. Under er sakene bare nevnt med referanse, uten noe av det som står i dem."
    )
  }
  var cases: String { pick("Cases looked at", "Saker gjennomgått") }
  var unchanged: String { pick("Answered as before", "Samme svar som før") }
  var changed: String { pick("Answered otherwise", "Annet svar enn før") }
  var refused: String { pick("Can no longer be read", "Kan ikke lenger leses") }
  var byClause: String { pick("By clause", "Etter bestemmelse") }
  var byConclusion: String { pick("By conclusion", "Etter konklusjon") }
  var noClause: String { pick("Under no clause that is still there", "Uten bestemmelse som fortsatt finnes") }
  var new: String { pick("Conclusions that are new", "Nye konklusjoner") }
  var gone: String { pick("Conclusions that are no longer there", "Konklusjoner som ikke lenger finnes") }
  var next: String {
    pick(
      "`lawspeaker redecide --changed` has the cases that are answered otherwise decided again, from this report as "
        + "JSON.",
      "`lawspeaker redecide --changed` sørger for at sakene med annet svar blir avgjort på nytt, ut fra denne rapporten "
        + "som JSON.")
  }

  func answer(_ status: Status?) -> String? { status?.words(in: language) }

  func change(_ from: Status?, _ to: Status?) -> String {
    let before = answer(from) ?? pick("not there", "fantes ikke")
    return "\(before) → \(answer(to) ?? pick("no longer there", "finnes ikke lenger"))"
  }

  func seen(_ count: Int, _ examples: [String]) -> String {
    let cases = pick(count == 1 ? "1 case" : "\(count) cases", count == 1 ? "1 sak" : "\(count) saker")
    let list = examples.joined(separator: ", ")
    return count > examples.count
      ? pick("\(cases), among them \(list)", "\(cases), blant dem \(list)") : "\(cases): \(list)"
  }
}
