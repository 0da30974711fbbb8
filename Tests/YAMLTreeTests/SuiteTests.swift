// SPDX-License-Identifier: Apache-2.0
import Testing
import YAMLTree

@Suite("The yaml-test-suite", .enabled(if: SuiteCase.isAtHand, "the suite lies beside the repository"))
struct SuiteTests {
  @Test(
    "a case is read as the suite states, is refused for a reason, or is known to deviate",
    arguments: SuiteCase.all)
  func statedOrKnown(suiteCase: SuiteCase) {
    let outcome = SuiteOutcome(of: suiteCase)

    #expect(outcome.deviation == SuiteDeviation.known[suiteCase.id], "\(outcome)")
  }

  @Test("every case that is known to deviate stands in the suite") func knownCases() {
    let ids = Set(SuiteCase.all.map(\.id))

    #expect(SuiteDeviation.known.keys.filter { !ids.contains($0) } == [])
  }

  @Test("the outcomes are counted, so that a change shows") func counts() {
    let counts = Dictionary(grouping: SuiteCase.all) { SuiteOutcome(of: $0) }.mapValues(\.count)

    #expect(
      counts == [
        .equal: 184,
        .refusedByRule("tag"): 29,
        .refusedByRule("anchor"): 11,
        .refusedByRule("key-not-a-name"): 10,
        .refusedByRule("alias anchor"): 7,
        .refusedByRule("alias anchor tag"): 5,
        .refusedByRule("anchor tag"): 3,
        .refusedByRule("anchor key-not-a-name"): 3,
        .refusedByRule("alias anchor key-not-a-name"): 1,
        .refusedAsDemanded: 78,
        .leftOut: 4,
        .deviates(.accepts): 16,
        .deviates(.refuses): 51,
        .deviates(.differs): 4,
      ])
    #expect(SuiteCase.all.count == 406)
  }
}

/// What became of a case.
enum SuiteOutcome: Hashable {
  /// It was read to the trees that the suite states.
  case equal
  /// It holds what Lawspeaker refuses, and was refused for just that; the codes in order.
  case refusedByRule(String)
  /// It is no YAML, and was refused.
  case refusedAsDemanded
  /// The suite itself does not count it.
  case leftOut
  case deviates(SuiteDeviation)

  init(of suiteCase: SuiteCase) {
    guard !suiteCase.isSkipped else {
      self = .leftOut
      return
    }
    do throws(YAMLRefused) {
      let roots = try readYAML(Array(suiteCase.yaml.utf8), file: suiteCase.id, documents: .many)
      self = Self.afterReading(roots, suiteCase)
    } catch {
      self = Self.afterRefusal(error.diagnostics.map(\.message.code).sorted(), suiteCase)
    }
  }

  var deviation: SuiteDeviation? {
    if case .deviates(let deviation) = self { deviation } else { nil }
  }

  private static func afterReading(_ roots: [YAMLNode], _ suiteCase: SuiteCase) -> SuiteOutcome {
    if suiteCase.mustFail { return .deviates(.accepts) }
    let stated = SuiteTree(events: suiteCase.events)
    let isEqual = roots.map(\.shape) == stated.roots && stated.refusedConstructs.isEmpty
    return isEqual ? .equal : .deviates(.differs)
  }

  /// A rule excuses a refusal only if the suite's events hold what it names, as often as it was found: else the rule
  /// could hide that libyaml misread the case.
  private static func afterRefusal(_ codes: [String], _ suiteCase: SuiteCase) -> SuiteOutcome {
    if codes.contains("yaml-syntax") { return suiteCase.mustFail ? .refusedAsDemanded : .deviates(.refuses) }
    if suiteCase.mustFail { return .deviates(.accepts) }
    let directives = suiteCase.yaml.split(separator: "\n").filter { $0.hasPrefix("%TAG ") }
    let stated = SuiteTree(events: suiteCase.events).refusedConstructs + directives.map { _ in "tag" }
    guard codes == stated.sorted() else { return .deviates(.differs) }
    return .refusedByRule(Set(codes).sorted().joined(separator: " "))
  }
}
