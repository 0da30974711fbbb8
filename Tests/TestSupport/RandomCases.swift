// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// A case file as text, and beside it what it says, worked out without the reader.
public struct RandomCase {
  /// One line for each fact that is answered: `  p.act_date: 2023-04`.
  public var lines: [String]
  /// What each variable can still be.
  public var said: ReferenceEvaluator.Said
  /// The same with who says it and how surely it was found.
  public var testimony: Testimony
  /// The day of assessment.
  public var assessedOn: CivilDate

  /// The file.
  public var text: String { caseText(lines, assessedOn: assessedOn) }
}

/// A case file of the lines of its facts.
public func caseText(_ lines: [String], assessedOn: CivilDate, reference: String = "R-1") -> String {
  let facts = lines.isEmpty ? "facts: {}\n" : "facts:\n" + lines.map { "  \($0)\n" }.joined()
  return "lawspeaker: 1\ncase: \(reference)\njurisdiction: NOR\nassessed_on: \(assessedOn)\n" + facts
}

/// Makes up a half-filled case: dates are known to some weeks, the rest in part or not at all.
public func randomCase(
  for packs: RandomPacks, under generation: Generation, using random: inout SplitMix64
) -> RandomCase {
  var writer = CaseWriter(random: random, packs: packs)
  var result = RandomCase(lines: [], said: [:], testimony: Testimony(), assessedOn: packs.assessedOn)
  for fact in generation.facts {
    if packs.hasSteps {
      if let line = writer.told(of: fact, &result.testimony) { result.lines.append("\(fact.id): \(line)") }
      continue
    }
    guard let (text, ranges) = writer.answer(to: fact) else { continue }
    let attributed = Int.random(in: 0..<100, using: &writer.random) < 15
    result.lines.append("\(fact.id): " + (attributed ? "{value: \(text), by: person, source: file}" : text))
    for (offset, range) in ranges { result.said[fact.variables.lowerBound + offset] = range }
  }
  if !packs.hasSteps { result.testimony = Testimony(result.said) }
  random = writer.random
  return result
}

private struct CaseWriter {
  typealias Answer = (text: String, ranges: [(Int, [ClosedRange<Int>])])
  var random: SplitMix64
  let packs: RandomPacks

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }

  /// A fact as one or several tell it, noted down beside the text.
  mutating func told(of fact: Generation.LinkedFact, _ testimony: inout Testimony) -> String? {
    let isDay = fact.declaration.name == "act_date"
    if isDay, chance(8) { return throughout(fact, &testimony) }
    let voices = ["person", "police", "alleged_actor"].filter { _ in chance(22) }
    guard voices.count > 1 else {
      guard let (text, ranges) = answer(to: fact) else { return nil }
      let foundTo = standard(of: fact)
      note(ranges, of: fact, .init(ranges: [], foundTo: foundTo), &testimony)
      return "{value: \(text), found_to: \(foundTo.rawValue)}"
    }
    var accounts: [String] = []
    for voice in voices {
      guard let (text, ranges) = answer(to: fact) else { continue }
      let foundTo = standard(of: fact)
      note(ranges, of: fact, .init(by: voice, ranges: [], foundTo: foundTo), &testimony)
      accounts.append("{by: \(voice), value: \(text), found_to: \(foundTo.rawValue)}")
    }
    return accounts.isEmpty ? nil : "{accounts: [\(accounts.joined(separator: ", "))]}"
  }

  private func note(
    _ ranges: [(Int, [ClosedRange<Int>])], of fact: Generation.LinkedFact, _ account: Testimony.Account,
    _ testimony: inout Testimony
  ) {
    for (offset, range) in ranges {
      var account = account
      account.ranges = range
      testimony.accounts[fact.variables.lowerBound + offset, default: []].append(account)
    }
  }

  private mutating func throughout(_ fact: Generation.LinkedFact, _ testimony: inout Testimony) -> String {
    let first = packs.epoch.adding(number(-3...8))
    let last = first.adding(number(0...7))
    testimony.throughout.insert(fact.variables.lowerBound)
    testimony.accounts[fact.variables.lowerBound] = [.init(ranges: [first.dayNumber...last.dayNumber])]
    return "{throughout: [\(first), \(last)]}"
  }

  /// Dates are found surely more often than not: of an unknown one there are too many completions to look at.
  private mutating func standard(of fact: Generation.LinkedFact) -> Standard {
    if fact.declaration.type == .date, chance(70) { return .beyondReasonableDoubt }
    return Standard.allCases.randomElement(using: &random) ?? .indications
  }

  mutating func answer(to fact: Generation.LinkedFact) -> Answer? {
    switch fact.declaration.type {
    case .yesNo:
      if chance(35) { return chance(30) ? ("unknown", []) : nil }
      return chance(50) ? ("yes", [(0, [1...1])]) : ("no", [(0, [0...0])])
    case .oneOf(let names): return choice(names)
    case .set(let names): return set(names)
    case .quantity(let unit, let low, let high):
      if chance(fact.declaration.since == nil ? 35 : 60) { return nil }
      return quantity(unit, low, high, near: fact.declaration.since == nil ? 4 : usualAge)
    case .date: return date(fact)
    }
  }

  private var usualAge: Int { max(0, packs.epoch.parts.year - packs.births.parts.year) }

  private mutating func choice(_ names: [String]) -> Answer? {
    if chance(35) { return nil }
    let picked = names.indices.filter { _ in chance(50) }
    if picked.count == 1 { return (names[picked[0]], [(0, [picked[0]...picked[0]])]) }
    if picked.isEmpty { return ("refused", []) }
    return ("{one_of: [\(picked.map { names[$0] }.joined(separator: ", "))]}", [(0, picked.map { $0...$0 })])
  }

  private mutating func set(_ names: [String]) -> Answer? {
    if chance(25) { return nil }
    let present = names.indices.filter { _ in chance(35) }
    let rest = names.indices.filter { !present.contains($0) }
    let absent = rest.filter { _ in chance(50) }
    func list(_ numbers: [Int]) -> String { "[\(numbers.map { names[$0] }.joined(separator: ", "))]" }
    func all(_ numbers: [Int], _ value: Int) -> [(Int, [ClosedRange<Int>])] {
      numbers.map { ($0, [value...value]) }
    }
    switch number(0...3) {
    case 0 where present.isEmpty: return nil
    case 0: return (list(present), all(present, 1))
    case 1: return ("{exactly: \(list(present))}", all(present, 1) + all(rest, 0))
    case 2 where present.isEmpty && absent.isEmpty: return nil
    case 2: return ("{has: \(list(present)), not: \(list(absent))}", all(present, 1) + all(absent, 0))
    default: return ("none", all(Array(names.indices), 0))
    }
  }

  private mutating func quantity(_ unit: String, _ low: Int, _ high: Int, near usual: Int) -> Answer {
    let value = min(max(usual + number(-2...2), low), high)
    switch number(0...6) {
    case 0 where value > low: return ("{below: \(value) \(unit)}", [(0, [low...(value - 1)])])
    case 1: return ("{at_least_as: \(value) \(unit)}", [(0, [value...high])])
    case 2 where value < high: return ("{above: \(value) \(unit)}", [(0, [(value + 1)...high])])
    case 3: return ("{at_most: \(value) \(unit)}", [(0, [low...value])])
    case 4:
      let last = min(high, value + number(0...2))
      return ("{between: [\(value) \(unit), \(last) \(unit)]}", [(0, [value...last])])
    case 5:
      return (
        "{one_of: [\(low) \(unit), \(value) \(unit)]}",
        [(0, value == low ? [low...low] : [low...low, value...value])]
      )
    default: return ("\(value) \(unit)", [(0, [value...value])])
    }
  }

  private mutating func date(_ fact: Generation.LinkedFact) -> Answer? {
    let isBirth = fact.declaration.name.hasPrefix("born")
    let isDawn = packs.epoch.parts.year == 1
    if isDawn, chance(40) { return nil }
    let first = (isBirth ? packs.births : packs.epoch).adding(number(isDawn ? -3...8 : -8...12))
    func numbers(_ a: CivilDate, _ b: CivilDate) -> [ClosedRange<Int>] { [a.dayNumber...b.dayNumber] }
    switch number(0...9) {
    case 0...2:
      let last = first.adding(number(0...(chance(15) ? 30 : 10)))
      return ("{between: [\(first), \(last)]}", [(0, numbers(first, last))])
    case 3 where isDawn && first > .first:
      return ("{before: \(first)}", [(0, [CivilDate.first.dayNumber...(first.dayNumber - 1)])])
    case 4:
      let month = String(first.description.prefix(7))
      guard let partial = PartialDate(month) else { return nil }
      return (month, [(0, numbers(partial.first, partial.last))])
    case 5:
      let other = first.adding(number(2...6))
      return ("{one_of: [\(first), \(other)]}", [(0, numbers(first, first) + numbers(other, other))])
    default: return ("\(first)", [(0, numbers(first, first))])
    }
  }
}
