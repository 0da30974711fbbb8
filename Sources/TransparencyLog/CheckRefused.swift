// SPDX-License-Identifier: Apache-2.0

/// Why a proof's file proves nothing.
package enum CheckRefused: Error, Hashable, Sendable {
  /// The checkpoint that everything leads to is not believed.
  case checkpoint(NoteRefused)
  /// The older of two checkpoints is not believed.
  case olderCheckpoint(NoteRefused)
  /// The two checkpoints are of different logs.
  case otherLog(old: String, new: String)
  /// The hashes do not show it.
  case proof(ProofRefused)
}

extension CheckRefused: CustomStringConvertible {
  /// One sentence for people.
  package var description: String {
    switch self {
    case .checkpoint(let reason): "the checkpoint is not to be believed: \(reason)"
    case .olderCheckpoint(let reason): "the older checkpoint is not to be believed: \(reason)"
    case .otherLog(let old, let new): "the checkpoints are of different logs, `\(old)` and `\(new)`"
    case .proof(let reason): "\(reason)"
    }
  }
}
