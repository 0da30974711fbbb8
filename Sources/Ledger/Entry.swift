// SPDX-License-Identifier: Apache-2.0

/// What an entry records.
package enum EntryKind: String, Hashable, Sendable, CaseIterable {
  case start, stop, pack, activation
  case packRefused = "pack-refused"
  case decision, refusal, held, attempt, finished
  /// What was recorded before content was sealed, by the digests of its ciphertext.
  case sealed
  /// A head of the tree was signed.
  case head
  /// A key that signs heads came into use.
  case key
  /// Somebody read, or was refused it.
  case access
  case accessRefused = "access-refused"
  case review, withdrawal, erasure
}

/// The version of a pack, with the digest of its bytes.
package struct PackReference: Hashable, Sendable {
  package var id: String
  package var version: String
  package var sha256: ContentDigest

  package init(id: String, version: String, sha256: ContentDigest) {
    self.id = id
    self.version = version
    self.sha256 = sha256
  }

  var body: EntryBody { ["id": .text(id), "sha256": .text(sha256.description), "version": .text(version)] }
}

/// A conclusion's status, as queries find it.
package struct FoundConclusion: Hashable, Sendable {
  /// `pack.rule`.
  package var id: String
  package var status: String

  package init(id: String, status: String) {
    self.id = id
    self.status = status
  }
}

/// An activation of a generation of packs.
package struct Activation: Hashable, Sendable {
  package var entry: Int64
  package var at: String
  package var generation: Int
  package var packs: [PackReference]
  /// The earlier generation that it returned to; nil for one that came of the folder of packs.
  package var rolledBackTo: Int?
}

/// A refusal of a pack by the registry.
package struct PackRefusal: Hashable, Sendable {
  package var entry: Int64
  package var at: String
  /// The pack's folder, as the registry named it.
  package var folder: String
  /// The diagnostics, as they were written for people.
  package var diagnostics: String
}

/// What came of archiving a version of a pack.
package enum PackArchival: Hashable, Sendable {
  /// The version was not known and is recorded now.
  case new(entry: Int64)
  /// The same bytes are known under this version.
  case known
  /// Other bytes are known under this version; nothing is recorded.
  case conflict(existing: ContentDigest)
}
