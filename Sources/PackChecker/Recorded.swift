// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

/// Decisions that name the same conclusions and were taken under the same packs, and what of them may be otherwise under
/// other packs.
final class Recorded: Sendable {
  private let packs: String?
  private let jurisdiction: String
  private let conclusions: [String]
  /// What may be otherwise: the place among the recorded conclusions, and the rule; nil if there is none any more.
  let open: [(place: Int, rule: Int?)]
  /// The rules that are answered now and were not.
  let new: [Int]
  /// True if a case file has to be read: to be answered, or to know whether it can be.
  let needsFile: Bool
  /// True if whatever was read then can be read now and says the same, so that it is enough to read what is asked about.
  let isReadAlike: Bool
  /// The rules that have to be asked, rising; nil for all.
  let asked: [Int]?
  private let generation: Generation

  /// Looks at what decisions like one have in common.
  ///
  /// - Parameters:
  ///   - past: A decision.
  ///   - earlier: The packs it was taken under; nil if everything is to be worked out.
  ///   - numbers: The rules of the packs that are asked about, by id.
  ///   - generation: These packs.
  init(
    _ past: PastCase, under earlier: EarlierPacks?, _ numbers: [String: Int], asking generation: Generation
  ) {
    (packs, jurisdiction, conclusions) = (earlier?.id, past.jurisdiction, past.conclusions)
    self.generation = generation
    let others = Set(numbers.values).subtracting(conclusions.compactMap { numbers[$0] })
    if let earlier, let places = earlier.open(among: conclusions, in: past.jurisdiction) {
      open = places.map { (place: $0, rule: numbers[past.conclusions[$0]]) }
      new = others.intersection(generation.conclusions(in: past.jurisdiction)).sorted()
      let asked = open.compactMap(\.rule) + new
      isReadAlike = earlier.read(past.jurisdiction, like: generation)
      needsFile = !asked.isEmpty || !isReadAlike
      self.asked = asked.sorted()
    } else {
      open = conclusions.enumerated().map { (place: $0, rule: numbers[$1]) }
      new = others.sorted()
      (isReadAlike, needsFile, asked) = (false, true, nil)
    }
  }

  /// True if a decision is one of these.
  func isLike(_ past: PastCase, under earlier: EarlierPacks?) -> Bool {
    packs == earlier?.id && jurisdiction == past.jurisdiction && conclusions == past.conclusions
  }

  /// What is answered otherwise, what is answered no longer, and what was not answered before.
  func changes(from past: PastCase, to statuses: [(rule: Int, status: Status)]) -> [WhatIfTally.Change] {
    let now = Dictionary(uniqueKeysWithValues: statuses.lazy.map { ($0.rule, $0.status) })
    var changes: [WhatIfTally.Change] = []
    for (place, rule) in open {
      let after = rule.flatMap { now[$0] }
      if after == past.statuses[place] { continue }
      changes.append(.init(conclusion: conclusions[place], from: past.statuses[place], to: after))
    }
    for rule in new {
      guard let after = now[rule] else { continue }
      changes.append(.init(conclusion: generation.rules[rule].id, from: nil, to: after))
    }
    return changes
  }
}
