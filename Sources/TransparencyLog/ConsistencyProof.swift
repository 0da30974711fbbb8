// SPDX-License-Identifier: Apache-2.0

/// A file that proves by itself that a log only grew between two checkpoints.
///
/// ```
/// lawspeaker-consistency-proof@v1
///
/// <the older signed checkpoint>
///
/// old <its size>
/// <hash in base 64>
///
/// <the newer signed checkpoint>
/// ```
/// No specification has such a file. From the line with `old` on it is what a witness is sent to cosign the newer
/// checkpoint (C2SP `tlog-witness`, `add-checkpoint`).
package struct ConsistencyProof: Hashable, Sendable {
  /// The older head.
  package let old: SignedCheckpoint
  /// The newer head.
  package let new: SignedCheckpoint
  /// The hashes that lead to both roots.
  package let path: [MerkleHash]

  private static let header = "lawspeaker-consistency-proof@v1"

  /// Puts a proof together; whether it holds, only ``check(with:)`` says.
  ///
  /// - Parameters:
  ///   - old: The older head.
  ///   - new: The newer head, of the same log.
  ///   - path: What ``MerkleTree/consistencyProof(from:to:node:)`` gives for their sizes.
  package init(old: SignedCheckpoint, new: SignedCheckpoint, path: [MerkleHash]) {
    self.old = old
    self.new = new
    self.path = path
  }

  /// Reads a proof's file.
  ///
  /// - Throws: ``MalformedLogText`` if the bytes are not such as ``text`` can be; nothing is checked.
  package init(parsing bytes: [UInt8]) throws(MalformedLogText) {
    var lines = try LogLines(bytes)
    try lines.skip(Self.header)
    try lines.skip("")
    old = try SignedCheckpoint(reading: &lines)
    try lines.skip("")
    try lines.skip("old \(old.checkpoint.size)")
    path = try lines.hashes()
    new = try SignedCheckpoint(reading: &lines)
    try lines.end()
  }

  /// The proof as it is written.
  package var text: String { "\(Self.header)\n\n\(old.text)\n\(request)" }

  /// What a witness is sent to cosign the newer checkpoint.
  package var request: String {
    "old \(old.checkpoint.size)\n" + path.map { "\($0)\n" }.joined() + "\n" + new.text
  }

  /// Checks that the newer log continues the older.
  ///
  /// - Parameter keys: The known keys of the log, old and new.
  /// - Returns: Both heads.
  /// - Throws: ``CheckRefused``.
  @discardableResult
  package func check(
    with keys: [NoteVerifierKey]
  ) throws(CheckRefused) -> (old: Checkpoint, new: Checkpoint) {
    let (older, newer): (Checkpoint, Checkpoint)
    do throws(NoteRefused) { older = try old.check(with: keys) } catch { throw .olderCheckpoint(error) }
    do throws(NoteRefused) { newer = try new.check(with: keys) } catch { throw .checkpoint(error) }
    guard older.origin == newer.origin else { throw .otherLog(old: older.origin, new: newer.origin) }
    do throws(ProofRefused) {
      try MerkleTree.verifyConsistency(
        from: older.size, to: newer.size, oldRoot: older.root, newRoot: newer.root, proof: path)
    } catch { throw .proof(error) }
    return (older, newer)
  }
}
