// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import LocalSocket
import PackRegistry
import Spool
import Synchronization
import Testing

/// A daemon with the baseline pack, and beside it a copy in which people are children up to 21.
private struct TwoVersions {
  let daemon: DaemonHarness
  var other: String { daemon.path("other") }

  init() throws {
    daemon = try DaemonHarness()
    try daemon.makeIncoming()
    try FileManager.default.copyItem(atPath: daemon.path("rulepacks"), toPath: other)
    // its own tests say that people are children up to 18, and the daemon would hold it to them
    try FileManager.default.removeItem(atPath: other + "/palermo/tests")
    try edit("rules.yaml", "{below: 18 years}", "{below: 21 years}")
    try edit("pack.yaml", "version: 1.1.1", "version: 1.2.0")
  }

  func edit(_ file: String, _ old: String, _ new: String) throws {
    let text = try daemon.text("other/palermo/" + file)
    try #require(text.contains(old))
    try daemon.write(text.replacingOccurrences(of: old, with: new), to: "other/palermo/" + file)
  }

  /// A case of a person of some age, with or without a means in the sense of the definition.
  static func caseFile(_ reference: String, age: Int, means: String) -> String {
    """
    lawspeaker: 1
    case: \(reference)
    jurisdiction: NOR
    assessed_on: 2024-03-18
    facts: {act_date: 2023-11-05, age: \(age) years, act: [recruitment], means: \(means), purpose: [forced_labour]}

    """
  }

  static let files = [
    "CHILD": caseFile("CHILD", age: 15, means: "none"), "YOUNG": caseFile("YOUNG", age: 19, means: "none"),
    "YOUNG-DECEIVED": caseFile("YOUNG-DECEIVED", age: 19, means: "[deception]"),
    "ADULT": caseFile("ADULT", age: 40, means: "none"),
  ]

  func decide() async throws {
    for (reference, text) in Self.files { try daemon.drop(text, as: reference + ".yaml") }
    #expect(try await daemon.once() == 0)
  }

  func whatIf(_ packs: String, _ arguments: [String] = []) throws -> DaemonHarness.Output {
    try daemon.cli(["what-if", "--packs", packs] + arguments)
  }

  /// The conclusions of a file under a folder of packs, decided without any ledger.
  func statuses(_ file: String, _ packs: String) throws -> [String: String] {
    let decided = try DaemonHarness.run("lawspeaker", ["decide", file, "--packs", packs, "--json"])
    let conclusions = try Document(decided.out)["answer"]["conclusions"].items
    try #require(!conclusions.isEmpty, "\(decided.err)")
    return Dictionary(
      uniqueKeysWithValues: conclusions.map { ($0["id"].text ?? "", $0["status"].text ?? "") })
  }
}

extension WholeDaemon {
  @Suite("Past cases under other packs", .serialized, .timeLimit(.minutes(30))) struct WhatIfCommandTests {
    @Test("beside a daemon that decides, the same packs change nothing, and each case counts once")
    func same() async throws {
      let versions = try TwoVersions()
      let daemon = versions.daemon
      defer { daemon.end() }
      try await daemon.start()
      let folder = daemon.folder
      let stream = Task.detached {
        for number in 0..<60 {
          let text = TwoVersions.caseFile("S-\(number / 2)", age: 15 + number % 9, means: "none")
          try DaemonHarness.drop(Array(text.utf8), as: "\(number).yaml", in: folder)
          try await Task.sleep(for: .milliseconds(15))
        }
      }
      defer { stream.cancel() }
      func ask() throws -> Int {
        let said = try versions.whatIf(daemon.path("rulepacks"), ["--json", "--span", "7"])
        #expect(said.code == 0, "\(said.err)")
        let report = try Document(said.out)
        #expect(report["unchanged"].number == report["cases"].number)
        #expect(report["changed"].items.isEmpty)
        return report["cases"].number ?? -1
      }
      try await daemon.waitUntil("a case is decided") { !daemon.names("spool/decisions").isEmpty }
      var counts: [Int] = []
      for _ in 0..<3 { counts.append(try ask()) }
      try await stream.value
      try await daemon.waitUntilTaken()
      counts.append(try ask())
      #expect(counts == counts.sorted() && counts.first ?? 0 > 0 && counts.last == 30, "\(counts)")
      try await daemon.stop()
    }

    @Test("an edited pack changes what full decisions under it say and nothing else, by clause, with reports")
    func edited() async throws {
      let versions = try TwoVersions()
      let daemon = versions.daemon
      defer { daemon.end() }
      try await versions.decide()

      let said = try versions.whatIf(versions.other, ["--report", daemon.path("report"), "--lang", "nb"])
      #expect(said.code == 0, "\(said.err)")
      #expect(said.out == (try daemon.text("report.md")) && said.out.contains("Saker gjennomgått: 4"))
      let report = try daemon.document("report.json")
      #expect(report["cases"].number == 4 && report["refused"].items.isEmpty)
      #expect(report["packs"].items.map { $0["version"].text } == ["1.2.0"])

      var expected: Set<String> = []
      for (reference, text) in TwoVersions.files {
        try daemon.write(text, to: "case.yaml")
        let before = try versions.statuses(daemon.path("case.yaml"), daemon.path("rulepacks"))
        let after = try versions.statuses(daemon.path("case.yaml"), versions.other)
        for (id, status) in before where after[id] != status {
          expected.insert("\(reference) \(id) \(status) \(after[id] ?? "")")
        }
      }
      let found = report["changed"].items.flatMap { changed in
        changed["conclusions"].items.map { change in
          [changed["case"], change["id"], change["from"], change["to"]].map { $0.text ?? "" }.joined(
            separator: " ")
        }
      }
      #expect(Set(found) == expected && found.count == expected.count)
      #expect(expected.contains("YOUNG palermo.trafficking fails holds"))
      #expect(!expected.contains { $0.hasPrefix("CHILD") || $0.hasPrefix("ADULT") })
      let byChild = report["clauses"]["palermo.art3c"].items.first { $0["id"].text == "palermo.trafficking" }
      #expect(byChild?["cases"].number == 1 && byChild?["examples"].texts == ["YOUNG"])

      for name in ["report.md", "report.json"] {
        let attributes = try FileManager.default.attributesOfItem(atPath: daemon.path(name))
        #expect(attributes[.posixPermissions] as? Int == 0o600)
      }
      #expect(daemon.names("").filter { $0.hasPrefix("report.part") }.isEmpty)
    }

    @Test("broken off and gone on with, beside a daemon by then, it says the same as in one go")
    func brokenOff() async throws {
      let versions = try TwoVersions()
      let daemon = versions.daemon
      defer { daemon.end() }
      for number in 0..<60 {
        let text = TwoVersions.caseFile("C-\(number)", age: 15 + number % 9, means: "none")
        try daemon.drop(text, as: "\(number).yaml")
      }
      #expect(try await daemon.once() == 0)
      #expect(try versions.whatIf(versions.other, ["--report", daemon.path("whole")]).code == 0)

      let process = Process()
      process.executableURL = URL(fileURLWithPath: DaemonHarness.programs + "/lawspeaker")
      process.arguments = [
        "what-if", "--packs", versions.other, "--report", daemon.path("broken"), "--span", "2",
        "--config", daemon.path("lawspeaker.yaml"),
      ]
      process.standardOutput = FileHandle.nullDevice
      process.standardError = FileHandle.nullDevice
      try process.run()
      try await daemon.waitUntil("a part is written") { daemon.exists("broken.part") }
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try #require(!daemon.exists("broken.json") && daemon.exists("broken.part"))

      // what is decided meanwhile belongs to another question: a new version, and a new case
      try await daemon.start()
      try daemon.drop(TwoVersions.caseFile("C-59", age: 50, means: "none"), as: "again.yaml")
      try daemon.drop(TwoVersions.caseFile("NEW", age: 19, means: "none"), as: "new.yaml")
      try await daemon.waitUntilTaken()
      let rest = try versions.whatIf(versions.other, ["--report", daemon.path("broken")])
      #expect(rest.code == 0 && rest.err.contains("going on with"), "\(rest.err)")

      for ending in ["json", "md"] {
        #expect(try daemon.text("broken." + ending) == daemon.text("whole." + ending))
      }
      #expect(!daemon.exists("broken.part"))
      try await daemon.stop()
    }

    @Test("an unfinished report under other packs is not gone on with")
    func otherReport() async throws {
      let versions = try TwoVersions()
      defer { versions.daemon.end() }
      try await versions.decide()
      try versions.daemon.write(
        #"{"horizon":9,"next":3,"packs":["0"],"tally":{}}"#, to: "mine.part")

      let said = try versions.whatIf(versions.other, ["--report", versions.daemon.path("mine")])

      #expect(said.code == 1 && said.err.contains("mine.part: error:") && said.err.contains("[other-report]"))
    }

    @Test("packs that are not sound are refused where the user has them")
    func unsound() async throws {
      let versions = try TwoVersions()
      defer { versions.daemon.end() }
      try await versions.decide()
      try versions.edit("rules.yaml", "{act: {has: any}}", "{akt: {has: any}}")

      let said = try versions.whatIf(versions.other)

      #expect(said.code == 1 && said.out.isEmpty)
      #expect(said.err.contains(versions.other + "/palermo/rules.yaml:"), "\(said.err)")
      #expect(said.err.contains("[unknown-fact]"), "\(said.err)")
    }

    @Test("the cases of its report are decided again under the new packs, and then nothing is otherwise")
    func redecided() async throws {
      let versions = try TwoVersions()
      let daemon = versions.daemon
      defer { daemon.end() }
      try await versions.decide()
      #expect(try versions.whatIf(versions.other, ["--report", daemon.path("report")]).code == 0)
      let changed = try daemon.document("report.json")["changed"].items.compactMap { $0["case"].text }

      try FileManager.default.removeItem(atPath: daemon.path("rulepacks"))
      try FileManager.default.copyItem(atPath: versions.other, toPath: daemon.path("rulepacks"))
      let again = try daemon.cli(["redecide", "--changed", daemon.path("report.json")])
      #expect(again.code == 0, "\(again.err)")
      #expect(try await daemon.once() == 0)

      for reference in TwoVersions.files.keys {
        let versions = try daemon.ledger().history(reference).map(\.version)
        #expect(versions == (changed.contains(reference) ? [1, 2] : [1]), "\(reference)")
      }
      let after = try Document(try versions.whatIf(versions.other, ["--json"]).out)
      #expect(after["cases"].number == 4 && after["changed"].items.isEmpty)

      let compared = try daemon.cli(["compare", "YOUNG", "--lang", "nb"])
      #expect(compared.out.contains("Det nye svaret følger av de nye reglene alene."), "\(compared)")
    }

    @Test("who asks needs the right `packs` or `audit`, and being refused is recorded")
    func rights() async throws {
      let versions = try TwoVersions()
      defer { versions.daemon.end() }
      try await versions.decide()
      let sources = try readSources(below: versions.other)
      for (right, code) in [(AccessRight.packs, 0), (.audit, 0), (.read, 1), (.operate, 1)]
        as [(AccessRight, Int32)]
      {
        let answer = try versions.daemon.ask(AskWhatIf(sources), right: right)
        #expect(answer.code == code && answer.text.contains("[no-access]") == (code == 1), "\(right)")
      }
      let outside = try versions.daemon.ask(AskWhatIf(sources, first: 1_000), right: .audit)
      #expect(outside.code == 1 && outside.text.contains("[no-entry]"))
    }
  }
}

extension DaemonHarness {
  /// What the desk answers somebody whose group has one right and no other; no daemon runs.
  ///
  /// - Parameters:
  ///   - command: What is asked.
  ///   - right: The one right.
  ///   - entries: How many are to be on record of it, where it is answered.
  /// - Returns: The exit code, and all that was said.
  /// - Throws: What keeps the desk from answering.
  func ask(_ command: some DeskCommand, right: AccessRight, entries: Int64 = 1) throws
    -> (code: Int32, text: String)
  {
    var configuration = try Configuration(Array(text("lawspeaker.yaml").utf8), file: path("lawspeaker.yaml"))
    configuration.access = [right: ["nogroup"]]
    let (desk, lock) = try Desk.alone(configuration, now: { Date() })
    defer { withExtendedLifetime(lock) {} }
    let said = Mutex("")
    let reply = ReplyWriter { frame throws(ReplyFault) in
      switch frame {
      case .out(let text), .err(let text): said.withLock { $0 += text }
      default: break
      }
    }
    let size = try desk.ledger.reader.size()
    let code = try desk.answer(command, to: Visitor(uid: 65534, purpose: nil), reply)
    let isRefused = said.withLock { $0.contains("[no-access]") }
    #expect(try desk.ledger.reader.size() == size + (code == 0 ? entries : isRefused ? 1 : 0))
    try desk.ledger.close()
    return (code, said.withLock { $0 })
  }
}
