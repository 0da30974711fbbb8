// SPDX-License-Identifier: Apache-2.0

/// A Merkle tree that grows leaf by leaf and remembers only its right edge: what its root is worked out from.
///
/// It holds one hash for each bit that is set in its size, so that a million leaves can be hashed again in one pass and
/// the roots compared with signed ones on the way.
package struct MerkleFrontier: Sendable {
  /// How many leaves there are.
  package private(set) var size: Int64
  /// The complete subtrees that make up the tree, the largest first.
  private var subtrees: [MerkleHash]

  /// Starts with no leaves.
  package init() {
    size = 0
    subtrees = []
  }

  /// Starts with the first leaves of a tree whose complete subtrees are stored.
  ///
  /// - Parameters:
  ///   - size: How many leaves.
  ///   - node: Looks up a complete subtree.
  /// - Throws: What `node` throws.
  package init<Failure: Error>(
    size: Int64, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) {
    precondition(size >= 0, "a tree has no fewer leaves than 0")
    self.size = size
    subtrees = try MerkleTree.subtrees(of: 0..<size).map(node)
  }

  /// The root of the tree now.
  package var root: MerkleHash { MerkleTree.root(over: subtrees) }

  /// Adds a leaf.
  ///
  /// - Parameter leaf: The hash of the leaf.
  /// - Returns: The nodes to store, as ``MerkleTree/appending(_:at:node:)`` has them, here without any look-up.
  @discardableResult
  package mutating func append(_ leaf: MerkleHash) -> [(place: NodePlace, hash: MerkleHash)] {
    // The subtrees that a leaf completes are asked for from the smallest up, which is the order of the right edge.
    let nodes = MerkleTree.appending(leaf, at: size) { _ in subtrees.removeLast() }
    subtrees.append(contentsOf: nodes.suffix(1).map(\.hash))
    size += 1
    return nodes
  }

  /// Hashes leaves in one pass and returns the roots that the tree had on the way.
  ///
  /// - Parameters:
  ///   - sizes: Where to take the root; a size that the leaves do not reach has none.
  ///   - next: Gives the next leaf, nil after the last.
  /// - Returns: The roots by size.
  /// - Throws: What `next` throws.
  package static func roots<Failure: Error>(
    atSizes sizes: Set<Int64>, next: () throws(Failure) -> MerkleHash?
  ) throws(Failure) -> [Int64: MerkleHash] {
    var frontier = MerkleFrontier()
    var roots: [Int64: MerkleHash] = [:]
    if sizes.contains(0) { roots[0] = frontier.root }
    while let leaf = try next() {
      frontier.append(leaf)
      if sizes.contains(frontier.size) { roots[frontier.size] = frontier.root }
    }
    return roots
  }
}
