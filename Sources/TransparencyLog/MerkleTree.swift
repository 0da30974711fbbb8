// SPDX-License-Identifier: Apache-2.0

/// Roots and proofs of a Merkle tree whose complete subtrees are stored (RFC 9162, section 2.1).
///
/// `node` looks up the hash of a complete subtree; no other is ever asked for, and each function asks for at most two
/// a level. What it throws is thrown on. An index or a size that the tree does not have is a fault of the caller, who
/// knows how many leaves are stored.
package enum MerkleTree {
  /// Works out what to store for a new leaf.
  ///
  /// - Parameters:
  ///   - leaf: The hash of the new leaf.
  ///   - index: Its number, which is how many leaves there were before.
  ///   - node: Looks up a complete subtree.
  /// - Returns: The leaf itself, then each subtree that it completes, upwards.
  /// - Throws: What `node` throws.
  package static func appending<Failure: Error>(
    _ leaf: MerkleHash, at index: Int64, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [(place: NodePlace, hash: MerkleHash)] {
    precondition(index >= 0, "leaves are numbered from 0")
    var place = NodePlace(level: 0, index: index)
    var hash = leaf
    var nodes = [(place: place, hash: hash)]
    while place.isRight {
      hash = .node(try node(place.sibling), hash)
      place = place.parent
      nodes.append((place, hash))
    }
    return nodes
  }

  /// Works out the root of the tree as it was, or is, with some number of leaves.
  ///
  /// - Parameters:
  ///   - size: How many of the first leaves to take.
  ///   - node: Looks up a complete subtree.
  /// - Returns: The root.
  /// - Throws: What `node` throws.
  package static func root<Failure: Error>(
    ofSize size: Int64, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> MerkleHash {
    precondition(size >= 0, "a tree has no fewer leaves than 0")
    return try hash(of: 0..<size, node: node)
  }

  /// Proves that a leaf is in the tree of some size.
  ///
  /// - Parameters:
  ///   - index: The leaf's number.
  ///   - size: How many of the first leaves make the tree.
  ///   - node: Looks up a complete subtree.
  /// - Returns: The hashes from the leaf's sibling up to the root's child.
  /// - Throws: What `node` throws.
  package static func inclusionProof<Failure: Error>(
    of index: Int64, inSize size: Int64, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [MerkleHash] {
    precondition((0..<size).contains(index), "the leaf is in the tree")
    var subtree = 0..<size
    var siblings: [Range<Int64>] = []
    while subtree.upperBound - subtree.lowerBound > 1 {
      let (left, right) = halves(of: subtree)
      subtree = left.contains(index) ? left : right
      siblings.append(subtree == left ? right : left)
    }
    return try hashes(of: siblings.reversed(), node: node)
  }

  /// Proves that the tree of some size continues that of a smaller one.
  ///
  /// - Parameters:
  ///   - from: The number of leaves before, at least 1: everything continues the empty tree, so nothing shows it.
  ///   - size: The number of leaves after.
  ///   - node: Looks up a complete subtree.
  /// - Returns: The hashes, from the lowest; none for two equal sizes.
  /// - Throws: What `node` throws.
  package static func consistencyProof<Failure: Error>(
    from: Int64, to size: Int64, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [MerkleHash] {
    precondition(1 <= from && from <= size, "the older tree has leaves, and no more than the newer")
    var subtree = 0..<size
    var siblings: [Range<Int64>] = []
    while subtree.upperBound != from {
      let (left, right) = halves(of: subtree)
      subtree = from <= left.upperBound ? left : right
      siblings.append(subtree == left ? right : left)
    }
    // The older tree's last subtree is left out where it is the whole of that tree: who checks has its root.
    if subtree.lowerBound > 0 { siblings.append(subtree) }
    return try hashes(of: siblings.reversed(), node: node)
  }

  /// The complete subtrees that make up a subtree, from the left, each smaller than the one before.
  static func subtrees(of leaves: Range<Int64>) -> [NodePlace] {
    var places: [NodePlace] = []
    var start = leaves.lowerBound
    while start < leaves.upperBound {
      let level = (leaves.upperBound - start).highestBit
      places.append(NodePlace(level: level, index: start >> level))
      start += 1 << level
    }
    return places
  }

  /// The root over complete subtrees of falling size.
  static func root(over subtrees: some BidirectionalCollection<MerkleHash>) -> MerkleHash {
    guard let last = subtrees.last else { return .emptyTree }
    return subtrees.dropLast().reversed().reduce(last) { .node($1, $0) }
  }

  private static func hashes<Failure: Error>(
    of ranges: [Range<Int64>], node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> [MerkleHash] {
    try ranges.map { range throws(Failure) in try hash(of: range, node: node) }
  }

  private static func hash<Failure: Error>(
    of leaves: Range<Int64>, node: (NodePlace) throws(Failure) -> MerkleHash
  ) throws(Failure) -> MerkleHash {
    root(over: try subtrees(of: leaves).map(node))
  }

  /// Splits a subtree of two leaves or more; the left half is the largest complete one that leaves something over.
  private static func halves(of leaves: Range<Int64>) -> (left: Range<Int64>, right: Range<Int64>) {
    let middle = leaves.lowerBound + 1 << (leaves.upperBound - leaves.lowerBound - 1).highestBit
    return (leaves.lowerBound..<middle, middle..<leaves.upperBound)
  }
}

extension Int64 {
  /// The place of the highest bit that is set in a number above 0.
  fileprivate var highestBit: Int { Int64.bitWidth - 1 - leadingZeroBitCount }
}
