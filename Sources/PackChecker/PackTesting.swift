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
    pack.tests.map { test in
      TestOutcome(
        pack: pack.id, test: test.name, location: test.location,
        failures: failures(of: test, pack, generation, numbers))
    }
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

private func failures(
  of test: PackTest, _ pack: RulePack, _ generation: Generation, _ numbers: Numbers
) -> [Diagnostic] {
  let file: Case
  do throws(CaseRefused) { file = try generation.readTest(test, of: pack) } catch {
    return error.diagnostics
  }
  let asked = numbers.asked(by: test, of: pack, generation)
  let answer = decideBarely(file, rules: asked.rules, cautions: asked.cautions, under: generation)
  let found = Dictionary(
    uniqueKeysWithValues: answer.conclusions.map { (generation.rules[$0.rule].id, $0.status) })
  let failuresBeside = test.expectedBeside.compactMap {
    failure(of: $0, in: test, pack, answer, generation)
  }
  return failuresBeside
    + test.expected.compactMap { expectation in
      let name = expectation.rule.text
      let status = found[pack.qualified(name)]
      guard status != expectation.status else { return nil }
      return Diagnostic(
        at: expectation.rule.location,
        .testFailed(test.name, rule: name, expected: expectation.status, found: status))
    }
}
