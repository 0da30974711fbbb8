// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

/// A pack with one rule and one duty, in a version that a test changes.
private struct OnePack {
  let daemon: DaemonHarness

  init() throws {
    daemon = try DaemonHarness(packs: [])
    try FileManager.default.createDirectory(
      atPath: daemon.path("rulepacks/shelter/text"), withIntermediateDirectories: true)
    try daemon.makeIncoming()
    try write(version: "1.0.0", below: 18)
  }

  func write(version: String, below age: Int) throws {
    try daemon.write(
      """
      lawspeaker: 1
      pack: {id: shelter, version: \(version), jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts:
        years: {type: quantity, unit: years, range: [0, 130]}
        came_on: {type: date}
      clauses:
        s1: {path: [s 1], cite: {en: "s 1", nb: "§ 1"}, in_force: {from: 2000-01-01}}
        s2: {path: [s 2], cite: {en: "s 2", nb: "§ 2"}, in_force: {from: 2000-01-01}}
      rules:
        young: {about: person, grounds: [{clause: s1, holds_if: {years: {below: \(age) years}}}]}
      duties:
        visit: {on: young, from: holds, clause: s2, by_whom: office, force: must, within: {limit: 2 weeks, from: came_on}, kind: protection}
        call: {on: young, from: holds, clause: s2, by_whom: office, force: must, promptly: at_once, kind: protection}
        offer: {on: young, from: possible, clause: s2, by_whom: office, force: may, kind: protection}

      """, to: "rulepacks/shelter/pack.yaml")
    for language in ["en", "nb"] {
      try daemon.write(
        """
        facts: {years: {question: "How old?"}, came_on: {question: "Came when?"}}
        rules: {young: "Young"}
        clauses: {s1: "Who is young", s2: "What to do"}
        duties: {visit: "Visit (\(language))", call: "Call", offer: "Offer"}
        bodies: {office: "the office"}

        """, to: "rulepacks/shelter/text/\(language).yaml")
    }
  }

  func drop(_ reference: String, years: Int, came: String, as name: String? = nil) throws {
    let text = """
      lawspeaker: 1
      case: \(reference)
      assessed_on: 2024-03-18
      facts: {years: \(years) years, came_on: \(came)}

      """
    try daemon.drop(text, as: name ?? "\(reference).yaml")
  }
}

extension WholeDaemon {
  @Suite("Duties across cases, and deciding again", .serialized) struct AfterwardsTests {
    @Test("due lists what must be done across cases by the day it is due, and nothing else of them")
    func due() async throws {
      let desk = try OnePack()
      defer { desk.daemon.end() }
      try desk.drop("LATE", years: 15, came: "2024-03-10")
      try desk.drop("SOON", years: 16, came: "2024-03-01")
      try desk.drop("ADULT", years: 30, came: "2024-03-01")
      #expect(try await desk.daemon.once() == 0)

      #expect(
        try desk.daemon.cli(["due", "--lang", "nb"]).out == """
          2024-03-15  SOON@1  Visit (nb) (§ 2)
          at_once  LATE@1  Call (§ 2)
          at_once  SOON@1  Call (§ 2)
          2024-03-24  LATE@1  Visit (nb) (§ 2)

          """)
      #expect(
        try desk.daemon.cli(["due", "--before", "2024-03-18"]).out == "2024-03-15  SOON@1  Visit (en) (s 2)\n"
      )
      #expect(try desk.daemon.cli(["due", "--before", "2024-01-01"]).out == "no duties\n")
      #expect(try desk.daemon.cli(["due", "--before", "soon"]).code == 2)
      let json = try desk.daemon.cli(["due", "--before", "2024-03-18", "--json"]).out
      #expect(json.contains(#""case":"SOON""#) && json.contains(#""due":"2024-03-15""#))
    }

    @Test("redecide gives a new version under other packs, and says which clauses and answers differ")
    func again() async throws {
      let desk = try OnePack()
      defer { desk.daemon.end() }
      try desk.drop("A", years: 15, came: "2024-03-01")
      try desk.drop("B", years: 15, came: "2024-03-01")
      #expect(try await desk.daemon.once() == 0)

      #expect(try desk.daemon.cli(["redecide", "A"]).code == 0)
      #expect(try await desk.daemon.once() == 0)
      #expect(try desk.daemon.ledger().history("A").count == 1, "equal packs give nothing new")

      try desk.write(version: "1.1.0", below: 12)
      try desk.daemon.write(#"{"changed":[{"case":"A"},{"case":"A"}]}"#, to: "report.json")
      let said = try desk.daemon.cli(["redecide", "--changed", desk.daemon.path("report.json")])
      #expect(said.out == "A@1: handed in to be decided again\n", "\(said.err)")
      #expect(try await desk.daemon.once() == 0)

      #expect(try desk.daemon.ledger().history("A").map(\.version) == [1, 2])
      #expect(try desk.daemon.ledger().history("B").map(\.version) == [1])
      let changes = try desk.daemon.text("spool/decisions/A/2.json")
      #expect(changes.contains(#""facts":[],"law":["shelter: 1.0.0 → 1.1.0 (s1)"]"#))
      #expect(changes.contains("shelter.young: holds → fails"))
      #expect(changes.contains("shelter.visit: holds, due 2024-03-15 → –"))
      #expect(desk.daemon.names("spool/refused").isEmpty)
    }

    @Test("a file that came in between is not undone by deciding again the one before it")
    func between() async throws {
      let desk = try OnePack()
      defer { desk.daemon.end() }
      try desk.drop("A", years: 15, came: "2024-03-01")
      #expect(try await desk.daemon.once() == 0)
      try desk.drop("A", years: 30, came: "2024-03-01", as: "corrected.yaml")
      #expect(try desk.daemon.cli(["redecide", "A"]).code == 0)

      #expect(try await desk.daemon.once() == 0)

      #expect(try desk.daemon.ledger().history("A").map(\.version) == [1, 2])
      let refused = desk.daemon.names("spool/refused").filter { $0.hasSuffix(".diagnostics") }
      #expect(refused.count == 1)
      #expect(try desk.daemon.text("spool/refused/" + (refused.first ?? "")).contains("[case-moved-on]"))
    }

    @Test(
      "the operator may have another sender's case decided again, and it stays that sender's",
      .enabled(if: getuid() == 0, "needs root"))
    func owner() async throws {
      let desk = try OnePack()
      defer { desk.daemon.end() }
      for (years, version) in [(15, 1), (16, 3)] {
        try desk.drop("A", years: years, came: "2024-03-01", as: ".theirs.yaml")
        let hidden = desk.daemon.path("spool/incoming/.theirs.yaml")
        guard unsafe chown(hidden, 65534, 65534) == 0,
          unsafe rename(hidden, desk.daemon.path("spool/incoming/theirs.yaml")) == 0
        else { throw POSIXError(.EPERM) }
        #expect(try await desk.daemon.once() == 0)
        #expect(try desk.daemon.ledger().decision("A")?.version == version, "\(desk.daemon.log.suffix(500))")
        if version == 1 {
          try desk.write(version: "1.1.0", below: 12)
          #expect(try desk.daemon.cli(["redecide", "A"]).code == 0)
          #expect(try await desk.daemon.once() == 0)
          #expect(try desk.daemon.ledger().decision("A")?.owner == 65534)
        }
      }
    }

    @Test("what cannot be decided again is said before anything is handed in")
    func refused() async throws {
      let desk = try OnePack()
      defer { desk.daemon.end() }
      try desk.drop("A", years: 15, came: "2024-03-01")
      #expect(try await desk.daemon.once() == 0)

      let unknown = try desk.daemon.cli(["redecide", "A", "NONE"])
      #expect(unknown.code == 1 && unknown.err.contains("[no-decision]"))
      try desk.daemon.write("{}", to: "report.json")
      let report = try desk.daemon.cli(["redecide", "--changed", desk.daemon.path("report.json")])
      #expect(report.code == 1 && report.err.contains("[unreadable-report]"))
      #expect(try desk.daemon.cli(["redecide"]).code == 2)
      #expect(desk.daemon.names("spool/incoming").isEmpty)
    }
  }
}
