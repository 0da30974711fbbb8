// SPDX-License-Identifier: Apache-2.0

/// A key, note, checkpoint or proof that is not in its form, with what should stand where it is wrong.
///
/// The text says nothing of what does stand there, since that may be a secret key's file.
package struct MalformedLogText: Error, Hashable, Sendable, CustomStringConvertible {
  /// The line, from 1.
  package let line: Int
  /// What should stand there.
  package let expected: String

  init(line: Int, expected: String) {
    self.line = line
    self.expected = expected
  }

  /// One sentence for people.
  package var description: String { "line \(line): expected \(expected)" }
}
