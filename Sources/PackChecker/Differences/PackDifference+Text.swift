// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore
internal import YAMLTree

extension PackDifference {
  /// The whole as text for a terminal: what changed by clause, with the lines that did it and a case for each change.
  package var text: String {
    let sections =
      groups.map(section) + [unsettledSection, idleSection, namesSection, summary]
    return sections.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }.joined(separator: "\n\n") + "\n"
  }

  /// Changed conclusions that the same changes of text can have changed.
  private var groups: [(causes: [Int], conclusions: [Conclusion])] {
    var groups: [(causes: [Int], conclusions: [Conclusion])] = []
    for conclusion in changed {
      if let place = groups.firstIndex(where: { $0.causes == conclusion.causes }) {
        groups[place].conclusions.append(conclusion)
      } else {
        groups.append((conclusion.causes, [conclusion]))
      }
    }
    return groups
  }

  private var changed: [Conclusion] {
    conclusions.filter { if case .changed = $0.finding { true } else { false } }
  }

  private func section(_ group: (causes: [Int], conclusions: [Conclusion])) -> [String] {
    var clauses: [String] = []
    for clause in group.causes.map({ texts[$0].subject.clause }) where !clauses.contains(clause) {
      clauses.append(clause)
    }
    var lines = [
      "# " + (clauses.isEmpty ? "no change of text that it can reach" : clauses.joined(separator: ", "))
    ]
    for cause in group.causes { lines += Self.passages(texts[cause]) }
    for conclusion in group.conclusions {
      lines += ["", "## \(conclusion.id)"]
      guard case .changed(let witnesses) = conclusion.finding else { continue }
      for witness in witnesses { lines += self.lines(of: witness) }
    }
    return lines
  }

  private static func passages(_ change: TextChange) -> [String] {
    ["", change.subject.title]
      + (change.before.map { ["- \($0.location.file):\($0.location.line)"] + $0.lines.map { "  - \($0)" } }
        ?? [])
      + (change.after.map { ["+ \($0.location.file):\($0.location.line)"] + $0.lines.map { "  + \($0)" } }
        ?? [])
  }

  private func lines(of witness: Witness) -> [String] {
    ["", "\(witness.from.rawValue) before, \(witness.to.rawValue) after:"]
      + witness.text.split(separator: "\n").map { "    \($0)" }
      + witness.readings.keys.sorted().map {
        "    (decided with --reading \($0)=\(witness.readings[$0] ?? ""))"
      }
  }

  private var unsettledSection: [String] {
    let open = conclusions.compactMap { conclusion -> String? in
      guard case .notSettled(let why) = conclusion.finding else { return nil }
      return "- \(conclusion.id): \(why)"
    }
    return open.isEmpty ? [] : ["# Not settled", ""] + open
  }

  /// Text that changed and that no changed conclusion can reach.
  private var idleSection: [String] {
    let reached = Set(conclusions.flatMap(\.causes))
    let idle = texts.indices.filter { !reached.contains($0) }
    return idle.isEmpty ? [] : ["# Text that changes no answer"] + idle.flatMap { Self.passages(texts[$0]) }
  }

  private var namesSection: [String] {
    let other = notShared.before.filter(notShared.after.contains)
    let lists: [(String, [String])] = [
      ("New conclusions", new), ("Conclusions that are gone", gone),
      (
        "Facts of the earlier version alone, of which no case says anything",
        notShared.before.filter { !other.contains($0) }
      ),
      (
        "Facts of the later version alone, of which no case says anything",
        notShared.after.filter { !other.contains($0) }
      ),
      ("Facts that can be something else in the later version, of which no case says anything", other),
    ]
    return lists.filter { !$0.1.isEmpty }.flatMap { ["# \($0.0)", ""] + $0.1.map { "- \($0)" } + [""] }
      .dropLast()
  }

  private var summary: [String] {
    let same = conclusions.count { if case .same = $0.finding { true } else { false } }
    let open = conclusions.count - same - changed.count
    return [
      "\(changed.count) changed, \(new.count) new, \(gone.count) gone; "
        + "\(same) proved the same in every case, under every reading and on every day"
        + (open > 0 ? "; \(open) NOT SETTLED" : "")
    ]
  }

  /// The cases with names for files: conclusion and answers.
  package var cases: [(name: String, text: String)] {
    changed.flatMap { conclusion -> [(name: String, text: String)] in
      guard case .changed(let witnesses) = conclusion.finding else { return [] }
      return witnesses.map { witness in
        let name = "\(conclusion.id).\(witness.from.rawValue)-\(witness.to.rawValue)"
        let says = "# \(conclusion.id): \(witness.from.rawValue) before, \(witness.to.rawValue) after.\n"
        let reading = witness.readings.keys.sorted().map {
          "# --reading \($0)=\(witness.readings[$0] ?? "")\n"
        }
        let text = witness.text.replacing(
          "case: WITNESS", with: "case: \(Self.reference(name))", maxReplacements: 1)
        return (name, says + reading.joined() + text)
      }
    }
  }

  /// A reference has at most 64 characters.
  private static func reference(_ name: String) -> String { String(name.suffix(60).drop { !$0.isLetter }) }
}
