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
  let statuses = test.expected.compactMap { expectation -> Diagnostic? in
    let name = expectation.rule.text
    let status = found[pack.qualified(name)]
    guard status != expectation.status else { return nil }
    return Diagnostic(
      at: expectation.rule.location,
      .testFailed(test.name, rule: name, expected: expectation.status, found: status))
  }
  return statuses
    + test.expectedBeside.compactMap { expectation in
      let found = said(of: pack.qualified(expectation.name.text), expectation.what, answer, generation)
      guard found != expectation.what.words else { return nil }
      return Diagnostic(
        at: expectation.name.location,
        .testFailedBeside(
          test.name, name: expectation.name.text, expected: expectation.what.words, found: found))
    }
}

/// What an answer says of a duty, a caution or a presumed conclusion, in the words of a test.
private func said(
  of id: String, _ what: PackTest.ExpectationBeside.What, _ answer: Answer, _ generation: Generation
) -> String {
  switch what {
  case .dutyDue:
    let duty = answer.duties.first { generation.duties[$0.duty].id == id }
    return duty.map { $0.due?.description ?? "shown" } ?? "absent"
  case .duty: return answer.duties.contains { generation.duties[$0.duty].id == id } ? "shown" : "absent"
  case .caution:
    let isShown = answer.cautions.contains { caution in
      if case .ofPack(let number) = caution { generation.cautions[number].id == id } else { false }
    }
    return isShown ? "shown" : "absent"
  case .presumed:
    let conclusion = answer.conclusions.first { generation.rules[$0.rule].id == id }
    return conclusion?.presumed?.rawValue ?? "absent"
  }
}

extension PackTest.ExpectationBeside.What {
  fileprivate var words: String {
    switch self {
    case .dutyDue(let day): day.description
    case .duty(let isShown), .caution(let isShown): isShown ? "shown" : "absent"
    case .presumed(let status): status.rawValue
    }
  }
}

extension RulePack {
  /// A name with its pack: the pack's own names may be written bare.
  fileprivate func qualified(_ name: String) -> String { name.contains(".") ? name : id + "." + name }
}
