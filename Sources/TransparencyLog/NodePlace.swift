// SPDX-License-Identifier: Apache-2.0

/// The place of a complete subtree: that of the leaves from `index << level` to before `(index + 1) << level`.
package struct NodePlace: Hashable, Sendable {
  /// How far it is above the leaves, which are at 0.
  package let level: Int
  /// Its number among the subtrees of its level, from 0.
  package let index: Int64

  /// Names a complete subtree.
  package init(level: Int, index: Int64) {
    self.level = level
    self.index = index
  }

  /// The complete subtree that this one is a half of.
  var parent: Self { .init(level: level + 1, index: index >> 1) }
  /// The other half of the parent.
  var sibling: Self { .init(level: level, index: index ^ 1) }
  /// Whether it is its parent's right half, and so completes it.
  var isRight: Bool { index & 1 == 1 }
}
