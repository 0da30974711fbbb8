// SPDX-License-Identifier: Apache-2.0

/// A conclusion's reason as a tree in the law's shape: grounds, conditions, exceptions, facts, each with its answer.
public struct ExplanationTree: Sendable, Hashable {
  /// What stands here, in words.
  public var text: String
  /// `holds`, `fails` or `undetermined`, as for a conclusion.
  public var status: Status
  /// What is said of the answer as a whole: its standard, its stretches of days, whom and what it turns on.
  public var notes: [String] = []
  /// What it is made of.
  public var parts: [ExplanationTree]
  /// What stands here, for those who draw it otherwise.
  package var kind = Kind.condition

  /// What can stand in a tree.
  package enum Kind: Sendable, Hashable {
    /// A rule, by its number in the generation.
    case rule(Int)
    /// A ground, or with `isException` what defeats one, by its clause.
    case ground(Generation.ClauseReference, isException: Bool)
    /// A fact, by its number, and whether the file says anything of it.
    case fact(Int, isAnswered: Bool)
    /// `not`, over one part.
    case negation
    /// `all`, `any`, a count, or a reading.
    case condition
  }

  /// Explains one rule on a case.
  ///
  /// - Parameters:
  ///   - rule: The rule, by its number in the generation.
  ///   - file: The case.
  ///   - generation: The generation under which the case was read.
  ///   - language: The language of the words.
  ///   - conclusion: What was decided of the rule, for the notes.
  public init(
    _ rule: Int, on file: Case, under generation: Generation, in language: Language,
    concluding conclusion: Conclusion? = nil
  ) {
    var grower = TreeGrower(file, generation, rule, language)
    self = grower.tree(ofRule: rule)
    notes = conclusion.map { grower.names.notes(on: $0) } ?? []
  }

  /// Explains one rule as a part of a drawing of several.
  ///
  /// - Parameters:
  ///   - rule: The rule, by its number in the generation.
  ///   - file: The case.
  ///   - generation: The generation under which the case was read.
  ///   - language: The language of the words.
  ///   - growth: How far the rules go that it stands on.
  init(
    drawing rule: Int, on file: Case, under generation: Generation, in language: Language, growth: Growth
  ) {
    var grower = TreeGrower(file, generation, rule, language, growth)
    self = grower.tree(ofRule: rule)
  }

  /// How far the rules go that a rule stands on.
  enum Growth {
    /// Each is there whole, wherever it stands.
    case whole
    /// Each is there whole where it stands first, and by its name alone after that.
    case once
    /// Each is there by its name alone.
    case names
  }

  fileprivate init(
    _ text: String, _ status: Status, _ parts: [ExplanationTree] = [], _ kind: Kind = .condition
  ) {
    self.text = text
    self.status = status
    self.parts = parts
    self.kind = kind
  }

  /// The tree drawn with lines, one thing a line.
  public var drawing: String { ([line] + remarks + branches(parts)).joined(separator: "\n") }

  private var remarks: [String] { notes.map { (parts.isEmpty ? "   " : "│  ") + "· " + $0 } }

  private var line: String {
    switch status {
    case .holds: "✓ \(text)"
    case .fails: "✗ \(text)"
    case .undetermined: "? \(text)"
    case .contradictory, .notInForce, .unsettled: "! \(text) (\(status.rawValue))"
    }
  }

  private func branches(_ parts: [ExplanationTree]) -> [String] {
    parts.enumerated().flatMap { index, part in
      let isLast = index == parts.count - 1
      let inner = branches(part.parts).map { (isLast ? "   " : "│  ") + $0 }
      return [(isLast ? "└─ " : "├─ ") + part.line] + inner
    }
  }

  /// The tree for machines.
  public var json: JSON {
    .object([
      "text": .string(text), "status": .string(status.rawValue), "notes": .strings(notes),
      "parts": .array(parts.map(\.json)),
    ])
  }
}

/// Grows a tree for one frame; each part gets the exact answer over all completions.
private struct TreeGrower {
  let file: Case
  let names: Names
  var frame: FrameBox
  var plan: Plan
  let growth: ExplanationTree.Growth
  private var grown: Set<Int> = []
  var generation: Generation { names.generation }
  var wording: Wording { names.wording }

  /// The case as it was heard for the answer: with the accounts that are enough, in the stretch of days that decides.
  init(
    _ file: Case, _ generation: Generation, _ rule: Int, _ language: Language,
    _ growth: ExplanationTree.Growth = .whole
  ) {
    self.file = file
    self.growth = growth
    names = Names(generation: generation, wording: Wording(language: language))
    var hearings = Hearings(file, under: generation)
    let status = hearings.status(of: rule, .joint)
    let stretches = hearings.stretches(of: rule, .joint).map { Hearing(stretch: $0) }
    let deciding = stretches.first { hearings.status(of: rule, $0) == status } ?? stretches.first ?? .joint
    frame = hearings[hearings.believing(rule, deciding)].box(of: rule)
    plan = generation.plan
  }

  mutating func tree(ofRule number: Int) -> ExplanationTree {
    let rule = generation.rules[number]
    let status = frame.completions == nil ? frame.status(of: rule.node) : status(rule.formula)
    let standard = rule.declaration.standard.map { " (\(wording.standard($0)))" } ?? ""
    let text = names.title(ofRule: number) + standard
    let grounds = areGroundsShown(of: number) ? rule.grounds.map { ground($0) } : []
    return ExplanationTree(text, status, grounds, .rule(number))
  }

  private mutating func areGroundsShown(of rule: Int) -> Bool {
    switch growth {
    case .whole: return frame.completions != nil
    case .once: return grown.insert(rule).inserted
    case .names:
      defer { grown.insert(rule) }
      return grown.isEmpty
    }
  }

  private mutating func ground(_ ground: Generation.LinkedGround) -> ExplanationTree {
    var parts = conditions(ground.condition)
    for exception in ground.exceptions {
      var inner = self.ground(exception)
      inner.text = "\(wording.unless): \(inner.text)"
      inner.kind = .ground(exception.clause, isException: true)
      parts.append(inner)
    }
    return ExplanationTree(
      wording.underClause(names.cite(ground.clause)), status(ground.formula), parts,
      .ground(ground.clause, isException: false))
  }

  /// The parts of a condition, without a line for an `all` at the top.
  private mutating func conditions(_ formula: Formula) -> [ExplanationTree] {
    if case .all(let parts) = formula { return parts.map { tree($0) } }
    return [tree(formula)]
  }

  private mutating func tree(_ formula: Formula) -> ExplanationTree {
    switch formula {
    case .rule(let number): return tree(ofRule: number)
    case .atom(let atom): return ExplanationTree(words(atom), status(formula), [], kind(of: atom))
    case .not(let part): return ExplanationTree(wording.not, status(formula), [tree(part)], .negation)
    case .all(let parts) where parts.contains(where: isOfReading): return followed(parts, formula)
    case .any(let parts) where parts.contains(where: isOfReading): return decided(parts, formula)
    case .all(let parts): return ExplanationTree(wording.all, status(formula), parts.map { tree($0) })
    case .any(let parts): return anyOf(parts, formula)
    case .atLeast(let count, let parts):
      return ExplanationTree(wording.atLeast(count), status(formula), parts.map { tree($0) })
    case .exactly(let count, let parts):
      return ExplanationTree(wording.exactly(count), status(formula), parts.map { tree($0) })
    }
  }

  /// True if a part says which reading is followed, or whether the file states what a reading decides.
  private func isOfReading(_ part: Formula) -> Bool {
    switch part {
    case .atom(let atom):
      switch generation.variables[atom.variable].role {
      case .choice, .isStated: return true
      case .assessedOn, .fact: return false
      }
    case .not(let inner): return isOfReading(inner)
    case .all(let parts): return parts.first.map(isOfReading) ?? false
    case .any, .atLeast, .exactly, .rule: return false
    }
  }

  /// What a reading gives, under its name.
  private mutating func followed(_ parts: [Formula], _ formula: Formula) -> ExplanationTree {
    let rest = parts.filter { !isOfReading($0) }.map { tree($0) }
    let name = parts.compactMap { part -> Formula.Atom? in
      guard case .atom(let atom) = part, case .choice = generation.variables[atom.variable].role else {
        return nil
      }
      return atom
    }.first
    guard let name else { return rest.first ?? ExplanationTree(wording.all, status(formula)) }
    return ExplanationTree(words(name), status(formula), rest)
  }

  /// What a reading decides: by the file where that states it, else by the reading that is followed.
  private mutating func decided(_ parts: [Formula], _ formula: Formula) -> ExplanationTree {
    let open = parts.filter { part in
      guard case .all(let conditions) = part, let first = conditions.first else { return true }
      return status(first) != .fails
    }
    return open.count == 1
      ? tree(open[0]) : ExplanationTree(wording.any, status(formula), open.map { tree($0) })
  }

  /// Of a set, the members that are there, or all that are open, stand on one line.
  private mutating func anyOf(_ parts: [Formula], _ formula: Formula) -> ExplanationTree {
    guard case .fact(let fact) = generation.element(of: formula), parts.count > 1,
      !generation.facts[fact].declaration.type.members.isEmpty
    else {
      return ExplanationTree(wording.any, status(formula), parts.map { tree($0) })
    }
    let result = status(formula)
    let shown = parts.filter { status($0) == result }
    let labels = shown.compactMap { part -> String? in
      guard case .atom(let atom) = part, let member = generation.meaning(of: atom.variable)?.member else {
        return nil
      }
      return names.label(member, ofFact: fact)
    }
    let list =
      result == .fails && labels.count == parts.count ? wording.noneOfThese : labels.joined(separator: ", ")
    return ExplanationTree("\(names.question(ofFact: fact)) \(list)", result, [], kind(ofFact: fact))
  }

  private func kind(of atom: Formula.Atom) -> ExplanationTree.Kind {
    generation.variables[atom.variable].fact.map { kind(ofFact: $0) } ?? .condition
  }

  private func kind(ofFact fact: Int) -> ExplanationTree.Kind {
    .fact(fact, isAnswered: file.given.contains { $0.fact == fact && !$0.values.isEmpty })
  }

  /// What is asked of a fact, and beside it what the file says and who said so.
  private func words(_ atom: Formula.Atom) -> String {
    let variable = generation.variables[atom.variable]
    if case .choice(let reading) = variable.role, let variant = atom.values.least {
      return names.reading(reading, variant: variant)
    }
    guard let fact = variable.fact else { return wording.assessedOn }
    let wanted = names.answer([ReasonFact(variable: atom.variable, values: atom.values)], ofFact: fact)
    let asked = "\(names.question(ofFact: fact)) \(wanted)"
    let given = file.given.first { $0.fact == fact }
    guard let said = given?.values.first(where: { $0.variable == variable.base }) else { return asked }
    let stated = names.answer([ReasonFact(variable: said.variable, values: said.values)], ofFact: fact)
    let who = given?.by.map { ", \(wording.role($0))" } ?? ""
    let isLess = variable.standard.map { said.foundTo < $0 } ?? false
    let found = isLess ? ", \(wording.only(said.foundTo))" : ""
    return "\(asked) (\(wording.fileSays): \(stated)\(who)\(found))"
  }

  private mutating func status(_ formula: Formula) -> Status {
    let node = plan.add(formula)
    guard node < generation.plan.nodes.count else { preconditionFailure("every part of a rule is laid out") }
    return frame.status(of: node)
  }
}

extension Names {
  /// What is said of an answer as a whole.
  fileprivate func notes(on conclusion: Conclusion) -> [String] {
    let parts = conclusion.parts.map { part in
      wording.part(part.from.description, part.until.description, part.status)
    }
    let standard = generation.rules[conclusion.rule].declaration.standard
    return (standard == nil ? [wording.standard(nil)] : [])
      + (conclusion.presumed.map { [wording.presumed($0)] } ?? [])
      + parts + conclusion.turnsOn.map { words($0) }
  }
}
