// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

extension WholeDaemon {
  @Suite("The pages of errors that are met on a command line", .timeLimit(.minutes(30)))
  struct ErrorShellTests {
    @Test("the commands of each page give its code, no other, and the words that stand there")
    func commands() throws {
      let pages = ErrorPage.all.filter { !$0.isDescribed && $0.example.first?.info == "sh" }
      try #require(pages.count > 50)
      let model = try ModelFolder()
      for page in pages {
        let said = try PageFolder(like: model.folder).run(page.example.map(\.text).joined())
        let found = try Said(said)
        #expect(found.codes == ErrorPageTests.codes(onPageOf: page.code), "\(page.code): \(said)")
        if ProcessInfo.processInfo.environment["LAWSPEAKER_RECORD"] == "1" {
          try page.record(found.message)
        } else {
          #expect(Said.masked(page.message) == Said.masked(found.message), "\(page.code): \(said)")
        }
      }
    }
  }
}

/// What programs said of what is wrong.
private struct Said {
  var codes: Set<String> = []
  /// The lines with codes, and their hints.
  var message = ""

  init(_ text: String) throws {
    let code = try NSRegularExpression(pattern: #"^(?!\s).*(?:error|warning): .*\[([a-z][a-z0-9-]*)\]$"#)
    var isOurs = false
    for line in text.split(separator: "\n").map(String.init) {
      if let match = code.firstMatch(in: line, range: NSRange(line.startIndex..., in: line)),
        let range = Range(match.range(at: 1), in: line)
      {
        codes.insert(String(line[range]))
        isOurs = true
      } else if !line.hasPrefix("    hint: ") {
        isOurs = false
      }
      if isOurs { message += line + "\n" }
    }
  }

  /// Without what is another each time: moments, counts, digests.
  static func masked(_ text: String) -> String {
    text.replacing(/[0-9a-f]{8,}(-[0-9a-f]{4})?/, with: "#").replacing(/[0-9]+/, with: "#")
  }
}

/// The folder in which a daemon has decided one example and ended: packs, examples, a configuration, keys, a ledger.
private final class ModelFolder {
  private let daemon: DaemonHarness
  var folder: String { daemon.folder }

  init() throws {
    daemon = try DaemonHarness(packs: DaemonHarness.shipped)
    try daemon.makeIncoming()
    try FileManager.default.copyItem(
      atPath: DaemonHarness.repository + "/examples", toPath: daemon.path("examples"))
    try daemon.dropExample("01-adult-clear.yaml")
    let decided = try DaemonHarness.run(
      "lawspeakerd", ["--once", "--config", daemon.path("lawspeaker.yaml")])
    try #require(decided.code == 0, "\(decided.err)")
    try FileManager.default.removeItem(atPath: daemon.path("notify"))
  }
}

/// A copy of that folder in which the commands of a page run.
private final class PageFolder {
  private let folder: String

  init(like model: String) throws {
    folder = NSTemporaryDirectory() + "lawspeaker-page-\(UUID().uuidString.prefix(8))"
    let copied = try DaemonHarness.run("/bin/cp", ["-a", model, folder])
    try #require(copied.code == 0)
    // a reader of the page has the programs with the configuration that is installed
    try program(
      "lawspeaker",
      #"case "$*" in *--config*|"audit check "*|restore*|error*) exec "$real" "$@";; esac"#, output: "")
    try program("lawspeakerd", "", output: "> daemon.log 2>&1")
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func program(_ name: String, _ line: String, output: String) throws {
    let text = """
      #!/bin/bash
      real=\(DaemonHarness.programs)/\(name)
      \(line)
      exec "$real" "$@" --config \(folder)/lawspeaker.yaml \(output)

      """
    try FileManager.default.createDirectory(atPath: folder + "/bin", withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/bin/" + name))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder + "/bin/" + name)
  }

  /// Everything that is said, with places as they are seen from the folder.
  func run(_ commands: String) throws -> String {
    let output = try DaemonHarness.run(
      "/bin/bash", ["-c", "cd \(folder)\n" + commands],
      environment: ["PATH": folder + "/bin:/usr/bin:/bin"])
    return (output.out + output.err).replacing(folder + "/", with: "")
  }
}
