// SPDX-License-Identifier: Apache-2.0

/// Why a command ends without what was asked for: what is said, and the exit code of design section 11.
package struct Failure: Error, Hashable, Sendable {
  package var code: Int32
  package var message: String

  package init(code: Int32, message: String) {
    self.code = code
    self.message = message
  }

  /// The input is at fault, or a check failed.
  package static func input(_ message: String) -> Self { Failure(code: 1, message: message) }
  /// Lawspeaker is at fault, or the machine.
  package static func ours(_ message: String) -> Self { Failure(code: 70, message: message) }
  /// It may work later.
  package static func later(_ message: String) -> Self { Failure(code: 75, message: message) }
}
