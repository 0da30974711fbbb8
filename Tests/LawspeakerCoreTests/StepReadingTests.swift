// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import Testing
import YAMLTree

private let introduction = """
  lawspeaker: 1
  pack: {id: act, version: 1.0.0, jurisdiction: UN}
  source: {cite: "Act no. 1", texts: [en], checked: 2026-01-01}

  """

/// Reads a pack of these files by path; `pack.yaml` gets its introduction.
private func read(_ files: [String: String]) -> PackReading {
  let sources = files.map { path, text in
    PackSource.File(path: path, bytes: Array(((path == "pack.yaml" ? introduction : "") + text).utf8))
  }
  return readPack(PackSource(folder: "act", files: sources, sha256: "0"))
}

/// What a pack of one file says, if nothing but its texts is missing.
private func pack(_ text: String) throws -> RulePack {
  let reading = read(["pack.yaml": text])
  try #require(reading.diagnostics.map(\.message.code) == ["missing-language", "missing-language"])
  return try #require(reading.pack)
}

extension PackReading {
  fileprivate var codes: [String] { diagnostics.map { "\($0.location.file) \($0.message.code)" } }
}

@Suite("Reading the steps of a pack") struct StepReadingTests {
  @Test("a clause that is pending has no days of force")
  func pending() throws {
    let clauses = try pack(
      """
      clauses:
        s1: {path: [s 1], cite: {en: "Section 1", nb: "§ 1"}, pending: yes, official_id: "no. 1", confidence: high}
        s2: {path: [s 2], cite: {en: "Section 2", nb: "§ 2"}, pending: no, in_force: {from: 2020-01-01}}

      """
    ).clauses
    #expect(clauses.map(\.isPending) == [true, false])
    #expect(clauses.map(\.days.isEmpty) == [true, false])
  }

  @Test("a rule says how surely its facts are found, who decides, and what it gives way to")
  func rule() throws {
    let rules = try pack(
      """
      rules:
        guilty:
          standard: beyond_reasonable_doubt
          effect: incriminating
          about: conduct
          competent: [court, court_of_appeal]
          yields_to: [excused, treaty.immune]
          grounds: [{clause: s1, holds_if: harm}]
        excused: {grounds: [{clause: s1, holds_if: {not: harm}}]}

      """
    ).rules
    let guilty = try #require(rules.first)
    #expect(guilty.standard == .beyondReasonableDoubt)
    #expect(guilty.isIncriminating)
    #expect(guilty.competent == ["court", "court_of_appeal"])
    #expect(guilty.yieldsTo.map(\.text) == ["excused", "treaty.immune"])
    let excused = try #require(rules.last)
    #expect(excused.standard == nil)
    #expect(!excused.isIncriminating)
    #expect(excused.competent.isEmpty && excused.yieldsTo.isEmpty)
  }

  @Test("every standard can be a rule's", arguments: Standard.allCases)
  func standards(standard: Standard) throws {
    let text = "rules: {r: {standard: \(standard.rawValue), grounds: [{clause: s1, holds_if: harm}]}}\n"
    #expect(try pack(text).rules.map(\.standard) == [standard])
  }

  @Test("a reading decides a fact, a member or a rule, and keeps its variants in their order")
  func readings() throws {
    let readings = try pack(
      """
      readings:
        begging:
          decides: {purpose: other_exploitation}
          default: excluded
          readings:
            as_forced_service: {cite: {en: "Directive, recital 11", nb: "direktivet, fortalen 11"}, holds_if: {all: [forced]}}
            excluded: {cite: {en: "Report, p. 5", nb: "Rapport, s. 5"}}
        wrong: {decides: treaty.wrong, default: a, readings: {a: {cite: {en: "A", nb: "A"}}}}

      """
    ).readings
    let begging = try #require(readings.first)
    guard case .member(let member, of: let fact) = begging.decides else {
      Issue.record("\(begging.decides)")
      return
    }
    #expect((member.text, fact.text) == ("other_exploitation", "purpose"))
    #expect(begging.standing.text == "excluded")
    #expect(begging.variants.map(\.name) == ["as_forced_service", "excluded"])
    #expect(begging.variants.map { $0.condition == nil } == [false, true])
    #expect(begging.variants[0].cite[.nb] == "direktivet, fortalen 11")
    guard case .named(let rule) = readings[1].decides else {
      Issue.record("\(readings[1].decides)")
      return
    }
    #expect(rule.text == "treaty.wrong")
  }

  @Test("law in time names rules, a day and a clause")
  func lawInTime() throws {
    let entries = try pack(
      """
      law_in_time:
        - {rules: [guilty, excused], day: act_date, clause: s3, flag_milder: yes}
        - {rules: [leave], day: assessed_on, clause: s4}

      """
    ).lawInTime
    #expect(entries.map { $0.rules.map(\.text) } == [["guilty", "excused"], ["leave"]])
    #expect(entries.map(\.day.text) == ["act_date", "assessed_on"])
    #expect(entries.map(\.clause.text) == ["s3", "s4"])
    #expect(entries.map(\.flagsMilder) == [true, false])
  }

  @Test("a presumption keeps its value as a case file would say it")
  func presumption() throws {
    let presumption = try #require(
      try pack(
        """
        presumptions:
          - {fact: treaty.age, value: {below: 18 years}, when: {all: [doubt, reason]}, clause: s1, for: [child, care]}

        """
      ).presumptions.first)
    #expect(presumption.fact.text == "treaty.age")
    #expect(presumption.value["below"]?.text == "18 years")
    #expect(presumption.clause.text == "s1")
    #expect(presumption.rules.map(\.text) == ["child", "care"])
  }

  @Test("a duty says on what, by whom, how soon and for what; a possibility says may")
  func duties() throws {
    let duties = try pack(
      """
      duties:
        report:
          on: duty_to_report
          from: possible
          clause: s13
          by_whom: municipality
          binds: [municipal_child_welfare, school]
          force: must
          promptly: without_delay
          within: {limit: 2 weeks, from: placement_start_date}
          kind: protection
        ask: {on: open_case, from: holds, clause: s14, by_whom: police, force: may, kind: prosecution}

      """
    ).duties
    let report = try #require(duties.first)
    #expect(report.rule.text == "duty_to_report")
    #expect(report.isFromPossible && report.isMust)
    #expect(report.byWhom == "municipality")
    #expect(report.binds == ["municipal_child_welfare", "school"])
    #expect(report.promptly == .withoutDelay)
    #expect(report.within?.count == 2 && report.within?.unit == .weeks)
    #expect(report.within?.from.text == "placement_start_date")
    #expect(report.kind == .protection)
    let ask = duties[1]
    #expect(!ask.isFromPossible && !ask.isMust)
    #expect(ask.binds == nil && ask.promptly == nil && ask.within == nil)
  }

  @Test(
    "a limit is a number of hours, days, weeks or months",
    arguments: [
      ("48 hours", 48, .hours), ("1 days", 1, .days), ("9999 weeks", 9999, .weeks), ("3 months", 3, .months),
    ] as [(String, Int, Duty.Limit.Unit)])
  func limits(text: String, count: Int, unit: Duty.Limit.Unit) throws {
    let within = "{limit: \(text), from: assessed_on}"
    let duty =
      "{on: r, from: holds, clause: s1, by_whom: police, force: must, kind: protection, within: \(within)}"
    let limit = try pack("duties: {d: \(duty)}\n").duties.first?.within
    #expect(limit?.count == count && limit?.unit == unit)
  }

  @Test(
    "what is no such limit is refused", arguments: ["weeks", "2  weeks", "02 weeks", "-1 days", "10000 days"])
  func noLimits(text: String) {
    let within = "{limit: \"\(text)\", from: assessed_on}"
    let duty =
      "{on: r, from: holds, clause: s1, by_whom: police, force: must, kind: protection, within: \(within)}"
    #expect(read(["pack.yaml": "duties: {d: \(duty)}\n"]).codes == ["act/pack.yaml bad-limit"])
  }

  @Test("a caution rests on a clause or on a source")
  func cautions() throws {
    let cautions = try pack(
      """
      cautions:
        silence: {when: {not: willing}, clause: s12}
        trauma: {when: heard, source: "Handbook, p. 7"}

      """
    ).cautions
    guard case .clause(let clause) = cautions.first?.basis, case .source(let source) = cautions.last?.basis
    else {
      Issue.record("\(cautions)")
      return
    }
    #expect((clause.text, source) == ("s12", "Handbook, p. 7"))
  }

  @Test(
    "a change says what it does to which rule, under which clause and why", arguments: Change.Kind.allCases)
  func changes(kind: Change.Kind) throws {
    let text =
      "changes: [{\(kind.rawValue): treaty.wrong, clause: s1, reason: {en: \"Why\", nb: \"Hvorfor\"}}]\n"
    let change = try #require(try pack(text).changes.first)
    #expect(change.kind == kind)
    #expect(change.rule.text == "treaty.wrong")
    #expect(change.clause.text == "s1")
    #expect(change.reason == [.en: "Why", .nb: "Hvorfor"])
  }
}

@Suite("A pack in several files") struct SpreadPackTests {
  private let clause = """
    clauses:
      s1: {path: [s 1], cite: {en: "Section 1", nb: "§ 1"}, in_force: {from: 2020-01-01}}

    """

  @Test("sections come together: first those of pack.yaml, then those of the other files by name")
  func order() throws {
    let reading = read([
      "pack.yaml": clause + "facts: {c: {type: yes_no}}\nirrelevant: [{fact: c, to: r, clause: s1}]\n",
      "b.yaml": "facts: {b: {type: yes_no}}\nirrelevant: [{fact: b, to: r, clause: s1}]\n",
      "a.yaml": "facts: {a: {type: yes_no}}\nrules: {r: {grounds: [{clause: s1, holds_if: a}]}}\n",
    ])
    let pack = try #require(reading.pack)
    #expect(pack.facts.map(\.name) == ["c", "a", "b"])
    #expect(pack.irrelevances.map(\.fact.text) == ["c", "b"])
    #expect(pack.rules.map(\.name) == ["r"])
    #expect(Set(reading.diagnostics.map(\.message.code)) == ["missing-language"])
  }

  @Test("the words of a language come together from its file and its folder")
  func texts() throws {
    let reading = read([
      "pack.yaml": clause + "facts: {a: {type: yes_no}, b: {type: yes_no}}\n",
      "text/en.yaml": "facts: {a: {question: \"a?\"}}\n",
      "text/en/more.yaml": "facts: {b: {question: \"b?\"}}\nclauses: {s1: one}\n",
      "text/nb/a.yaml": "facts: {a: {question: \"a?\"}}\nclauses: {s1: en}\n",
      "text/nb/b.yaml": "facts: {b: {question: \"b?\"}}\n",
    ])
    #expect(reading.codes == [])
    #expect(reading.pack?.texts[.en]?.facts.keys.sorted() == ["a", "b"])
    #expect(reading.pack?.texts[.nb]?.clauses == ["s1": "en"])
  }

  @Test("every word of duties, cautions, readings and bodies is asked for in each language")
  func words() throws {
    let reading = read([
      "pack.yaml": clause + """
        rules: {r: {competent: [court], grounds: [{clause: s1, holds_if: {exactly: 0, of: [r]}}]}}
        readings: {q: {decides: r, default: v, readings: {v: {cite: {en: A, nb: A}}}}}
        duties: {d: {on: r, from: holds, clause: s1, by_whom: police, binds: [school], force: must, kind: protection}}
        cautions: {c: {when: r, clause: s1}}

        """,
      "text/en.yaml": """
      rules: {r: "The conditions are met on these facts"}
      clauses: {s1: one}
      readings: {q: {title: Which, readings: {v: This}}}
      duties: {d: Do it}
      cautions: {c: Careful}
      bodies: {court: the court, police: the police, school: the school}

      """,
      "text/nb.yaml": "rules: {r: Vilkårene}\nclauses: {s1: en}\n",
    ])
    #expect(reading.codes == [String](repeating: "act/text/nb.yaml missing-text", count: 6))
    let texts = try #require(reading.pack?.texts[.en])
    #expect(texts.readings["q"]?.title == "Which")
    #expect(texts.readings["q"]?.labels == ["v": "This"])
    #expect(texts.bodies["court"] == "the court")
    #expect((texts.duties, texts.cautions) == (["d": "Do it"], ["c": "Careful"]))
  }

  @Test("a body is not called idle while a rule that may name it cannot be read")
  func idleBody() {
    let reading = read([
      "pack.yaml": clause + "rules: {r: {competent: [court]}}\nfacts: {a: {type: yes_no}}\n",
      "text/en.yaml":
        "facts: {a: {question: \"a?\"}}\nrules: {r: R}\nclauses: {s1: one}\nbodies: {court: the court}\n",
    ])
    #expect(reading.codes == ["act/pack.yaml missing-key"])
  }
}

@Suite("What a pack's test may expect") struct ExpectationTests {
  @Test("statuses, duties shown, absent or due on a day, cautions, and conclusions on what is presumed")
  func beside() throws {
    let reading = read([
      "pack.yaml": "",
      "tests/all.yaml": """
      lawspeaker: 1
      test: Everything
      case: T-1
      assessed_on: 2024-01-15
      facts: {}
      expect: {r: holds}
      expect_duties: {a: 2024-01-29, b: shown, other.c: absent}
      expect_cautions: {d: shown, e: absent}
      expect_presumed: {r: undetermined}
      ---
      lawspeaker: 1
      test: Nothing but a duty
      case: T-2
      assessed_on: 2024-01-15
      facts: {}
      expect_duties: {a: absent}

      """,
    ])
    let tests = try #require(reading.pack?.tests)
    #expect(reading.diagnostics.filter { $0.location.file.hasSuffix("tests/all.yaml") } == [])
    #expect(tests.map { $0.expected.map(\.status) } == [[.holds], []])
    let due = try #require(CivilDate("2024-01-29"))
    #expect(tests[0].expectedBeside.map(\.name.text) == ["a", "b", "other.c", "d", "e", "r"])
    #expect(
      tests[0].expectedBeside.map(\.what) == [
        .dutyDue(due), .duty(isShown: true), .duty(isShown: false), .caution(isShown: true),
        .caution(isShown: false), .presumed(.undetermined),
      ])
    #expect(tests[1].expectedBeside.map(\.what) == [.duty(isShown: false)])
  }
}
