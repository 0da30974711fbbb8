// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing
import TransparencyLog

/// A proof with what others say of it: the test data of `transparency-dev/merkle`.
struct ProofVector: Decodable, Sendable, CustomTestStringConvertible {
  var desc: String
  var wantErr: Bool
  var proof: [String]?
  var leafIdx: UInt64?
  var treeSize: Int64?
  var root: String?
  var leafHash: String?
  var size1: Int64?
  var size2: Int64?
  var root1: String?
  var root2: String?

  var testDescription: String { desc }

  /// The vectors lie beside the repository, as do all that others published.
  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../shared/vectors/merkle").standardizedFileURL
  static let isAtHand = FileManager.default.fileExists(atPath: folder.path)
  static let inclusion = read("inclusion")
  static let consistency = read("consistency")

  private static func read(_ kind: String) -> [ProofVector] {
    guard isAtHand else { return [] }
    do {
      let kind = folder.appending(path: kind)
      let names = try FileManager.default.subpathsOfDirectory(atPath: kind.path).sorted()
      return try names.filter { $0.hasSuffix(".json") }.map {
        try JSONDecoder().decode(Self.self, from: Data(contentsOf: kind.appending(path: $0)))
      }
    } catch {
      preconditionFailure("the vectors cannot be read: \(error)")
    }
  }

  /// Nothing cannot be made a hash, which refuses it.
  struct NoHash: Error {}

  /// Reads a hash; for other bytes, such as `don't care 2`, another hash stands, equal for equal ones.
  static func hash(_ text: String?) throws -> MerkleHash {
    let bytes = Array(try #require(text.flatMap { Data(base64Encoded: $0) }))
    if bytes.isEmpty { throw NoHash() }
    return MerkleHash(bytes) ?? .leaf(bytes)
  }
}

@Suite("Others' proofs", .enabled(if: ProofVector.isAtHand, "the vectors lie beside the repository"))
struct VectorTests {
  @Test("are all at hand, good and bad ones of both kinds")
  func count() {
    for vectors in [ProofVector.inclusion, ProofVector.consistency] {
      #expect(vectors.count == 98)
      #expect(Set(vectors.map(\.wantErr)) == [true, false])
    }
  }

  @Test("of inclusion are found as good or bad as others find them", arguments: ProofVector.inclusion)
  func inclusion(vector: ProofVector) throws {
    // The largest number that others can write becomes -1, which is no leaf's either.
    let index = Int64(bitPattern: try #require(vector.leafIdx))
    let size = try #require(vector.treeSize)

    let isRefused = try refused {
      try MerkleTree.verifyInclusion(
        leaf: try ProofVector.hash(vector.leafHash), index: index, size: size,
        proof: try (vector.proof ?? []).map(ProofVector.hash), root: try ProofVector.hash(vector.root))
    }

    #expect(isRefused == vector.wantErr)
  }

  @Test("of consistency are found as good or bad as others find them", arguments: ProofVector.consistency)
  func consistency(vector: ProofVector) throws {
    let isRefused = try refused {
      try MerkleTree.verifyConsistency(
        from: try #require(vector.size1), to: try #require(vector.size2),
        oldRoot: try ProofVector.hash(vector.root1), newRoot: try ProofVector.hash(vector.root2),
        proof: try (vector.proof ?? []).map(ProofVector.hash))
    }

    #expect(isRefused == vector.wantErr)
  }

  private func refused(_ check: () throws -> Void) throws -> Bool {
    do { try check() } catch is ProofRefused { return true } catch is ProofVector.NoHash { return true }
    return false
  }
}
