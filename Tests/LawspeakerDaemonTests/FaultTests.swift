// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Ledger
import Testing

extension WholeDaemon {
  @Suite("A failing disk", .enabled(if: Strace.works, "needs strace"), .timeLimit(.minutes(30)))
  struct FaultTests {
    /// The calls on which durability rests: an error of one of them ends the daemon.
    private static let durable = ["fdatasync", "fsync", "syncfs", "pwrite64", "renameat", "renameat2"]
    /// Those with which files are made and logs written: an error of the latter is nobody's business.
    private static let other = ["write", "mkdirat", "symlinkat", "unlinkat"]

    /// How many places a run is disturbed at; `LAWSPEAKER_FAULTS=1000` tries every one, in a quarter of an hour.
    private static let places =
      ProcessInfo.processInfo.environment["LAWSPEAKER_FAULTS"].flatMap { Int($0) } ?? 24

    @Test("Wherever a call fails or it is killed, it ends with 70, and the next run completes everything")
    func everywhere() async throws {
      let waiting = try await FullSpool()
      defer { waiting.daemon.end() }
      let daemon = waiting.daemon
      let counts = try await waiting.callCounts(of: Self.durable + Self.other)
      #expect(Self.durable.allSatisfy { counts[$0, default: 0] > 0 }, "\(counts)")
      let all = (Self.durable + Self.other).flatMap { call in
        (1...max(1, counts[call, default: 1])).map { (call, $0) }
      }
      let step = max(1, all.count / Self.places)
      let chosen = stride(from: 0, to: all.count, by: step).map { all[$0] } + [("syncfs", 1)]

      var tried: [Strace.Injection: Int] = [:]
      for (index, (call, number)) in chosen.enumerated() {
        let injection = Strace.Injection.allCases[index % 3]
        let place = "\(injection.rawValue) at \(call) \(number)"
        try waiting.restore()
        let trace = daemon.path("trace")
        daemon.wrapper = Strace.injecting(injection, at: number, of: call, log: trace)
        let code = try await daemon.once()
        daemon.wrapper = []
        let said = try daemon.text("trace").split(separator: "\n").first { $0.contains("(INJECTED)") }
        if said == nil, code == 0 {
          // how often it is woken and writes its log is not the same each time
          #expect(Self.other.contains(call), "\(place): there are fewer such calls than recorded")
          continue
        }
        // SQLite ignores errors of its own syncs of the folder; the ledger syncs it itself, with `fsync`
        let isIgnored = Self.other.contains(call) || call == "fdatasync" && said?.contains("/state>") == true
        let expected: [Int32] = injection == .killed ? [-1] : isIgnored ? [0, 70] : [70]
        #expect(expected.contains(code), "\(place): exit code \(code)\n\(daemon.log.suffix(500))")
        tried[injection, default: 0] += 1
        #expect(try await daemon.once() == 0, "\(place): \(daemon.log.suffix(1000))")
        try waiting.expectComplete(place, afterKill: injection == .killed)
      }
      let disturbed = tried.values.reduce(0, +)
      #expect(disturbed > chosen.count * 3 / 4)
      print("lawspeakerd: disturbed at \(disturbed) of \(all.count) places, \(tried)")
    }

    @Test("A file at which the daemon ended three times is held at the next start, the others are decided")
    func held() async throws {
      let daemon = try DaemonHarness()
      defer { daemon.end() }
      try await daemon.start()
      daemon.kill()
      try daemon.drop(DaemonHarness.caseFile("FATAL"), as: "fatal.yaml")

      for _ in 1...3 {
        let number = try await writesUntilDecisionIsRecorded(daemon)
        daemon.wrapper = Strace.injecting(.killed, at: number, of: "pwrite64", log: "/dev/null")
        #expect(try await daemon.once() == -1)
        daemon.wrapper = []
        #expect(daemon.names("spool/incoming") == ["fatal.yaml"])
        #expect(try daemon.ledger().counts().decisions == 0)
      }
      try daemon.drop(DaemonHarness.caseFile("FINE"), as: "fine.yaml")
      try await daemon.start()
      try await daemon.waitUntilTaken()

      #expect(daemon.names("spool/held") == ["fatal.yaml", "fatal.yaml.fault"])
      #expect(try daemon.text("spool/held/fatal.yaml") == DaemonHarness.caseFile("FATAL"))
      try await daemon.waitUntil("the other is decided") { daemon.exists("spool/done/FINE/1.yaml") }
      #expect(daemon.names("spool/decisions") == ["FINE"])
      let status = try daemon.cli(["status"])
      #expect(status.code == 1 && status.out.contains("1 in held/"), "\(status.out)")
      try await daemon.stop()
      #expect(try daemon.ledger().counts().held == 1)
      #expect(try daemon.ledger().counts().unfinished == 0)
    }

    /// The write of a run after an unclean stop at which the attempt is noted and the decision is not, tried on a copy.
    private func writesUntilDecisionIsRecorded(_ daemon: DaemonHarness) async throws -> Int {
      try await daemon.onCopy {
        daemon.wrapper = Strace.recording(["pwrite64", "fdatasync", "renameat"], to: daemon.path("trace"))
        defer { daemon.wrapper = [] }
        #expect(try await daemon.once() == 0)
        let calls = Strace.calls(in: try daemon.text("trace")).prefix { $0 != "renameat" }
        let syncs = calls.indices.filter { calls[$0] == "fdatasync" }
        try #require(syncs.count >= 2)
        return calls[..<syncs[syncs.count - 2]].count { $0 == "pwrite64" } + 1
      }
    }
  }
}

extension DaemonHarness {
  /// Does something with state and spool, and puts both back as they were.
  func onCopy<T>(_ body: () async throws -> T) async throws -> T {
    try keep()
    let result = try await body()
    try restore()
    return result
  }

  /// Keeps state and spool for ``restore()``.
  func keep() throws {
    try shell("rm -rf kept && mkdir kept && cp -a state spool kept/")
  }

  /// Puts state and spool back as they were kept.
  func restore() throws {
    try shell("rm -rf state spool && cp -a kept/state kept/spool .")
  }

  /// Runs a line of shell in the folder.
  func shell(_ line: String) throws {
    let output = try Self.run("/bin/sh", ["-c", "cd '\(folder)' && \(line)"])
    guard output.code == 0 else { throw Ended(log: output.err) }
  }
}

/// A spool with some of everything that waits for a daemon with packs and a past.
private struct FullSpool {
  let daemon: DaemonHarness
  private static let references = ["A", "B", "C"]

  init() async throws {
    daemon = try DaemonHarness()
    try daemon.makeIncoming()
    try daemon.drop(DaemonHarness.caseFile("OLD"), as: "old.yaml")
    guard try await daemon.once() == 0 else { throw DaemonHarness.Ended(log: daemon.log) }
    for reference in Self.references {
      try daemon.drop(DaemonHarness.caseFile(reference), as: reference + ".yaml")
    }
    try daemon.drop(DaemonHarness.caseFile("OLD", age: "15 years"), as: "old-changed.yaml")
    try daemon.drop("lawspeaker: 1\ncase: [\n", as: "bad.yaml")
    try FileManager.default.createDirectory(
      atPath: daemon.path("spool/incoming/folder"), withIntermediateDirectories: true)
    try daemon.bump(to: "1.1.1")
    try daemon.keep()
  }

  func restore() throws { try daemon.restore() }

  /// How often an undisturbed run makes each call.
  func callCounts(of calls: [String]) async throws -> [String: Int] {
    daemon.wrapper = Strace.recording(calls, to: daemon.path("trace"))
    defer { daemon.wrapper = [] }
    #expect(try await daemon.once() == 0)
    try expectComplete("undisturbed")
    let recorded = Strace.calls(in: try daemon.text("trace"))
    return Dictionary(recorded.map { ($0, 1) }, uniquingKeysWith: +)
  }

  /// Everything was done once, and ledger and folders agree.
  func expectComplete(_ place: String, afterKill: Bool = false) throws {
    let ledger = try daemon.ledger()
    #expect(try ledger.verify().problems == [], "\(place)")
    let counts = try ledger.counts()
    #expect(counts.decisions == 5 && counts.refusals == 2, "\(place): \(counts)")
    #expect(counts.held == 0 && counts.unfinished == 0, "\(place): \(counts)")
    #expect(daemon.names("spool/incoming", hidden: true) == [], "\(place)")
    #expect(daemon.names("spool/held", hidden: true) == [], "\(place)")
    try expectRefused(place, afterKill: afterKill)
    #expect(daemon.names("spool/done", hidden: true) == Self.references + ["OLD"], "\(place)")
    for reference in Self.references + ["OLD"] {
      let rows = try ledger.history(reference)
      #expect(rows.map(\.version) == (reference == "OLD" ? [1, 2] : [1]), "\(place): \(reference)")
      let suffixes = ["en.md", "json", "nb.md"]
      let names = (rows.map { "\($0.version)" } + ["latest"]).flatMap { version in
        suffixes.map { "\(version).\($0)" }
      }
      #expect(daemon.names("spool/decisions/\(reference)") == names, "\(place): \(reference)")
      for row in rows {
        let stored = try #require(try ledger.decision(reference, version: row.version), "\(place)")
        let out = try daemon.text("spool/decisions/\(reference)/\(row.version).json")
        #expect(Array(out.utf8) == stored.envelope, "\(place): \(reference)")
        let kept = try daemon.text("spool/done/\(reference)/\(row.version).yaml")
        #expect(Array(kept.utf8) == stored.caseBytes, "\(place): \(reference)")
      }
    }
  }

  /// Both bad objects are there with what is wrong with them.
  ///
  /// A kill between the two steps of setting aside leaves the explanation; the object then gets another name, and the
  /// same explanation beside it.
  private func expectRefused(_ place: String, afterKill: Bool) throws {
    let names = daemon.names("spool/refused")
    let objects = names.filter { !$0.hasSuffix(".diagnostics") }
    let orphans = names.filter { $0.hasSuffix(".diagnostics") && !objects.contains(String($0.dropLast(12))) }
    #expect(objects.map { $0.replacing(".2", with: "") } == ["bad.yaml", "folder"], "\(place): \(names)")
    #expect(names.count == 4 + orphans.count && orphans.count <= (afterKill ? 1 : 0), "\(place): \(names)")
    for orphan in orphans {
      let second = orphan.replacing(".diagnostics", with: ".2.diagnostics")
      let texts = try [orphan, second].map { try daemon.text("spool/refused/" + $0) }
      #expect(texts[0] == texts[1], "\(place)")
    }
  }
}
