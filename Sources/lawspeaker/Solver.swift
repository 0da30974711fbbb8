// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerDaemon

/// Debian's z3, the second method of proofs: a process of its own, asked once for everything.
struct Solver {
  private let program: String

  /// Finds z3 on the path; nil if it is not installed.
  init?() {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
    let found = path.split(separator: ":").map { "\($0)/z3" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
    guard let found else { return nil }
    program = found
  }

  /// What it answers to some scripts, in their order: `sat`, `unsat` or `unknown`.
  ///
  /// They are shared out among as many processes as there are processors.
  func answers(to scripts: [String]) throws -> [String] {
    guard !scripts.isEmpty else { return [] }
    let count = min(ProcessInfo.processInfo.activeProcessorCount, scripts.count)
    let shares = (0..<count).map { share in Array(stride(from: share, to: scripts.count, by: count)) }
    let runs = shares.map { _ in Run() }
    defer { for run in runs { run.clear() } }
    do {
      for (share, run) in zip(shares, runs) { try run.start(program, asking: share.map { scripts[$0] }) }
      var answers = Array(repeating: "", count: scripts.count)
      for (share, run) in zip(shares, runs) {
        for (place, answer) in zip(share, try run.answers(share.count)) { answers[place] = answer }
      }
      return answers
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.ours("z3: error: it cannot be run [solver-failed]")
    }
  }

  /// One process, with what it was asked.
  private struct Run {
    private let file = FileManager.default.temporaryDirectory.appending(
      path: "lawspeaker-\(UUID().uuidString).smt2")
    private let process = Process()
    private let output = Pipe()

    func start(_ program: String, asking scripts: [String]) throws {
      try Data(scripts.joined().utf8).write(to: file)
      process.executableURL = URL(filePath: program)
      process.arguments = ["-smt2", file.path]
      process.standardOutput = output
      try process.run()
    }

    /// What it says to the end, a line for each question.
    func answers(_ count: Int) throws -> [String] {
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      let known = ["sat", "unsat", "unknown"]
      guard lines.count == count, lines.allSatisfy(known.contains) else {
        let line = lines.first { !known.contains($0) } ?? "an answer is missing"
        throw Failure.ours("z3: error: it does not understand what it was asked: \(line) [solver-failed]")
      }
      return lines
    }

    func clear() {
      if process.isRunning { process.terminate() }
      try? FileManager.default.removeItem(at: file)
    }
  }
}
