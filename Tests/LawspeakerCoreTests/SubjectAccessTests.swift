// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing

@Suite("The letter to the person concerned") struct SubjectAccessTests {
  @Test(
    "where it is safe, and where nobody has said so, it reads as the golden text",
    arguments: Language.allCases)
  func golden(language: Language) throws {
    for (name, isSafe) in [("safe", true), ("unsafe", false)] {
      let text = try letter(in: language, on: caseText(isSafe: isSafe))
      let difference = try differenceFromGolden(text, "subject-access/\(name).\(language.rawValue).md")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test(
    "nothing that may not be shared changes a word of it, though it changes the answers",
    arguments: Language.allCases)
  func silent(language: Language) throws {
    let expected = try letter(in: language, on: caseText())
    var answers: Set<[String: Status]> = []
    for seed in 0..<60 as Range<UInt64> {
      var random = SplitMix64(seed: seed)
      let text = caseText(secrets: Secrets(&random))
      #expect(try letter(in: language, on: text) == expected, "\(seed)")
      answers.insert(try invented().decision(on: text).statuses(under: invented()))
    }
    #expect(answers.count > 3)
  }

  @Test("what may be shared is in it, with the person as `you`")
  func shares() throws {
    let text = try letter(in: .en, on: caseText())
    #expect(text.contains("- Was anyone forced? **yes** (from you, 2024-03-11)\n"))
    #expect(text.contains("- Was anyone forced? **yes** (from the police, report 4)\n"))
    #expect(text.contains("- What was used? **a threat, not: blows** (from school)\n"))
    #expect(text.contains("- When was it? **every day from 2019-06-01 to 2020-06-30** (from you)\n"))
    #expect(text.contains("- Will you be asked again? **not answered, by choice** (from you)\n"))
    #expect(text.contains("- Force: s 1 as of 2000, s 1 as of 2020\n"))
  }

  @Test(
    "a mark on a value goes before everything else",
    arguments: ["person", "police", "alleged_actor", "uncle"])
  func marks(role: String) throws {
    func isTold(_ rest: String) throws -> Bool {
      let text = "lawspeaker: 1\ncase: K-1\nframe: {safe_to_share: yes}\nfacts: {ill: {value: yes\(rest)}}\n"
      return try letter(in: .en, on: text).contains("Is the person ill?")
    }
    #expect(try isTold(", by: \(role), safe_to_share: yes"))
    #expect(try !isTold(", by: \(role), safe_to_share: no"))
    #expect(try isTold(", by: \(role)") == (role == "person"))
  }

  @Test("what is bare is shared unless it is sensitive or has a source")
  func bare() throws {
    func told(_ facts: String) throws -> Bool {
      let text = "lawspeaker: 1\ncase: K-1\nframe: {safe_to_share: yes}\nfacts: {\(facts)}\n"
      return try letter(in: .en, on: text).contains("**yes**")
    }
    #expect(try told("paid: yes"))
    #expect(try !told("paid: {value: yes, source: \"report of the police\"}"))
    #expect(try told("paid: {value: yes, source: \"talk 2\", safe_to_share: yes}"))
    #expect(try !told("ill: yes"))
    #expect(try told("ill: {value: yes, safe_to_share: yes}"))
  }

  @Test(
    "a value marked as safe opens no letter by itself, and the note to the caseworker has nothing of the case"
  )
  func unsafe() throws {
    for frame in ["{}", "{safe_to_share: no}", "{recorded_by: school, danger_now: yes}"] {
      let text = try letter(
        in: .en,
        on:
          "lawspeaker: 1\ncase: K-9\nframe: \(frame)\nfacts: {ill: {value: yes, by: person, safe_to_share: yes}}\n"
      )
      #expect(try text == letter(in: .en, on: "lawspeaker: 1\ncase: K-9\nfacts: {}\n"))
      #expect(text.hasPrefix("# K-9: not to be shared yet\n"))
      #expect(text.contains("Who:"))
    }
  }

  @Test("it gives no answer, no way to change one and no word about who somebody is")
  func shippedPacks() throws {
    let generation = try Generation.link(
      ["palermo", "norway", "child-welfare"].map { try #require(readPack(Repository.pack($0)).pack) })
    let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-07-02")))
    let tests = generation.packs.flatMap(\.tests)
    for language in Language.allCases {
      for rule in 0..<generation.ownRules {
        let title = generation.title(ofRule: rule, in: language).lowercased()
        #expect(!Self.answers.contains(where: title.contains), "\(generation.rules[rule].id): \(title)")
      }
    }
    let words = ["victim", "offender", "offeret", "bevist", "mistenkt", "troverdig", "%"] + Self.answers
    var conditions = 0
    for test in stride(from: 0, to: tests.count, by: 100).map({ tests[$0] }) {
      var file = try readCase(
        test.node, file: "test", under: generation, defaults: defaults, extraKeys: PackTest.ownKeys)
      file.frame.isSafeToShare = true
      let decision = decide(file, caseSHA256: "", under: generation)
      for language in Language.allCases {
        let text = decision.subjectAccess(in: language, of: file, held: held, under: generation).lowercased()
        for word in words { #expect(!text.contains(word), "\(test.name): \(word)") }
        conditions += text.contains("under the provisions named") ? 1 : 0
      }
    }
    #expect(conditions > 5)
  }

  /// What a decision says of a conclusion, and how it could be otherwise.
  private static let answers = [
    "on these facts", "conditions are not met", "vilkårene er oppfylt", "vilkårene er ikke oppfylt",
    "could be another",
    "kunne blitt", "enough for the", "nok til at", "next question", "neste spørsmål", "presumed until",
    "inntil avklart",
  ]

  @Test("it says where to complain: in Norway to Datatilsynet")
  func complaint() throws {
    let inNorway = try letter(in: .nb, on: caseText())
    #expect(
      inNorway.contains("art. 77") && inNorway.contains("Datatilsynet, Postboks 458 Sentrum, 0105 Oslo"))
    let elsewhere = try letter(
      in: .nb, on: caseText().replacing("jurisdiction: NOR", with: "jurisdiction: UN"))
    #expect(elsewhere.contains("art. 77") && !elsewhere.contains("Datatilsynet"))
  }

  @Test("whether anything is safe to share changes nothing in the decision document")
  func document() throws {
    let generation = try invented()
    let marked = caseText()
    let bare = marked.replacing(", safe_to_share: yes", with: "").replacing(", safe_to_share: no", with: "")
    try #require(!bare.contains("safe_to_share"))
    let documents = try [marked, bare].map {
      try generation.decision(on: $0).json(under: generation).canonicalText
    }
    #expect(documents[0] == documents[1])
  }

  private let held = HeldCase(
    versions: [
      .init(number: 1, recordedOn: day(2024, 3, 12), withdrawnOn: day(2024, 3, 15)),
      .init(number: 2, recordedOn: day(2024, 3, 18), reviews: [.init(by: "KN", on: day(2024, 3, 20))]),
    ], reads: 3)

  private func letter(in language: Language, on text: String) throws -> String {
    let generation = try invented()
    let file = try readCase(text, under: generation)
    let decision = decide(file, caseSHA256: "", under: generation)
    return decision.subjectAccess(in: language, of: file, held: held, under: generation)
  }
}

private func day(_ year: Int, _ month: Int, _ day: Int) -> CivilDate {
  CivilDate(year: year, month: month, day: day) ?? .first
}

/// What of a case may not reach the person concerned.
private struct Secrets {
  var ofActor = "no"
  var ofPolice = "yes"
  var illness = "yes"
  var payment = "yes"
  var note = "afraid of Ola"

  init() {}

  init(_ random: inout SplitMix64) {
    func pick() -> String { ["yes", "no", "unknown", "not_proved"].randomElement(using: &random) ?? "" }
    (ofActor, ofPolice, illness, payment) = (pick(), pick(), pick(), pick())
    note = "Ola \(UInt8.random(in: 0...255, using: &random))"
  }
}

private func caseText(isSafe: Bool = true, secrets: Secrets = Secrets()) -> String {
  """
  lawspeaker: 1
  case: K-2024-7
  assessed_on: 2024-03-18
  jurisdiction: NOR
  found_to: probable
  frame: {recorded_by: municipal_child_welfare, heard: {on: 2024-03-11}, safe_to_share: \(isSafe ? "yes" : "no")}
  facts:
    act_date: {value: {throughout: [2019-06-01, 2020-06-30]}, by: person}
    forced:
      accounts:
        - {by: person, value: yes, source: "interview with \(secrets.note)", on: 2024-03-11, note: "\(secrets.note)"}
        - {by: alleged_actor, value: \(secrets.ofActor), note: "\(secrets.note)"}
        - {by: police, value: yes, source: "report 4", safe_to_share: yes}
    tools: {value: {has: [threat], not: [blows]}, by: school, safe_to_share: yes}
    watched: {value: \(secrets.ofPolice), by: police, source: "\(secrets.note)"}
    ill: \(secrets.illness)
    paid: {value: \(secrets.payment), by: person, safe_to_share: no}
    again: {value: refused, by: person}

  """
}

private func invented() throws -> Generation {
  let rules = """
    lawspeaker: 1
    pack: {id: p, version: 1.0.0, jurisdiction: UN}
    source: {cite: "An invented act", texts: [en], checked: 2024-01-01}
    facts:
      act_date: {type: date}
      forced: {type: yes_no}
      tools: {type: set, of: [threat, blows]}
      watched: {type: yes_no}
      ill: {type: yes_no, sensitive: yes}
      paid: {type: yes_no}
      again: {type: yes_no}
    clauses:
      s1_v1: {path: [s 1], cite: {en: "s 1 as of 2000", nb: "§ 1 fra 2000"}, in_force: {from: 2000-01-01, until: 2020-01-01}}
      s1_v2: {path: [s 1], cite: {en: "s 1 as of 2020", nb: "§ 1 fra 2020"}, in_force: {from: 2020-01-01, until: 2023-01-01}}
      s1_v3: {path: [s 1], cite: {en: "s 1 as of 2023", nb: "§ 1 fra 2023"}, in_force: {from: 2023-01-01}}
      s2: {path: [s 2], cite: {en: "s 2", nb: "§ 2"}, in_force: {from: 2000-01-01}}
    rules:
      force:
        about: conduct
        standard: probable
        grounds:
          - {clause: s1_v1, holds_if: {all: [forced, {tools: {has: any}}]}}
          - {clause: s1_v2, holds_if: {all: [forced, {tools: {has: any}}]}}
          - {clause: s1_v3, holds_if: {all: [forced, {tools: {has: any}}]}}
      guilt: {about: actor, grounds: [{clause: s2, holds_if: forced}]}
      watching: {about: conduct, grounds: [{clause: s2, holds_if: {any: [watched, paid]}}]}
      care: {about: person, grounds: [{clause: s2, holds_if: ill}]}

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
      forced: {question: \(say("Was anyone forced?", "Ble noen tvunget?"))}
      tools:
        question: \(say("What was used?", "Hva ble brukt?"))
        values: {threat: \(say("a threat", "en trussel")), blows: \(say("blows", "slag"))}
      watched: {question: \(say("Was anyone watched?", "Ble noen overvåket?"))}
      ill: {question: \(say("Is the person ill?", "Er personen syk?"))}
      paid: {question: \(say("Was anyone paid?", "Fikk noen betalt?"))}
      again: {question: \(say("Will you be asked again?", "Vil du bli spurt igjen?"))}
    rules:
      force: \(say("Force", "Tvang"))
      guilt: \(say("Responsibility", "Ansvar"))
      watching: \(say("Watching", "Overvåking"))
      care: \(say("Need of care", "Behov for hjelp"))
    clauses: {s1_v1: First, s1_v2: Second, s1_v3: Third, s2: Care}

    """
}
