// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A block of a guide that a reader would do: write a file, or run commands.
private enum Step {
  case file(String, String)
  case run(String)

  /// The blocks of a guide whose first line is `# file: NAME` or `# run`, in their order.
  static func steps(in guide: String) -> [Step] {
    var steps: [Step] = []
    var block: [String]?
    for line in guide.components(separatedBy: "\n") {
      if line.hasPrefix("```") {
        if let lines = block, let first = lines.first {
          let text = lines.joined(separator: "\n") + "\n"
          if first.hasPrefix("# file: ") { steps.append(.file(String(first.dropFirst(8)), text)) }
          if first == "# run" { steps.append(.run(text)) }
        }
        block = block == nil ? [] : nil
      } else {
        block?.append(line)
      }
    }
    return steps
  }
}

extension WholeDaemon {
  @Suite("The guides", .timeLimit(.minutes(30))) struct GuideTests {
    @Test(
      "every file of a guide can be written and every command of it runs",
      arguments: ["README.md", "docs/cases.md", "docs/packs.md", "docs/operating.md", "docs/auditing.md"])
    func guide(path: String) throws {
      let text = try String(contentsOfFile: DaemonHarness.repository + "/" + path, encoding: .utf8)
      let folder = NSTemporaryDirectory() + "lawspeaker-guide-\(UUID().uuidString)"
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      defer { try? FileManager.default.removeItem(atPath: folder) }
      for name in ["rulepacks", "examples"] {
        try FileManager.default.copyItem(
          atPath: DaemonHarness.repository + "/" + name, toPath: folder + "/" + name)
      }

      let steps = Step.steps(in: text)
      if path != "README.md" { #expect(!steps.isEmpty) }
      for step in steps {
        switch step {
        case .file(let name, let content): try write(content, to: folder + "/" + name)
        case .run(let commands):
          let script = "set -e\ncd '\(folder)'\nPATH='\(DaemonHarness.programs)':$PATH\n" + commands
          let output = try DaemonHarness.run("/bin/sh", ["-c", script])
          #expect(output.code == 0, "\(path):\n\(commands)\n\(output.err)")
        }
      }
    }

    private func write(_ content: String, to path: String) throws {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      try FileManager.default.createDirectory(atPath: parent, withIntermediateDirectories: true)
      try content.write(toFile: path, atomically: true, encoding: .utf8)
    }
  }
}
