// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// Ready tests for what the tests of a pack do not show yet, for one file of its rules.
package struct MissingTests: Sendable {
  /// The pack.
  package let pack: String
  /// The name of the file below the pack's `tests`, such as `generated-criminal.yaml`.
  package let file: String
  /// One document each; the file that holds them begins with ``head``.
  package let tests: [String]

  /// What a file of generated tests begins with.
  package static let head = """
    # Written by `lawspeaker packs coverage --write-missing`: each test shows something that no other test shows.
    # What is expected is what the pack answers. A person must confirm that the law says so.

    """
}

extension CoverageStudy {
  /// Finds a small case for each goal that is missing, notes what else it shows, and writes it down.
  mutating func missingTests() -> [MissingTests] {
    let wanted = missingGoals()
    var asked: [(rule: Int, formula: Formula)] = []
    for goal in wanted {
      guard let own = versions[goals[goal].rule]?.first else { continue }
      asked.append((own.number, own.visibleFormula(goals[goal])))
      asked.append((own.number, own.formula(goals[goal])))
    }
    let finder = Inquiry(generation, asking: asked)
    var written: [String: (pack: Int, tests: [String])] = [:]
    for (place, goal) in wanted.enumerated() where shownBy[goal] == nil {
      let rule = generation.rules[goals[goal].rule]
      let checked = generation.packs[rule.pack].source.checked
      let found =
        finder.witness(of: 2 * place, near: checked) ?? finder.witness(of: 2 * place + 1, near: checked)
        ?? wholeCase(for: goals[goal], [2 * place, 2 * place + 1], finder)
      guard var file = found else { continue }
      let ruleFile = goals[goal].location.file
      let key = "\(rule.pack)/\(fileName(ruleFile))"
      let number = (written[key]?.tests.count ?? 0) + 1
      file.reference = "T-GENERATED-\(number)"
      let test = ReadTest(
        name: name(of: goals[goal]), pack: rule.pack, file: file,
        looksAt: generation.stoodOn(by: goals[goal].rule).sorted())
      note(test.name, settledBy: test, isExact: true)
      let status = status(of: goals[goal].rule, in: file, under: generation)
      let text = TestText(name: test.name, file: file, expected: [(rule.declaration.name, status)])
      written[key, default: (rule.pack, [])].tests.append(
        text.text(under: generation, of: generation.packs[rule.pack]))
    }
    return written.sorted { $0.key < $1.key }.map { key, found in
      MissingTests(
        pack: generation.packs[found.pack].id,
        file: "generated-" + (key.split(separator: "/").last.map(String.init) ?? key), tests: found.tests)
    }
  }

  /// A case found among all whole cases, made small: for the visible formula, else for the goal alone; `questions` are the
  /// numbers of the two in the inquiry.
  private mutating func wholeCase(for goal: Goal, _ questions: [Int], _ finder: Inquiry) -> Case? {
    guard let own = versions[goal.rule]?.first else { return nil }
    for (question, formula) in zip(questions, [own.visibleFormula(goal), own.formula(goal)]) {
      if space.isOverBudget { space = space.fresh() }
      let truth = space.truth(of: formula)
      guard case .found(let example) = space.witness(where: truth), example.readings.isEmpty,
        let file = try? example.read(under: generation), let small = finder.reduced(file, keeping: question)
      else { continue }
      return small
    }
    return nil
  }

  /// The goals that would show what is missing, those first that show others on the way.
  private func missingGoals() -> [Int] {
    let wanted = coverage.missing.flatMap { item in
      item.ways.first { !$0.contains(where: impossible.contains) }?.filter { shownBy[$0] == nil } ?? []
    }
    func isTurning(_ goal: Int) -> Bool { if case .turns = goals[goal].what { true } else { false } }
    let unique = Set(wanted).sorted()
    return unique.filter(isTurning) + unique.filter { !isTurning($0) }
  }

  private func fileName(_ path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What a test shows, as a sentence.
  private func name(of goal: Goal) -> String {
    let rule = generation.rules[goal.rule]
    let (name, ground) = (rule.declaration.name, rule.grounds[goal.ground])
    let clause = generation.clause(ground.clause).name
    let shape = versions[goal.rule]?.first?.shapes[goal.ground]
    func words(_ leaf: Int) -> String { shape.map { "(\($0.leaves[leaf].written.words))" } ?? "" }
    switch goal.what {
    case .alone: return "By \(clause) alone \(name) holds"
    case .failsInForce: return "While \(clause) is in force \(name) fails under it"
    case .exception(_, isMet: true): return "An exception to \(clause) defeats \(name)"
    case .exception(_, isMet: false): return "No exception to \(clause) stands in the way of \(name)"
    case .leaf(let leaf, let isTrue):
      return "Under \(clause) of \(name), \(words(leaf)) is \(isTrue ? "" : "not ")so"
    case .turns(let leaf, isTrue: true, holds: true):
      return "Under \(clause), \(name) would not hold without \(words(leaf))"
    case .turns(let leaf, isTrue: false, holds: false):
      return "Under \(clause), \(name) lacks nothing but \(words(leaf))"
    case .turns(let leaf, isTrue: true, holds: false):
      return "Under \(clause), nothing but \(words(leaf)) keeps \(name) from holding"
    case .turns(let leaf, isTrue: false, holds: true):
      return "Under \(clause), \(name) holds since \(words(leaf)) is not so"
    }
  }
}
