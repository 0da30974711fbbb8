// SPDX-License-Identifier: Apache-2.0

/// What one case says, ready to be asked about many rules.
struct CaseBox {
  let generation: Generation
  let file: Case
  /// What the file says about each variable that it narrows.
  let statements: [Int: ValueSet]
  /// The same in cells.
  private let stated: [(variable: Int, mask: UInt64)]
  private let assessed: UInt64

  init(_ file: Case, under generation: Generation) {
    self.generation = generation
    self.file = file
    let values = file.given.flatMap(\.values)
    statements = Dictionary(uniqueKeysWithValues: values.map { ($0.variable, $0.values) })
    stated = values.map { ($0.variable, generation.plan.mask(of: $0.values, variable: $0.variable)) }
    assessed = generation.plan.mask(of: ValueSet(file.assessedOn.dayNumber), variable: Generation.assessedOn)
  }

  /// What types, ties and the day of assessment allow, narrowed by what the file says about some variables.
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

  /// What is left of the days of a frame, before days without law are left out; nil if no completion is left.
  func days(_ frame: Generation.Frame, saying isKept: (Int) -> Bool = { _ in true }) -> Domains? {
    let relations = frame.relations.map { generation.relations[$0] }
    let tied = frame.tied.union(frame.governing).filter(isKept)
    return domains(saying: tied, relations: relations)
  }

  /// Leaves out the days on which no ground is in force; nil if none is left.
  func inForce(_ domains: Domains, _ frame: Generation.Frame) -> Domains? {
    var left = domains
    guard left.narrow(frame.day, to: frame.window) else { return nil }
    return left.settle(frame.relations.map { generation.relations[$0] }) ? left : nil
  }

  /// The completions of a frame, in which some of what the file says is kept and the rest left open.
  ///
  /// - Parameters:
  ///   - domains: The days of the frame that are left, from ``inForce(_:_:)``, under the same statements.
  ///   - isKept: Which variables' statements are kept.
  func box(_ frame: Generation.Frame, _ domains: Domains, saying isKept: (Int) -> Bool = { _ in true }) -> Box {
    let plan = generation.plan
    var masks = plan.full
    masks[Generation.assessedOn] = assessed
    for statement in stated where isKept(statement.variable) { masks[statement.variable] &= statement.mask }
    for variable in frame.tied.union(frame.governing) { masks[variable] = plan.mask(of: domains[variable], variable: variable) }
    masks[frame.day] = plan.mask(of: domains[frame.day], variable: frame.day)
    return Box(masks: masks, domains: frame.tied.isEmpty ? nil : domains, truths: plan.truths(masks))
  }
}

/// Finds smallest sets of facts that force an answer.
struct Reasoner {
  let box: CaseBox
  let rule: Generation.LinkedRule
  let evaluator: Evaluator
  private var frame: Generation.Frame { evaluator.frame }

  init(box: CaseBox, rule: Generation.LinkedRule, evaluator: Evaluator) {
    self.box = box
    self.rule = rule
    self.evaluator = evaluator
  }

  /// A smallest set of facts that forces a formula; without any one of them it is open.
  ///
  /// Deterministic: sensitive facts are dropped first, then those that the rule names last.
  func reason(for formula: Formula, node: Int, being stated: Bool) -> [ReasonFact] {
    var kept = candidates(for: formula)
    for variable in dropOrder(kept) {
      let fewer = kept.filter { $0 != variable }
      if forces(Set(fewer), node, stated) { kept = fewer }
    }
    return kept.compactMap { variable in
      box.statements[variable].map { ReasonFact(variable: variable, values: $0) }
    }
  }

  /// True if some of what the file says forces a node by itself.
  func forces(_ variables: Set<Int>, _ node: Int, _ stated: Bool) -> Bool {
    guard let days = box.days(frame, saying: variables.contains), let left = box.inForce(days, frame) else {
      return false
    }
    let completions = box.box(frame, left, saying: variables.contains)
    return evaluator.isForced(node, being: stated, in: completions) == true
  }

  /// The stated variables that the rule reaches, in the order in which the formula names them.
  func candidates(for formula: Formula) -> [Int] {
    var ordered: [Int] = []
    var seen: Set<Int> = []
    func note(_ variable: Int) {
      if box.statements[variable] != nil, seen.insert(variable).inserted { ordered.append(variable) }
    }
    func walk(_ formula: Formula) {
      formula.forEachLeaf({ note($0.variable) }, rule: { walk(box.generation.rules[$0].formula) })
    }
    walk(formula)
    for variable in rule.reach where frame.tied.contains(variable) { note(variable) }
    return ordered
  }

  func dropOrder(_ variables: [Int]) -> [Int] {
    let isSensitive = { (variable: Int) in
      box.generation.meaning(of: variable)?.fact.declaration.isSensitive == true
    }
    return variables.filter(isSensitive).reversed() + variables.filter { !isSensitive($0) }.reversed()
  }
}
