// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials
import LawspeakerCore
import LawspeakerDaemon
import YAMLTree

/// What is written to the terminal, and what is read from files named on it.
enum Terminal {
  static func say(_ text: String) { write(text, to: .standardOutput) }

  static func say(_ json: JSON) { say(json.canonicalText) }

  static func complain(_ text: String) { write(text, to: .standardError) }

  private static func write(_ text: String, to stream: FileHandleStream) {
    stream.write(text.hasSuffix("\n") ? text : text + "\n")
  }

  /// The bytes of a file that a person named.
  static func bytes(of path: String) throws -> [UInt8] {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure.input("\(path): error: the file cannot be read [unreadable-file]")
    }
    return Array(data)
  }
}

extension Sequence<Diagnostic> {
  /// As they are shown on the terminal and beside files.
  var text: String { map(\.description).joined(separator: "\n") }
}

extension Diagnostic {
  /// As `--json` shows it.
  var json: JSON {
    .object([
      "file": .string(location.file), "line": .integer(location.line), "column": .integer(location.column),
      "code": .string(message.code), "text": .string(message.text), "hint": .optional(message.hint),
      "severity": .string(message.isWarning ? "warning" : "error"),
    ])
  }
}

extension Terminal {
  /// Writes without ending the line.
  static func prompt(_ text: String) { FileHandleStream.standardOutput.write(text) }
}
