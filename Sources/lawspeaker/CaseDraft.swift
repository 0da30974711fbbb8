// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerDaemon
import YAMLTree

/// A case file that an interview is writing: its own lines are kept as they are, answers are added below `facts`.
struct CaseDraft {
  /// Where it is written.
  let file: String
  private var head: String
  /// How far the facts are indented.
  private var indent = "  "
  private var answers: [(fact: String, value: String)] = []

  init(reference: String, jurisdiction: String, assessedOn: String, file: String) {
    self.file = file
    head =
      "lawspeaker: 1\ncase: \(reference)\njurisdiction: \(jurisdiction)\nassessed_on: \(assessedOn)\nfacts:"
  }

  /// Goes on with a file that is there; it must be written in block style, with `facts` as its last key.
  init(text: String, file: String) throws {
    self.file = file
    let root: YAMLNode
    do throws(YAMLRefused) { root = try readYAML(Array(text.utf8), file: file)[0] } catch {
      throw Failure.input(error.diagnostics.text)
    }
    guard case .mapping(let entries) = root.content, let last = entries.last, last.key == "facts",
      !root.isFlow,
      !last.value.isFlow || last.value.content == .mapping([])
    else {
      throw Failure.input(
        "\(file): error: an interview goes on only with a YAML file whose last key is `facts:` [cannot-continue]"
      )
    }
    head = text.hasSuffix("\n") ? String(text.dropLast()) : text
    if case .mapping(let facts) = last.value.content, let first = facts.first {
      indent = String(repeating: " ", count: first.keyMark.column - 1)
    }
    if last.value.content == .mapping([]) { head = head.replacing("facts: {}", with: "facts:") }
  }

  /// The file's text.
  var text: String {
    let lines = answers.map { "\n\(indent)\($0.fact): \($0.value)" }.joined()
    return head + (answers.isEmpty && head.hasSuffix("facts:") ? " {}" : lines) + "\n"
  }

  /// With one more answer.
  func answering(_ fact: String, _ value: String) -> CaseDraft {
    var draft = self
    draft.answers.append((fact, value))
    return draft
  }

  /// Writes the file whole, readable by its owner and group.
  func write() throws {
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: file), options: .atomic)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    } catch {
      throw Failure.input("\(file): error: the file cannot be written [cannot-write]")
    }
  }
}
