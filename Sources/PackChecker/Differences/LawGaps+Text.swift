// SPDX-License-Identifier: Apache-2.0

package import LawspeakerCore
internal import YAMLTree

extension LawGaps {
  /// The whole as text for a terminal: what is taken as given, then the families each way with a case of each.
  package var text: String {
    var lines = ["\(laws.map.first.text) against \(laws.map.second.text)", "Review: \(laws.map.review)"]
    if !laws.map.given.isEmpty { lines += ["", "Taken as given:"] }
    for given in laws.map.given {
      lines.append("- " + given.why + (given.uncertain.map { " (uncertain: \($0))" } ?? ""))
    }
    for isOfFirst in [true, false] { lines += section(ofFirst: isOfFirst) }
    lines += closed.map { "GONE: \($0.gap.missing.joined(separator: " and ")) \($0.with ?? "")" }
    lines += notSettled.map { "NOT SETTLED: \($0)" }
    return lines.joined(separator: "\n") + "\n"
  }

  private func section(ofFirst isOfFirst: Bool) -> [String] {
    let (holds, fails) =
      isOfFirst
      ? (laws.map.first.text, laws.map.second.text) : (laws.map.second.text, laws.map.first.text)
    let here = families.filter { $0.isOfFirst == isOfFirst }
    guard !here.isEmpty else {
      return ["", "# \(fails) holds wherever \(holds) does" + (notSettled.isEmpty ? " (proved)" : "")]
    }
    return ["", "# \(holds) holds and \(fails) does not: \(here.count) families"] + here.flatMap(lines)
  }

  private func lines(of family: Family) -> [String] {
    var lines = ["", "## \(family.title(laws.map))", ""]
    lines.append(family.known?.says ?? "NEW: the map does not know this gap")
    if let uncertain = family.known?.uncertain { lines.append("Uncertain: \(uncertain)") }
    lines +=
      family.witness?.text.split(separator: "\n").map { "    \($0)" } ?? ["    (no case file shows it)"]
    return lines
  }

  /// The whole as JSON.
  package var json: JSON {
    .object([
      "first": .string(laws.map.first.text), "second": .string(laws.map.second.text),
      "review": .string(laws.map.review), "families": .array(families.map { $0.json(laws.map) }),
      "closed": .array(
        closed.map {
          .object([
            "only": .string($0.gap.isOfFirst ? "first" : "second"), "missing": .strings($0.gap.missing),
            "with": .optional($0.with),
          ])
        }), "not_settled": .strings(notSettled), "as_expected": .bool(problems.isEmpty),
    ])
  }

  /// The cases with names for files.
  package var cases: [(name: String, text: String)] {
    families.enumerated().compactMap { number, family in
      guard let witness = family.witness else { return nil }
      let says = "# \(family.title(laws.map))\n"
      return (
        "gap-\(number + 1)",
        says + witness.text.replacing("case: WITNESS", with: "case: GAP-\(number + 1)", maxReplacements: 1)
      )
    }
  }
}

extension LawGaps.Family {
  fileprivate func json(_ map: LawComparison) -> JSON {
    .object([
      "only": .string(isOfFirst ? "first" : "second"), "missing": .strings(missing), "with": .optional(with),
      "says": .optional(known?.says), "uncertain": .optional(known?.uncertain),
      "known": .bool(known != nil), "case": .optional(witness?.text), "title": .string(title(map)),
    ])
  }
}
