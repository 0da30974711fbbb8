// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

/// The `palermo` pack as it lies in the repository; its digest is a stand-in, so that goldens show what changed in law.
private func palermo() throws -> Generation {
  let folder = Repository.root.appendingPathComponent("rulepacks/palermo")
  let names = (FileManager.default.subpaths(atPath: folder.path) ?? []).filter { $0.hasSuffix(".yaml") }
  let files = try names.map { name in
    PackSource.File(path: name, bytes: Array(try Data(contentsOf: folder.appendingPathComponent(name))))
  }
  return try generation(of: [
    PackSource(folder: "rulepacks/palermo", files: files, sha256: "digest-of-palermo")
  ])
}

private let examples =
  ((try? FileManager.default.contentsOfDirectory(
    atPath: Repository.root.appendingPathComponent("examples").path)) ?? []).filter { $0.hasSuffix(".yaml") }
  .sorted()

/// A case with its decision.
private struct Decided {
  let file: Case
  let decision: Decision

  func text(in language: Language, version: Int?, under generation: Generation) -> String {
    decision.markdown(in: language, version: version, of: file, under: generation)
  }
}

/// The decision on an example, or why it is refused.
private func decided(on name: String, under generation: Generation) throws -> Result<Decided, CaseRefused> {
  let path = Repository.root.appendingPathComponent("examples/\(name)")
  let bytes = Array(try Data(contentsOf: path))
  let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-01-01")))
  do throws(CaseRefused) {
    let file = try readCase(bytes, file: "examples/\(name)", under: generation, defaults: defaults)
    let decision = decide(file, caseSHA256: "digest-of-case", under: generation)
    return .success(Decided(file: file, decision: decision))
  } catch {
    return .failure(error)
  }
}

@Suite("The examples") struct ExampleDecisionTests {
  @Test(
    "each has the decision document, or the diagnostics, that lie among the fixtures", arguments: examples)
  func golden(name: String) throws {
    let generation = try palermo()
    let golden = "decisions/" + name.replacingOccurrences(of: ".yaml", with: "")
    switch try decided(on: name, under: generation) {
    case .success(let decided):
      let difference = try differenceFromGolden(
        indented(decided.decision.json(under: generation)) + "\n", golden + ".json")
      #expect(difference == nil, "\(difference ?? "")")
    case .failure(let refused):
      let difference = try differenceFromGolden(text(of: refused.diagnostics), golden + ".diagnostics")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test("there are eight, each with its golden file")
  func complete() {
    #expect(examples.count == 8)
    let goldens = Repository.fixtures(in: "decisions").map { $0.prefix { $0 != "." } + ".yaml" }
    #expect(goldens.map(String.init) == examples)
  }

  @Test(
    "what a lawyer expects of trafficking and smuggling follows from each",
    arguments: [
      ("01-adult-clear.yaml", ["trafficking": Status.holds, "child": .fails]),
      ("02-child-no-means.yaml", ["trafficking": .holds, "child": .holds]),
      ("03-disputed-age.yaml", ["child": .undetermined]),
      ("04-consent-given.yaml", ["trafficking": .holds]),
      ("05-smuggling-only.yaml", ["smuggling": .holds]),
      ("06-smuggling-and-trafficking.yaml", ["smuggling": .holds, "trafficking": .holds]),
      ("07-migrant-prostitution.yaml", ["migrant_prostitution": .holds]),
    ])
  func law(name: String, expected: [String: Status]) throws {
    let generation = try palermo()
    let found = try decided(on: name, under: generation).get().decision.statuses(under: generation)
    for (rule, status) in expected { #expect(found["palermo." + rule] == status, "\(rule)") }
  }

  /// Keys sorted and lines broken, so that a difference can be read.
  private func indented(_ json: JSON, _ margin: String = "") -> String {
    let inner = margin + "  "
    switch json {
    case .array(let items) where !items.isEmpty:
      return "[\n" + items.map { inner + indented($0, inner) }.joined(separator: ",\n") + "\n\(margin)]"
    case .object(let entries) where !entries.isEmpty:
      let lines = entries.sorted { $0.key < $1.key }.map { key, value in
        inner + JSON.string(key).canonicalText + ": " + indented(value, inner)
      }
      return "{\n" + lines.joined(separator: ",\n") + "\n\(margin)}"
    default: return json.canonicalText
    }
  }
}

@Suite("The decision for people") struct MarkdownTests {
  private static let fixedSentence: [Language: String] = [
    .en:
      "This is a machine's reading of rules on the facts in the file. It is no formal decision, and it says of nobody "
      + "that they are a victim or an offender. A person decides.",
    .nb:
      "Dette er en maskinell gjennomgang av regler ut fra opplysningene i saksfilen. Det er ikke et vedtak, og det sier "
      + "ikke om noen at de er utsatt eller har gjort noe galt. Et menneske avgjør.",
  ]
  /// The sections of design section 7 that are there already, in its order.
  private static let sections: [Language: [String]] = [
    .en: [
      "What is open", "Conditions that are met on these facts", "Conditions that are not met on these facts",
      "What was disregarded, and why",
    ],
    .nb: [
      "Det som er uavklart", "Vilkår som er oppfylt etter opplysningene",
      "Vilkår som ikke er oppfylt etter opplysningene",
      "Uten betydning her, og hvorfor",
    ],
  ]
  private static let forbidden = ["victim", "offender", "offeret", "bevist", "mistenkt", "troverdig", "%"]

  /// Every case there is: the examples and the pack's own tests.
  private func decisions(under generation: Generation) throws -> [Decided] {
    let fromExamples = examples.compactMap { try? decided(on: $0, under: generation).get() }
    let today = try #require(CivilDate("2026-01-01"))
    let fromTests = try generation.packs.flatMap(\.tests).map { test in
      let file = try readCase(
        test.node, file: "test", under: generation, defaults: CaseDefaults(jurisdiction: "NOR", today: today),
        extraKeys: ["test", "expect", "expect_duties", "expect_cautions", "expect_presumed"])
      return Decided(file: file, decision: decide(file, caseSHA256: "", under: generation))
    }
    return fromExamples + fromTests
  }

  @Test(
    "it begins with the case and the fixed sentence, in its order, and names nobody",
    arguments: Language.allCases)
  func everyDecision(language: Language) throws {
    let generation = try palermo()
    let all = try decisions(under: generation)
    try #require(all.count > 60)
    let sentence = try #require(Self.fixedSentence[language])
    var seen: Set<String> = []
    for decided in all {
      let decision = decided.decision
      let text = decided.text(in: language, version: 3, under: generation)
      let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      #expect(lines.first?.hasPrefix("# ") == true && lines.first?.hasSuffix(decision.reference) == true)
      let firstSection = try #require(text.range(of: "\n## "))
      #expect(text[..<firstSection.lowerBound].contains(sentence))

      let titles = lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) }
      let known = Self.sections[language] ?? []
      #expect(titles.filter(known.contains) == known.filter(titles.contains), "\(decision.reference)")
      #expect(Set(titles).count == titles.count)
      seen.formUnion(titles)

      let rest = text.replacingOccurrences(of: sentence, with: "").lowercased()
      for word in Self.forbidden { #expect(!rest.contains(word), "\(decision.reference): \(word)") }
    }
    #expect(
      seen.isSuperset(of: Self.sections[language] ?? []), "each of these sections is there at least once")
  }

  @Test(
    "an example for each status shows it under its heading",
    arguments: [
      ("01-adult-clear.yaml", 1), ("03-disputed-age.yaml", 0), ("05-smuggling-only.yaml", 2),
      ("04-consent-given.yaml", 3),
    ])
  func headings(name: String, section: Int) throws {
    let generation = try palermo()
    let decided = try decided(on: name, under: generation).get()
    for language in Language.allCases {
      let title = try #require(Self.sections[language]?[section])
      #expect(decided.text(in: language, version: nil, under: generation).contains("\n## \(title)\n"))
    }
  }
}
