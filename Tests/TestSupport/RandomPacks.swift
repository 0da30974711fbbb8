// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore

/// Some small packs that may be active together, made up from a seed.
public struct RandomPacks {
  /// One or two packs; the second builds on the first.
  public var sources: [PackSource]
  /// The day around which everything happens.
  public var epoch: CivilDate
  /// The day of birth around which people are born.
  public var births: CivilDate
  /// The day of assessment.
  public var assessedOn: CivilDate
  /// True if cases say how surely things were found, and who says so.
  public var hasSteps = false

  /// Packs, if any, and the times in which their cases play.
  public init(sources: [PackSource], epoch: CivilDate, births: CivilDate, assessedOn: CivilDate) {
    self.sources = sources
    self.epoch = epoch
    self.births = births
    self.assessedOn = assessedOn
  }
}

/// The times in which random cases play: around leap days and turns of the year, and at the beginning of the calendar,
/// where even a day of which nothing is said is one of a few.
private let epochs = ["0001-01-08", "2024-02-26", "2000-02-27", "1900-02-27", "2022-12-30", "2023-02-27"]

/// Makes up packs with rules over facts of every type.
///
/// - Parameters:
///   - seed: What to make them of; the times in which they play turn with it.
///   - isShuffled: True for the same packs with facts, rules, clauses, files and packs in another order.
///   - hasSteps: True for packs with standards of proof, readings, law in time, and rules that incriminate or yield.
/// - Returns: The same packs for the same seed.
public func randomPacks(seed: UInt64, isShuffled: Bool = false, hasSteps: Bool = false) -> RandomPacks {
  var random = SplitMix64(seed: seed)
  let epoch = day(epochs[Int(seed % 6)])
  let isDawn = seed % 6 == 0
  let assessedOn = epoch.adding(Int.random(in: isDawn ? 0...12 : 0...50, using: &random))
  let yearsBefore = isDawn ? 0 : Int.random(in: 18...20, using: &random)
  let (year, month, dayOfMonth) = epoch.parts
  let births = CivilDate(year: year - yearsBefore, month: month, day: dayOfMonth) ?? epoch
  var writer = PackWriter(random: random, epoch: epoch, births: births, hasSteps: hasSteps)
  let first = writer.pack("p", imports: nil)
  var sources = [first]
  if seed % 3 == 0 { sources.append(writer.pack("q", imports: "p")) }
  if isShuffled {
    sources = sources.reversed().map { lines in lines.mapValues { $0.reversed() } }
  }
  var packs = RandomPacks(
    sources: sources.map { writer.source($0, splitsFiles: isShuffled) }, epoch: epoch, births: births,
    assessedOn: assessedOn)
  packs.hasSteps = hasSteps
  return packs
}

/// A day that is known to exist.
func day(_ text: String) -> CivilDate {
  guard let date = CivilDate(text) else { preconditionFailure("\(text) is a day") }
  return date
}

extension CivilDate {
  /// The day that is a number of days later.
  public func adding(_ days: Int) -> CivilDate { CivilDate(dayNumber: dayNumber + days) }
}

/// The lines of a pack, section by section; the order within `facts`, `clauses` and `rules` means nothing.
private typealias Sections = [String: [String]]

/// Writes packs as text; every name it uses is one it has declared.
private struct PackWriter {
  var random: SplitMix64
  let epoch: CivilDate
  let births: CivilDate
  /// What a condition may ask, as a pack's import would write it without the pack.
  var questions: [(pack: String, fact: String, text: (inout SplitMix64, String) -> String)] = []
  /// What a reading may decide, with the fact it belongs to.
  var decidable: [(pack: String, fact: String, text: String)] = []
  let hasSteps: Bool
  var hasOtherDate = false
  var incriminating: Set<String> = []
  /// The facts that a reading's condition must not rest on; nil outside of one.
  var forbidden: Set<String>?
  var rules: [(pack: String, name: String)] = []
  var clauses: [(pack: String, name: String)] = []
  var hasActDate = false

  init(random: SplitMix64, epoch: CivilDate, births: CivilDate, hasSteps: Bool) {
    self.random = random
    self.hasSteps = hasSteps
    self.epoch = epoch
    self.births = births
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &random) }
  mutating func dayNear() -> CivilDate { epoch.adding(number(-6...20)) }

  mutating func pack(_ id: String, imports: String?) -> Sections {
    let isFirst = imports == nil
    let jurisdiction = isFirst || chance(60) ? "UN" : "NOR"
    var sections: Sections = [
      "pack": ["lawspeaker: 1", "pack: {id: \(id), version: 1.0.0, jurisdiction: \(jurisdiction)}"]
    ]
    sections["pack"]?.append("source: {cite: \"made up\", texts: [en], checked: 2026-01-01}")
    if let imports { sections["pack"]?.append("imports: [{pack: \(imports), version: 1.0.0}]") }
    sections["facts"] = facts(of: id, isFirst: isFirst)
    sections["clauses"] = (0..<number(2...4)).map { clause(id, "\(id)c\($0)") }
    if hasSteps { sections["readings"] = readingsOfFacts(id) }
    sections["rules"] = (0..<number(3...6)).map { rule(id, "\(id)r\($0)") }
    if hasSteps {
      if let reading = readingOfRule(id) { sections["readings", default: []].append(reading) }
      sections["law_in_time"] = lawInTime(id)
      sections["presumptions"] = presumptions(id)
    }
    return sections
  }

  private mutating func ask(
    _ pack: String, _ fact: String, _ text: @escaping (inout SplitMix64, String) -> String
  ) {
    questions.append((pack, fact, text))
  }

  // MARK: The steps around rules

  /// Readings, each of which rests on facts that no later one decides.
  private mutating func readingsOfFacts(_ pack: String) -> [String] {
    let chosen = decidable.filter { $0.pack == pack }.filter { _ in chance(35) }
    return chosen.indices.compactMap { place in
      forbidden = Set(chosen[place...].map(\.fact))
      defer { forbidden = nil }
      guard questions.contains(where: { forbidden?.contains($0.fact) == false }) else { return nil }
      return reading(pack, "\(pack)reading\(place)", decides: chosen[place].text)
    }
  }

  private mutating func readingOfRule(_ pack: String) -> String? {
    guard chance(25), let rule = rules.filter({ $0.pack == pack }).randomElement(using: &random) else {
      return nil
    }
    forbidden = []
    defer { forbidden = nil }
    return reading(pack, "\(pack)reading_rule", decides: rule.name)
  }

  private mutating func reading(_ pack: String, _ name: String, decides: String) -> String {
    let first = chance(70) ? ", holds_if: \(condition(pack, 1))" : ""
    let second = chance(50) ? ", holds_if: \(condition(pack, 1))" : ""
    let cite = "cite: {en: C, nb: C}"
    return "\(name): {decides: \(decides), default: \(chance(50) ? "wide" : "narrow"), "
      + "readings: {wide: {\(cite)\(first)}, narrow: {\(cite)\(second)}}}"
  }

  /// Days of their own for some rules.
  private mutating func lawInTime(_ pack: String) -> [String] {
    var dayNames = ["assessed_on"]
    if let owner = questions.first(where: { $0.fact == "act_date" })?.pack {
      dayNames.append(prefix(owner, in: pack) + "act_date")
    }
    if hasOtherDate { dayNames.append(prefix("p", in: pack) + "other_date") }
    let own = rules.filter { $0.pack == pack }.map(\.name)
    let clauses = clauses.filter { $0.pack == pack }
    return own.compactMap { rule in
      guard chance(30), let day = dayNames.randomElement(using: &random),
        let clause = clauses.randomElement(using: &random)
      else { return nil }
      return "{rules: [\(rule)], day: \(day), clause: \(clause.name), flag_milder: yes}"
    }
  }

  /// A yes_no fact that is presumed for rules that do not incriminate.
  private mutating func presumptions(_ pack: String) -> [String] {
    let facts = decidable.filter { $0.pack == pack && $0.fact == $0.text }.map(\.fact)
    let own = rules.filter { $0.pack == pack && !incriminating.contains($0.name) }.map(\.name)
    guard chance(60), !own.isEmpty, let fact = facts.randomElement(using: &random),
      let clause = clauses.first(where: { $0.pack == pack })
    else { return [] }
    return [
      "{fact: \(fact), value: \(chance(50) ? "yes" : "no"), when: \(condition(pack, 1)), "
        + "clause: \(clause.name), for: [\(own.joined(separator: ", "))]}"
    ]
  }

  /// Standard, effect and stronger rules of a rule that is being written.
  private mutating func steps(_ pack: String, _ name: String) -> String {
    guard hasSteps else { return "" }
    var text = ""
    let standards = Standard.allCases.map(\.rawValue)
    if chance(40) { text += "standard: \(standards.randomElement(using: &random) ?? ""), " }
    if chance(15) {
      text += "effect: incriminating, "
      incriminating.insert(name)
    }
    if chance(12), let rule = rules.randomElement(using: &random) {
      text += "yields_to: [\(prefix(rule.pack, in: pack))\(rule.name)], "
    }
    return text
  }

  // MARK: Facts, clauses and rules

  private mutating func facts(of id: String, isFirst: Bool) -> [String] {
    var lines: [String] = []
    if !hasActDate, chance(85) {
      lines.append("act_date: {type: date}")
      hasActDate = true
      let epoch = epoch
      ask(id, "act_date") { random, name in
        let first = epoch.adding(.random(in: -3...12, using: &random))
        let words = [
          "before: \(first)", "after: \(first)", "between: [\(first), \(first.adding(4))]", "is: \(first)",
        ]
        return "{\(name)act_date: {\(words.randomElement(using: &random) ?? "")}}"
      }
    }
    if hasSteps, hasActDate, !hasOtherDate, isFirst, chance(40) {
      lines.append("other_date: {type: date}")
      hasOtherDate = true
    }
    for number in 0..<number(1...3) {
      let name = "\(id)b\(number)"
      lines.append("\(name): {type: yes_no\(chance(30) ? ", sensitive: yes" : "")}")
      decidable.append((id, name, name))
      ask(id, name) { _, pack in pack + name }
      if chance(30) {
        ask(id, name) { random, pack in
          "{\(pack)\(name): {is: \(Bool.random(using: &random) ? "yes" : "no")}}"
        }
      }
    }
    if chance(45) {
      let name = "\(id)one"
      lines.append("\(name): {type: one_of, values: [low, medium, high]}")
      ask(id, name) { random, pack in
        let words = ["is: low", "is: high", "one_of: [low, medium]", "one_of: [low, high]"]
        return "{\(pack)\(name): {\(words.randomElement(using: &random) ?? "")}}"
      }
    }
    if chance(50) {
      let name = "\(id)set"
      lines.append("\(name): {type: set, of: [red, green, blue]\(chance(40) ? ", judged: [red]" : "")}")
      decidable.append((id, name, "{\(name): red}"))
      ask(id, name) { random, pack in
        let words = ["has: any", "has: red", "has: [red, blue]", "has: green"]
        return "{\(pack)\(name): {\(words.randomElement(using: &random) ?? "")}}"
      }
    }
    if chance(40) {
      let name = "\(id)amount"
      lines.append("\(name): {type: quantity, unit: coins, range: [0, 9]}")
      ask(id, name) { random, pack in Self.threshold(pack + name, "coins", 1...8, &random) }
    }
    if isFirst, chance(60) {
      lines += ages(id, "born", "age", asOf: hasActDate && chance(70) ? "act_date" : "assessed_on")
    }
    if isFirst, hasActDate, chance(25) { lines += ages(id, "born2", "age2", asOf: "act_date") }
    if isFirst, lines.contains(where: { $0.hasPrefix("born:") }), chance(50) {
      lines.append(age(id, "born", "age_now", asOf: "assessed_on"))
    }
    return lines
  }

  private mutating func ages(_ id: String, _ born: String, _ age: String, asOf: String) -> [String] {
    let births = births
    if chance(40) {
      ask(id, born) { random, pack in
        "{\(pack)\(born): {before: \(births.adding(.random(in: -3...6, using: &random)))}}"
      }
    }
    return ["\(born): {type: date, sensitive: yes}", self.age(id, born, age, asOf: asOf)]
  }

  private mutating func age(_ id: String, _ born: String, _ name: String, asOf: String) -> String {
    let usual = max(0, epoch.parts.year - births.parts.year)
    ask(id, name) { random, pack in
      Self.threshold(pack + name, "years", max(1, usual - 1)...(usual + 1), &random)
    }
    return "\(name): {type: quantity, unit: years, range: [0, \(usual + 3)], as_of: \(asOf), since: \(born)}"
  }

  private static func threshold(
    _ name: String, _ unit: String, _ range: ClosedRange<Int>, _ random: inout SplitMix64
  ) -> String {
    let bound = Int.random(in: range, using: &random)
    let words = [
      "below: \(bound) \(unit)", "at_least_as: \(bound) \(unit)", "above: \(bound) \(unit)",
      "at_most: \(bound) \(unit)",
      "is: \(bound) \(unit)", "between: [\(bound) \(unit), \(bound + 1) \(unit)]",
    ]
    return "{\(name): {\(words.randomElement(using: &random) ?? "")}}"
  }

  private mutating func clause(_ pack: String, _ name: String) -> String {
    clauses.append((pack, name))
    var from = chance(40) ? dayNear() : day("0001-01-01")
    var intervals: [String] = []
    for _ in 0..<(chance(40) ? 2 : 1) {
      let until = from.adding(number(from < epoch.adding(-30) ? 200_000...200_001 : 1...9))
      let end = from < epoch.adding(-30) ? dayNear() : until
      guard chance(60), end > from else {
        intervals.append("{from: \(from)}")
        break
      }
      intervals.append("{from: \(from), until: \(end)}")
      from = end.adding(number(0...4))
    }
    let force = intervals.count == 1 && chance(50) ? intervals[0] : "[\(intervals.joined(separator: ", "))]"
    return "\(name): {path: [a], cite: {en: C, nb: C}, in_force: \(force)}"
  }

  private mutating func rule(_ pack: String, _ name: String) -> String {
    let grounds = (0..<number(1...3)).map { _ in provision(pack, exceptions: 3) }
    let steps = steps(pack, name)
    rules.append((pack, name))
    return "\(name): {\(steps)grounds: [\(grounds.joined(separator: ", "))]}"
  }

  private mutating func provision(_ pack: String, exceptions depth: Int) -> String {
    let clause = clauses.randomElement(using: &random) ?? (pack, "")
    var text = "clause: \(prefix(clause.pack, in: pack))\(clause.name), holds_if: \(condition(pack, 2))"
    if depth > 0, chance(depth == 3 ? 30 : 55) {
      let inner = (0..<number(1...2)).map { _ in provision(pack, exceptions: depth - 1) }
      text += ", unless: [\(inner.joined(separator: ", "))]"
    }
    return "{\(text)}"
  }

  private func prefix(_ owner: String, in pack: String) -> String { owner == pack ? "" : owner + "." }

  private mutating func condition(_ pack: String, _ depth: Int) -> String {
    if depth == 0 || chance(35) { return leaf(pack) }
    let parts = (0..<number(2...3)).map { _ in condition(pack, depth - 1) }
    let list = "[\(parts.joined(separator: ", "))]"
    switch number(0...6) {
    case 0, 1: return "{all: \(list)}"
    case 2: return "{any: \(list)}"
    case 3: return "{not: \(parts[0])}"
    case 4: return "{at_least: \(number(1...parts.count)), of: \(list)}"
    case 5: return "{exactly: \(number(0...parts.count)), of: \(list)}"
    default: return "{if: \(parts[0]), then: \(parts[1])}"
    }
  }

  private mutating func leaf(_ pack: String) -> String {
    if forbidden == nil, chance(22), let rule = rules.randomElement(using: &random) {
      return prefix(rule.pack, in: pack) + rule.name
    }
    guard let forbidden else { return question(pack, among: questions) }
    return question(pack, among: questions.filter { !forbidden.contains($0.fact) })
  }

  private mutating func question(
    _ pack: String,
    among questions: [(pack: String, fact: String, text: (inout SplitMix64, String) -> String)]
  ) -> String {
    let place = number(0...(questions.count - 1))
    return questions[place].text(&random, prefix(questions[place].pack, in: pack))
  }

  /// Puts sections into files, each section into a file of its own if wished, and adds the texts.
  func source(_ sections: Sections, splitsFiles: Bool) -> PackSource {
    let introduction = (sections["pack"] ?? []).joined(separator: "\n") + "\n"
    let names = ["facts", "clauses", "rules", "readings", "law_in_time", "presumptions"]
    let body = names.filter { ["facts", "clauses", "rules"].contains($0) || sections[$0]?.isEmpty == false }
      .map { name in
        let item = ["law_in_time", "presumptions"].contains(name) ? "- " : ""
        return (name, "\(name):\n" + (sections[name] ?? []).map { "  \(item)\($0)\n" }.joined())
      }
    var files: [(path: String, text: String)] = [("pack.yaml", introduction)]
    if splitsFiles {
      files += body.map { ("\($0.0).yaml", $0.1) }
    } else {
      files[0].text += body.map(\.1).joined()
    }
    for language in ["en", "nb"] { files.append(("text/\(language).yaml", texts(sections))) }
    let id = introduction.contains("id: q") ? "q" : "p"
    let reading = files.map { PackSource.File(path: $0.path, bytes: Array($0.text.utf8)) }
    return PackSource(
      folder: "rulepacks/\(id)", files: splitsFiles ? reading.reversed() : reading, sha256: "0\(id)")
  }

  private func texts(_ sections: Sections) -> String {
    func names(_ section: String) -> [String] {
      (sections[section] ?? []).map { String($0.prefix { $0 != ":" }) }
    }
    let labels = { (line: String) -> String in
      if line.contains("type: one_of") { return ", values: {low: l, medium: m, high: h}" }
      return line.contains("type: set") ? ", values: {red: r, green: g, blue: b}" : ""
    }
    let facts = (sections["facts"] ?? []).map {
      "  \($0.prefix { $0 != ":" }): {question: \"?\"\(labels($0))}\n"
    }
    return "facts:\n" + facts.joined() + "rules:\n" + names("rules").map { "  \($0): t\n" }.joined()
      + "clauses:\n"
      + names("clauses").map { "  \($0): s\n" }.joined()
      + (names("readings").isEmpty ? "" : "readings:\n")
      + names("readings").map { "  \($0): {title: t, readings: {wide: w, narrow: n}}\n" }.joined()
  }
}
