// SPDX-License-Identifier: Apache-2.0

/// The completions of one case, as one conclusion can reach them.
struct CaseBox {
  let generation: Generation
  let file: Case
  /// What the file says about each variable that it narrows.
  let statements: [Int: ValueSet]

  init(_ file: Case, under generation: Generation) {
    self.generation = generation
    self.file = file
    statements = Dictionary(uniqueKeysWithValues: file.given.flatMap(\.values).map { ($0.variable, $0.values) })
  }

  /// What types and the day of assessment allow, narrowed by what the file says about some variables.
  ///
  /// - Returns: Nil if no completion is left.
  func domains(saying variables: some Sequence<Int>, relations: [Generation.AgeRelation]) -> Domains? {
    var domains = Domains(values: generation.variables.map(\.domain))
    domains[Generation.assessedOn] = ValueSet(file.assessedOn.dayNumber)
    let past = ValueSet(CivilDate.first.dayNumber, file.assessedOn.dayNumber)
    for day in generation.governingDays { domains[day] = domains[day].intersection(past) }
    for variable in variables {
      guard let values = statements[variable] else { continue }
      guard domains.narrow(variable, to: values) else { return nil }
    }
    return domains.settle(relations) ? domains : nil
  }

  /// What is left for a rule, before days without law are left out.
  func domains(for rule: Generation.LinkedRule) -> Domains? {
    domains(saying: rule.reach, relations: rule.relations.map { generation.relations[$0] })
  }

  /// Leaves out the days on which no ground of the rule is in force; nil if none is left.
  func inForce(_ domains: Domains, for rule: Generation.LinkedRule) -> Domains? {
    var left = domains
    guard left.narrow(rule.day, to: rule.window) else { return nil }
    return left.settle(rule.relations.map { generation.relations[$0] }) ? left : nil
  }
}

/// Finds smallest sets of facts that force an answer.
struct Reasoner {
  let box: CaseBox
  let rule: Generation.LinkedRule
  let evaluator: Evaluator

  /// A smallest set of facts that forces a formula, deterministic: sensitive facts are dropped first, then those that
  /// the rule names last. Without any one of its facts the formula is open.
  func reason(for formula: Formula, being stated: Bool) -> [ReasonFact] {
    var kept = candidates(for: formula)
    for variable in dropOrder(kept) {
      let fewer = kept.filter { $0 != variable }
      if forces(fewer, formula, stated) { kept = fewer }
    }
    return kept.compactMap { variable in
      box.statements[variable].map { ReasonFact(variable: variable, values: $0) }
    }
  }

  private func forces(_ variables: [Int], _ formula: Formula, _ stated: Bool) -> Bool {
    let relations = rule.relations.map { box.generation.relations[$0] }
    guard let domains = box.domains(saying: variables, relations: relations),
      let inForce = box.inForce(domains, for: rule)
    else { return false }
    return evaluator.isForced(formula, being: stated, in: inForce) == true
  }

  /// The stated variables that the rule reaches, in the order in which the formula names them.
  private func candidates(for formula: Formula) -> [Int] {
    var ordered: [Int] = []
    var seen: Set<Int> = []
    func note(_ variable: Int) {
      if box.statements[variable] != nil, seen.insert(variable).inserted { ordered.append(variable) }
    }
    func walk(_ formula: Formula) {
      formula.forEachLeaf({ note($0.variable) }, rule: { walk(box.generation.rules[$0].formula) })
    }
    walk(formula)
    for variable in rule.reach { note(variable) }
    return ordered
  }

  private func dropOrder(_ variables: [Int]) -> [Int] {
    let isSensitive = { (variable: Int) in
      box.generation.meaning(of: variable)?.fact.declaration.isSensitive == true
    }
    return variables.filter(isSensitive).reversed() + variables.filter { !isSensitive($0) }.reversed()
  }
}
