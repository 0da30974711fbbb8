// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

/// What the own tests of packs notice when a rule is put otherwise.
package struct Mutation: Sendable {
  /// How many ways of putting something otherwise were tried.
  package internal(set) var tried = 0
  /// How many of them a test noticed.
  package internal(set) var noticed = 0
  /// How many of them mean the same as what the author wrote, in every case on every day.
  package internal(set) var equivalent = 0
  /// What no test noticed, each at its place.
  package internal(set) var survivors: [Survivor] = []

  /// One thing put otherwise that no test noticed.
  package struct Survivor: Sendable {
    /// The rule, with its pack.
    package let rule: String
    /// The clause of the ground, without its pack.
    package let clause: String
    /// What was done, in words.
    package let text: String
    /// Where it stands.
    package let location: SourceLocation
  }
}

/// Puts every condition and exception of some packs otherwise, one at a time, and looks whether a test notices.
///
/// Conditions are negated, left out and, where they compare with a limit, moved by one; exceptions are left out.
/// - Parameters:
///   - ids: The packs to look at; all of the generation if nil.
///   - generation: The packs, with every name resolved.
///   - progress: Called now and then with how many were tried of how many.
/// - Returns: What was noticed and what was not.
package func mutate(
  _ ids: Set<String>? = nil, in generation: Generation, progress: (Int, Int) -> Void = { _, _ in }
) -> Mutation {
  guard let study = MutationStudy(generation, ids) else { return Mutation() }
  return study.run(progress)
}

private struct MutationStudy {
  private let generation: Generation
  private let variation: Variation
  private let mutants: [Mutant]
  private let versions: [Int: [RuleVersion]]
  /// By rule of a pack, the tests that look at it in any version; those that name it come first.
  private var tests: [Int: [Looking]] = [:]

  /// A test that looks at a rule.
  private struct Looking {
    let test: ReadTest
    let pack: RulePack
    let written: PackTest
    /// The expected rules that stand on it, by number, with what is expected.
    let expected: [(rule: Int, status: Status)]
    let isDirect: Bool
  }

  init?(_ generation: Generation, _ ids: Set<String>?) {
    let packs = Set(generation.packs.indices.filter { ids?.contains(generation.packs[$0].id) ?? true })
    var outline = CoverageOutline(generation)
    let rules = (0..<generation.ownRules).filter { packs.contains(generation.rules[$0].pack) }
    for rule in rules { outline.add(rule) }
    var mutants: [Mutant] = []
    var extra: [Formula.Atom] = []
    for rule in rules {
      for version in outline.versions[rule] ?? [] {
        for leaf in version.shapes.flatMap(\.leaves) {
          guard case .atom(let atom) = leaf.formula else { continue }
          extra += leaf.moved(generation).map { .init(variable: atom.variable, values: $0.values) }
        }
      }
      for (place, shape) in (outline.versions[rule]?.first?.shapes ?? []).enumerated() {
        mutants += shape.mutants(rule: rule, ground: place, generation)
      }
    }
    guard let variation = Variation(generation, tellingApart: extra) else { return nil }
    (self.mutants, self.variation, versions) = (mutants, variation, outline.versions)
    self.generation = variation.generation
    collectTests(packs)
  }

  private mutating func collectTests(_ packs: Set<Int>) {
    let names = Numbers(generation)
    var standing: [Int: Set<Int>] = [:]
    var owner: [Int: Int] = [:]
    for (rule, versions) in versions { for version in versions { owner[version.number] = rule } }
    for number in packs.sorted() {
      let pack = generation.packs[number]
      for test in pack.tests {
        guard let file = try? generation.readTest(test, of: pack) else { continue }
        let expected = test.expected.compactMap { expectation in
          names.rules[pack.qualified(expectation.rule.text)].map { (rule: $0, status: expectation.status) }
        }
        let read = ReadTest(name: test.name, pack: number, file: file, looksAt: [])
        var looked: [Int: (expected: [(rule: Int, status: Status)], isDirect: Bool)] = [:]
        for expectation in expected {
          for version in generation.stoodOn(by: expectation.rule, &standing) {
            guard let rule = owner[version], generation.rules[rule].pack == number else { continue }
            if looked[rule]?.expected.last?.rule != expectation.rule {
              looked[rule, default: ([], false)].expected.append(expectation)
            }
            if rule == expectation.rule { looked[rule]?.isDirect = true }
          }
        }
        let asked = names.asked(by: test, of: pack, generation)
        let beside = asked.rules.union(asked.cautions.map { generation.cautions[$0].condition })
        for version in beside.flatMap({ generation.stoodOn(by: $0, &standing) })
        where !test.expectedBeside.isEmpty {
          guard let rule = owner[version], generation.rules[rule].pack == number else { continue }
          if looked[rule] == nil { looked[rule] = ([], false) }
        }
        for (rule, found) in looked {
          tests[rule, default: []].append(
            Looking(test: read, pack: pack, written: test, expected: found.expected, isDirect: found.isDirect)
          )
        }
      }
    }
    tests = tests.mapValues { all in all.filter(\.isDirect) + all.filter { !$0.isDirect } }
  }

  func run(_ progress: (Int, Int) -> Void) -> Mutation {
    var result = Mutation()
    var unnoticed: [Mutant] = []
    for (number, mutant) in mutants.enumerated() {
      if number % 50 == 0 { progress(number, mutants.count) }
      if isNoticed(mutant) { result.noticed += 1 } else { unnoticed.append(mutant) }
    }
    result.tried = mutants.count
    let differences = unnoticed.map { mutant -> (rule: Int, formula: Formula) in
      let (before, after) = (
        generation.rules[mutant.rule].formula, formula(mutant, versions[mutant.rule]?.first)
      )
      return (mutant.rule, .exactly(1, [before, after]))
    }
    let inquiry = Inquiry(generation, asking: differences)
    var space = CaseSpace(generation, asking: differences.map(\.formula))
    for (number, mutant) in unnoticed.enumerated() {
      if inquiry.isImpossible(number) || space.isNever(differences[number].formula) {
        result.equivalent += 1
      } else {
        let rule = generation.rules[mutant.rule]
        result.survivors.append(
          .init(
            rule: rule.id, clause: generation.clause(rule.grounds[mutant.ground].clause).name,
            text: mutant.text, location: mutant.location))
      }
    }
    return result
  }

  private func formula(_ mutant: Mutant, _ version: RuleVersion?) -> Formula {
    .any(
      (version?.shapes ?? []).enumerated().map { place, shape in
        shape.formula(place == mutant.ground ? mutant.change : nil)
      })
  }

  private func isNoticed(_ mutant: Mutant) -> Bool {
    let all = versions[mutant.rule] ?? []
    let varied = variation.replacing(
      Dictionary(uniqueKeysWithValues: all.map { ($0.number, formula(mutant, $0)) }))
    return (tests[mutant.rule] ?? []).contains { looking in
      looking.expected.contains { status(of: $0.rule, in: looking.test.file, under: varied) != $0.status }
        || !looking.written.expectedBeside.isEmpty
          && !PackChecker.run(looking.written, of: looking.pack, varied, Numbers(varied)).failures.isEmpty
    }
  }
}

extension Mutation {
  /// What no test noticed, each at its place.
  package var diagnostics: [Diagnostic] {
    survivors.map { Diagnostic(at: $0.location, .survivingMutant($0)) }.sorted()
  }

  /// The counts, on one line.
  package var line: String {
    "\(tried) mutants: \(noticed) noticed, \(survivors.count) not noticed, \(equivalent) that mean the same"
  }

  /// The same as JSON.
  package var json: JSON {
    .object([
      "tried": .integer(tried), "noticed": .integer(noticed), "equivalent": .integer(equivalent),
      "survivors": .array(
        survivors.map { survivor in
          .object([
            "rule": .string(survivor.rule), "clause": .string(survivor.clause),
            "text": .string(survivor.text),
            "file": .string(survivor.location.file), "line": .integer(survivor.location.line),
            "column": .integer(survivor.location.column),
          ])
        }),
    ])
  }
}

extension Diagnostic.Message {
  static func survivingMutant(_ survivor: Mutation.Survivor) -> Self {
    .init(
      code: "mutant-survives",
      text: "no test notices \(survivor.text) (`\(survivor.rule)`, `\(survivor.clause)`)",
      hint: "add a test that the rule as it stands passes and the changed one fails")
  }
}
