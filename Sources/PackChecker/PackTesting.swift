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
  generation.packs.filter { ids?.contains($0.id) ?? true }.flatMap { pack in
    pack.tests.map { test in
      TestOutcome(
        pack: pack.id, test: test.name, location: test.location,
        failures: failures(of: test, pack, generation))
    }
  }
}

private func failures(of test: PackTest, _ pack: RulePack, _ generation: Generation) -> [Diagnostic] {
  let jurisdiction = pack.jurisdiction == "UN" ? "NOR" : pack.jurisdiction
  let defaults = CaseDefaults(jurisdiction: jurisdiction, today: pack.source.checked)
  let file: Case
  do throws(CaseRefused) {
    file = try readCase(
      test.node, file: test.location.file, under: generation, defaults: defaults,
      extraKeys: PackTest.ownKeys)
  } catch {
    return error.diagnostics
  }
  let answer = decideBarely(file, under: generation)
  let found = Dictionary(
    uniqueKeysWithValues: answer.conclusions.map { (generation.rules[$0.rule].id, $0.status) })
  let failuresBeside = test.expectedBeside.compactMap {
    failure(of: $0, in: test, pack, answer, generation)
  }
  return failuresBeside
    + test.expected.compactMap { expectation in
      let name = expectation.rule.text
      let status = found[name.contains(".") ? name : pack.id + "." + name]
      guard status != expectation.status else { return nil }
      return Diagnostic(
        at: expectation.rule.location,
        .testFailed(test.name, rule: name, expected: expectation.status, found: status))
    }
}
