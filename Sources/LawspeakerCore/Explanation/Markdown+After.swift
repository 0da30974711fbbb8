// SPDX-License-Identifier: Apache-2.0

/// What was disregarded, whom it turns on, what is not decided, and by which packs.
extension MarkdownWriter {
  mutating func disregarded() {
    guard !decision.answer.disregarded.isEmpty else { return }
    section(wording.disregarded)
    for entry in decision.answer.disregarded {
      lines.append("- \(names.question(ofFact: entry.fact)) – \(why(entry))")
    }
  }

  private func why(_ entry: Disregarded) -> String {
    guard let rule = entry.rule else { return wording.notRead }
    let conclusion = names.title(ofRule: rule)
    switch entry.because {
    case .irrelevant: return wording.irrelevant(conclusion, entry.clause.map { names.cite($0) } ?? "")
    case .cannotBeWeighed:
      let elements = entry.until.map { names.element($0) }.joined(separator: ", ")
      return wording.cannotBeWeighed(conclusion, until: elements)
    case .notDecisive: return wording.notDecisive(conclusion)
    case .notRead: return wording.notRead
    }
  }

  /// The accounts that differ, and where another voice or another reading would lead to another answer.
  mutating func turnsOn() {
    let turning = decision.answer.conclusions.filter { isMain($0) && !$0.turnsOn.isEmpty }
    let (contested, stated) = (decision.answer.contested, decision.answer.statedBesideReading)
    guard !(turning.isEmpty && contested.isEmpty && stated.isEmpty) else { return }
    section(wording.turnsOn)
    for entry in contested {
      let voices = entry.voices.map {
        "\(wording.role($0.by)): **\(names.answer($0.says, ofFact: entry.fact))**"
      }
      lines.append("- " + wording.contested(names.question(ofFact: entry.fact), voices))
    }
    for conclusion in turning {
      lines.append("- " + wording.turns(names.title(ofRule: conclusion.rule), conclusion.status))
      for turn in conclusion.turnsOn { lines.append("  - " + names.words(turn)) }
    }
    for entry in stated {
      let reading = names.reading(entry.reading, variant: generation.readings[entry.reading].standing)
      let said = names.reasons([entry.stated]).joined()
      lines.append("- " + wording.statedBeside(said, by: entry.by, reading, gives: entry.gives))
    }
  }

  mutating func notModelled() {
    let shown = decision.answer.conclusions.filter { conclusion in
      isMain(conclusion) && conclusion.status != .notInForce
        && !(conclusion.status == .undetermined && isUntouched(conclusion.rule))
    }
    var clauses: [Generation.ClauseReference] = []
    for clause in shown.flatMap({ generation.rules[$0.rule].notModelled }) where !clauses.contains(clause) {
      clauses.append(clause)
    }
    guard !clauses.isEmpty else { return }
    section(wording.notModelled)
    for clause in clauses {
      let pending = generation.clause(clause).isPending ? " (\(wording.pending))" : ""
      lines.append("- \(names.cite(clause))\(pending): \(names.summary(clause))")
    }
  }

  mutating func packs() {
    section(wording.packs)
    for number in generation.packs.indices {
      let pack = generation.packs[number]
      guard let used = decision.packs.first(where: { $0.id == pack.id }) else { continue }
      let checked = "\(wording.checked) \(pack.source.checked)"
      lines.append("- \(wording.pack) `\(used.id)` \(used.version): \(pack.source.cite); \(checked)")
      lines.append("  - SHA-256 `\(used.sha256)`")
    }
    for clause in decision.answer.clausesApplied {
      lines.append("- \(names.cite(clause)): \(names.summary(clause))")
    }
    lines.append("- \(wording.caseFile) SHA-256 `\(decision.caseSHA256)`")
  }
}
