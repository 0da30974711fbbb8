// SPDX-License-Identifier: Apache-2.0

/// Why a note, or a checkpoint, is not believed.
package enum NoteRefused: Error, Hashable, Sendable {
  /// A signature under a known key's name and number is not that key's, or is of another text.
  case badSignature(NoteKeyID)
  /// None of the known keys has signed.
  case unknownSigners
  /// The checkpoint is of a log that none of the keys which signed is named after.
  case origin(String)
}

extension NoteRefused: CustomStringConvertible {
  /// One sentence for people.
  package var description: String {
    switch self {
    case .badSignature(let id): "the signature by `\(id)` does not belong to this text"
    case .unknownSigners: "none of the known keys has signed this"
    case .origin(let origin): "this is from the log `\(origin)`, and no known key of that name has signed it"
    }
  }
}
