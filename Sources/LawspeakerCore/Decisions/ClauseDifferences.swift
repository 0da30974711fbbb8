// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// The clauses of a pack that say something else than in another generation, or from which something else follows.
  ///
  /// - Parameters:
  ///   - id: The pack.
  ///   - other: The other generation, in which the pack is too.
  /// - Returns: Names of clauses, bare for the pack's own, sorted.
  public func clausesThatDiffer(inPack id: String, from other: Generation) -> [String] {
    let after = ClauseContents(ofPack: id, in: self).byClause
    let before = ClauseContents(ofPack: id, in: other).byClause
    let differing = Set(after.keys).union(before.keys).filter { after[$0] != before[$0] }
    return differing.map { $0.hasPrefix(id + ".") ? String($0.dropFirst(id.utf8.count + 1)) : $0 }.sorted()
  }
}

/// For each clause what it says and what a pack draws from it, in words that do not depend on numbers or places.
private struct ClauseContents {
  private(set) var byClause: [String: Set<String>] = [:]
  private let generation: Generation
  private let number: Int

  init(ofPack id: String, in generation: Generation) {
    self.generation = generation
    number = generation.packs.firstIndex { $0.id == id } ?? -1
    guard number >= 0 else { return }
    for place in generation.packs[number].clauses.indices { noteClause(at: place) }
    for rule in generation.rules.prefix(generation.ownRules) where rule.pack == number { noteRule(rule) }
    noteSteps()
    for duty in generation.duties where duty.pack == number { noteDuty(duty) }
  }

  private mutating func note(_ clause: Generation.ClauseReference, _ text: String) {
    byClause[generation.id(of: clause), default: []].insert(text)
  }

  private mutating func noteClause(at place: Int) {
    let clause = generation.packs[number].clauses[place]
    let cite = Language.allCases.map { clause.cite[$0] ?? "" }
    let days = clause.inForce.map { "\($0.from)/\($0.until?.description ?? "")" }
    let official = clause.officialID ?? ""
    note(.init(pack: number, clause: place), "\(clause.path) \(cite) \(days) \(clause.isPending) \(official)")
  }

  private mutating func noteRule(_ rule: Generation.LinkedRule) {
    let standard = rule.standard?.rawValue ?? ""
    let kind = "\(rule.id) \(standard) \(rule.declaration.isIncriminating) \(name(of: rule.day))"
    for ground in rule.grounds { noteGround(ground, kind) }
    if let law = rule.lawInTime { note(law.clause, "\(kind) \(law.flagsMilder)") }
    for clause in rule.notModelled { note(clause, "touches \(rule.id)") }
  }

  /// A ground and, under their own clauses, what defeats it.
  private mutating func noteGround(_ ground: Generation.LinkedGround, _ kind: String) {
    note(ground.clause, "\(kind) \(text(ground.formula))")
    for exception in ground.exceptions { noteGround(exception, "\(kind) unless") }
  }

  private mutating func noteSteps() {
    for irrelevance in generation.irrelevances where irrelevance.pack == number {
      let (fact, rule) = (generation.facts[irrelevance.fact].id, generation.rules[irrelevance.rule].id)
      note(irrelevance.clause, "irrelevant \(fact) \(rule) \(irrelevance.whenever.map(text) ?? "")")
    }
    for presumption in generation.presumptions where presumption.pack == number {
      let values = presumption.values.map { "\(name(of: $0.variable)) \(text($0.values))" }
      let rules = presumption.rules.map { generation.rules[$0].id }
      note(presumption.clause, "\(values) \(condition(presumption.condition)) \(rules)")
    }
    for caution in generation.cautions where caution.pack == number {
      if let clause = caution.clause { note(clause, "\(caution.id) \(condition(caution.condition))") }
    }
  }

  private mutating func noteDuty(_ duty: Generation.LinkedDuty) {
    let declared = duty.declaration
    let whom = "\(declared.byWhom) \(declared.binds ?? [])"
    let how =
      "\(declared.isFromPossible) \(declared.isMust) \(declared.promptly?.rawValue ?? "") \(declared.kind)"
    let limit = declared.within.map { "\($0.count) \($0.unit)" } ?? ""
    let from = duty.from.map { name(of: $0) } ?? ""
    note(duty.clause, "\(duty.id) \(generation.rules[duty.rule].id) \(whom) \(how) \(limit) \(from)")
  }

  private func condition(_ rule: Int) -> String { text(generation.rules[rule].formula) }

  private func text(_ values: ValueSet) -> String {
    values.spans.map { "\($0.low)-\($0.high)" }.joined(separator: ",")
  }

  private func text(_ formula: Formula) -> String {
    switch formula {
    case .rule(let number):
      "\(generation.rules[number].id) \(generation.rules[number].standard?.rawValue ?? "")"
    case .atom(let atom): "\(name(of: atom.variable)) \(text(atom.values))"
    case .not(let part): "not \(text(part))"
    case .all(let parts): "all\(parts.map(text))"
    case .any(let parts): "any\(parts.map(text))"
    case .atLeast(let count, let parts): "at least \(count)\(parts.map(text))"
    case .exactly(let count, let parts): "exactly \(count)\(parts.map(text))"
    }
  }

  /// A variable by names: its fact and member, or its reading, and the standard under which it is looked at.
  private func name(of variable: Int) -> String {
    let looked = generation.variables[variable]
    let standard = looked.standard?.rawValue ?? ""
    switch looked.role {
    case .assessedOn: return "assessed_on"
    case .fact(let number, let member):
      let fact = generation.facts[number]
      return "\(fact.id) \(member.map { fact.declaration.type.members[$0] } ?? "") \(standard)"
    case .choice(let reading): return "reading \(generation.readings[reading].id)"
    case .isStated(let other): return "stated \(name(of: other)) \(standard)"
    }
  }
}
