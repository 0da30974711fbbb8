// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("`lawspeaker error`", .timeLimit(.minutes(30))) struct ErrorCommandTests {
    @Test("without a code it lists every code with what it means")
    func list() throws {
      let output = try DaemonHarness.run("lawspeaker", ["error"])
      let lines = output.out.split(separator: "\n").map(String.init)
      #expect(output.code == 0 && lines.count == ErrorPage.all.count)
      for (line, page) in zip(lines, ErrorPage.all) {
        #expect(line == "\(page.code): \(page.means.replacing("\n", with: " "))")
      }
      let json = try Document(DaemonHarness.run("lawspeaker", ["error", "--json"]).out)
      #expect(json.items.map { $0["code"].text } == ErrorPage.all.map(\.code))
    }

    @Test("with a code it shows the page as plain text, also where the code stands in its brackets")
    func page() throws {
      let shown = try DaemonHarness.run("lawspeaker", ["error", "[rule-cycle]"])
      #expect(shown.code == 0 && shown.err.isEmpty)
      #expect(
        shown.out.hasPrefix(
          "rule-cycle\n\nRules stand on one another in a circle.\n\nExample\n\n  pack.yaml:\n"))
      #expect(shown.out.contains("\n    act/pack.yaml:9:3: error: these stand on one another in a circle:"))
      #expect(shown.out.contains("\n\nCause\n\n") && shown.out.contains("\n\nMend\n\n"))
      #expect(!shown.out.contains("```"))
      let json = try Document(DaemonHarness.run("lawspeaker", ["error", "rule-cycle", "--json"]).out)
      #expect(json["means"].texts == ["Rules stand on one another in a circle."])
      #expect(json["example"].items.map { $0["is"].text } == ["yaml pack.yaml", "text"])
      #expect(json["mend"].items.count == 2)
    }

    @Test("a code that no message has is refused with those that may be meant")
    func unknown() throws {
      let near = try DaemonHarness.run("lawspeaker", ["error", "unknown-fcat"])
      #expect(near.code == 1 && near.err.contains("did you mean `unknown-fact`?"), "\(near)")
      let part = try DaemonHarness.run("lawspeaker", ["error", "lock"])
      #expect(part.code == 1 && part.err.contains("`lock-digest`, `lock-lacks`"), "\(part)")
      let none = try DaemonHarness.run("lawspeaker", ["error", "../../etc/passwd"])
      #expect(none.code == 1 && none.err.contains("`lawspeaker error` lists them"), "\(none)")
    }

    @Test("installed, it finds the pages beside the program, and without them it says so")
    func installed() throws {
      let folder = NSTemporaryDirectory() + "lawspeaker-installed-\(UUID().uuidString.prefix(8))"
      defer { try? FileManager.default.removeItem(atPath: folder) }
      try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: DaemonHarness.programs + "/lawspeaker", toPath: folder + "/bin/lawspeaker")
      let without = try DaemonHarness.run(folder + "/bin/lawspeaker", ["error", "rule-cycle"])
      #expect(without.code == 70 && without.err.contains("[no-pages]"), "\(without)")

      try FileManager.default.createDirectory(
        atPath: folder + "/share/lawspeaker", withIntermediateDirectories: true)
      try FileManager.default.copyItem(
        atPath: ErrorPage.folder, toPath: folder + "/share/lawspeaker/errors")
      let with = try DaemonHarness.run(folder + "/bin/lawspeaker", ["error", "rule-cycle"])
      #expect(with.code == 0 && with.out.hasPrefix("rule-cycle\n"), "\(with)")

      let makefile = try String(contentsOfFile: DaemonHarness.repository + "/Makefile", encoding: .utf8)
      #expect(makefile.contains("-t $(DESTDIR)$(prefix)/share/lawspeaker/errors docs/errors/*.md"))
    }
  }
}
