// SPDX-License-Identifier: Apache-2.0

/// What one case says, ready to be asked about many rules.
struct CaseBox {
  let generation: Generation
  let file: Case
  /// What the file says about each variable that it narrows; nil for the others.
  let statements: [ValueSet?]
  /// The cells in which the file leaves each variable.
  private let masks: [UInt64]
  private let past: ValueSet

  init(_ file: Case, under generation: Generation) {
    self.generation = generation
    self.file = file
    var statements = [ValueSet?](repeating: nil, count: generation.variables.count)
    var masks = generation.plan.full
    for given in file.given {
      for statement in given.values {
        statements[statement.variable] = statement.values
        masks[statement.variable] &= generation.plan.mask(of: statement.values, variable: statement.variable)
      }
    }
    self.statements = statements
    self.masks = masks
    past = ValueSet(CivilDate.first.dayNumber, file.assessedOn.dayNumber)
  }

  /// What types, ties and the day of assessment allow, narrowed by what the file says about some variables.
  ///
  /// - Returns: Nil if no completion is left.
  func domains(saying variables: some Sequence<Int>, relations: [Generation.AgeRelation]) -> Domains? {
    let kept = Set(variables)
    let tied = relations.flatMap { [$0.age, $0.asOf, $0.since] }
    let all = kept.union(tied).union([Generation.assessedOn]).sorted()
    return domains(of: all, relations, saying: kept.contains)
  }

  private func domains(
    of variables: [Int], _ relations: [Generation.AgeRelation], saying isKept: (Int) -> Bool
  ) -> Domains? {
    var domains = Domains(variables, variables.map(allowed))
    for variable in variables where isKept(variable) {
      guard let values = statements[variable] else { continue }
      guard domains.narrow(variable, to: values) else { return nil }
    }
    return domains.settle(relations) ? domains : nil
  }

  /// What a variable can be, whatever the file says of it.
  private func allowed(_ variable: Int) -> ValueSet {
    if variable == Generation.assessedOn { return ValueSet(file.assessedOn.dayNumber) }
    let domain = generation.variables[variable].domain
    return generation.governingDays.contains(variable) ? domain.intersection(past) : domain
  }

  /// What is left of the days of a frame, before days without law are left out; nil if no completion is left.
  func days(_ frame: Generation.Frame, saying isKept: (Int) -> Bool = { _ in true }) -> Domains? {
    domains(of: frame.days, frame.relations, saying: isKept)
  }

  /// Leaves out the days on which no ground is in force; nil if none is left.
  func inForce(_ domains: Domains, _ frame: Generation.Frame) -> Domains? {
    var left = domains
    guard left.narrow(frame.day, to: frame.window) else { return nil }
    return left.settle(frame.relations) ? left : nil
  }

  /// The completions of a frame that the file leaves.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - domains: The days of the frame that are left, from ``inForce(_:_:)``.
  /// - Returns: The completions, with every formula read in them.
  func box(_ frame: Generation.Frame, _ domains: Domains) -> Box {
    var masks = masks
    narrow(&masks, to: domains, frame)
    let truths = generation.plan.truths(masks)
    return Box(masks: masks, domains: frame.tied.isEmpty ? nil : domains, truths: truths)
  }

  /// The completions of a frame in which only some of what the file says is kept.
  ///
  /// - Parameters:
  ///   - frame: The frame.
  ///   - domains: The days of the frame that are left under the same statements, from ``inForce(_:_:)``.
  ///   - variables: The variables about which the file is heard.
  ///   - node: The node that will be asked about; what it is made of is read and nothing else.
  /// - Returns: The completions.
  func box(
    _ frame: Generation.Frame, _ domains: Domains, saying variables: Set<Int>, asking node: Int
  ) -> Box {
    var masks = generation.plan.full
    for variable in variables { masks[variable] = self.masks[variable] }
    narrow(&masks, to: domains, frame)
    let truths = generation.plan.truths(masks, asking: node)
    return Box(masks: masks, domains: frame.tied.isEmpty ? nil : domains, truths: truths)
  }

  private func narrow(_ masks: inout [UInt64], to domains: Domains, _ frame: Generation.Frame) {
    for variable in frame.days {
      masks[variable] = generation.plan.mask(of: domains[variable], variable: variable)
    }
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
    let completions = box.box(frame, left, saying: variables, asking: node)
    return evaluator.isForced(node, being: stated, in: completions) == true
  }

  /// The stated variables that the rule reaches, in the order in which the formula names them.
  func candidates(for formula: Formula) -> [Int] {
    var ordered: [Int] = []
    var seen: Set<Int> = []
    var seenRules: Set<Int> = []
    func note(_ variable: Int) {
      if box.statements[variable] != nil, seen.insert(variable).inserted { ordered.append(variable) }
    }
    func walk(_ formula: Formula) {
      formula.forEachLeaf(
        { note($0.variable) },
        rule: { rule in
          if seenRules.insert(rule).inserted { walk(box.generation.rules[rule].formula) }
        })
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
