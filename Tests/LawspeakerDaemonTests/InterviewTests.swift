// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("An interview", .timeLimit(.minutes(30))) struct InterviewTests {
    /// Runs `lawspeaker ask` with answers typed line by line; returns what it said and the file it wrote.
    private func ask(
      _ answers: [String], with existing: String? = nil, arguments: [String] = []
    ) throws -> (said: DaemonHarness.Output, file: String) {
      let folder = NSTemporaryDirectory() + "lawspeaker-ask-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let file = folder + "/case.yaml"
      if let existing { try existing.write(toFile: file, atomically: true, encoding: .utf8) }
      try (answers.joined(separator: "\n") + "\n").write(
        toFile: folder + "/answers", atomically: true, encoding: .utf8)
      let command =
        "\(DaemonHarness.programs)/lawspeaker ask \(file) --packs \(DaemonHarness.repository)/rulepacks/palermo "
        + "--state \(folder)/none " + arguments.joined(separator: " ") + " < \(folder)/answers"
      let said = try DaemonHarness.run("/bin/sh", ["-c", command])
      return (said, (try? String(contentsOfFile: file, encoding: .utf8)) ?? "")
    }

    private let about = ["--case", "K-1", "--on", "2024-01-15", "--about", "palermo.trafficking"]

    @Test("it stops asking when the answer is settled, and says so") func settles() throws {
      let (said, file) = try ask(["recruitment", "forced_labour", "threat"], arguments: about)

      #expect(said.code == 0)
      #expect(
        said.out.contains("→ Trafficking in persons: the conditions are met on these facts (Art. 3(a))"))
      #expect(!said.out.contains("How old was the person"))
      #expect(
        file == """
          lawspeaker: 1
          case: K-1
          jurisdiction: NOR
          assessed_on: 2024-01-15
          facts:
            act: [recruitment]
            purpose: [forced_labour]
            means: [threat]

          """)
    }

    @Test("don't know, between and refused are answers, and none is asked about twice") func answers() throws
    {
      let (said, file) = try ask(
        ["harbouring", "servitude", "refused", "between 15 and 20", "this line is never read"],
        arguments: about)

      #expect(said.code == 0)
      #expect(file.contains("  means: refused\n  age: {between: [15 years, 20 years]}\n"))
      #expect(said.out.components(separatedBy: "Which of these means were used?").count == 2)
      #expect(!said.out.contains("→"))

      let (unknown, written) = try ask(["?", "?", "?", "?", "?", "?"], arguments: about)
      #expect(unknown.code == 0)
      #expect(written.hasSuffix("facts: {}\n"))
    }

    @Test("an answer that cannot be read is explained and asked again") func mistakes() throws {
      let (said, file) = try ask(["recruitmnt", "recruitment", "done"], arguments: about)

      #expect(said.out.contains("`act` has no such member"))
      #expect(file.contains("  act: [recruitment]\n"))
    }

    @Test("a file that is there is gone on with, its own lines untouched, in bokmål too") func goesOn() throws
    {
      let head = """
        lawspeaker: 1
        case: K-1   # ours
        assessed_on: 2024-01-15
        facts:
          act: {value: [recruitment], by: person}

        """

      let (said, file) = try ask(
        ["forced_labour", "ingen", "17"], with: head,
        arguments: ["--about", "palermo.trafficking", "--lang", "nb"])

      #expect(said.code == 0)
      #expect(file == head + "  purpose: [forced_labour]\n  means: none\n  age: 17 years\n")
      #expect(
        said.out.contains("→ Menneskehandel: vilkårene er oppfylt etter opplysningene (art. 3 bokstav c)"))
    }

    @Test("a file that cannot be read is left as it is") func unreadable() throws {
      let (said, file) = try ask(["recruitment"], with: "lawspeaker: 1\ncase: K-1\nfacts:\n  akt: [x]\n")

      #expect(said.code == 1)
      #expect(said.err.contains("case.yaml:4:3: error: unknown fact `akt` [unknown-fact]"))
      #expect(file == "lawspeaker: 1\ncase: K-1\nfacts:\n  akt: [x]\n")
    }
  }
}
