// SPDX-License-Identifier: Apache-2.0

/// What is open, and what would settle it.
extension MarkdownWriter {
  mutating func open() {
    let conclusions = main(.undetermined)
    guard !conclusions.isEmpty else { return }
    section(wording.open)
    for conclusion in conclusions where !isUntouched(conclusion.rule) {
      lines.append("### \(names.title(ofRule: conclusion.rule)): \(wording.openStatus)")
      lines.append("")
      standing(conclusion)
      guard let advice = decision.advice.open.first(where: { $0.rule == conclusion.rule }) else { continue }
      for ground in advice.grounds {
        let missing = ground.missing.map { names.element($0) }.joined(separator: "; ")
        lines.append("- \(wording.underClause(names.cite(ground.clause))), \(wording.stillOpen): \(missing)")
      }
      days(of: conclusion)
      questions(advice)
    }
    let untouched = conclusions.filter { isUntouched($0.rule) }.map { names.title(ofRule: $0.rule) }
    if untouched.isEmpty {
      lines.removeLast()
    } else {
      lines.append(wording.untouched(untouched.joined(separator: ", ")))
    }
  }

  /// True if the file says nothing that bears on a conclusion; one that has an answer on what is presumed is shown.
  func isUntouched(_ rule: Int) -> Bool {
    decision.advice.open.contains { $0.rule == rule && $0.isUntouched }
      && decision.answer.conclusions.allSatisfy { $0.rule != rule || $0.presumed == nil }
  }

  private mutating func questions(_ advice: Advice.OpenConclusion) {
    lines += ["", "\(wording.findOut):", ""]
    for open in advice.facts {
      let all = generation.facts[open.fact].declaration.type.members.count
      let labels =
        open.members.count == all
        ? []
        : open.members.map { member in
          names.label(generation.facts[open.fact].declaration.type.members[member], ofFact: open.fact)
        }
      let members = labels.isEmpty ? "" : " (\(labels.joined(separator: ", ")))"
      let said = open.isRefused ? wording.refused : foundToLess(open, generation.rules[advice.rule])
      lines.append("- \(names.question(ofFact: open.fact))\(members)\(said.map { " – \($0)" } ?? "")")
    }
    if let ask = advice.ask {
      lines += ["", "\(wording.askNext): **\(names.question(ofFact: ask))**"]
      if let help = names.help(ofFact: ask) { lines += ["", help] }
    }
    settlements(advice)
    lines.append("")
  }

  /// What the file says of a fact that is open only because it was found to less than the rule asks.
  private func foundToLess(_ open: Advice.OpenFact, _ rule: Generation.LinkedRule) -> String? {
    guard let standard = rule.declaration.standard,
      let given = file.given.first(where: { $0.fact == open.fact })
    else { return nil }
    let first = generation.facts[open.fact].variables.lowerBound
    let variables = open.members.isEmpty ? [first] : open.members.map { first + $0 }
    let less = given.values.filter { said in
      variables.contains(said.variable) && said.foundTo < standard
        && said.values != generation.variables[said.variable].domain
    }
    guard let weakest = less.map(\.foundTo).min() else { return nil }
    let said = less.map { ReasonFact(variable: $0.variable, values: $0.values) }
    return wording.foundToLess(names.answer(said, ofFact: open.fact), weakest)
  }

  private mutating func settlements(_ advice: Advice.OpenConclusion) {
    let ways = [(advice.holdsIf, wording.enoughToHold), (advice.failsIf, wording.enoughToFail)]
    lines.append("")
    for (settlement, sentence) in ways {
      guard let facts = settlement.smallest.first else { continue }
      let more = settlement.ways > 1 ? wording.oneOf(settlement.ways) : ""
      lines.append("- " + sentence(names.reasons(facts).joined(separator: " · ")) + more)
    }
  }
}
