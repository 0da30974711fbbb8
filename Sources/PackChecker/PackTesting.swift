// SPDX-License-Identifier: Apache-2.0

public import LawspeakerCore
public import YAMLTree

/// What one of a pack's own tests gave.
public struct TestOutcome: Sendable {
  /// The pack.
  public var pack: String
  /// The test's name, a sentence.
  public var test: String
  /// Where it stands.
  public var location: SourceLocation
  /// What differs from what the test expects, and what could not be read; empty if it passed.
  public var failures: [Diagnostic]
  /// What was expected and what was found, name by name in the order of the test; empty if it passed.
  public var beside: [ExpectedAndFound] = []
}

/// One thing that a test expects, beside what was found.
public struct ExpectedAndFound: Sendable, Hashable {
  /// The conclusion, duty or caution as the test names it.
  public var name: String
  /// What the test expects.
  public var expected: String
  /// What was found; nil if nothing was.
  public var found: String?
  /// What the answer that was found stands on, for a conclusion that differs: a clause and facts.
  public var because: [String]
}

/// Runs the own tests of packs under a generation.
///
/// - Parameters:
///   - ids: The packs to test; all of the generation if nil.
///   - generation: The packs, with every name resolved.
/// - Returns: One outcome for each test, in pack and file order.
public func runTests(of ids: Set<String>? = nil, in generation: Generation) -> [TestOutcome] {
  let numbers = Numbers(generation)
  return generation.packs.filter { ids?.contains($0.id) ?? true }.flatMap { pack in
    pack.tests.map { run($0, of: pack, generation, numbers) }
  }
}

/// The numbers of what tests name.
struct Numbers {
  let rules: [String: Int]
  let duties: [String: Int]
  let cautions: [String: Int]

  init(_ generation: Generation) {
    rules = Self.byName(generation.rules.prefix(generation.ownRules).map(\.id))
    duties = Self.byName(generation.duties.map(\.id))
    cautions = Self.byName(generation.cautions.map(\.id))
  }

  private static func byName(_ ids: [String]) -> [String: Int] {
    Dictionary(ids.enumerated().map { ($1, $0) }) { first, _ in first }
  }

  /// What must be worked out for a test.
  func asked(by test: PackTest, of pack: RulePack, _ generation: Generation) -> (
    rules: Set<Int>, cautions: Set<Int>
  ) {
    var asked: (rules: Set<Int>, cautions: Set<Int>) = ([], [])
    asked.rules = Set(test.expected.compactMap { rules[pack.qualified($0.rule.text)] })
    for expectation in test.expectedBeside {
      let id = pack.qualified(expectation.name.text)
      switch expectation.what {
      case .presumed: rules[id].map { _ = asked.rules.insert($0) }
      case .duty, .dutyDue: duties[id].map { _ = asked.rules.insert(generation.duties[$0].rule) }
      case .caution: cautions[id].map { _ = asked.cautions.insert($0) }
      }
    }
    return asked
  }
}

extension Generation {
  /// Reads the case of a pack's own test: where it does not say, the assessor works where the pack is law.
  func readTest(_ test: PackTest, of pack: RulePack) throws(CaseRefused) -> Case {
    let jurisdiction = pack.jurisdiction == "UN" ? "NOR" : pack.jurisdiction
    let defaults = CaseDefaults(jurisdiction: jurisdiction, today: pack.source.checked)
    return try readCase(
      test.node, file: test.location.file, under: self, defaults: defaults, extraKeys: PackTest.ownKeys)
  }
}

extension RulePack {
  /// A name with its pack: the pack's own names may be written bare.
  func qualified(_ name: String) -> String { name.contains(".") ? name : id + "." + name }
}

/// Runs one test.
func run(
  _ test: PackTest, of pack: RulePack, _ generation: Generation, _ numbers: Numbers
) -> TestOutcome {
  var outcome = TestOutcome(pack: pack.id, test: test.name, location: test.location, failures: [])
  let file: Case
  do throws(CaseRefused) { file = try generation.readTest(test, of: pack) } catch {
    outcome.failures = error.diagnostics
    return outcome
  }
  let asked = numbers.asked(by: test, of: pack, generation)
  let answer = decideBarely(file, rules: asked.rules, cautions: asked.cautions, under: generation)
  let found = Dictionary(
    uniqueKeysWithValues: answer.conclusions.map { (generation.rules[$0.rule].id, $0.status) })
  outcome.failures =
    test.expectedBeside.compactMap { failure(of: $0, in: test, pack, answer, generation) }
    + test.expected.compactMap { expectation in
      let name = expectation.rule.text
      let status = found[pack.qualified(name)]
      guard status != expectation.status else { return nil }
      return Diagnostic(
        at: expectation.rule.location,
        .testFailed(test.name, rule: name, expected: expectation.status, found: status))
    }
  guard !outcome.failures.isEmpty else { return outcome }
  outcome.beside =
    test.expected.map { expectation in
      let rule = numbers.rules[pack.qualified(expectation.rule.text)]
      let status = found[pack.qualified(expectation.rule.text)]
      let differs = status != expectation.status
      return ExpectedAndFound(
        name: expectation.rule.text, expected: expectation.status.rawValue, found: status?.rawValue,
        because: differs ? rule.map { generation.reasons(for: $0, in: file) } ?? [] : [])
    } + test.expectedBeside.map { expectedAndFound($0, of: pack, answer, generation) }
  return outcome
}

extension Generation {
  /// What the answer to a conclusion stands on, a line for each ground: the clause, and facts as a case file says them.
  fileprivate func reasons(for rule: Int, in file: Case) -> [String] {
    let (conclusion, advice) = conclude(on: rule, in: file, under: self)
    switch conclusion.status {
    case .holds:
      if conclusion.grounds.isEmpty { return ["one of several grounds: \(words(conclusion.either.reason))"] }
      return conclusion.grounds.map { "\(clause($0.clause).name): \(words($0.reason))" }.withoutRepetition()
    case .fails:
      return conclusion.failed.map { "\(clause($0.clause).name) lacks something: \(words($0.reason))" }
        .withoutRepetition()
    case .undetermined:
      let open = advice.open.first?.facts.map { facts[$0.fact].declaration.name } ?? []
      return ["open: " + open.withoutRepetition().prefix(8).joined(separator: ", ")]
    case .contradictory, .notInForce, .unsettled: return []
    }
  }

  private func words(_ reason: [ReasonFact]) -> String {
    let said = reason.compactMap { fact -> String? in
      guard let number = variables[fact.variable].fact else { return nil }
      return "\(name(ofFact: number)) \(answer([.init(fact)], toFact: number))"
    }
    return said.isEmpty ? "whatever the facts" : said.joined(separator: ", ")
  }
}
