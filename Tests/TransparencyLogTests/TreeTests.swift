// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import TransparencyLog

@Suite("Merkle trees") struct TreeTests {
  @Test("have the roots that others have published for the eight leaves of certificate transparency's tests")
  func published() throws {
    let leaves: [[UInt8]] = [
      [], [0x00], [0x10], [0x20, 0x21], [0x30, 0x31], [0x40, 0x41, 0x42, 0x43],
      Array(0x50...0x57), Array(0x60...0x6F),
    ]
    let roots = [
      "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "bjQLnP+zepicpUTmu3gKLHiQHT+zNzh2hRGjBhevoB0=",
      "+sVCA+fMaWzw38tCySodnbr3CtnmIfS9jZhmLwDjwSU=", "rra8/idLcKFPsGel5VeCZNsPqbUa9eC6FZFY8yngbnc=",
      "037kGJdt2VdTwcc4Yrk5j6Kiz5tP8P3+izDNlSCWFLc=", "Tju7H3tHjc/nH7YxYxUZo7yhLJrvyhYSv85ME6hiZNQ=",
      "duZ9rbzfHhDht03cYIq9L5jfsW+851J3tSMqEn8gh+8=", "3bib5AOAnjJXUNPSY814kpwpQreUKjS3fhIslZSnTIw=",
      "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=",
    ]
    let tree = StoredTree(leaves)

    #expect(roots.indices.map { tree.root($0).base64 } == roots)
  }

  @Test(
    "have one root by stored subtrees, by hashing on and by definition", arguments: 0..<4 as Range<UInt64>)
  func roots(seed: UInt64) {
    let tree = StoredTree(seed: seed, count: 70)
    var frontier = MerkleFrontier()

    for size in 0...70 {
      let root = RFC9162.root(tree.entries.prefix(size))
      #expect(tree.root(size) == root)
      #expect(frontier.root == root)
      if size < 70 { frontier.append(.leaf(tree.entries[size])) }
    }
  }

  @Test("give the proofs of the definition, which are found good", arguments: 1...70)
  func proofs(size: Int) throws {
    let tree = StoredTree(seed: 1, count: 70)
    let entries = tree.entries.prefix(size)
    let root = tree.root(size)

    for index in 0..<size {
      let proof = tree.inclusionProof(of: index, in: size)
      #expect(proof == RFC9162.path(index, entries))
      try MerkleTree.verifyInclusion(
        leaf: .leaf(entries[index]), index: Int64(index), size: Int64(size), proof: proof, root: root)
    }
    for old in 1...size {
      let proof = tree.consistencyProof(from: old, to: size)
      #expect(proof == RFC9162.proof(old, entries))
      try MerkleTree.verifyConsistency(
        from: Int64(old), to: Int64(size), oldRoot: tree.root(old), newRoot: root, proof: proof)
    }
  }

  @Test("refuse an inclusion proof with anything flipped or moved", arguments: 0..<100 as Range<UInt64>)
  func flippedInclusion(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tree = StoredTree(seed: seed, count: Int.random(in: 2...70, using: &random))
    let size = tree.entries.count
    let index = Int.random(in: 0..<size, using: &random)
    let leaf = MerkleHash.leaf(tree.entries[index])
    let proof = tree.inclusionProof(of: index, in: size)

    func refused(
      leaf: MerkleHash? = nil, at place: Int? = nil, proof other: [MerkleHash]? = nil, root: MerkleHash? = nil
    ) {
      #expect(throws: ProofRefused.self) {
        try MerkleTree.verifyInclusion(
          leaf: leaf ?? .leaf(tree.entries[index]), index: Int64(place ?? index), size: Int64(size),
          proof: other ?? proof, root: root ?? tree.root(size))
      }
    }

    refused(leaf: leaf.flipped(using: &random))
    refused(root: tree.root(size).flipped(using: &random))
    for place in proof.indices {
      var other = proof
      other[place] = other[place].flipped(using: &random)
      refused(proof: other)
    }
    for place in [index - 1, index + 1, -1, size] { refused(at: place) }
    refused(proof: proof.dropLast())
    refused(proof: Array(proof.dropFirst()))
    refused(proof: proof + [leaf])
  }

  @Test("refuse a consistency proof with anything flipped or moved", arguments: 0..<100 as Range<UInt64>)
  func flippedConsistency(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let tree = StoredTree(seed: seed, count: Int.random(in: 2...70, using: &random))
    let size = tree.entries.count
    let old = Int.random(in: 1..<size, using: &random)
    let proof = tree.consistencyProof(from: old, to: size)

    func refused(
      from other: Int? = nil, oldRoot: MerkleHash? = nil, newRoot: MerkleHash? = nil,
      proof path: [MerkleHash]? = nil
    ) {
      #expect(throws: ProofRefused.self) {
        try MerkleTree.verifyConsistency(
          from: Int64(other ?? old), to: Int64(size), oldRoot: oldRoot ?? tree.root(old),
          newRoot: newRoot ?? tree.root(size), proof: path ?? proof)
      }
    }

    refused(oldRoot: tree.root(old).flipped(using: &random))
    refused(newRoot: tree.root(size).flipped(using: &random))
    refused(oldRoot: tree.root(size), newRoot: tree.root(old))
    for place in proof.indices {
      var other = proof
      other[place] = other[place].flipped(using: &random)
      refused(proof: other)
    }
    for other in [old - 1, old + 1, 0, -1, size, size + 1] { refused(from: other) }
    refused(proof: proof.dropLast())
    refused(proof: Array(proof.dropFirst()))
    refused(proof: proof + [tree.root(size)])
  }

  @Test("refuse what was put in the place of an entry that others rely on")
  func forged() throws {
    let honest = StoredTree(seed: 5, count: 40)
    var entries = honest.entries
    entries[7] = Array("another".utf8)
    let forged = StoredTree(entries)

    let refused = #expect(throws: ProofRefused.self) {
      try MerkleTree.verifyConsistency(
        from: 30, to: 40, oldRoot: honest.root(30), newRoot: forged.root(40),
        proof: forged.consistencyProof(from: 30, to: 40))
    }
    let fork = #expect(throws: ProofRefused.self) {
      try MerkleTree.verifyConsistency(
        from: 40, to: 40, oldRoot: honest.root(40), newRoot: forged.root(40), proof: [])
    }

    #expect(refused == .oldRoot)
    #expect(fork == .fork(size: 40))
  }
}

extension MerkleHash {
  /// The hash with one bit changed.
  func flipped(using random: inout SplitMix64) -> MerkleHash {
    var bytes = bytes
    bytes[Int.random(in: 0..<32, using: &random)] ^= 1 << UInt8.random(in: 0..<8, using: &random)
    return MerkleHash(bytes) ?? self
  }
}
