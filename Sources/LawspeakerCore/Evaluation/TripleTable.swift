// SPDX-License-Identifier: Apache-2.0

/// What has been found for three numbers, by open addressing (Knuth 6.4, algorithm L).
///
/// A diagram looks up every node and every operation by three numbers; the standard library's dictionary, which must
/// withstand chosen keys, takes several times as long over it.
struct TripleTable: Sendable {
  private struct Slot: Sendable {
    var a: Int32
    var b: Int32
    var c: Int32
    /// What was found; less than zero in a slot that is free.
    var found: Int32
  }

  private static let free = Slot(a: 0, b: 0, c: 0, found: -1)
  private var slots = [Slot](repeating: free, count: 64)
  private var count = 0

  /// What was found for three numbers; nil if nothing was.
  subscript(a: Int32, b: Int32, c: Int32) -> Int32? {
    let slot = slots[place(a, b, c)]
    return slot.found < 0 ? nil : slot.found
  }

  /// Notes what was found, at least zero, for three numbers of which nothing is known yet.
  mutating func note(_ found: Int32, _ a: Int32, _ b: Int32, _ c: Int32) {
    if count * 2 >= slots.count { grow() }
    slots[place(a, b, c)] = Slot(a: a, b: b, c: c, found: found)
    count += 1
  }

  /// The slot of three numbers, or the free one where they belong; half of the slots are always free.
  private func place(_ a: Int32, _ b: Int32, _ c: Int32) -> Int {
    var hash = UInt64(UInt32(bitPattern: a)) &* 0x9E37_79B9_7F4A_7C15  // products wrap: they only mix bits
    hash = (hash ^ UInt64(UInt32(bitPattern: b))) &* 0xBF58_476D_1CE4_E5B9
    hash = (hash ^ (hash >> 32) ^ UInt64(UInt32(bitPattern: c))) &* 0x94D0_49BB_1331_11EB
    var place = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
    while true {
      let slot = slots[place]
      if slot.found < 0 || (slot.a == a && slot.b == b && slot.c == c) { return place }
      place = (place + 1) & (slots.count - 1)
    }
  }

  private mutating func grow() {
    let full = slots
    slots = Array(repeating: Self.free, count: full.count * 4)
    for slot in full where slot.found >= 0 { slots[place(slot.a, slot.b, slot.c)] = slot }
  }
}
