// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// What the own tests of packs show of their rules, and what they do not.
package struct Coverage: Sendable {
  /// Each thing that is to be shown, in pack and file order.
  package internal(set) var items: [Item]
  /// By pack, how many tests were looked at.
  package internal(set) var tests: [String: Int]

  /// One thing that the tests are to show.
  package struct Item: Sendable {
    /// What kind of thing it is.
    package let kind: Kind
    /// The pack.
    package let pack: String
    /// The rule, without its pack; empty for a clause.
    package let rule: String
    /// The clause, without its pack.
    package let clause: String
    /// What is to be shown, in words: "`child` alone decides".
    package let text: String
    /// Where it stands in the pack.
    package let location: SourceLocation
    /// What the tests make of it.
    package internal(set) var outcome: Outcome = .missing
    /// Goals that show it together, in each way in which it can be shown.
    let ways: [[Int]]
  }

  /// The kinds of things that are shown, from the coarse to the fine.
  package enum Kind: String, CaseIterable, Sendable {
    /// A ground on the clause carried an answer alone, or an exception on it defeated one.
    case clause
    /// The ground held alone, or failed while its clause was in force.
    case ground
    /// The exception defeated its ground, or left it standing.
    case exception
    /// The condition was so, or was not so.
    case condition
    /// Two tests in each of which the condition alone decides the ground, one way and the other.
    case pair
  }

  /// What the tests make of one thing.
  package enum Outcome: Sendable, Equatable {
    /// Shown by these tests.
    case shown(by: [String])
    case missing
    /// No case on any day could show it: proved over all of them.
    case impossible
  }

  /// What is to be shown and is not, although some case could.
  package var missing: [Item] { items.filter { $0.outcome == .missing } }

  /// How much of what can be shown is shown, in whole per cent, rounded down; 100 if nothing is to be shown.
  package var percent: Int {
    let possible = items.count { $0.outcome != .impossible }
    return possible == 0 ? 100 : (possible - missing.count) * 100 / possible
  }
}

/// Measures what the own tests of packs show.
///
/// - Parameters:
///   - ids: The packs to measure; all of the generation if nil.
///   - generation: The packs, with every name resolved.
///   - writingMissing: True to look for tests of what is missing, too.
/// - Returns: What the tests show, and ready tests for what they do not.
package func coverage(
  of ids: Set<String>? = nil, in generation: Generation, writingMissing: Bool = false
) -> (coverage: Coverage, missing: [MissingTests]) {
  var study = CoverageStudy(generation, ids)
  study.measure()
  let missing = writingMissing ? study.missingTests() : []
  return (study.coverage, missing)
}
