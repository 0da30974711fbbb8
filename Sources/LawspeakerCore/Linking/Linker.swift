// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension Generation {
  /// Puts packs together: resolves every name, orders rules and refuses circles.
  ///
  /// - Parameter packs: The packs as they were read, in any order.
  /// - Returns: The packs with every name resolved, laid out for evaluation.
  /// - Throws: ``PackRejected`` with every problem among them.
  public static func link(_ packs: [RulePack]) throws(PackRejected) -> Generation {
    var linker = Linker(packs)
    linker.link()
    guard linker.problems.isEmpty else { throw PackRejected(diagnostics: linker.problems.sorted()) }
    return linker.generation
  }
}

/// Turns names into numbers, pack by pack.
struct Linker {
  var generation: Generation
  var problems: [Diagnostic] = []
  var packNumbers: [String: Int] = [:]
  var factNumbers: [String: Int] = [:]
  var ruleNumbers: [String: Int] = [:]
  var clauseNumbers: [String: Generation.ClauseReference] = [:]
  /// The readings that decide a variable or a rule.
  var readings: [Generation.LinkedReading.Decides: Int] = [:]
  /// The readings whose conditions are being linked, to find one that reaches what it decides.
  var readingsUnderWay: [Int] = []
  var views = Views()
  /// The rules of packs by number, before they are linked.
  var ruleDeclarations: [(pack: Int, rule: Rule)] = []
  /// The rules whose grounds are being linked, to find those that yield to one another.
  var rulesUnderWay: [Int] = []
  /// Which law governs each of them.
  var governing: [Governing] = []

  init(_ packs: [RulePack]) {
    generation = Generation(packs: packs.sorted { $0.id < $1.id })
  }

  mutating func link() {
    orderPacks()
    checkImports()
    declareFacts()
    declareClausesAndRules()
    tieAges()
    declareReadings()
    findGoverningDays()
    linkRules()
    linkReadings()
    linkPresumptions()
    linkDuties()
    linkCautions()
    linkComparisons()
    linkProperties()
    linkWhatStandsBeneath()
    guard findRuleCycles() else { return }
    computeReach()
    linkIrrelevances()
    linkNotModelled()
    linkChanges()
    checkExpectations()
    layOut()
  }

  mutating func report(_ message: Diagnostic.Message, at location: SourceLocation) {
    problems.append(Diagnostic(at: location, message))
  }

  /// Puts imported packs before those that import them.
  private mutating func orderPacks() {
    var waiting = generation.packs
    var ordered: [RulePack] = []
    var placed: Set<String> = []
    while !waiting.isEmpty {
      let ids = Set(waiting.map(\.id))
      let next = waiting.firstIndex { pack in
        pack.imports.allSatisfy { placed.contains($0.pack) || !ids.contains($0.pack) }
      }
      if next == nil {
        report(.cycle(waiting.map(\.id) + [waiting[0].id], "import"), at: waiting[0].location)
      }
      let pack = waiting.remove(at: next ?? 0)
      // what a copy declares is declared twice for no other reason
      guard placed.insert(pack.id).inserted else {
        report(.packTwice(pack.id), at: pack.location)
        continue
      }
      ordered.append(pack)
    }
    generation.packs = ordered
    packNumbers = Dictionary(uniqueKeysWithValues: ordered.enumerated().map { ($1.id, $0) })
  }

  private mutating func checkImports() {
    for pack in generation.packs {
      for wanted in pack.imports {
        let found = packNumbers[wanted.pack].map { generation.packs[$0] }
        if found?.version != wanted.version {
          report(
            .importVersion(wanted.pack, wanted: wanted.version, found: found?.version), at: wanted.location)
        }
        if let found { checkLock(of: pack, on: found) }
        if let found, found.jurisdiction != "UN", found.jurisdiction != pack.jurisdiction {
          report(.importJurisdiction(wanted.pack), at: wanted.location)
        }
      }
    }
  }

  /// An import that is pinned must have the content that it was pinned with.
  private mutating func checkLock(of pack: RulePack, on found: RulePack) {
    for pin in pack.lock?.pins ?? []
    where pin.pack == found.id && pin.version == found.version && pin.sha256 != found.sha256 {
      report(.lockDigest(found.id, locked: pin.sha256, found: found.sha256), at: pin.location)
    }
  }

  private mutating func declareFacts() {
    for (number, pack) in generation.packs.enumerated() {
      for fact in pack.facts {
        for (other, earlier) in generation.packs.enumerated() where other < number {
          guard earlier.facts.contains(where: { $0.name == fact.name }) else { continue }
          let meet = pack.jurisdiction == "UN" || earlier.jurisdiction == "UN"
          if meet || pack.jurisdiction == earlier.jurisdiction {
            report(.nameCollision(fact.name, other: earlier.id), at: fact.location)
          }
        }
        declare(fact, of: number)
      }
    }
  }

  private mutating func declare(_ fact: Fact, of pack: Int) {
    let id = generation.packs[pack].id + "." + fact.name
    for name in Set([id, fact.name]) {
      generation.factsByName[name, default: []].append(generation.facts.count)
    }
    let first = generation.variables.count
    let number = generation.facts.count
    switch fact.type {
    case .yesNo: addVariable(.either, of: number)
    case .date: addVariable(.days, of: number)
    case .quantity(_, let low, let high): addVariable(ValueSet(low, high), of: number)
    case .oneOf(let values): addVariable(ValueSet(0, values.count - 1), of: number)
    case .set(let members): for member in members.indices { addVariable(.either, of: number, member: member) }
    }
    factNumbers[id] = number
    generation.facts.append(
      .init(id: id, pack: pack, declaration: fact, variables: first..<generation.variables.count))
  }

  private mutating func addVariable(_ domain: ValueSet, of fact: Int, member: Int? = nil) {
    let number = generation.variables.count
    generation.variables.append(.init(role: .fact(fact, member: member), domain: domain, base: number))
  }

  private mutating func declareClausesAndRules() {
    var rules = 0
    for (number, pack) in generation.packs.enumerated() {
      for (place, clause) in pack.clauses.enumerated() {
        clauseNumbers[pack.id + "." + clause.name] = .init(pack: number, clause: place)
      }
      for rule in pack.rules {
        let id = pack.id + "." + rule.name
        if factNumbers[id] != nil { report(.duplicateName(rule.name), at: rule.location) }
        ruleNumbers[id] = rules
        rules += 1
      }
    }
    generation.ownRules = rules
  }

  private mutating func tieAges() {
    // union-find over the date variables; the day of assessment is fixed and ties nothing
    var ties: [Int: Int] = [:]
    func root(_ variable: Int) -> Int { ties[variable].map(root) ?? variable }
    for fact in generation.facts {
      guard let asOf = fact.declaration.asOf, let since = fact.declaration.since else { continue }
      let pack = generation.packs[fact.pack]
      let day = asOf.text == "assessed_on" ? Generation.assessedOn : dateVariable(asOf, in: pack)
      guard let birth = dateVariable(since, in: pack), let day else { continue }
      if day != Generation.assessedOn {
        let (a, b) = (root(day), root(birth))
        if a == b { report(.relationCircle(fact.declaration.name), at: fact.declaration.location) }
        if a != b { ties[a] = b }
      }
      generation.relations.append(.init(age: fact.variables.lowerBound, asOf: day, since: birth))
      generation.agesAndBirths.formUnion([fact.variables.lowerBound, birth])
    }
  }

  mutating func dateVariable(_ name: Name, in pack: RulePack) -> Int? {
    guard let number = resolve(name, "fact", factNumbers, in: pack) else { return nil }
    let fact = generation.facts[number]
    if fact.declaration.type == .date { return fact.variables.lowerBound }
    report(.anchorNotDate(name.text), at: name.location)
    return nil
  }

  /// Finds what a name stands for in a pack: its own names bare, those of its imports with their pack.
  mutating func resolve<T>(_ name: Name, _ kind: String, _ table: [String: T], in pack: RulePack) -> T? {
    guard let dot = name.text.firstIndex(of: ".") else {
      if let found = table[pack.id + "." + name.text] { return found }
      if pack.unreadable.contains(name.text) { return nil }
      report(.unknownName(name.text, kind, known: knownNames(table, in: pack)), at: name.location)
      return nil
    }
    let other = String(name.text[..<dot])
    guard other == pack.id || pack.imports.contains(where: { $0.pack == other }) else {
      report(.notImported(other), at: name.location)
      return nil
    }
    if let found = table[name.text] { return found }
    if packNumbers[other] == nil { return nil }  // reported once, where it is imported
    report(.unknownName(name.text, kind, known: knownNames(table, in: pack)), at: name.location)
    return nil
  }

  /// The names of a table as they may be written in a pack.
  func knownNames<T>(_ table: [String: T], in pack: RulePack) -> [String] {
    let packs = Set(pack.imports.map(\.pack))
    return table.keys.compactMap { id in
      guard let dot = id.firstIndex(of: ".") else { return nil }
      let owner = String(id[..<dot])
      if owner == pack.id { return String(id[id.index(after: dot)...]) }
      return packs.contains(owner) ? id : nil
    }.sorted()
  }
}
