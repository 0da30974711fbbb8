// SPDX-License-Identifier: Apache-2.0

/// The head of a log: which log, how many entries, and the root over them (C2SP `tlog-checkpoint`).
///
/// The lines that the specification allows after the root are refused: nobody could audit what they say.
package struct Checkpoint: Hashable, Sendable {
  /// The log's name, which is also the name of the keys that sign for it.
  package let origin: String
  /// How many entries there are.
  package let size: Int64
  /// The root of the tree over them.
  package let root: MerkleHash

  /// Describes the head of a log.
  ///
  /// - Parameters:
  ///   - origin: A name that ``NoteKeyID/isName(_:)`` finds good.
  ///   - size: How many entries there are.
  ///   - root: The root over them.
  package init(origin: String, size: Int64, root: MerkleHash) {
    precondition(NoteKeyID.isName(origin) && size >= 0, "a log is named as its keys are and has entries")
    self.origin = origin
    self.size = size
    self.root = root
  }

  init(reading lines: inout LogLines) throws(MalformedLogText) {
    let expected = "the log's name, in ASCII without spaces"
    let origin = String(decoding: try lines.line(expected), as: UTF8.self)
    guard NoteKeyID.isName(origin) else { throw lines.wrong(expected) }
    let size = try lines.decimal("the log's size, a decimal number")
    self.init(origin: origin, size: size, root: try lines.hash("the log's root in base 64"))
  }

  /// What is signed: three lines.
  package var body: String { "\(origin)\n\(size)\n\(root)\n" }
}
