// SPDX-License-Identifier: Apache-2.0

/// A file that proves by itself that an entry is in a log (C2SP `tlog-proof`, file extension `.tlog-proof`).
///
/// ```
/// c2sp.org/tlog-proof@v1
/// extra <the entry's bytes in base 64>
/// index 73894
/// <hash in base 64, from the entry's sibling up>
///
/// <the signed checkpoint>
/// ```
/// The specification leaves `extra` to the application and warns that nothing vouches for it. Here it is the entry,
/// which ``check(with:)`` hashes to the leaf, so that the checkpoint vouches for it after all.
package struct EntryProof: Hashable, Sendable {
  /// The entry's bytes, not to be believed before ``check(with:)`` has returned.
  package let entry: [UInt8]
  /// The entry's number in the log, from 0.
  package let index: Int64
  /// The hashes from the entry's sibling up to the root's child.
  package let path: [MerkleHash]
  /// The head of the log that the path leads to.
  package let checkpoint: SignedCheckpoint

  /// The largest entry, which is what C2SP `tlog-tiles` has room for.
  package static let maximumEntryBytes = 65_535

  private static let header = "c2sp.org/tlog-proof@v1"

  /// Puts a proof together; whether it holds, only ``check(with:)`` says.
  ///
  /// - Parameters:
  ///   - entry: The entry's bytes, of which the leaf is the hash; at most ``maximumEntryBytes``.
  ///   - index: The entry's number, from 0.
  ///   - path: What ``MerkleTree/inclusionProof(of:inSize:node:)`` gives for the checkpoint's size.
  ///   - checkpoint: The signed head.
  package init(entry: [UInt8], index: Int64, path: [MerkleHash], checkpoint: SignedCheckpoint) {
    precondition(entry.count <= Self.maximumEntryBytes, "an entry fits into a proof")
    self.entry = entry
    self.index = index
    self.path = path
    self.checkpoint = checkpoint
  }

  /// Reads a proof's file.
  ///
  /// - Throws: ``MalformedLogText`` if the bytes are not such as ``text`` can be; nothing is checked.
  package init(parsing bytes: [UInt8]) throws(MalformedLogText) {
    var lines = try LogLines(bytes)
    try lines.skip(Self.header)
    entry = try lines.base64("the entry in base 64", after: "extra")
    guard entry.count <= Self.maximumEntryBytes else {
      throw lines.wrong("an entry of at most \(Self.maximumEntryBytes) bytes")
    }
    index = try lines.decimal("the entry's number, decimal", after: "index")
    path = try lines.hashes()
    checkpoint = try SignedCheckpoint(reading: &lines)
    try lines.end()
  }

  /// The proof as it is written.
  package var text: String {
    let start = "\(Self.header)\nextra \(Base64.text(entry))\nindex \(index)\n"
    return start + path.map { "\($0)\n" }.joined() + "\n" + checkpoint.text
  }

  /// Checks that the entry is in the log.
  ///
  /// - Parameter keys: The known keys of the log.
  /// - Returns: The log's head that shows it.
  /// - Throws: ``CheckRefused``.
  @discardableResult
  package func check(with keys: [NoteVerifierKey]) throws(CheckRefused) -> Checkpoint {
    let head: Checkpoint
    do throws(NoteRefused) { head = try checkpoint.check(with: keys) } catch { throw .checkpoint(error) }
    do throws(ProofRefused) {
      try MerkleTree.verifyInclusion(
        leaf: .leaf(entry), index: index, size: head.size, proof: path, root: head.root)
    } catch { throw .proof(error) }
    return head
  }
}
