// SPDX-License-Identifier: Apache-2.0
import Foundation

/// `strace`, which makes a system call of the daemon fail, or kills the daemon at it, at a place of our choice.
enum Strace {
  static let program = "/usr/bin/strace"

  /// Whether it is installed and may trace here.
  static let works: Bool = {
    guard FileManager.default.isExecutableFile(atPath: program) else { return false }
    return (try? DaemonHarness.run(program, ["-f", "-o", "/dev/null", "/bin/true"]).code) == 0
  }()

  /// What happens at a system call.
  enum Injection: String, CaseIterable, Sendable {
    case full = "error=ENOSPC"
    case broken = "error=EIO"
    case killed = "signal=KILL"
  }

  /// The words that run a program and write down its calls of some kinds.
  static func recording(_ calls: [String], to file: String) -> [String] {
    [program, "-f", "-y", "-o", file, "-e", "trace=" + calls.joined(separator: ",")]
  }

  /// The words that run a program and let its `number`th call of a kind, from 1, come out otherwise.
  static func injecting(_ injection: Injection, at number: Int, of call: String, log: String) -> [String] {
    recording([call], to: log) + ["-e", "inject=\(call):\(injection.rawValue):when=\(number)"]
  }

  /// The names of the calls in a recording, in their order.
  static func calls(in recording: String) -> [String] {
    recording.split(separator: "\n").compactMap { line in
      // a number of varying width stands before the call
      let call = line.drop { $0.isNumber || $0 == " " }
      guard let end = call.firstIndex(of: "("), call[..<end].allSatisfy({ $0.isLetter || $0.isNumber }) else {
        return nil
      }
      return String(call[..<end])
    }
  }
}
