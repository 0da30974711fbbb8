// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore

/// Packs in one version, with the text their authors wrote.
package struct PackEdition: Sendable {
  package let generation: Generation
  package let sources: [PackSource]

  package init(_ generation: Generation, _ sources: [PackSource]) {
    self.generation = generation
    self.sources = sources
  }
}

/// What another version of packs answers otherwise, conclusion by conclusion.
///
/// A conclusion is the same if no case that can be told in the words of both versions is answered otherwise, under any
/// reading that both have, on any day (decision 047).
package struct PackDifference: Sendable {
  /// Each conclusion that both have, in pack and rule order.
  package var conclusions: [Conclusion] = []
  /// The ids of conclusions that only the later version has.
  package var new: [String] = []
  /// The ids of conclusions that only the earlier version has.
  package var gone: [String] = []
  /// Facts, and members of sets, that only the earlier version has, and those that only the later has; a fact of
  /// another type is both.
  package var notShared: (before: [String], after: [String]) = ([], [])
  /// What reads otherwise in the files.
  package var texts: [TextChange] = []

  /// A conclusion that both versions have.
  package struct Conclusion: Sendable {
    /// `norway.trafficking_257`.
    package let id: String
    package let finding: Finding
    /// The changes of text that it can reach, by their places in ``PackDifference/texts``.
    package let causes: [Int]
  }

  /// What was found about a conclusion.
  package enum Finding: Sendable {
    case same
    /// A smallest case for each pair of answers that was found; at least one.
    case changed([Witness])
    /// Why nothing can be said.
    case notSettled(String)
  }

  /// True if every conclusion is proved the same or has a case that shows that it is not.
  package var isSettled: Bool {
    conclusions.allSatisfy { if case .notSettled = $0.finding { false } else { true } }
  }

  /// Compares two versions of packs.
  ///
  /// - Parameters:
  ///   - before: The earlier version.
  ///   - after: The later one.
  ///   - progress: Is told after each conclusion how many are done, of how many.
  package init(
    from before: PackEdition, to after: PackEdition, progress: (Int, Int) -> Void = { _, _ in }
  ) {
    let (old, new) = (before.generation, after.generation)
    let (oldNumbers, newNumbers) = (old.numbersOfConclusions, new.numbersOfConclusions)
    texts = TextChange.all(from: before, to: after)
    gone = old.conclusionIDs.filter { newNumbers[$0] == nil }
    self.new = new.conclusionIDs.filter { oldNumbers[$0] == nil }
    var comparing = Comparing(old, new)
    notShared = (comparing.notShared[0], comparing.notShared[1])
    let kept = new.conclusionIDs.compactMap { id in
      newNumbers[id].flatMap { after in oldNumbers[id].map { (id, $0, after) } }
    }
    for (done, (id, before, after)) in kept.enumerated() {
      let finding = comparing.finding(before, after)
      var causes: [Int] = []
      if case .same = finding {
      } else {
        let reach = Reached(before, in: old).union(Reached(after, in: new))
        causes = texts.indices.filter { reach.contains(texts[$0].subject) }
      }
      conclusions.append(Conclusion(id: id, finding: finding, causes: causes))
      progress(done + 1, kept.count)
    }
  }
}

extension Generation {
  fileprivate var conclusionIDs: [String] { rules.prefix(ownRules).map(\.id) }

  fileprivate var numbersOfConclusions: [String: Int] {
    Dictionary(conclusionIDs.enumerated().map { ($1, $0) }) { first, _ in first }
  }
}

/// Compares conclusions of two generations, one after the other.
private struct Comparing {
  let before: Generation
  let after: Generation
  /// With each fact as each standard of proof sees it.
  private var exact: CommonSpace
  /// As if every fact were found beyond reasonable doubt: that shows differences most plainly.
  private var plain: CommonSpace
  private let day: CivilDate

  init(_ before: Generation, _ after: Generation) {
    self.before = before
    self.after = after
    exact = CommonSpace([before, after], collapsingStandards: false)
    plain = CommonSpace([before, after], collapsingStandards: true)
    day = (before.packs + after.packs).map(\.source.checked).max() ?? .first
  }

  var notShared: [[String]] { exact.notShared }

  mutating func finding(_ old: Int, _ new: Int) -> PackDifference.Finding {
    if exact.isOverfull || plain.isOverfull {
      return .notSettled(
        "a fact is told apart in more ways by both versions together than can be asked about")
    }
    let (first, second) = (before.rules[old], after.rules[new])
    guard before.packs[first.pack].jurisdiction == after.packs[second.pack].jurisdiction else {
      return .notSettled("the pack is one of another jurisdiction")
    }
    switch exact.compare(old, new, followsUsual: false, assessedOn: day) {
    case .overBudget: return .notSettled("the diagram of both versions is over \(CommonSpace.budget) nodes")
    case .same:
      guard first.declaration.isIncriminating == second.declaration.isIncriminating else {
        return .notSettled("`effect` is another, so a day that a file leaves uncertain counts otherwise")
      }
      return .same
    case .different(let found):
      let witnesses = witnesses(old, new, found)
      if !witnesses.isEmpty { return .changed(witnesses) }
      return .notSettled("the rules differ, and no case file was found that shows it")
    }
  }

  /// Cases in which the answers differ: under the usual readings where there are any, else under others; facts found
  /// beyond reasonable doubt where that shows it, else found less surely.
  private mutating func witnesses(
    _ old: Int, _ new: Int, _ exactly: [CommonFinding.Difference]
  ) -> [Witness] {
    let pair = RulePair(before, old, after, new)
    let surely: Standard? =
      before.asksHowSurely(old) || after.asksHowSurely(new) ? .beyondReasonableDoubt : nil
    var witnesses: [Witness] = []
    for followsUsual in [true, false] {
      guard case .different(let found) = plain.compare(old, new, followsUsual: followsUsual, assessedOn: day)
      else { continue }
      for difference in found
      where !witnesses.contains(where: { $0.from == difference.from && $0.to == difference.to }) {
        guard var told = difference.told else { continue }
        told.foundTo = surely
        if let witness = pair.witness(from: told, answers: [difference.from, difference.to]) {
          witnesses.append(witness)
        }
      }
    }
    if !witnesses.isEmpty { return witnesses }
    for told in exactly.compactMap(\.told) {
      for standard in [nil] + Standard.allCases {
        var told = told
        told.foundTo = standard
        if let witness = pair.witness(from: told) { return [witness] }
      }
    }
    return []
  }
}
