// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore

/// An invented act about work, in versions that can be told apart.
struct InventedAct {
  var version = "1.0.0"
  /// What an employer must not do.
  var wrong = "forced"
  /// The usual reading of whether someone was forced: `stated` or `debt`.
  var standing = "stated"
  /// The first day of section 1.
  var inForce = "2000-01-01"
  /// Whether there is a rule about debt.
  var hasDebtRule = true
  /// Whether there is a rule about children.
  var hasChildRule = false

  var source: PackSource {
    let debt = hasDebtRule ? "  owing: {about: person, grounds: [{clause: s2, holds_if: debt}]}\n" : ""
    let child = hasChildRule ? "  young: {about: person, grounds: [{clause: s3, holds_if: minor}]}\n" : ""
    let pack = """
      lawspeaker: 1
      pack: {id: act, version: \(version), jurisdiction: UN}
      source: {cite: "An invented act", texts: [en], checked: 2026-01-01}
      facts: {forced: {type: yes_no}, debt: {type: yes_no}, minor: {type: yes_no}}
      clauses:
        s1: {path: [s 1], cite: {en: "Work Act s 1", nb: "arbeidsloven § 1"}, in_force: {from: \(inForce)}}
        s2: {path: [s 2], cite: {en: "Work Act s 2", nb: "arbeidsloven § 2"}, in_force: {from: 2000-01-01}}
        s3: {path: [s 3], cite: {en: "Work Act s 3", nb: "arbeidsloven § 3"}, in_force: {from: 2000-01-01}}
      rules:
        wrong: {about: person, grounds: [{clause: s1, holds_if: \(wrong)}]}
      \(debt)\(child)readings:
        force:
          decides: forced
          default: \(standing)
          readings: {stated: {cite: {en: A, nb: A}}, debt: {cite: {en: B, nb: B}, holds_if: debt}}

      """
    return PackSource(
      folder: "act",
      files: [
        .init(path: "pack.yaml", bytes: Array(pack.utf8)),
        .init(
          path: "text/en.yaml", bytes: Array(words(["Forced work", "Owing money", "A child at work"]).utf8)),
        .init(path: "text/nb.yaml", bytes: Array(words(["Tvangsarbeid", "Gjeld", "Barnearbeid"]).utf8)),
      ], sha256: "digest-of-\(version)")
  }

  private func words(_ titles: [String]) -> String {
    """
    facts: {forced: {question: F?}, debt: {question: D?}, minor: {question: M?}}
    rules: {wrong: \(titles[0])\(hasDebtRule ? ", owing: \(titles[1])" : "")\(hasChildRule ? ", young: \(titles[2])" : "")}
    clauses: {s1: x, s2: x, s3: x}
    readings: {force: {title: x, readings: {stated: x, debt: x}}}

    """
  }

  func generation() throws -> Generation { try LawspeakerCoreTests.generation(of: [source]) }
}
