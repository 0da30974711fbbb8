// SPDX-License-Identifier: Apache-2.0

extension MerkleTree {
  /// Checks that a leaf is in a tree (RFC 9162, section 2.1.3.2).
  ///
  /// - Parameters:
  ///   - leaf: The hash of the leaf.
  ///   - index: The leaf's number, from 0.
  ///   - size: How many leaves the tree has.
  ///   - proof: The hashes from the leaf's sibling up to the root's child.
  ///   - root: The tree's root.
  /// - Throws: ``ProofRefused`` if that is not shown.
  package static func verifyInclusion(
    leaf: MerkleHash, index: Int64, size: Int64, proof: [MerkleHash], root: MerkleHash
  ) throws(ProofRefused) {
    guard 0 <= index && index < size else { throw .noSuchLeaf(index: index, size: size) }
    var climb = Climb(from: index, last: size - 1)
    var hash = leaf
    for sibling in proof {
      switch try climb.step() {
      case .left: hash = .node(sibling, hash)
      case .right: hash = .node(hash, sibling)
      }
    }
    guard climb.isAtTop else { throw .length(proof.count) }
    guard hash == root else { throw .root }
  }

  /// Checks that a tree continues a smaller one: its first leaves are those of the other (RFC 9162, section 2.1.4.2).
  ///
  /// - Parameters:
  ///   - from: How many leaves the older tree has, at least 1: a proof about the empty tree would show nothing.
  ///   - size: How many leaves the newer tree has.
  ///   - oldRoot: The older tree's root.
  ///   - newRoot: The newer tree's root.
  ///   - proof: The hashes, from the lowest; none if the sizes are equal.
  /// - Throws: ``ProofRefused`` if that is not shown.
  package static func verifyConsistency(
    from: Int64, to size: Int64, oldRoot: MerkleHash, newRoot: MerkleHash, proof: [MerkleHash]
  ) throws(ProofRefused) {
    guard 1 <= from && from <= size else { throw .sizes(from: from, to: size) }
    if from == size {
      guard proof.isEmpty else { throw .length(proof.count) }
      guard oldRoot == newRoot else { throw .fork(size: size) }
      return
    }
    // An older tree that is one complete subtree is its own start; else the proof has the start as its first hash.
    let isComplete = from & (from - 1) == 0
    guard let start = isComplete ? oldRoot : proof.first else { throw .length(proof.count) }
    var climb = Climb(from: from - 1, last: size - 1)
    climb.skipRights()
    var (old, new) = (start, start)
    for sibling in proof.dropFirst(isComplete ? 0 : 1) {
      switch try climb.step() {
      case .left: (old, new) = (.node(sibling, old), .node(sibling, new))
      case .right: new = .node(new, sibling)
      }
    }
    guard climb.isAtTop else { throw .length(proof.count) }
    guard old == oldRoot else { throw .oldRoot }
    guard new == newRoot else { throw .root }
  }
}

/// The way from a node up to the root: on which side the next sibling lies.
private struct Climb {
  enum Side {
    case left
    case right
  }

  /// The number of the node within its level, and that of the level's last one.
  private var index: Int64
  private var last: Int64

  init(from index: Int64, last: Int64) {
    self.index = index
    self.last = last
  }

  var isAtTop: Bool { last == 0 }

  /// Goes up while the node is a right half, without siblings.
  mutating func skipRights() {
    while index & 1 == 1 { up() }
  }

  /// Goes up past one sibling, and past the levels where a last node without one stands for its parent too.
  mutating func step() throws(ProofRefused) -> Side {
    guard !isAtTop else { throw .tooLong }
    let side: Side = index & 1 == 1 || index == last ? .left : .right
    if side == .left {
      while index & 1 == 0 && index != 0 { up() }
    }
    up()
    return side
  }

  private mutating func up() {
    index >>= 1
    last >>= 1
  }
}
