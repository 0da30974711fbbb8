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

  /// What it answers to some scripts, one line each: `sat`, `unsat` or `unknown`.
  func answers(to scripts: [String]) throws -> [String] {
    let folder = FileManager.default.temporaryDirectory
    let file = folder.appending(path: "lawspeaker-\(UUID().uuidString).smt2")
    defer { try? FileManager.default.removeItem(at: file) }
    do {
      try Data(scripts.joined().utf8).write(to: file)
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = ["-smt2", file.path]
      let output = Pipe()
      process.standardOutput = output
      try process.run()
      let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
      guard lines.count == scripts.count, lines.allSatisfy(["sat", "unsat", "unknown"].contains) else {
        let line = lines.first { !["sat", "unsat", "unknown"].contains($0) } ?? "an answer is missing"
        throw Failure.ours("z3: error: it does not understand what it was asked: \(line) [solver-failed]")
      }
      return lines
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure.ours("z3: error: it cannot be run [solver-failed]")
    }
  }
}
