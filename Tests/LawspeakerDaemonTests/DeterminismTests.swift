// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("The same bytes everywhere", .timeLimit(.minutes(30))) struct DeterminismTests {
    private static let places = [
      ["TZ": "Asia/Kathmandu", "LANG": "tr_TR.UTF-8", "LC_ALL": "tr_TR.UTF-8"],
      ["TZ": "UTC", "LANG": "C", "LC_ALL": "C"],
      ["TZ": "Pacific/Kiritimati", "LANG": "nb_NO.UTF-8", "LC_ALL": "nb_NO.UTF-8"],
    ]

    @Test("`decide` gives the same bytes under any locale and time zone")
    func sameBytes() throws {
      let repository = DaemonHarness.repository
      let files = Example.all.map { "\(repository)/examples/\($0.file)" }

      for form in [["--json"], ["--lang", "en"], ["--lang", "nb"]] {
        let outputs = try Self.places.map { place in
          try DaemonHarness.run(
            "lawspeaker", ["decide"] + files + ["--packs", repository + "/rulepacks/palermo"] + form,
            environment: place)
        }
        #expect(outputs.allSatisfy { $0.code == 0 && !$0.out.isEmpty }, "\(outputs.map(\.err))")
        #expect(Set(outputs.map(\.out)).count == 1)
      }
    }

    @Test(
      "A file that states no day is assessed on the configuration's day, whatever the machine's time zone")
    func today() async throws {
      let file = DaemonHarness.caseFile("TODAY").replacing("assessed_on: 2024-03-18\n", with: "")
      var documents: Set<String> = []
      for place in Self.places {
        let daemon = try DaemonHarness()
        defer { daemon.end() }
        try daemon.makeIncoming()
        try daemon.drop(file, as: "today.yaml")
        #expect(try await daemon.once(environment: place) == 0)
        documents.insert(try daemon.text("spool/decisions/TODAY/1.json"))
      }
      // three runs around midnight may fall on two days
      #expect((1...2).contains(documents.count))
    }

    @Test("Daemons on two machines put out the same files")

    func sameFiles() async throws {
      var texts: [[String]] = []
      for place in Self.places {
        let daemon = try DaemonHarness()
        defer { daemon.end() }
        try daemon.makeIncoming()
        for example in Example.all { try daemon.dropExample(example.file) }
        #expect(try await daemon.once(environment: place) == 0)
        texts.append(
          try Example.all.flatMap { example in
            try ["1.json", "1.en.md", "1.nb.md"].map { name in
              try daemon.text("spool/decisions/\(example.reference)/\(name)")
            }
          })
      }
      #expect(texts.allSatisfy { $0 == texts[0] })
    }

    @Test("What a case says of a person stands nowhere in the log")

    func canaries() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      let configuration = try daemon.text("lawspeaker.yaml")
      try daemon.write(configuration + "log: debug\n", to: "lawspeaker.yaml")
      try await daemon.start()
      let good = DaemonHarness.caseFile("LOGGED").replacing(
        "jurisdiction:", with: "person: CANARY-P\njurisdiction:"
      )
      .replacing(
        "  age: 29 years",
        with: "  age: {value: 37 years, by: police, source: \"CANARY-S\", on: 2024-03-01, note: \"CANARY-N\"}"
      )
      let bad = good.replacing("LOGGED", with: "BAD").replacing("[deception]", with: "[CANARY-V]")

      try daemon.drop(good, as: "CANARY-F1.yaml")
      try daemon.drop(bad, as: "CANARY-F2.yaml")
      try daemon.drop(good + "\u{0}CANARY-0", as: "CANARY-F3.yaml")
      try daemon.drop(good.replacing("case: LOGGED", with: "case: [CANARY-C"), as: "CANARY-F4.yaml")
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      #expect(daemon.exists("spool/decisions/LOGGED/1.json"))
      #expect(daemon.names("spool/refused").count == 6)
      #expect(daemon.log.contains("decided") && daemon.log.contains("refused"))
      #expect(!daemon.log.contains("CANARY"), "\(daemon.log)")
      #expect(!daemon.log.contains("37 years"))
      #expect(try daemon.text("stdout").isEmpty)
    }
  }
}
