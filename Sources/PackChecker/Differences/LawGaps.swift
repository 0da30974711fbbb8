// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// The cases that one law covers and another does not, both ways, in families that a lawyer can review at once
/// (decision 048).
///
/// A family is a smallest set of elements that the other law misses. Where an element is looked at by a set fact, each
/// member alone makes a family of its own.
package struct LawGaps: Sendable {
  package let laws: ComparedLaws
  /// Those of the first conclusion alone, then those of the second.
  package var families: [Family] = []
  /// What could not be settled within the budget.
  package var notSettled: [String] = []

  /// One family of gaps.
  package struct Family: Sendable {
    /// True if the first conclusion holds alone.
    package let isOfFirst: Bool
    /// The elements of the other conclusion that are missing; none if it misses nothing that the map names.
    package let missing: [String]
    /// The member alone with which it is found, `none` or `several`; nil if the missing element is not looked at so.
    package let with: String?
    /// A smallest case; nil if none was found whose decisions show it.
    package let witness: Witness?
    /// What the map says of it; nil if the map does not know it.
    package let known: LawComparison.Gap?
  }

  /// Looks for the gaps between two laws.
  package init(_ laws: ComparedLaws) {
    self.laws = laws
    var finder = GapFinder(laws)
    for isOfFirst in [true, false] { families += finder.families(ofFirst: isOfFirst) }
    notSettled = finder.notSettled
  }

  /// The known gaps that are not there, with the members with which they were expected.
  package var closed: [(gap: LawComparison.Gap, with: String?)] {
    laws.map.gaps.flatMap { gap in
      let expected: [String?] = gap.with.isEmpty ? [nil] : gap.with.map { $0 }
      return expected.filter { with in !families.contains { $0.is(gap, with: with) } }.map { (gap, $0) }
    }
  }

  /// What is not as the map expects: gaps it does not know, gaps that are gone, and what could not be settled.
  package var problems: [Diagnostic] {
    let new = families.filter { $0.known == nil }.map {
      Diagnostic(at: laws.map.gapsLocation, .unreviewedGap($0.title(laws.map)))
    }
    let gone = closed.map { Diagnostic(at: $0.gap.location, .closedGap(with: $0.with)) }
    let open = notSettled.map { Diagnostic(at: laws.map.gapsLocation, .gapNotSettled($0)) }
    return (new + gone + open).sorted()
  }
}

extension LawGaps.Family {
  /// True if it is a gap that the map knows.
  fileprivate func `is`(_ gap: LawComparison.Gap, with member: String?) -> Bool {
    isOfFirst == gap.isOfFirst && Set(missing) == Set(gap.missing) && with == member
  }

  /// What it is, in a few words: `only palermo.trafficking; missing aim; with slavery`.
  package func title(_ map: LawComparison) -> String {
    Self.title(isOfFirst, missing: missing, with: with, map)
  }

  fileprivate static func title(
    _ isOfFirst: Bool, missing: [String], with: String?, _ map: LawComparison
  ) -> String {
    let law = isOfFirst ? map.first.text : map.second.text
    let missing = missing.isEmpty ? "nothing that the map names" : missing.joined(separator: " and ")
    return "only \(law); missing \(missing)" + (with.map { "; with \($0)" } ?? "")
  }
}

/// Asks for gaps.
private struct GapFinder {
  let laws: ComparedLaws
  private var space: CommonSpace
  private let day: CivilDate
  var notSettled: [String] = []

  init(_ laws: ComparedLaws) {
    self.laws = laws
    space = CommonSpace([laws.generation], collapsingStandards: true)
    day = laws.generation.packs.map(\.source.checked).max() ?? .first
    if space.isOverfull { notSettled = ["a fact is told apart in more ways than can be asked about"] }
  }

  mutating func families(ofFirst isOfFirst: Bool) -> [LawGaps.Family] {
    guard !space.isOverfull else { return [] }
    let elements = isOfFirst ? laws.map.elements.second : laws.map.elements.first
    let rules = isOfFirst ? laws.elements.second : laws.elements.first
    let (first, second) = (laws.conclusions.first, laws.conclusions.second)
    let (holds, fails) = isOfFirst ? (first, second) : (second, first)
    let gap = Formula.all(laws.given.map(rule) + [rule(holds), .not(rule(fails))])
    var families: [LawGaps.Family] = []
    var found: [Set<Int>] = []
    for missing in Self.subsets(of: elements.count) where !found.contains(where: { $0.isSubset(of: missing) })
    {
      let pattern = Formula.all(
        rules.enumerated().map { missing.contains($0) ? .not(rule($1)) : rule($1) })
      let here = self.families(
        Formula.all([gap, pattern]), missing.sorted().map { elements[$0] }, isOfFirst)
      if !here.isEmpty, !missing.isEmpty { found.append(missing) }
      families += here
    }
    return families
  }

  /// The families with some elements missing and the others there.
  private mutating func families(
    _ gap: Formula, _ missing: [LawComparison.Element], _ isOfFirst: Bool
  ) -> [LawGaps.Family] {
    let names = missing.map(\.name)
    guard let by = missing.compactMap(\.by).first, let members = laws.members(of: by) else {
      return family(gap, names, with: nil, isOfFirst).map { [$0] } ?? []
    }
    var families: [LawGaps.Family] = []
    for member in members + ["none"] {
      let alone = space.exactly(member == "none" ? [] : [member], of: by.text)
      families += family(.all([gap, alone]), names, with: member, isOfFirst).map { [$0] } ?? []
    }
    let several = space.several(of: by.text, without: Set(families.compactMap(\.with)))
    return families + (family(.all([gap, several]), names, with: "several", isOfFirst).map { [$0] } ?? [])
  }

  private mutating func family(
    _ gap: Formula, _ missing: [String], with member: String?, _ isOfFirst: Bool
  ) -> LawGaps.Family? {
    switch space.plainestCase(of: gap, assessedOn: day) {
    case .none: return nil
    case .overBudget:
      let title = LawGaps.Family.title(isOfFirst, missing: missing, with: member, laws.map)
      notSettled.append("\(title): over \(CommonSpace.budget) nodes")
      return nil
    case .one(let told):
      let known = laws.map.gaps.first { gap in
        gap.isOfFirst == isOfFirst && Set(gap.missing) == Set(missing)
          && (member.map(gap.with.contains) ?? gap.with.isEmpty)
      }
      return .init(
        isOfFirst: isOfFirst, missing: missing, with: member,
        witness: told.flatMap { witness($0, isOfFirst) }, known: known)
    }
  }

  private func witness(_ told: ToldCase, _ isOfFirst: Bool) -> Witness? {
    let (first, second) = (laws.conclusions.first, laws.conclusions.second)
    let pair = RulePair(laws.generation, first, laws.generation, second)
    var told = told
    let asksHowSurely = [first, second].contains { laws.generation.asksHowSurely($0) }
    told.foundTo = asksHowSurely ? .beyondReasonableDoubt : nil
    return pair.witness(from: told, answers: isOfFirst ? [.holds, .fails] : [.fails, .holds])
  }

  private func rule(_ number: Int) -> Formula { space.formula(ofRule: number, side: 0) }

  /// The sets of the numbers below a count, the smallest first.
  private static func subsets(of count: Int) -> [Set<Int>] {
    let all = (0..<count).reduce([Set<Int>()]) { sets, number in sets + sets.map { $0.union([number]) } }
    return all.enumerated().sorted { ($0.element.count, $0.offset) < ($1.element.count, $1.offset) }.map(
      \.element)
  }
}

extension Diagnostic.Message {
  /// A gap that nobody has looked at.
  static func unreviewedGap(_ title: String) -> Self {
    .init(
      code: "unreviewed-gap", text: "a gap that the map does not know: \(title)",
      hint: "have a lawyer look at its case, then add it to `gaps`, or mend the pack or the map")
  }

  /// A gap that is listed and not there.
  static func closedGap(with member: String?) -> Self {
    let member = member.map { " with `\($0)`" } ?? ""
    return .init(
      code: "closed-gap", text: "this gap is not there\(member)",
      hint: "a pack or the map has changed: see that it was meant, then take the gap out of `gaps`")
  }

  /// Gaps could not be looked for.
  static func gapNotSettled(_ what: String) -> Self {
    .init(code: "not-settled", text: "whether there is a gap is not settled: \(what)")
  }
}
