// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import YAMLTree

/// What an interview says, and how it understands what it hears.
struct InterviewWords {
  let generation: Generation
  let language: Language

  private func pick(_ en: String, _ nb: String) -> String {
    switch language {
    case .en: en
    case .nb: nb
    }
  }

  private func texts(_ fact: Int) -> PackTexts.FactText? {
    let fact = generation.facts[fact]
    return generation.packs[fact.pack].texts[language]?.facts[fact.declaration.name]
  }

  var opening: String {
    pick(
      "Only what can still matter is asked. “?” is don't know, “refused” is not asked again, “done” stops.",
      "Det spørres bare om det som fortsatt kan ha betydning. «?» er vet ikke, «refused» spørres det ikke om igjen, "
        + "«done» avslutter.")
  }

  func closing(_ file: String) -> String {
    pick(
      "Written: \(file). `lawspeaker decide` shows the whole decision, `lawspeaker submit` hands it in.",
      "Skrevet: \(file). `lawspeaker decide` viser hele gjennomgangen, `lawspeaker submit` leverer filen.")
  }

  /// The question, its help, its choices, and the clause that asks it.
  func question(_ fact: Int, _ members: [Int], for open: Advice.OpenConclusion) -> String {
    let text = texts(fact)
    var lines = ["", text?.question ?? generation.facts[fact].id]
    if let help = text?.help { lines.append("  \(help)") }
    let names = generation.facts[fact].declaration.type.members
    for name in members.isEmpty ? names : members.map({ names[$0] }) {
      lines.append("  - \(name): \(text?.values[name] ?? name)")
    }
    let cites = open.grounds.map {
      generation.clause($0.clause).cite[language] ?? generation.id(of: $0.clause)
    }
    let title = title(open.rule)
    lines.append(
      pick(
        "  (asked for: \(title), \(cites.joined(separator: ", ")))",
        "  (gjelder: \(title), \(cites.joined(separator: ", ")))"))
    return lines.joined(separator: "\n")
  }

  private func title(_ rule: Int) -> String {
    let rule = generation.rules[rule]
    return generation.packs[rule.pack].texts[language]?.rules[rule.declaration.name] ?? rule.id
  }

  func settled(_ conclusion: Conclusion) -> String {
    let cites = conclusion.grounds.map { generation.clause($0.clause).cite[language] ?? "" }.joined(
      separator: ", ")
    let under = cites.isEmpty ? "" : " (\(cites))"
    switch conclusion.status {
    case .holds:
      return pick(
        "→ \(title(conclusion.rule)): the conditions are met on these facts\(under)",
        "→ \(title(conclusion.rule)): vilkårene er oppfylt etter opplysningene\(under)")
    case .fails:
      return pick(
        "→ \(title(conclusion.rule)): the conditions are not met on these facts",
        "→ \(title(conclusion.rule)): vilkårene er ikke oppfylt etter opplysningene")
    case .contradictory:
      return pick(
        "→ \(title(conclusion.rule)): the facts contradict each other",
        "→ \(title(conclusion.rule)): opplysningene motsier hverandre")
    case .undetermined, .notInForce, .unsettled:
      return "→ \(title(conclusion.rule)): \(conclusion.status.rawValue)"
    }
  }

  func problem(_ diagnostic: Diagnostic) -> String {
    diagnostic.message.text + (diagnostic.message.hint.map { "\n    \($0)" } ?? "")
  }

  /// An answer as a case file spells it.
  func value(_ answer: String, of fact: Generation.LinkedFact) -> String {
    let words = answer.split(separator: " ").map(String.init)
    if words.first == "between" || words.first == "mellom", words.count >= 4 {
      let ends = [words[1], words[3]].map { spelled($0, of: fact) }
      return "{between: [\(ends.joined(separator: ", "))]}"
    }
    if answer == "refused" || answer == "not_proved" { return answer }
    if case .set = fact.declaration.type, answer != "none", answer != "ingen", !answer.hasPrefix("{") {
      return "[\(answer)]"
    }
    return spelled(answer, of: fact)
  }

  private func spelled(_ answer: String, of fact: Generation.LinkedFact) -> String {
    switch (answer.lowercased(), fact.declaration.type) {
    case ("ja", .yesNo), ("y", .yesNo), ("j", .yesNo): return "yes"
    case ("nei", .yesNo), ("n", .yesNo): return "no"
    case ("ingen", .set): return "none"
    case (_, .quantity(let unit, _, _)) where !answer.contains(" ") && !answer.hasPrefix("{"):
      return "\(answer) \(unit)"
    default: return answer
    }
  }
}
