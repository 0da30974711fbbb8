// SPDX-License-Identifier: Apache-2.0

/// The law that a pack cites, and who should look at what of it.
extension PackPageWriter {
  mutating func clauses() {
    guard !pack.clauses.isEmpty else { return }
    section(wording.clausesTitle, wording.clausesHelp)
    table(wording.clausesHead)
    for (place, clause) in pack.clauses.enumerated() {
      let reference = Generation.ClauseReference(pack: number, clause: place)
      row([
        names.cite(reference), clause.officialID ?? "–", force(clause), wording.confidence(clause.confidence),
        names.summary(reference),
      ])
    }
  }

  /// What a person who knows the law should look at first.
  mutating func review() {
    let unsure = pack.clauses.indices.filter { pack.clauses[$0].confidence != "high" }
    let readings = generation.readings.filter { $0.pack == number }
    guard !unsure.isEmpty || !readings.isEmpty else { return }
    section(wording.reviewTitle, wording.reviewHelp)
    if !unsure.isEmpty {
      lines += [wording.reviewClauses, ""]
      table(wording.reviewClausesHead)
      let uses = ClauseUses(self)
      for place in unsure {
        let reference = Generation.ClauseReference(pack: number, clause: place)
        let clause = pack.clauses[place]
        let (what, who) = uses.words(reference, self)
        row(["\(names.cite(reference)) (`\(clause.name)`)", wording.confidence(clause.confidence), what, who])
      }
      lines.append("")
    }
    guard !readings.isEmpty else { return }
    lines += [wording.reviewReadings, ""]
    table(wording.reviewReadingsHead)
    for reading in readings {
      let declared = reading.declaration
      let variants = declared.variants.enumerated().map { place, variant in
        let label = names.readingLabel(number, declared.name, variant.name)
        return place == reading.standing ? "**\(label)**" : label
      }
      row([
        "\(names.readingTitle(number, declared.name) ?? reading.id) (`\(declared.name)`)",
        variants.joined(separator: " / "),
      ])
    }
  }
}

/// What hangs on each clause: the conclusions that reach it, and steps that rest on it.
struct ClauseUses {
  /// The conclusions of the pack that reach a clause.
  private var conclusions: [Generation.ClauseReference: [Int]] = [:]
  /// The notions that rest on a clause which no conclusion reaches.
  private var notions: [Generation.ClauseReference: [Int]] = [:]
  private var duties: [Generation.ClauseReference: [Int]] = [:]
  private var others: [Generation.ClauseReference: [String]] = [:]

  init(_ page: PackPageWriter) {
    let generation = page.generation
    for rule in page.conclusions {
      for clause in Self.clauses(reachedFrom: rule, page) { conclusions[clause, default: []].append(rule) }
    }
    for rule in generation.rules.indices.prefix(generation.ownRules)
    where generation.rules[rule].pack == page.number {
      let own = Set(generation.rules[rule].grounds.map(\.clause))
      for clause in own where conclusions[clause] == nil { notions[clause, default: []].append(rule) }
    }
    for number in generation.duties.indices where generation.duties[number].pack == page.number {
      duties[generation.duties[number].clause, default: []].append(number)
    }
    func note(_ clause: Generation.ClauseReference?, _ what: String) {
      guard let clause, others[clause]?.contains(what) != true else { return }
      others[clause, default: []].append(what)
    }
    let wording = page.wording
    for rule in generation.rules.prefix(generation.ownRules) {
      note(rule.lawInTime?.clause, wording.hangsDay)
    }
    for presumption in generation.presumptions { note(presumption.clause, wording.hangsPresumption) }
    for caution in generation.cautions { note(caution.clause, wording.hangsCaution) }
    for irrelevance in generation.irrelevances { note(irrelevance.clause, wording.hangsIrrelevance) }
    for comparison in generation.comparisons { note(comparison.clause, wording.hangsComparison) }
    for change in page.pack.changes {
      note(page.index.clauses[page.index.full(change.clause, in: page.pack.id)], wording.hangsChange)
    }
    for rule in generation.rules.prefix(generation.ownRules) {
      for clause in rule.notModelled { note(clause, wording.hangsNotModelled) }
    }
  }

  /// What hangs on a clause, and the bodies before which it matters.
  func words(_ clause: Generation.ClauseReference, _ page: PackPageWriter) -> (what: String, who: String) {
    let rules = conclusions[clause] ?? notions[clause, default: []]
    let steps = duties[clause, default: []]
    var shown = rules.prefix(3).map { page.title($0) }
    if rules.count > 3 { shown.append(page.wording.andMore(rules.count - 3)) }
    if !steps.isEmpty { shown.append(page.wording.dutyCount(steps.count)) }
    shown += others[clause, default: []]
    var bodies: [String] = []
    let named =
      rules.flatMap { page.generation.rules[$0].declaration.competent }
      + steps.map { page.generation.duties[$0].declaration.byWhom }
    for body in named.map({ page.names.body($0, of: page.number) }) where !bodies.contains(body) {
      bodies.append(body)
    }
    return (
      shown.isEmpty ? page.wording.nothing : shown.joined(separator: "; "),
      bodies.isEmpty ? "–" : bodies.joined(separator: ", ")
    )
  }

  /// The clauses of a rule, and of the rules that it stands on.
  private static func clauses(
    reachedFrom rule: Int, _ page: PackPageWriter
  ) -> Set<Generation.ClauseReference> {
    var clauses: Set<Generation.ClauseReference> = []
    var seen: Set<Int> = [rule]
    var waiting = [rule]
    while let next = waiting.popLast() {
      let rule = page.generation.rules[next]
      for ground in rule.grounds { collect(ground, &clauses, &seen, &waiting) }
    }
    return clauses
  }

  private static func collect(
    _ ground: Generation.LinkedGround, _ clauses: inout Set<Generation.ClauseReference>,
    _ seen: inout Set<Int>, _ waiting: inout [Int]
  ) {
    clauses.insert(ground.clause)
    ground.condition.forEachLeaf({ _ in }, rule: { if seen.insert($0).inserted { waiting.append($0) } })
    for exception in ground.exceptions { collect(exception, &clauses, &seen, &waiting) }
  }
}
