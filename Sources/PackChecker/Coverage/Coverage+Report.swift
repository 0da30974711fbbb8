// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
package import YAMLTree

extension Coverage {
  /// What is missing, each at its place.
  package var diagnostics: [Diagnostic] {
    missing.map { Diagnostic(at: $0.location, .notShown($0)) }.sorted()
  }

  /// What no case could show, each at its place.
  package var impossible: [Item] { items.filter { $0.outcome == .impossible } }

  /// A table of counts for each pack.
  package var table: String {
    let packs = items.map(\.pack).withoutRepetition()
    return packs.map { pack in
      let rows = Kind.allCases.map { kind -> String in
        let all = items.filter { $0.pack == pack && $0.kind == kind }
        let possible = all.filter { $0.outcome != .impossible }
        let shown = possible.count { $0.outcome != .missing }
        let word = kind.words + String(repeating: " ", count: 12 - kind.words.utf8.count)
        let rest =
          all.count == possible.count ? "" : ", and \(all.count - possible.count) that no case could show"
        return "  \(word)\(shown) of \(possible.count) shown\(rest)"
      }
      return (["\(pack): \(tests[pack] ?? 0) tests"] + rows).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  /// The same, thing by thing.
  package var json: JSON {
    .object([
      "percent": .integer(percent),
      "tests": .object(tests.mapValues(JSON.integer)),
      "items": .array(
        items.map { item in
          .object([
            "kind": .string(item.kind.rawValue), "pack": .string(item.pack), "rule": .string(item.rule),
            "clause": .string(item.clause), "text": .string(item.text),
            "file": .string(item.location.file), "line": .integer(item.location.line),
            "column": .integer(item.location.column), "outcome": .string(item.outcome.word),
            "tests": .strings(item.outcome.tests),
          ])
        }),
    ])
  }
}

extension Coverage.Outcome {
  fileprivate var word: String {
    switch self {
    case .shown: "shown"
    case .missing: "missing"
    case .impossible: "impossible"
    }
  }

  fileprivate var tests: [String] {
    if case .shown(let tests) = self { tests.withoutRepetition() } else { [] }
  }
}

extension Coverage.Kind {
  fileprivate var words: String {
    switch self {
    case .clause: "clauses"
    case .ground: "grounds"
    case .exception: "exceptions"
    case .condition: "conditions"
    case .pair: "pairs"
    }
  }
}

extension Coverage.Item {
  /// What is to be shown, with the rule and the clause.
  package var sentence: String {
    rule.isEmpty ? "\(text) (`\(clause)`)" : "\(text) (`\(rule)`, `\(clause)`)"
  }
}

extension Diagnostic.Message {
  static func notShown(_ item: Coverage.Item) -> Self {
    .init(
      code: "not-shown-by-tests", text: "no test shows that \(item.sentence)",
      hint: item.kind == .pair
        ? "two tests are wanted in which all else stands, so that it alone decides; see --write-missing"
        : "see --write-missing")
  }
}

extension Sequence where Element: Hashable {
  /// Each once, in the order in which they first stand.
  func withoutRepetition() -> [Element] {
    var seen: Set<Element> = []
    return filter { seen.insert($0).inserted }
  }
}
