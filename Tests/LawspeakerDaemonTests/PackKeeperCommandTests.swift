// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@Suite("Commands for those who keep packs", .timeLimit(.minutes(30))) struct PackKeeperCommandTests {
  @Test("`packs new` writes a pack that is sound and passes its tests, and writes over nothing")
  func newPack() throws {
    try inFolder { folder in
      let new = try run(["new", "practice", "--into", folder])
      #expect(new.code == 0 && new.out.contains("\(folder)/practice/pack.yaml"), "\(new)")
      let check = try run(["check", folder])
      #expect(check.code == 0 && check.err.isEmpty && check.out == "practice 0.1.0: sound\n", "\(check)")
      let test = try run(["test", folder])
      #expect(test.code == 0 && test.out.hasSuffix(", 0 failed\n"), "\(test)")
      #expect(try run(["format", "--check", folder]).code == 0)

      let before = try text("\(folder)/practice/pack.yaml")
      let again = try run(["new", "practice", "--into", folder])
      #expect(again.code == 1 && again.err.contains("[cannot-write]"), "\(again)")
      #expect(try text("\(folder)/practice/pack.yaml") == before)
      for bad in [["Practice"], ["../x"], ["a", "--jurisdiction", "no"]] {
        #expect(try run(["new", "--into", folder] + bad).code == 2, "\(bad)")
      }
    }
  }

  @Test("`packs format --check` says where, `packs format` mends it, and a file that cannot be read stays")
  func format() throws {
    try inFolder { folder in
      let (rules, good) = try newPackOutOfLayout(in: folder)
      try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: rules)
      let broken = "\(folder)/practice/text/nb.yaml"
      try "facts: [\n".write(toFile: broken, atomically: false, encoding: .utf8)

      let check = try run(["format", "--check", folder])
      #expect(check.code == 1 && check.err.contains("\(rules):5:1: error: "), "\(check)")
      #expect(check.err.contains("[not-canonical]") && check.err.contains("[yaml-syntax]"), "\(check)")
      let format = try run(["format", folder, "--json"])
      #expect(format.code == 1, "one file cannot be read: \(format)")
      #expect(
        try Document(format.out)["changed"].items.count == 1)
      #expect(try text(rules) == good)
      #expect(try text(broken) == "facts: [\n")
      let rights = try FileManager.default.attributesOfItem(atPath: rules)[.posixPermissions] as? Int
      #expect(rights == 0o600)
      #expect(try run(["format", "--check", rules]).code == 0)
    }
  }

  /// Makes the pack `practice` with one file that is not in the layout: its path, and its text in the layout.
  private func newPackOutOfLayout(in folder: String) throws -> (rules: String, good: String) {
    _ = try run(["new", "practice", "--into", folder])
    let rules = "\(folder)/practice/rules.yaml"
    let good = try text(rules)
    try good.replacing("  blocking:\n    grounds:", with: "  blocking:\n      grounds:  ").write(
      toFile: rules, atomically: false, encoding: .utf8)
    return (rules, good)
  }

  @Test("`packs check --format` puts the files into the layout before it looks at them")
  func checkFormat() throws {
    try inFolder { folder in
      let (rules, good) = try newPackOutOfLayout(in: folder)
      let check = try run(["check", folder, "--format"])
      #expect(check.code == 0 && check.out.contains("\(rules): written"), "\(check)")
      #expect(check.out.contains("practice 0.1.0: sound"))
      #expect(try text(rules) == good)
    }
  }

  @Test("two methods that contradict each other are a fault of ours, and prove nothing")
  func disagreement() throws {
    try inFolder { folder in
      _ = try run(["new", "practice", "--into", folder])
      let solver = folder + "/z3"
      try "#!/bin/sh\necho sat\n".write(toFile: solver, atomically: false, encoding: .utf8)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: solver)
      let proof = try DaemonHarness.run(
        "lawspeaker", ["packs", "prove", folder + "/practice"], environment: ["PATH": folder])
      #expect(proof.code == 70 && proof.err.contains("[methods-disagree]"), "\(proof)")
      #expect(!proof.out.contains("proved"))
    }
  }

  @Test(
    "`packs graph` prints DOT for a conclusion and a case file, and says what is missing or there already")
  func graph() throws {
    try inFolder { folder in
      let packs = DaemonHarness.repository + "/rulepacks"
      let example = DaemonHarness.repository + "/examples/03-disputed-age.yaml"
      let law = try run(["graph", packs, "palermo.trafficking"])
      #expect(law.code == 0 && law.out.hasPrefix("digraph law {"), "\(law.err)")
      let answered = try run(["graph", packs, "palermo.trafficking", "--file", example, "--lang", "nb"])
      #expect(answered.code == 0 && answered.out.contains("? mangler i filen"), "\(answered.err)")

      let unknown = try run(["graph", packs, "palermo.traffiking"])
      #expect(unknown.code == 1 && unknown.err.contains("[unknown-rule]"), "\(unknown)")
      let alone = try DaemonHarness.run(
        "lawspeaker", ["packs", "graph", packs, "--svg"], environment: ["PATH": folder])
      #expect(alone.code == 1 && alone.err.contains("apt install graphviz"), "\(alone)")

      let out = "\(folder)/graph.dot"
      #expect(try run(["graph", packs, "--file", example, "--out", out]).code == 0)
      let rights = try FileManager.default.attributesOfItem(atPath: out)[.posixPermissions] as? Int
      #expect(rights == 0o600, "a graph of a case is for whoever drew it")
      #expect(try run(["graph", packs, "--out", out]).code == 1)
      #expect(try run(["graph", packs, "--case", "K-1"]).code == 2)
    }
  }

  @Test("`packs schema` prints a schema for each kind of file", arguments: ["pack", "text", "case", "test"])
  func schema(kind: String) throws {
    let packs = DaemonHarness.repository + "/rulepacks"
    let schema = try run(["schema", "--\(kind)", "--packs", packs])
    #expect(schema.code == 0 && schema.err.isEmpty)
    let document = try Document(schema.out)
    #expect(document["$schema"].text == "http://json-schema.org/draft-07/schema#")
  }

  private func run(_ arguments: [String]) throws -> DaemonHarness.Output {
    try DaemonHarness.run("lawspeaker", ["packs"] + arguments)
  }

  private func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = NSTemporaryDirectory() + "lawspeaker-packs-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }
}
