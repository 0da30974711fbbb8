// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

/// The measuring of what tests show: goals are asked of every test that looks at their rule.
struct CoverageStudy {
  let generation: Generation
  var coverage: Coverage
  let goals: [Goal]
  let inquiry: Inquiry
  /// By rule of a pack, its versions; the pack's own first.
  let versions: [Int: [RuleVersion]]
  /// The goal of each question.
  private let goalOfQuestion: [Int]
  /// By version of a rule, by number, its questions.
  private let questions: [Int: [Int]]
  private let tests: [ReadTest]
  /// For each goal the test that shows it.
  private(set) var shownBy: [Int: String] = [:]
  private(set) var impossible: Set<Int> = []
  /// Every whole case there could be; what none of them shows, no file does.
  lazy var space = CaseSpace(generation)

  init(_ generation: Generation, _ ids: Set<String>?) {
    self.generation = generation
    let packs = Set(generation.packs.indices.filter { ids?.contains(generation.packs[$0].id) ?? true })
    let tests = generation.readTests(ofPacks: packs)
    var outline = CoverageOutline(generation)
    for rule in 0..<generation.ownRules where packs.contains(generation.rules[rule].pack) {
      outline.add(rule)
    }
    outline.addClauses()
    (goals, versions) = (outline.goals, outline.versions)
    var asked: [(rule: Int, formula: Formula)] = []
    var goalOfQuestion: [Int] = []
    var questions: [Int: [Int]] = [:]
    for (number, goal) in goals.enumerated() {
      for version in versions[goal.rule] ?? [] {
        questions[version.number, default: []].append(asked.count)
        asked.append((version.number, version.formula(goal)))
        goalOfQuestion.append(number)
      }
    }
    inquiry = Inquiry(generation, asking: asked)
    (self.goalOfQuestion, self.questions, self.tests) = (goalOfQuestion, questions, tests)
    let counts = Dictionary(grouping: tests) { generation.packs[$0.pack].id }.mapValues(\.count)
    coverage = Coverage(items: outline.items, tests: counts)
  }

  /// Asks every test what it shows: first at a glance, then exactly for what no glance has shown and some case could.
  mutating func measure() {
    for test in tests { note(test.name, settledBy: test, isExact: false) }
    findImpossible()
    for test in tests { note(test.name, settledBy: test, isExact: true) }
    conclude()
  }

  /// Notes what a further test shows.
  mutating func note(_ name: String, settledBy test: ReadTest, isExact: Bool) {
    let numbers = test.looksAt.flatMap { questions[$0] ?? [] }.filter {
      let goal = goalOfQuestion[$0]
      return shownBy[goal] == nil && !impossible.contains(goal)
        && generation.rules[goals[goal].rule].pack == test.pack
    }
    guard !numbers.isEmpty else { return }
    for number in inquiry.settled(in: test.file, among: numbers, isExact: isExact) {
      shownBy[goalOfQuestion[number]] = name
    }
  }

  private mutating func findImpossible() {
    var asked: Set<Int> = []
    for (question, goal) in goalOfQuestion.enumerated() where shownBy[goal] == nil {
      // the first question of a goal is that of the pack's own rule; any other version is of the same shape
      guard asked.insert(goal).inserted else { continue }
      if inquiry.isImpossible(question) || isInNoCase(goals[goal]) { impossible.insert(goal) }
    }
  }

  /// True if no whole case makes a goal so.
  ///
  /// What a file leaves open can be filled in with one value for each fact, under every standard that looks at it; so a
  /// goal that is so in all completions of a file is so in one of these. A file whose voices contradict each other has
  /// such completions too.
  private mutating func isInNoCase(_ goal: Goal) -> Bool {
    guard let own = versions[goal.rule]?.first else { return false }
    return space.isNever(own.formula(goal))
  }

  /// Says of each thing whether it is shown.
  mutating func conclude() {
    for number in coverage.items.indices {
      let ways = coverage.items[number].ways
      if let shown = ways.first(where: { $0.allSatisfy { shownBy[$0] != nil } }) {
        coverage.items[number].outcome = .shown(by: shown.compactMap { shownBy[$0] })
      } else {
        let isImpossible = ways.allSatisfy { $0.contains(where: impossible.contains) }
        coverage.items[number].outcome = isImpossible ? .impossible : .missing
      }
    }
  }
}

/// A test of a pack, read, with what it looks at.
struct ReadTest {
  let name: String
  let pack: Int
  let file: Case
  /// The rules, by number, of which the test expects something, and those that they stand on.
  let looksAt: [Int]
}

extension Generation {
  /// The own tests of some packs; one that cannot be read shows nothing.
  func readTests(ofPacks numbers: Set<Int>) -> [ReadTest] {
    let names = Numbers(self)
    var standing: [Int: Set<Int>] = [:]
    return numbers.sorted().flatMap { number in
      packs[number].tests.compactMap { test in
        do throws(CaseRefused) {
          let file = try readTest(test, of: packs[number])
          let asked = names.asked(by: test, of: packs[number], self)
          let rules = asked.rules.union(asked.cautions.map { cautions[$0].condition })
          let looksAt = rules.reduce(into: Set<Int>()) { $0.formUnion(stoodOn(by: $1, &standing)) }
          return ReadTest(name: test.name, pack: number, file: file, looksAt: looksAt.sorted())
        } catch { return nil }
      }
    }
  }

  /// A rule and all that it stands on.
  func stoodOn(by rule: Int) -> Set<Int> {
    var known: [Int: Set<Int>] = [:]
    return stoodOn(by: rule, &known)
  }

  /// The same, where many rules are asked about.
  func stoodOn(by rule: Int, _ known: inout [Int: Set<Int>]) -> Set<Int> {
    if let found = known[rule] { return found }
    var found: Set<Int> = [rule]
    var inner: [Int] = []
    rules[rule].formula.forEachLeaf({ _ in }, rule: { inner.append($0) })
    for rule in inner { found.formUnion(stoodOn(by: rule, &known)) }
    known[rule] = found
    return found
  }
}
