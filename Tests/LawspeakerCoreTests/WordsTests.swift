// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("What stands beside the answers, in words") struct WordsTests {
  @Test("a case with all of it reads as the golden text", arguments: Language.allCases)
  func everything(language: Language) throws {
    let generation = try invented()
    let file = try readCase(contestedCase, under: generation)
    let decision = decide(file, caseSHA256: "digest-of-case", under: generation)

    let text = decision.markdown(in: language, version: 1, of: file, under: generation)

    let difference = try differenceFromGolden(text, "words/everything.\(language.rawValue).md")
    #expect(difference == nil, "\(difference ?? "")")
    for word in ["victim", "offeret", "bevist", "mistenkt", "troverdig", "%", "did not happen"] {
      let body = text.replacing("victim or an offender", with: "")
      #expect(!body.lowercased().contains(word), "\(word)")
    }
  }

  @Test("danger now stands first, then duties, then what is open")
  func order() throws {
    let generation = try invented()
    let file = try readCase(contestedCase, under: generation)
    let decision = decide(file, caseSHA256: "", under: generation)
    let lines = decision.markdown(in: .en, version: 1, of: file, under: generation)
      .split(separator: "\n").filter { $0.hasPrefix("## ") }
    #expect(lines.first == "## Danger now")
    #expect(lines.dropFirst().first == "## Duties and deadlines")
  }

  @Test("a tree tells the standard, whom and what it turns on")
  func tree() throws {
    let generation = try invented()
    let file = try readCase(contestedCase, under: generation)
    let decision = decide(file, caseSHA256: "", under: generation)
    let trees = decision.answer.conclusions.map { conclusion in
      ExplanationTree(conclusion.rule, on: file, under: generation, in: .en, concluding: conclusion).drawing
    }
    let difference = try differenceFromGolden(
      trees.joined(separator: "\n\n") + "\n", "words/everything.trees.txt")
    #expect(difference == nil, "\(difference ?? "")")
  }

  @Test("conclusions stand side by side where both are touched and neither is decided against")
  func comparisons() throws {
    let generation = try invented()
    func shown(_ facts: String) throws -> Int {
      let decision = try generation.decision(on: "lawspeaker: 1\ncase: K-1\nfacts: {\(facts)}\n")
      return decision.answer.comparisons.count
    }
    #expect(try shown("forced: yes, paid: yes") == 1)
    #expect(try shown("forced: yes") == 0, "the other is not touched")
    #expect(try shown("forced: yes, paid: no") == 0, "the other is decided against")
    #expect(try shown("") == 0)
  }

  @Test("a document under another reading than the usual one says so")
  func reading() throws {
    let generation = try invented()
    var file = try readCase("lawspeaker: 1\ncase: K-1\nfacts: {begs: yes}\n", under: generation)
    file.readings = [0: 1]
    let decision = decide(file, caseSHA256: "", under: generation)
    #expect(
      decision.json(under: generation).canonicalText.contains(#""reading":"p.begging","variant":"apart""#))
    let text = decision.markdown(in: .nb, version: nil, of: file, under: generation)
    #expect(text.contains("Valgt i stedet for den vanlige tolkningen: Tigging: For seg"))
  }
}

private let contestedCase = """
  lawspeaker: 1
  case: K-2024-7
  assessed_on: 2024-03-18
  jurisdiction: UN
  found_to: probable
  frame: {recorded_by: school, danger_now: yes, heard: {on: 2024-03-11}}
  facts:
    act_date: {throughout: [2019-06-01, 2020-06-30]}
    forced:
      accounts:
        - {by: person, value: yes, source: "interview 2"}
        - {by: parent_or_guardian, value: no}
    begs: yes
    work: {value: yes, by: police, source: "report 4"}
    age_in_doubt: yes
    seems_young: yes
    told_on: 2024-03-11

  """

private func invented() throws -> Generation {
  let rules = """
    lawspeaker: 1
    pack: {id: p, version: 1.0.0, jurisdiction: UN}
    source: {cite: "An invented act", texts: [en], checked: 2024-01-01}
    facts:
      act_date: {type: date}
      told_on: {type: date}
      forced: {type: yes_no}
      begs: {type: yes_no}
      work: {type: yes_no}
      paid: {type: yes_no}
      age: {type: quantity, unit: years, range: [0, 130]}
      age_in_doubt: {type: yes_no}
      seems_young: {type: yes_no}
      willing: {type: yes_no}
    clauses:
      s1_v1: {path: [s 1], cite: {en: "s 1 as of 2000", nb: "§ 1 fra 2000"}, in_force: {from: 2000-01-01, until: 2020-01-01}}
      s1_v2: {path: [s 1], cite: {en: "s 1 as of 2020", nb: "§ 1 fra 2020"}, in_force: {from: 2020-01-01}}
      s1_v3: {path: [s 1], cite: {en: "s 1 as of 2023", nb: "§ 1 fra 2023"}, in_force: {from: 2023-01-01}}
      s2: {path: [s 2], cite: {en: "s 2", nb: "§ 2"}, in_force: {from: 2000-01-01}}
      s3: {path: [s 3], cite: {en: "s 3", nb: "§ 3"}, in_force: {from: 2000-01-01}}
      s4: {path: [s 4], cite: {en: "s 4", nb: "§ 4"}, pending: yes}
    rules:
      service: {grounds: [{clause: s2, holds_if: {any: [work, begs]}}]}
      offence:
        about: conduct
        standard: beyond_reasonable_doubt
        effect: incriminating
        competent: [court]
        grounds:
          - {clause: s1_v1, holds_if: {all: [forced, service]}}
          - {clause: s1_v2, holds_if: {all: [forced, service]}}
          - {clause: s1_v3, holds_if: {all: [forced, service]}}
      concern: {about: person, standard: indications, competent: [office], grounds: [{clause: s2, holds_if: {all: [forced, service]}}]}
      child: {about: person, grounds: [{clause: s3, holds_if: {age: {below: 18 years}}}]}
      met: {about: conduct, grounds: [{clause: s2, holds_if: {all: [forced, {any: [begs, not: begs]}]}}]}
      passage: {about: conduct, grounds: [{clause: s2, holds_if: paid}]}
      begging_alone: {about: conduct, grounds: [{clause: s2, holds_if: {all: [begs, {not: work}]}}]}
    readings:
      begging:
        decides: work
        default: as_work
        readings:
          as_work: {cite: {en: "a guide", nb: "en veileder"}, holds_if: begs}
          apart: {cite: {en: "a commentary", nb: "en kommentar"}}
    law_in_time:
      - {rules: [offence, service], day: act_date, clause: s3, flag_milder: yes}
      - {rules: [concern, child, met, passage, begging_alone], day: assessed_on, clause: s3}
    presumptions:
      - {fact: age, value: {below: 18 years}, when: {all: [age_in_doubt, seems_young]}, clause: s3, for: [child]}
    duties:
      report: {on: concern, from: holds, clause: s2, by_whom: office, binds: [school, health], force: must, promptly: without_delay, kind: protection}
      answer: {on: concern, from: holds, clause: s2, by_whom: office, force: must, within: {limit: 3 weeks, from: told_on}, kind: protection}
      guardian: {on: child, from: holds, clause: s3, by_whom: office, force: must, promptly: at_once, kind: protection}
      prosecute: {on: offence, from: possible, clause: s2, by_whom: court, force: may, kind: prosecution}
    cautions:
      testify: {when: {not: willing}, clause: s3}
      family: {when: forced, source: "practice"}
    comparisons:
      apart: {of: [met, passage], aspects: [aim, end], clause: s2}
    not_modelled:
      - {clause: s4, touches: [concern, offence]}

    """
  return try generation(of: [
    PackSource(
      folder: "p",
      files: [
        .init(path: "pack.yaml", bytes: Array(rules.utf8)),
        .init(path: "text/en.yaml", bytes: Array(words(.en).utf8)),
        .init(path: "text/nb.yaml", bytes: Array(words(.nb).utf8)),
      ], sha256: "digest-of-p")
  ])
}

/// The words of the invented pack in both languages.
private func words(_ language: Language) -> String {
  func say(_ en: String, _ nb: String) -> String { "\"\(language == .en ? en : nb)\"" }
  return """
    facts:
      act_date: {question: \(say("When was it?", "Når var det?"))}
      told_on: {question: \(say("When was it told?", "Når ble det fortalt?"))}
      forced: {question: \(say("Was anyone forced?", "Ble noen tvunget?"))}
      begs: {question: \(say("Was there begging?", "Var det tigging?"))}
      work: {question: \(say("Was there work?", "Var det arbeid?"))}
      paid: {question: \(say("Was the passage paid for?", "Ble reisen betalt?"))}
      age: {question: \(say("How old?", "Hvor gammel?"))}
      age_in_doubt: {question: \(say("Is the age in doubt?", "Er det tvil om alderen?"))}
      seems_young: {question: \(say("Is there reason to believe under 18?", "Er det grunn til å tro under 18?"))}
      willing: {question: \(say("Will they testify?", "Vil personen vitne?"))}
    rules:
      service: \(say("A service", "En tjeneste"))
      offence: \(say("Offence under s 1", "Lovbrudd etter § 1"))
      concern: \(say("Grounds for concern", "Grunn til bekymring"))
      child: \(say("Under eighteen", "Under atten år"))
      met: \(say("Force", "Tvang"))
      passage: \(say("Paid passage", "Betalt reise"))
      begging_alone: \(say("Begging and no work", "Tigging og ikke arbeid"))
    clauses: {s1_v1: First, s1_v2: Second, s1_v3: Third, s2: Care, s3: Days, s4: Coming}
    duties:
      report: \(say("Report to the office.", "Meld fra til kontoret."))
      answer: \(say("Answer whoever reported.", "Gi svar til den som meldte."))
      guardian: \(say("Appoint a guardian.", "Oppnevn verge."))
      prosecute: \(say("Consider a charge.", "Vurder tiltale."))
    cautions:
      testify: \(say("Not wanting to testify says nothing.", "Å ikke ville vitne sier ingenting."))
      family: \(say("Do not ask through the family.", "Ikke spør gjennom familien."))
    comparisons:
      apart:
        title: \(say("Force and passage", "Tvang og reise"))
        aspects: {aim: \(say("Aim", "Formål")), end: \(say("End", "Slutt"))}
        words: {met: {aim: A, end: B}, passage: {aim: C, end: D}}
    bodies:
      office: \(say("the office", "kontoret"))
      court: \(say("the court", "domstolen"))
      school: \(say("the school", "skolen"))
      health: \(say("health services", "helsetjenesten"))
    readings:
      begging: {title: \(say("Begging", "Tigging")), readings: {as_work: \(say("As work", "Som arbeid")), apart: \(say("Apart", "For seg"))}}

    """
}
