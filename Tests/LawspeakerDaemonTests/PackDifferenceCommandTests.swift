// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("Comparing packs on the command line", .timeLimit(.minutes(30))) struct PackDifferenceCommandTests {
    private func run(_ arguments: [String]) throws -> (code: Int32, out: String, err: String) {
      let output = try DaemonHarness.run(DaemonHarness.programs + "/lawspeaker", arguments)
      return (output.code, output.out, output.err)
    }

    @Test("`packs diff` shows the lines that changed and writes cases that both versions answer as it says")
    func diff() throws {
      let folder = NSTemporaryDirectory() + "lawspeaker-diff-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder + "/later", withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let (earlier, later) = (DaemonHarness.repository + "/rulepacks/palermo", folder + "/later/palermo")
      try FileManager.default.copyItem(atPath: earlier, toPath: later)
      let rules = try String(contentsOfFile: later + "/rules.yaml", encoding: .utf8)
      try rules.replacing("age: {below: 18 years}", with: "age: {below: 17 years}")
        .write(toFile: later + "/rules.yaml", atomically: true, encoding: .utf8)

      let found = try run(["packs", "diff", earlier, folder + "/later", "--cases", folder + "/cases"])

      #expect(found.code == 0, "\(found.err)")
      #expect(found.out.contains("# palermo.art3d"))
      #expect(found.out.contains("  + - {clause: art3d, holds_if: {age: {below: 17 years}}}"))
      let path = folder + "/cases/palermo.child.holds-fails.yaml"
      for (packs, status) in [(earlier, "holds"), (later, "fails")] {
        let decision = try Document(run(["decide", path, "--packs", packs, "--json"]).out)
        let child = decision["answer"]["conclusions"].items.first { $0["id"].text == "palermo.child" }
        #expect(child?["status"].text == status)
      }
    }

    @Test(
      "`packs compare --check` passes on the map that comes with the packs, and fails where a gap is not known"
    )
    func compare() throws {
      let (packs, map) = (DaemonHarness.repository + "/rulepacks", "/norway/comparisons/palermo-257.yaml")
      let passed = try run(["packs", "compare", "--using", packs + map, "--packs", packs, "--check"])
      #expect(passed.code == 0, "\(passed.err)")

      let folder = NSTemporaryDirectory() + "lawspeaker-compare-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      let text = try String(contentsOfFile: packs + map, encoding: .utf8)
      try text.replacing("with: [war_service_abroad]", with: "with: [several]")
        .write(toFile: folder + "/map.yaml", atomically: true, encoding: .utf8)
      let failed = try run(["packs", "compare", "--using", folder + "/map.yaml", "--packs", packs, "--check"])
      #expect(failed.code == 1)
      #expect(failed.err.contains("[unreviewed-gap]") && failed.err.contains("[closed-gap]"), "\(failed.err)")
    }
  }
}
