// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import TestSupport
import Testing
import YAMLTree

private let answers: [String: Status] = ["p.force": .holds, "p.child": .undetermined]

private func act(
  _ request: ReviewAct.Request, by who: String = "KN", journal: String? = nil
) throws -> ReviewAct {
  try ReviewAct(request, by: who, journal: journal, of: answers)
}

private func problems(
  _ request: ReviewAct.Request, by who: String = "KN", journal: String? = nil
) throws -> [Diagnostic.Message] {
  try #require(throws: ReviewRefused.self) { try act(request, by: who, journal: journal) }.problems
}

@Suite("What a person did with a decision") struct ReviewActTests {
  @Test("it is said in both languages, never as a decision of the matter")
  func words() throws {
    let used = try act(.used, by: "case.worker@home", journal: "2026/17-3")
    #expect(used.words(in: .en) == "Reviewed by case.worker@home: used (journal 2026/17-3)")
    #expect(used.words(in: .nb) == "Gjennomgått av case.worker@home: brukt (journalpost 2026/17-3)")

    let sent = try act(.sent(to: "police"))
    #expect(sent.words(in: .en) == "Reviewed by KN: sent to: the police")
    #expect(sent.words(in: .nb) == "Gjennomgått av KN: sendt til: politiet")

    let aside = try act(.setAside(instead: "p.force=undetermined", because: "The date is another one."))
    #expect(
      aside.words(in: .en)
        == "Reviewed by KN: p.force set aside; instead: open. Because: The date is another one.")
    #expect(
      aside.words(in: .nb)
        == "Gjennomgått av KN: p.force satt til side; i stedet: uavklart. Begrunnelse: The date is another one."
    )
  }

  @Test("under a generation a conclusion has its title")
  func title() throws {
    let generation = try generation(of: [Repository.pack("palermo")])
    let answers: [String: Status] = ["palermo.trafficking": .holds]
    let aside = try ReviewAct(
      .setAside(instead: "palermo.trafficking=fails", because: "x"), by: "KN", of: answers)
    #expect(
      aside.words(in: .en, under: generation)
        == "Reviewed by KN: “Trafficking in persons” set aside; instead: the conditions are not met. Because: x"
    )
  }

  @Test(
    "who reviewed is a role or initials",
    arguments: [
      ("KN", true), ("k", true), ("team-4@office.example", true), (String(repeating: "a", count: 64), true),
      (String(repeating: "a", count: 65), false), ("", false), (".kn", false), ("Kari Nordmann", false),
      ("Åse", false), ("kn\n", false),
    ])
  func reviewers(who: String, isRead: Bool) throws {
    if isRead {
      #expect(try act(.used, by: who).by == who)
    } else {
      #expect(try problems(.used, by: who).map(\.code) == ["bad-reviewer"])
    }
  }

  @Test(
    "what is wrong is named",
    arguments: [
      (.setAside(instead: "p.forse=fails", because: "x"), ["unknown-conclusion"]),
      (.setAside(instead: "p.force=false", because: "x"), ["unknown-value"]),
      (.setAside(instead: "p.force=holds", because: "x"), ["same-status"]),
      (.setAside(instead: "p.force", because: "x"), ["bad-instead"]),
      (.setAside(instead: "p.force=fails=holds", because: "x"), ["bad-instead"]),
      (.setAside(instead: "p.force=fails", because: nil), ["no-reason"]),
      (.setAside(instead: "p.force=fails", because: " \t"), ["no-reason"]),
      (.setAside(instead: "p.force=fails", because: "one\ntwo"), ["bad-reason"]),
      (.setAside(instead: "p.force=fails", because: "one\u{2028}two"), ["bad-reason"]),
      (.setAside(instead: "p.force=fails", because: String(repeating: "å", count: 1001)), ["bad-reason"]),
      (
        .setAside(instead: "p.nothing=perhaps", because: ""),
        ["no-reason", "unknown-conclusion", "unknown-value"]
      ),
      (.sent(to: "Ola Nordmann"), ["bad-body"]), (.sent(to: ""), ["bad-body"]),
    ] as [(ReviewAct.Request, [String])])
  func refused(request: ReviewAct.Request, codes: [String]) throws {
    #expect(try problems(request).map(\.code) == codes)
  }

  @Test("a problem has words and a way out, and repeats neither the reason nor who looked")
  func messages() throws {
    let found = try problems(
      .setAside(instead: "p.forse=fails", because: "Kari\nsaid so"), by: "Kari Nordmann", journal: "Kari's")
    #expect(found.map(\.code) == ["bad-reviewer", "bad-journal", "bad-reason", "unknown-conclusion"])
    #expect(found.allSatisfy { $0.hint != nil && !$0.text.contains("Kari") })
    #expect(found.last?.text == "the decision has no conclusion `p.forse`")
    #expect(found.last?.hint == "did you mean `p.force`?")
    #expect(
      try problems(.setAside(instead: "p.force=hold", because: "x")).first?.hint == "did you mean `holds`?")
  }

  @Test("its JSON has one shape and reads back", arguments: 0..<200 as Range<UInt64>)
  func readsBack(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let pieces = [
      "a", "\"", "\\", "null", "{", ": ", "# ", "é", "\u{1F602}", "\u{E000}", "'", "%", "/", "x  y",
    ]
    let reason = "r" + (0..<6).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
    let requests: [ReviewAct.Request] = [
      .used, .sent(to: "null"), .setAside(instead: "p.child=not_in_force", because: reason),
    ]
    let act = try act(
      requests[Int(seed % 3)], by: ["null", "1.0", "KN"].randomElement(using: &random) ?? "",
      journal: Bool.random(using: &random) ? "2026/1:2" : nil)
    let bytes = act.json.canonicalBytes
    #expect(ReviewAct(reading: bytes) == act)
    #expect(
      act.json.canonicalText.split(separator: "\"").filter {
        ["because", "by", "conclusion", "did", "instead", "journal", "to"].contains($0)
      }.count >= 7)
    #expect(ReviewAct(reading: bytes.dropLast() + Array(",\"more\":null}".utf8)) == nil)
    #expect(
      ReviewAct(reading: Array(act.json.canonicalText.replacing("\"did\":\"", with: "\"did\":\"un").utf8))
        == nil)
  }

  @Test("a listing says that a decision waits, who reviewed it, what was set aside and to whom it was sent")
  func listings() throws {
    #expect(ReviewState([]).isWaiting)
    #expect(ReviewState([]).words(in: .en) == "waits for review")
    #expect(ReviewState([]).words(in: .nb) == "venter på gjennomgang")

    let reviewed = ReviewState([try act(.used), try act(.used, by: "lead"), try act(.used)])
    #expect(!reviewed.isWaiting)
    #expect(reviewed.words(in: .en) == "reviewed by KN, lead")
    #expect(reviewed.words(in: .nb) == "gjennomgått av KN, lead")

    let aside = ReviewState([
      try act(.setAside(instead: "p.force=fails", because: "secret")),
      try act(.setAside(instead: "p.force=undetermined", because: "secret")), try act(.sent(to: "police")),
    ])
    #expect(aside.setAside == ["p.force": .undetermined])
    #expect(aside.words(in: .en) == "reviewed by KN; set aside: p.force; sent to: the police")
    #expect(aside.words(in: .nb) == "gjennomgått av KN; satt til side: p.force; sendt til: politiet")
  }
}
