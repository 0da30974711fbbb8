// SPDX-License-Identifier: Apache-2.0
import TestSupport
import TransparencyLog

/// A tree as the ledger keeps it: the entries, and the hash of every complete subtree.
struct StoredTree {
  private(set) var entries: [[UInt8]] = []
  private var nodes: [NodePlace: MerkleHash] = [:]

  /// Makes entries up from a seed: of 0 to 40 bytes, some equal to another.
  init(seed: UInt64, count: Int) {
    var random = SplitMix64(seed: seed)
    for _ in 0..<count {
      append((0..<Int.random(in: 0...40, using: &random)).map { _ in .random(in: 0...255, using: &random) })
    }
  }

  init(_ entries: [[UInt8]]) { entries.forEach { append($0) } }

  private mutating func append(_ entry: [UInt8]) {
    for (place, hash) in MerkleTree.appending(.leaf(entry), at: Int64(entries.count), node: node) {
      precondition(nodes.updateValue(hash, forKey: place) == nil, "a subtree is completed once")
    }
    entries.append(entry)
  }

  func node(_ place: NodePlace) -> MerkleHash {
    guard let hash = nodes[place] else { preconditionFailure("only complete subtrees are asked for") }
    return hash
  }

  func root(_ size: Int) -> MerkleHash { MerkleTree.root(ofSize: Int64(size), node: node) }

  func inclusionProof(of index: Int, in size: Int) -> [MerkleHash] {
    MerkleTree.inclusionProof(of: Int64(index), inSize: Int64(size), node: node)
  }

  func consistencyProof(from: Int, to size: Int) -> [MerkleHash] {
    MerkleTree.consistencyProof(from: Int64(from), to: Int64(size), node: node)
  }
}

/// The definitions of RFC 9162, section 2.1, word for word: slow, and sharing nothing with what is tested but hashing.
enum RFC9162 {
  static func root(_ entries: ArraySlice<[UInt8]>) -> MerkleHash {
    guard let first = entries.first else { return .emptyTree }
    if entries.count == 1 { return .leaf(first) }
    let k = split(entries.count)
    return .node(root(entries.prefix(k)), root(entries.dropFirst(k)))
  }

  static func path(_ m: Int, _ entries: ArraySlice<[UInt8]>) -> [MerkleHash] {
    if entries.count == 1 { return [] }
    let k = split(entries.count)
    let (left, right) = (entries.prefix(k), entries.dropFirst(k))
    return m < k ? path(m, left) + [root(right)] : path(m - k, right) + [root(left)]
  }

  static func proof(_ m: Int, _ entries: ArraySlice<[UInt8]>, isWhole: Bool = true) -> [MerkleHash] {
    if m == entries.count { return isWhole ? [] : [root(entries)] }
    let k = split(entries.count)
    let (left, right) = (entries.prefix(k), entries.dropFirst(k))
    return m <= k
      ? proof(m, left, isWhole: isWhole) + [root(right)]
      : proof(m - k, right, isWhole: false) + [root(left)]
  }

  private static func split(_ n: Int) -> Int {
    var k = 1
    while k * 2 < n { k *= 2 }
    return k
  }
}
