// SPDX-License-Identifier: Apache-2.0
import Testing
import TransparencyLog

/// Trees of equal leaves, whose subtrees of a level are equal, so that even the largest tree is at hand.
@Suite("Large trees") struct LargeTreeTests {
  static let sizes: [Int64] = [1 << 40, 1 << 40 + 1, 1 << 62 - 1, 1_000_000_007, .max - 1, .max]
  static let levels: [MerkleHash] = {
    var levels = [MerkleHash.leaf([])]
    for _ in 1...62 { levels.append(.node(levels[levels.count - 1], levels[levels.count - 1])) }
    return levels
  }()

  @Test("are proven with few look-ups, each of a complete subtree", arguments: sizes)
  func lookups(size: Int64) throws {
    var lookups = 0
    func node(_ place: NodePlace) -> MerkleHash {
      lookups += 1
      #expect(place.index >= 0 && place.index < size >> Int64(place.level))
      return Self.levels[place.level]
    }
    let root = MerkleTree.root(ofSize: size, node: node)

    for index in [0, size / 3, size - 2, size - 1] {
      lookups = 0
      let proof = MerkleTree.inclusionProof(of: index, inSize: size, node: node)
      #expect(lookups <= 2 * 63)
      try MerkleTree.verifyInclusion(
        leaf: Self.levels[0], index: index, size: size, proof: proof, root: root)
    }
    for old in [1, 2, size / 3, size - 1, size] {
      lookups = 0
      let proof = MerkleTree.consistencyProof(from: old, to: size, node: node)
      #expect(lookups <= 2 * 63)
      try MerkleTree.verifyConsistency(
        from: old, to: size, oldRoot: MerkleTree.root(ofSize: old, node: node), newRoot: root, proof: proof)
    }
    lookups = 0
    _ = MerkleTree.appending(Self.levels[0], at: size - 1) { Self.levels[$0.level] }
    #expect(lookups <= 63)
  }
}

@Suite("Hashing a tree on") struct FrontierTests {
  @Test("gives the nodes to store without look-ups, from any size on", arguments: [0, 1, 5, 8, 31, 64])
  func nodes(start: Int) {
    let tree = StoredTree(seed: 2, count: 70)
    var frontier = MerkleFrontier(size: Int64(start), node: tree.node)

    for index in start..<70 {
      let leaf = MerkleHash.leaf(tree.entries[index])
      let expected = MerkleTree.appending(leaf, at: Int64(index), node: tree.node)
      let nodes = frontier.append(leaf)
      #expect(nodes.map(\.place) == expected.map(\.place))
      #expect(nodes.map(\.hash) == expected.map(\.hash))
    }
    #expect(frontier.size == 70)
    #expect(frontier.root == tree.root(70))
  }

  @Test("gives the roots of many sizes in one pass, and none of a size that is not reached")
  func manySizes() {
    let tree = StoredTree(seed: 3, count: 70)
    var leaves = tree.entries.makeIterator()

    let roots = MerkleFrontier.roots(atSizes: [0, 1, 33, 70, 71]) { leaves.next().map { .leaf($0) } }

    #expect(roots == [0: tree.root(0), 1: tree.root(1), 33: tree.root(33), 70: tree.root(70)])
  }

  struct Unreadable: Error, Hashable {
    var place: NodePlace
  }

  @Test("throws on what the look-up throws")
  func failing() {
    func node(_ place: NodePlace) throws(Unreadable) -> MerkleHash { throw Unreadable(place: place) }
    func failure(_ body: () throws(Unreadable) -> Void) -> NodePlace? {
      do throws(Unreadable) { try body() } catch { return error.place }
      return nil
    }

    #expect(
      failure { () throws(Unreadable) in _ = try MerkleTree.root(ofSize: 5, node: node) }
        == NodePlace(level: 2, index: 0))
    #expect(
      failure { () throws(Unreadable) in _ = try MerkleTree.inclusionProof(of: 2, inSize: 5, node: node) }
        == NodePlace(level: 0, index: 3))
    #expect(
      failure { () throws(Unreadable) in _ = try MerkleTree.appending(.leaf([]), at: 7, node: node) }
        == NodePlace(level: 0, index: 6))
    #expect(
      failure { () throws(Unreadable) in
        _ = try MerkleFrontier.roots(atSizes: []) { () throws(Unreadable) in
          try node(.init(level: 9, index: 9))
        }
      } == NodePlace(level: 9, index: 9))
  }
}
