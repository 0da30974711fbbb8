// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

extension ProofClaim.Question {
  /// The same question in SMT-LIB 2, asked of every case there could be: `unsat` where no case refutes the claim.
  ///
  /// It is put in a language of which the decision diagrams know nothing: days are numbers with a calendar of their own,
  /// and no value is cut into cells.
  /// - Parameters:
  ///   - generation: The packs.
  ///   - compared: The variables on which the formulas can depend; those that they name, if nil. What is only tied to them
  ///     may differ between two cases.
  ///   - milliseconds: How long a solver may take; then it answers `unknown`.
  /// - Returns: The script; it ends with a reset, so that several may follow each other.
  func smtScript(
    under generation: Generation, comparing compared: Set<Int>? = nil, milliseconds: Int = 10_000
  ) -> String {
    var writer = SMTWriter(everyCaseUnder: generation)
    let reach = Reach(of: [first] + (second.map { [$0] } ?? []), generation)
    writer.lines = ["(set-option :timeout \(milliseconds))", "(set-logic QF_LIA)"]
    writer.write(first, reach, declaring: reach.variables)
    if let second {
      // what is only tied to what is compared may differ with it
      let free = reach.variables.filter {
        !(compared ?? reach.compared).contains($0) && $0 != Generation.assessedOn
      }
      writer.own = (Set(differing.map(generation.whole)).union(free), "'")
      writer.write(second, reach, declaring: reach.variables.filter(writer.own.variables.contains))
    }
    // its plain core: what z3 tries first for this logic takes twenty times as long
    return (writer.lines + ["(check-sat-using smt)", "(reset)"]).joined(separator: "\n") + "\n"
  }

  /// What some formulas compare, with what is tied to it.
  fileprivate struct Reach {
    /// Rising.
    var variables: [Int]
    var compared: Set<Int> = []
    var relations: [Generation.AgeRelation] = []

    init(of formulas: [Formula], _ generation: Generation) {
      var (waiting, rules, reached) = (formulas, Set<Int>(), Set([Generation.assessedOn]))
      var compared: Set<Int> = []
      while let next = waiting.popLast() {
        next.forEachLeaf({ compared.insert(generation.whole($0.variable)) }) { rule in
          guard rules.insert(rule).inserted else { return }
          waiting.append(generation.rules[rule].formula)
        }
      }
      for rule in rules { reached.formUnion(generation.rules[rule].reach.map(generation.whole)) }
      reached.formUnion(compared)
      var grew = true
      while grew {
        grew = false
        for tie in generation.relations where generation.variables[tie.age].standard == nil {
          guard !relations.contains(tie), reached.contains(tie.age) || reached.contains(tie.since) else {
            continue
          }
          relations.append(tie)
          reached.formUnion([tie.age, tie.asOf, tie.since])
          grew = true
        }
      }
      variables = reached.sorted()
      self.compared = compared
    }
  }
}

extension SMTWriter {
  /// Declares some variables with all that ties them, and asserts that a formula is true.
  fileprivate mutating func write(
    _ formula: Formula, _ reach: ProofClaim.Question.Reach, declaring variables: [Int]
  ) {
    for variable in variables { declare(variable) }
    let days = Set(reach.relations.flatMap { [$0.asOf, $0.since] })
    for day in days.intersection(variables).sorted() { splitIntoParts(day) }
    for tie in reach.relations { self.tie(tie) }
    stating(Set(reach.variables))
    var defined: Set<Int> = []
    for rule in rules(in: formula) { define(rule, &defined) }
    lines.append("(assert \(term(formula)))")
  }

  /// What goes for facts that a reading decides; see decision 041.
  private mutating func stating(_ variables: Set<Int>) {
    let flags = generation.flags.filter { variables.contains($0.flag) }
    func rank(_ flag: Int) -> Standard { generation.variables[flag].standard ?? .indications }
    for one in flags {
      let fact = generation.whole(one.fact)
      for other in flags where other.flag != one.flag && generation.whole(other.fact) == fact {
        guard rank(other.flag) <= rank(one.flag) else { continue }
        lines.append("(assert (=> \(name(of: one.flag)) \(name(of: other.flag))))")
      }
      for reading in generation.readings
      where variables.contains(reading.variable) && reading.decides == .variable(fact) {
        let variants = reading.declaration.variants
        let drawn = variants.indices.filter { variants[$0].condition != nil }.map { ValueSet($0) }
        let isDrawn = isIn(ValueSet(union: drawn), reading.variable)
        lines.append("(assert (or \(name(of: one.flag)) \(isDrawn)))")
      }
    }
  }
}
