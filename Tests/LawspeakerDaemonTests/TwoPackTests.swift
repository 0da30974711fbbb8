// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import TestSupport
import Testing

/// Two packs that always change together, each version with a clause of its own: a decision shows which rules it used.
private struct TwoPacks {
  static let ids = ["alpha", "beta"]
  let daemon: DaemonHarness

  init() throws {
    daemon = try DaemonHarness(packs: [])
    for id in Self.ids {
      try FileManager.default.createDirectory(
        atPath: daemon.path("rulepacks/\(id)/text"), withIntermediateDirectories: true)
    }
    try write(version: 0)
  }

  func write(version: Int) throws {
    for id in Self.ids {
      try daemon.write(
        """
        lawspeaker: 1
        pack: {id: \(id), version: 1.0.\(version), jurisdiction: UN}
        source: {cite: "\(id)", texts: [en], checked: 2026-01-01}
        facts:
          \(id)_given: {type: yes_no}
        clauses:
          c\(version): {path: [art 1], cite: {en: "Art. 1", nb: "art. 1"}, in_force: {from: 2000-01-01}}
        rules:
          answer: {about: conduct, grounds: [{clause: c\(version), holds_if: \(id)_given}]}

        """, to: "rulepacks/\(id)/pack.yaml")
      for language in ["en", "nb"] {
        try daemon.write(
          """
          facts: {\(id)_given: {question: "Is it given?"}}
          rules: {answer: "an answer"}
          clauses: {c\(version): "a summary"}

          """, to: "rulepacks/\(id)/text/\(language).yaml")
      }
    }
  }

  static func caseFile(_ number: Int) -> String {
    """
    lawspeaker: 1
    case: STREAM-\(number)
    assessed_on: 2024-03-18
    facts: {alpha_given: yes, beta_given: yes}

    """
  }

  /// Hands in files one after the other from a task of its own.
  func stream(_ count: Int, pause: Duration) -> Task<Void, any Error> {
    let folder = daemon.folder
    return Task.detached {
      for number in 1...count {
        try DaemonHarness.drop(Array(Self.caseFile(number).utf8), as: "\(number).yaml", in: folder)
        try await Task.sleep(for: pause)
      }
    }
  }

  /// Each was decided once, by the rules of the generation that was active where it stands in the ledger.
  func expectNoneMixed(_ count: Int) throws -> Set<String> {
    let ledger = try daemon.ledger()
    let activations = try ledger.activations()
    for activation in activations { #expect(Set(activation.packs.map(\.version)).count == 1) }
    let generations = activations.map(\.generation).reversed()
    #expect(zip(generations, generations.dropFirst()).allSatisfy { $0 < $1 }, "\(Array(generations))")
    var versions: Set<String> = []
    for number in 1...count {
      let rows = try ledger.history("STREAM-\(number)")
      try #require(rows.count == 1, "STREAM-\(number) was decided \(rows.count) times")
      let active = try #require(activations.first { $0.entry < rows[0].entry })
      #expect(rows[0].packs == active.packs, "STREAM-\(number)")
      let version = active.packs[0].version
      versions.insert(version)
      let decision = try daemon.document("spool/decisions/STREAM-\(number)/1.json")["decision"]
      #expect(decision["packs"].items.compactMap { $0["version"].text } == [version, version])
      for id in Self.ids {
        let clauses = decision.conclusion("\(id).answer").clauses
        #expect(clauses == ["\(id).c" + version.dropFirst("1.0.".count)], "STREAM-\(number) under \(version)")
      }
    }
    #expect(try ledger.verify().problems == [])
    let counts = try ledger.counts()
    #expect(counts.decisions == count && counts.unfinished == 0 && counts.held == 0 && counts.refusals == 0)
    #expect(daemon.names("spool/incoming", hidden: true) == [])
    return versions
  }
}

extension WholeDaemon {
  @Suite("Two packs that change together", .timeLimit(.minutes(30))) struct TwoPackTests {
    @Test("While files stream in, none is decided under two generations, nor by other rules than it names")
    func streaming() async throws {
      let packs = try TwoPacks()
      let daemon = packs.daemon
      defer { daemon.end() }
      try await daemon.start()

      let stream = packs.stream(400, pause: .milliseconds(20))
      defer { stream.cancel() }
      for version in 1...8 {
        try await Task.sleep(for: .milliseconds(700))
        try packs.write(version: version)
        daemon.signal(SIGHUP)
        try await daemon.waitUntil("version \(version) is active") {
          try daemon.ledger().lastActivation()?.packs.first?.version == "1.0.\(version)"
        }
      }
      try await stream.value
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      let versions = try packs.expectNoneMixed(400)
      #expect(versions.count > 4, "\(versions)")
      #expect(try daemon.ledger().activations().count == 9)
    }

    @Test("Killed while packs are swapped and files stream in, none is lost, doubled or mixed")
    func killed() async throws {
      let packs = try TwoPacks()
      let daemon = packs.daemon
      defer { daemon.end() }
      try await daemon.start()
      var random = SplitMix64(seed: 3)

      let stream = packs.stream(400, pause: .milliseconds(15))
      defer { stream.cancel() }
      for version in 1...12 {
        try packs.write(version: version)
        daemon.signal(SIGHUP)
        try await Task.sleep(for: .milliseconds(Int.random(in: 0...250, using: &random)))
        daemon.kill()
        try await daemon.start()
      }
      try await stream.value
      try await daemon.waitUntilTaken()
      try await daemon.stop()

      let versions = try packs.expectNoneMixed(400)
      print("lawspeakerd: killed 12 times while packs were swapped, decided under \(versions.sorted())")
      #expect(try daemon.ledger().lastActivation()?.packs.first?.version == "1.0.12")
    }
  }
}
