// SPDX-License-Identifier: Apache-2.0

internal import Glibc
internal import Ledger
internal import Spool
internal import YAMLTree

/// A case file that was handed in to be decided again as it is (decision 021).
///
/// Its name says so, since its bytes are those of an earlier one: whatever came in between must not be undone by it.
package enum RedecidedFile {
  private static let prefix = "redecide-"

  /// A name for the spool.
  ///
  /// - Parameters:
  ///   - name: The name of the file that is decided again, for its ending.
  ///   - unique: What no other file is called by.
  /// - Returns: The name.
  package static func name(like name: String, unique: String) -> String {
    prefix + unique + (name.hasSuffix(".json") ? ".json" : ".yaml")
  }

  /// What is wrong with a file that asks to be decided again; nil if nothing is, or it does not ask.
  static func problem(_ file: TakenFile, digest: ContentDigest, after previous: StoredDecision?)
    -> Diagnostic?
  {
    guard asks(file), previous?.caseSHA256 != digest else { return nil }
    return Diagnostic(at: SourceLocation(file: file.name.text), .caseMovedOn)
  }

  /// True if a file may stand under a reference although another owner's came first: it says nothing new, and whoever
  /// handed it in can read the ledger anyway.
  static func isOperators(_ file: TakenFile) -> Bool { asks(file) && [0, geteuid()].contains(file.owner) }

  private static func asks(_ file: TakenFile) -> Bool { file.name.text.hasPrefix(prefix) }
}

extension Diagnostic.Message {
  static let caseMovedOn = Self(
    code: "case-moved-on", text: "the file asks to be decided again, and it is not the newest of its case",
    hint: "ask again with `lawspeaker redecide`; a new file needs another name")
}
