// SPDX-License-Identifier: Apache-2.0

/// Why a proof does not show what it is to show.
package enum ProofRefused: Error, Hashable, Sendable {
  /// The tree has no leaf of that number.
  case noSuchLeaf(index: Int64, size: Int64)
  /// The older tree is empty or larger than the newer.
  case sizes(from: Int64, to: Int64)
  /// The hashes are too few, or there are some where none is needed.
  case length(Int)
  /// The hashes go on after the root.
  case tooLong
  /// The hashes do not lead to the root.
  case root
  /// The hashes do not lead to the older tree's root.
  case oldRoot
  /// Two trees of one size have different roots.
  case fork(size: Int64)
}

extension ProofRefused: CustomStringConvertible {
  /// One sentence for people.
  package var description: String {
    switch self {
    case .noSuchLeaf(let index, let size):
      "a log of \(size) entries has no entry \(index) (they count from 0)"
    case .sizes(let from, let to):
      "a log of \(to) entries cannot be shown to continue one of \(from)"
    case .length(let count): "the proof has \(count) hashes, which is not how many it needs"
    case .tooLong: "the proof has more hashes than it needs"
    case .root: "the proof does not lead to the root that was signed"
    case .oldRoot: "the proof does not lead to the older root that was signed"
    case .fork(let size): "two different logs of \(size) entries were signed"
    }
  }
}
