// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import TransparencyLog

/// A log of made-up entries with its keys and files.
struct SampleLog {
  static let name = "lawspeaker.example/oslo-1"

  let tree: StoredTree
  let key: NoteSigningKey
  let witness: NoteSigningKey

  init(seed: UInt64 = 1, count: Int = 70) throws {
    tree = StoredTree(seed: seed, count: count)
    let bytes = (0..<32).map { UInt8(truncatingIfNeeded: seed &+ $0) }
    key = try #require(NoteSigningKey(name: Self.name, seed: bytes))
    witness = try #require(NoteSigningKey(name: "witness.example/w1", seed: bytes.reversed()))
  }

  var keys: [NoteVerifierKey] { [key.verifier] }

  func checkpoint(_ size: Int, keys: [NoteSigningKey]? = nil) -> SignedCheckpoint {
    SignedCheckpoint(
      signing: Checkpoint(origin: Self.name, size: Int64(size), root: tree.root(size)), with: keys ?? [key])
  }

  func entryProof(_ index: Int, in size: Int) -> EntryProof {
    EntryProof(
      entry: tree.entries[index], index: Int64(index), path: tree.inclusionProof(of: index, in: size),
      checkpoint: checkpoint(size))
  }

  func consistencyProof(from old: Int, to size: Int) -> ConsistencyProof {
    ConsistencyProof(
      old: checkpoint(old), new: checkpoint(size), path: tree.consistencyProof(from: old, to: size))
  }
}

/// Base 64 as Foundation writes it, which is somebody else's.
enum Base64Text {
  static func of(_ bytes: [UInt8]) -> String { Data(bytes).base64EncodedString() }
}
