// SPDX-License-Identifier: Apache-2.0
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import TestSupport
import YAMLTree

/// Runs the example of a page in a folder of its own.
struct ErrorExample {
  let page: ErrorPage
  let folder: String

  /// Every diagnostic that the files of an example give: packs, a case under the packs of the repository, a
  /// configuration.
  static func diagnostics(of page: ErrorPage) throws -> [Diagnostic] {
    let folder = NSTemporaryDirectory() + "lawspeaker-page-\(UUID().uuidString.prefix(8))"
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let example = ErrorExample(page: page, folder: folder)
    var files: [(path: String, text: String)] = []
    for block in page.example {
      let words = block.info.split(separator: " ").map(String.init)
      guard words.count == 2, ["yaml", "json"].contains(words[0]) else { continue }
      files.append((words[1], block.text))
    }
    let found: [Diagnostic]
    switch files.first?.path {
    case "case.yaml", "case.json": found = try example.ofCase(files[0])
    case "lawspeaker.yaml": found = example.ofConfiguration(files[0])
    default: found = try example.ofPacks(files)
    }
    return found.map { diagnostic in
      var diagnostic = diagnostic
      diagnostic.location.file = diagnostic.location.file.replacing(folder + "/", with: "")
      diagnostic.message.text = diagnostic.message.text.replacing(folder + "/", with: "")
      return diagnostic
    }.sorted()
  }

  private func ofCase(_ file: (path: String, text: String)) throws -> [Diagnostic] {
    let generation = try Self.shipped.get()
    let defaults = CaseDefaults(jurisdiction: "NOR", today: CivilDate("2026-01-15") ?? .first)
    do throws(CaseRefused) {
      _ = try readCase(Array(file.text.utf8), file: file.path, under: generation, defaults: defaults)
      return []
    } catch { return error.diagnostics }
  }

  private static let shipped = Result {
    try PackSet(readSources(below: DaemonHarness.repository + "/rulepacks"), tests: .leaveOut).generation
  }

  private func ofConfiguration(_ file: (path: String, text: String)) -> [Diagnostic] {
    do throws(ConfigurationRefused) {
      _ = try Configuration(Array(file.text.utf8), file: file.path)
      return []
    } catch { return error.diagnostics }
  }

  /// A file is of the pack `act` unless its path names another folder than those of a pack.
  private func ofPacks(_ files: [(path: String, text: String)]) throws -> [Diagnostic] {
    var packs: Set<String> = []
    for file in files {
      let first = file.path.split(separator: "/").first.map(String.init) ?? ""
      let isOfAct = !file.path.contains("/") || ["text", "tests"].contains(first)
      packs.insert(isOfAct ? "act" : first)
      try write(file.text, to: isOfAct ? "act/" + file.path : file.path)
    }
    for pack in packs { try makeUpTexts(of: pack) }
    do throws(PackRejected) {
      let warnings = try PackSet(below: folder).warnings
      // what is only odd is looked for in packs of which nothing else is said
      return warnings.isEmpty ? try PackSet(below: folder, checks: .all).warnings : warnings
    } catch { return error.diagnostics }
  }

  private func write(_ text: String, to path: String) throws {
    let place = URL(fileURLWithPath: "\(folder)/\(path)")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: place)
  }

  /// Words in each language for whatever a pack declares, so that an example need not have them.
  private func makeUpTexts(of pack: String) throws {
    guard let source = try? readPackFolder("\(folder)/\(pack)"), let read = readPack(source).pack else {
      return
    }
    for language in Language.allCases
    where !source.files.contains(where: {
      $0.path.hasPrefix("text/\(language.rawValue)")
    }) {
      try write(read.madeUpTexts, to: "\(pack)/text/\(language.rawValue).yaml")
    }
  }
}

extension RulePack {
  /// The least text file that a pack needs.
  fileprivate var madeUpTexts: String {
    func labels(_ names: [String]) -> String { "{" + names.map { "\($0): x" }.joined(separator: ", ") + "}" }
    func section(_ name: String, _ lines: [String]) -> String {
      lines.isEmpty ? "" : "\(name):\n" + lines.map { "  \($0)\n" }.joined()
    }
    let bodies = Set(rules.flatMap(\.competent) + duties.flatMap { [$0.byWhom] + ($0.binds ?? []) })
    let text =
      section("facts", facts.map { "\($0.name): {question: x, values: \(labels($0.type.members))}" })
      + section("rules", rules.map { "\($0.name): x" }) + section("clauses", clauses.map { "\($0.name): x" })
      + section("duties", duties.map { "\($0.name): x" })
      + section("cautions", cautions.map { "\($0.name): x" })
      + section("bodies", bodies.sorted().map { "\($0): x" })
      + section(
        "readings", readings.map { "\($0.name): {title: x, readings: \(labels($0.variants.map(\.name)))}" })
      + section(
        "comparisons",
        comparisons.map { comparison in
          let words = comparison.rules.map { "\($0.text): \(labels(comparison.aspects))" }
          return "\(comparison.name): {title: x, aspects: \(labels(comparison.aspects)), "
            + "words: {\(words.joined(separator: ", "))}}"
        })
    return text.isEmpty ? "{}\n" : text
  }
}
