// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// Packs that cases were decided under, beside the packs that are asked about now: what cannot be otherwise.
///
/// Made once for all threads; a decision's own packs are enough, as its answer is a function of these and the file.
package struct EarlierPacks: Sendable {
  /// Tells these packs from other ones.
  let id: String
  private let generation: Generation
  /// The conclusions of which everything is the same that their status depends on.
  private let same: Set<String>

  /// Compares packs, as far as the status of each conclusion depends on them.
  ///
  /// - Parameters:
  ///   - earlier: The packs that cases were decided under.
  ///   - other: The packs that are asked about.
  package init(_ earlier: Generation, besides other: Generation) {
    let (before, now) = (earlier.statusBases(), other.statusBases())
    generation = earlier
    id = earlier.packs.map(\.sha256).joined(separator: " ")
    same = Set(before.filter { now[$0] == $1 }.keys)
  }

  /// True if every file of a jurisdiction that was read under these packs says the same under the other ones.
  func read(_ jurisdiction: String, like other: Generation) -> Bool {
    other.reads(jurisdiction, like: generation)
  }

  /// The places, among the conclusions of a decision, of those that may be otherwise; nil if its conclusions are not
  /// those of these packs.
  func open(among conclusions: [String], in jurisdiction: String) -> [Int]? {
    let own = generation.conclusions(in: jurisdiction).map { generation.rules[$0].id }
    guard conclusions == own else { return nil }
    return conclusions.indices.filter { !same.contains(conclusions[$0]) }
  }
}
