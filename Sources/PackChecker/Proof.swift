// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// What was found out about one thing that a pack says of every case.
package struct Proof: Sendable {
  /// What the pack says.
  package var claim: ProofClaim
  /// What was found.
  package var outcome: Outcome
  /// For each question that was asked, the variables on which what it compares can depend.
  var compared: [Set<Int>] = []

  /// What was found out about a claim.
  init(claim: ProofClaim, outcome: Outcome, compared: [Set<Int>]) {
    self.claim = claim
    self.outcome = outcome
    self.compared = compared
  }

  /// The questions of the claim in SMT-LIB 2, for a solver to be asked the same.
  package func smtScripts(under generation: Generation) -> [String] {
    claim.questions.enumerated().map { place, question in
      question.smtScript(under: generation, comparing: place < compared.count ? compared[place] : nil)
    }
  }

  /// What can be found out.
  package enum Outcome: Sendable {
    case proved
    /// Shown by one case, or by two that differ in one fact alone.
    case refuted([CaseWitness])
    case notSettled(Reason)
  }

  /// Why something is not settled.
  package enum Reason: Sendable, Hashable {
    /// The diagrams outgrew so many nodes.
    case budget(Int)
    /// There seems to be a counterexample, and no file was found of which the core says the same.
    case unconfirmed
    /// The solver did not answer in its time.
    case solver
  }

  /// True if it is proved.
  package var isProved: Bool { if case .proved = outcome { true } else { false } }

  /// Puts beside it what a solver answers to the questions of the claim.
  ///
  /// - Parameter answers: `sat`, `unsat` or `unknown`, one for each question.
  /// - Returns: False if the two methods contradict each other.
  package mutating func agree(with answers: some Collection<String>) -> Bool {
    switch outcome {
    case .proved:
      if answers.contains("sat") { return false }
      if answers.contains(where: { $0 != "unsat" }) { outcome = .notSettled(.solver) }
      return true
    case .refuted: return answers.contains { $0 != "unsat" }
    case .notSettled: return true
    }
  }
}

/// One thing that a pack says of every case.
package struct ProofClaim: Sendable {
  /// The id of the pack.
  package var pack: String
  /// `irrelevant`, or the word of the property: `never`.
  package var kind: String
  /// What it says, in a line.
  package var title: String
  /// Where it is declared.
  package var location: SourceLocation
  /// The conclusion, by number.
  package var rule: Int
  /// The fact that an irrelevance, or a property of rising, names.
  package var fact: Int?
  /// What must not be: the claim is proved if none of these is.
  package var questions: [Question]

  /// States a claim.
  package init(
    pack: String, kind: String, title: String, location: SourceLocation, rule: Int, fact: Int?,
    questions: [Question]
  ) {
    self.pack = pack
    self.kind = kind
    self.title = title
    self.location = location
    self.rule = rule
    self.fact = fact
    self.questions = questions
  }

  /// A case, or two that differ in some variables alone, that would refute a claim.
  package struct Question: Sendable, Hashable {
    /// What would be so in the case, or in the first of the two.
    package var first: Formula
    /// What would be so in the second; nil if there is one case.
    package var second: Formula?
    /// The variables in which the two may differ.
    package var differing: [Int] = []

    /// A case that would refute a claim, or two.
    package init(first: Formula, second: Formula? = nil, differing: [Int] = []) {
      self.first = first
      self.second = second
      self.differing = differing
    }
  }
}

extension Generation {
  /// Everything that packs say of every case, in pack and file order: what is irrelevant, then properties.
  package func claims(of ids: Set<String>? = nil) -> [ProofClaim] {
    let irrelevant = irrelevances.map { (pack: $0.pack, claim: claim(of: $0)) }
    let proper = properties.map { (pack: $0.pack, claim: claim(of: $0)) }
    return packs.indices.filter { ids?.contains(packs[$0].id) ?? true }.flatMap { pack in
      (irrelevant + proper).filter { $0.pack == pack }.map(\.claim)
    }
  }

  /// Some variables with what moves with them: who is older was born earlier, and is older on other days too.
  package func moving(with variables: [Int]) -> [Int] {
    let ties = relations.filter { self.variables[$0.age].standard == nil }
    let births = Set(ties.filter { variables.contains($0.age) || variables.contains($0.since) }.map(\.since))
    let tied = ties.filter { births.contains($0.since) }.flatMap { [$0.age, $0.since] }
    return Set(variables + tied).sorted()
  }

  private func hasLaw(_ rule: Int) -> Formula {
    .atom(.init(variable: rules[rule].day, values: rules[rule].window))
  }

  private func claim(of irrelevance: LinkedIrrelevance) -> ProofClaim {
    let (rule, fact) = (irrelevance.rule, facts[irrelevance.fact])
    let within = [hasLaw(rule)] + (irrelevance.whenever.map { [$0] } ?? [])
    // whether the file states it at all is something that is said of it too
    let stating = flags.filter { flag in fact.variables.contains(variables[flag.fact].base) }.map(\.flag)
    let declaration = irrelevance.declaration
    return ProofClaim(
      pack: packs[irrelevance.pack].id, kind: "irrelevant",
      title: "\(fact.id) never matters to \(rules[rule].id) (\(id(of: irrelevance.clause)))",
      location: declaration.fact.location, rule: rule, fact: irrelevance.fact,
      questions: [
        .init(
          first: .all(within + [.rule(rule)]), second: .all(within + [.not(.rule(rule))]),
          differing: moving(with: Array(fact.variables)) + stating)
      ])
  }

  private func claim(of property: LinkedProperty) -> ProofClaim {
    let (rule, law) = (property.rule, hasLaw(property.rule))
    let holds = Formula.rule(rule)
    var fact: Int?
    let questions: [ProofClaim.Question]
    switch property.claim {
    case .always(let condition): questions = [.init(first: .all([law, condition, .not(holds)]))]
    case .never(let condition): questions = [.init(first: .all([holds, condition]))]
    case .sameAs(let condition): questions = [.init(first: .all([law, .exactly(1, [holds, condition])]))]
    case .risesWith(let number):
      fact = number
      questions = steps(of: number, to: rule).map {
        .init(
          first: .all([law, holds, $0.less]), second: .all([law, .not(holds), $0.more]), differing: $0.of)
      }
    case .fallsWith(let number):
      fact = number
      questions = steps(of: number, to: rule).map {
        .init(
          first: .all([law, holds, $0.more]), second: .all([law, .not(holds), $0.less]), differing: $0.of)
      }
    }
    let declaration = property.declaration
    return ProofClaim(
      pack: packs[property.pack].id, kind: declaration.claim.word,
      title: "\(declaration.name) (\(rules[rule].id))", location: declaration.location, rule: rule,
      fact: fact, questions: questions)
  }

  /// Every way in which there can be less or more of a fact: on either side of each line that a rule, or what it stands
  /// on, draws, and for a set with and without each member.
  private func steps(of number: Int, to rule: Int) -> [(less: Formula, more: Formula, of: [Int])] {
    let near = stoodOn(by: rule)
    let compared = near.reduce(into: Set<Int>()) { compared, rule in
      rules[rule].formula.forEachLeaf({ compared.insert(whole($0.variable)) }, rule: { _ in })
    }
    return facts[number].variables.flatMap { variable -> [(less: Formula, more: Formula, of: [Int])] in
      let moved = moving(with: [variable])
      let domain = variables[variable].domain
      guard let least = domain.least, let greatest = domain.greatest else { return [] }
      // an age that moves with it and is compared too may turn the answer at lines of its own
      let others = moved.filter { $0 != variable && compared.contains($0) && !isDate($0) }
      let drawing = others.isEmpty ? near : Set(rules.indices)
      let drawn = Set(([variable] + others).flatMap { lines(through: $0, drawnBy: drawing) })
      return drawn.filter { $0 >= least && $0 < greatest }.sorted().map { line in
        (
          .atom(.init(variable: variable, values: ValueSet(least, line))),
          .atom(.init(variable: variable, values: ValueSet(line + 1, greatest))), moved
        )
      }
    }
  }

  /// The last value before each line that some rules draw through a variable.
  private func lines(through variable: Int, drawnBy drawing: Set<Int>) -> Set<Int> {
    var lines: Set<Int> = []
    func note(_ values: ValueSet) {
      for span in values.spans { lines.formUnion([span.low - 1, span.high]) }
    }
    for rule in drawing.map({ rules[$0] }) {
      rule.formula.forEachLeaf({ if whole($0.variable) == variable { note($0.values) } }, rule: { _ in })
      if rule.day == variable { for ground in rule.grounds { note(ground.days) } }
    }
    return lines
  }
}

/// Proves what packs say of every case, claim by claim, by decision diagrams.
package struct Prover {
  package let generation: Generation
  private var space: CaseSpace

  /// Prepares to prove some claims under a generation.
  package init(
    _ generation: Generation, claims: [ProofClaim], budget: Int = DecisionDiagram.standardBudget
  ) {
    self.generation = generation
    let asked = claims.flatMap(\.questions).flatMap { [$0.first] + ($0.second.map { [$0] } ?? []) }
    space = CaseSpace(generation, asking: asked, budget: budget)
  }

  /// Looks for a case that refutes a claim.
  package mutating func prove(_ claim: ProofClaim) -> Proof {
    var compared: [Set<Int>] = []
    // what other claims asked about would only make the tables larger in which everything is looked up
    space = space.fresh()
    for question in claim.questions {
      var outcome = outcome(of: question)
      if space.isOverBudget {
        // earlier questions may have used up the budget: each has the whole of it for itself
        space = space.fresh()
        outcome = self.outcome(of: question)
      }
      if !space.isOverBudget { compared.append(self.compared(by: question)) }
      if case .proved = outcome { continue }
      return Proof(claim: claim, outcome: outcome, compared: compared)
    }
    return Proof(claim: claim, outcome: .proved, compared: compared)
  }

  private mutating func compared(by question: ProofClaim.Question) -> Set<Int> {
    let truths = [space.truth(of: question.first)] + (question.second.map { [space.truth(of: $0)] } ?? [])
    return Set(truths.flatMap { space.variables(of: $0) })
  }

  private mutating func outcome(of question: ProofClaim.Question) -> Proof.Outcome {
    let first = space.truth(of: question.first)
    guard let second = question.second else {
      switch space.witness(where: first) {
      case .none: return .proved
      case .found(let file): return .refuted([file])
      case .overBudget: return .notSettled(.budget(space.budget))
      case .unconfirmed: return .notSettled(.unconfirmed)
      }
    }
    let other = space.truth(of: second)
    switch space.witnesses(first, other, differingIn: question.differing) {
    case .none: return .proved
    case .found(let files): return .refuted([files.first, files.second])
    case .overBudget: return .notSettled(.budget(space.budget))
    case .unconfirmed: return .notSettled(.unconfirmed)
    }
  }
}

/// What is wrong with what packs say of every case; a fact that a conclusion cannot reach needs no proof.
package func whatIsNotProved(in generation: Generation) -> [Diagnostic] {
  let claims = generation.claims().filter { claim in
    guard claim.kind == "irrelevant", let fact = claim.fact else { return true }
    return generation.reaches(claim.rule, fact: fact)
  }
  guard !claims.isEmpty else { return [] }
  var prover = Prover(generation, claims: claims)
  return claims.compactMap { prover.prove($0).diagnostic(under: generation) }
}

extension Proof {
  /// What is wrong if a claim is not proved; nil if it is.
  package func diagnostic(under generation: Generation) -> Diagnostic? {
    switch outcome {
    case .proved: return nil
    case .notSettled(let reason): return Diagnostic(at: claim.location, .notSettled(claim.title, reason))
    case .refuted(let cases):
      guard claim.kind == "irrelevant", let fact = claim.fact else {
        let conflict = generation.conflict(in: claim, shownBy: cases)
        return Diagnostic(at: claim.location, conflict ?? .propertyRefuted(claim.title, claim.kind))
      }
      let (rule, id) = (generation.rules[claim.rule].id, generation.facts[fact].id)
      let path = generation.path(from: claim.rule, to: fact) ?? [rule, id]
      return Diagnostic(
        at: claim.location, .readsIrrelevantFact(bare(id), rule: bare(rule), path: path))
    }
  }

  /// A name as its pack would write it.
  private func bare(_ id: String) -> String {
    id.hasPrefix(claim.pack + ".") ? String(id.dropFirst(claim.pack.count + 1)) : id
  }
}

extension Diagnostic.Message {
  fileprivate static func readsIrrelevantFact(_ fact: String, rule: String, path: [String]) -> Self {
    .init(
      code: "irrelevance-not-proved",
      text: "`\(fact)` is declared irrelevant to `\(rule)`, which reads it: "
        + path.map { "`\($0)`" }.joined(separator: " → "),
      hint: "`lawspeaker packs prove` shows two cases that differ in it alone")
  }

  fileprivate static func propertyRefuted(_ title: String, _ kind: String) -> Self {
    .init(
      code: "property-refuted", text: "`\(kind)` is not true in every case: \(title)",
      hint: "`lawspeaker packs prove` shows a case in which it is not")
  }

  fileprivate static func notSettled(_ title: String, _ reason: Proof.Reason) -> Self {
    switch reason {
    case .budget(let nodes):
      .init(
        code: "proof-not-settled", text: "not settled within \(nodes) nodes: \(title)",
        hint: "name the middle of what it asks about, so that less is asked at once")
    case .solver:
      .init(
        code: "proof-not-settled", text: "not settled by the solver in its time: \(title)",
        hint: "name the middle of what it asks about, so that less is asked at once")
    case .unconfirmed:
      .init(
        code: "proof-not-settled",
        text: "not settled, a counterexample was found that could not be confirmed: \(title)",
        hint: "look at the days and ages that the rules compare")
    }
  }
}
