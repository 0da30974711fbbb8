// SPDX-License-Identifier: Apache-2.0

import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("The difference between two versions of a pack") struct PackDifferenceTests {
  private func difference(_ before: InventedPack, _ after: InventedPack) throws -> PackDifference {
    var after = after
    after.version = "2.0.0"
    return PackDifference(
      from: PackEdition(try linked(before), [before.source]),
      to: PackEdition(try linked(after), [after.source]))
  }

  private func finding(_ id: String, _ difference: PackDifference) throws -> PackDifference.Finding {
    try #require(difference.conclusions.first { $0.id == id }).finding
  }

  private func witnesses(_ id: String, _ difference: PackDifference) throws -> [Witness] {
    guard case .changed(let witnesses) = try finding(id, difference) else { return [] }
    return witnesses
  }

  private func isSame(_ id: String, _ difference: PackDifference) throws -> Bool {
    if case .same = try finding(id, difference) { true } else { false }
  }

  private let facts = """
    forced: {type: yes_no}
    paid: {type: yes_no}
    age: {type: quantity, unit: years, range: [0, 130]}
    """

  @Test("A rule that is written otherwise and says the same is proved the same")
  func same() throws {
    let before = InventedPack(
      facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: {not: {all: [forced, paid]}}}]}")
    let after = InventedPack(
      facts: facts,
      rules: "wrong: {grounds: [{clause: s1, holds_if: {not: forced}}, {clause: s1, holds_if: {not: paid}}]}")
    #expect(try isSame("act.wrong", difference(before, after)))
  }

  @Test("A limit that moved is shown by the one age between, and by nothing else")
  func threshold() throws {
    let before = InventedPack(
      facts: facts, rules: "child: {grounds: [{clause: s1, holds_if: {age: {below: 18 years}}}]}")
    let after = InventedPack(
      facts: facts, rules: "child: {grounds: [{clause: s1, holds_if: {age: {below: 17 years}}}]}")
    let witnesses = try witnesses("act.child", difference(before, after))
    #expect(witnesses.map(\.lines) == [["act.age: 17 years"]])
    #expect(witnesses.map(\.from) == [.holds])
    #expect(witnesses.map(\.to) == [.fails])
  }

  @Test("A condition that became stricter leaves out what does not matter to the change")
  func stricter() throws {
    let before = InventedPack(
      facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: {any: [forced, paid]}}]}")
    let after = InventedPack(
      facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: forced}]}")
    let witnesses = try witnesses("act.wrong", difference(before, after))
    #expect(witnesses.map(\.lines) == [["act.forced: no", "act.paid: yes"]])
  }

  @Test("A conclusion that only stands on a changed one changes, and its cause is the ground that changed")
  func throughAnother() throws {
    func pack(_ condition: String) -> InventedPack {
      InventedPack(
        facts: facts,
        rules: """
          unfree: {grounds: [{clause: s1, holds_if: \(condition)}]}
          wrong: {grounds: [{clause: s2, holds_if: unfree}]}
          other: {grounds: [{clause: s3, holds_if: paid}]}
          """)
    }
    let difference = try difference(pack("forced"), pack("{any: [forced, paid]}"))
    #expect(try witnesses("act.wrong", difference).map(\.to) == [.holds])
    #expect(try isSame("act.other", difference))
    #expect(difference.texts.map(\.subject) == [.ground(rule: "act.unfree", clause: "act.s1")])
    #expect(
      difference.texts.first?.after?.lines == [
        "unfree: {grounds: [{clause: s1, holds_if: {any: [forced, paid]}}]}"
      ])
    #expect(difference.conclusions.map(\.causes) == [[0], [0], []])
  }

  @Test("A fact of the later version alone is left unsaid, and what turns on it is undetermined")
  func newFact() throws {
    let before = InventedPack(facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: forced}]}")
    let after = InventedPack(
      facts: facts + "\nknown: {type: yes_no}",
      rules: "wrong: {grounds: [{clause: s1, holds_if: {all: [forced, known]}}]}")
    let difference = try difference(before, after)
    #expect(difference.notShared.after == ["act.known"])
    let witnesses = try witnesses("act.wrong", difference)
    #expect(witnesses.map(\.lines) == [["act.forced: yes"]])
    #expect(witnesses.map(\.to) == [.undetermined])
  }

  @Test("A member of a set of the later version alone is left unsaid")
  func newMember() throws {
    func pack(_ members: String) -> InventedPack {
      InventedPack(
        facts: "means: {type: set, of: [\(members)]}",
        rules: "wrong: {grounds: [{clause: s1, holds_if: {means: {has: any}}}]}")
    }
    let difference = try difference(pack("force, fraud"), pack("force, fraud, threat"))
    #expect(difference.notShared.after == ["act.means: threat"])
    #expect(try witnesses("act.wrong", difference).map(\.to) == [.undetermined])
  }

  @Test("A fact that can be one more thing in the later version is named once")
  func newValue() throws {
    func pack(_ values: String) -> InventedPack {
      InventedPack(
        facts: "place: {type: one_of, values: [\(values)]}",
        rules: "wrong: {grounds: [{clause: s1, holds_if: {place: {is: street}}}]}")
    }
    let text = try difference(pack("street, path"), pack("street, path, crossing")).text
    #expect(text.contains("# Facts that can be something else in the later version"), "\(text)")
    #expect(!text.contains("version alone"))
  }

  @Test("A standard that was raised is shown by a case whose facts are found less surely")
  func standard() throws {
    func pack(_ standard: String) -> InventedPack {
      InventedPack(
        facts: facts, rules: "wrong: {standard: \(standard), grounds: [{clause: s1, holds_if: forced}]}")
    }
    let witnesses = try witnesses(
      "act.wrong", difference(pack("reasonable_grounds"), pack("beyond_reasonable_doubt")))
    let witness = try #require(witnesses.first)
    #expect(witness.to == .undetermined)
    #expect(witness.text.contains("found_to: reasonable_grounds"))
  }

  @Test("A reading whose default moved changes the answer, and its variants by name do not")
  func defaultReading() throws {
    func pack(_ standing: String) -> InventedPack {
      InventedPack(
        facts: facts, rules: "wrong: {grounds: [{clause: s1, holds_if: forced}]}",
        beside: """
          readings:
            force:
              decides: wrong
              default: \(standing)
              readings:
                narrow: {cite: {en: A, nb: A}}
                wide: {cite: {en: B, nb: B}, holds_if: {any: [forced, paid]}}
          """)
    }
    #expect(try isSame("act.wrong", difference(pack("narrow"), pack("narrow"))))
    let witnesses = try witnesses("act.wrong", difference(pack("narrow"), pack("wide")))
    #expect(witnesses.map(\.lines) == [["act.forced: no", "act.paid: yes"]])
    #expect(witnesses.allSatisfy { $0.readings.isEmpty })
  }

  @Test("Conclusions that are new or gone are listed")
  func newAndGone() throws {
    let before = InventedPack(facts: facts, rules: "old: {grounds: [{clause: s1, holds_if: forced}]}")
    let after = InventedPack(facts: facts, rules: "later: {grounds: [{clause: s1, holds_if: forced}]}")
    let difference = try difference(before, after)
    #expect(difference.gone == ["act.old"])
    #expect(difference.new == ["act.later"])
    #expect(difference.conclusions.isEmpty)
  }

  @Test("Every conclusion of the packs that come with the program is the same as itself")
  func itself() throws {
    let generation = try shippedGeneration()
    let edition = PackEdition(generation, [])
    let difference = PackDifference(from: edition, to: edition)
    #expect(difference.conclusions.count == generation.ownRules)
    #expect(difference.conclusions.allSatisfy { if case .same = $0.finding { true } else { false } })
  }

  @Test("The lines of a ground are those of its item, and a comment beside it is left out")
  func lines() throws {
    func pack(_ limit: Int) -> InventedPack {
      InventedPack(
        facts: facts,
        rules: """
          child:
            about: person
            grounds:
              - clause: s1
                holds_if:
                  age: {below: \(limit) years}
              # another
              - {clause: s2, holds_if: forced}
          """)
    }
    let difference = try difference(pack(18), pack(17))
    let change = try #require(difference.texts.first)
    #expect(difference.texts.count == 1)
    #expect(change.before?.lines == ["- clause: s1", "  holds_if:", "    age: {below: 18 years}"])
    #expect(change.after?.lines == ["- clause: s1", "  holds_if:", "    age: {below: 17 years}"])
  }

  @Test(
    "A pack made up anew is the same where every complete case is answered alike, and else has a case that is not",
    arguments: 0..<40 as Range<UInt64>)
  func agreesWithEveryCase(seed: UInt64) throws {
    let (before, after) = (SmallRules(seed: seed), SmallRules(seed: seed &+ 1_000))
    let difference = try difference(before.pack, after.pack)
    let differing = SmallRules.every.filter { before.answer($0) != after.answer($0) }
    #expect(try isSame("act.wrong", difference) == differing.isEmpty)
    for witness in try witnesses("act.wrong", difference) {
      #expect(
        [witness.from, witness.to] == [.holds, .fails] || [witness.from, witness.to] == [.fails, .holds])
    }
  }
}

/// A pack linked although some of its labels are missing.
func linked(_ pack: InventedPack) throws -> Generation {
  let reading = readPack(pack.source)
  let problems = reading.diagnostics.filter { !$0.message.isWarning && $0.message.code != "missing-text" }
  try #require(problems.isEmpty, "\(problems.map(\.description).joined(separator: "\n"))")
  return try Generation.link([try #require(reading.pack)])
}

/// Three facts and a formula over them, made up from a seed, with its answer in each of the complete cases.
private struct SmallRules {
  /// The facts `forced` and `paid`, and an age.
  typealias Told = (forced: Bool, paid: Bool, age: Int)

  static let every: [Told] = [false, true].flatMap { forced in
    [false, true].flatMap { paid in [10, 16, 17, 18, 40].map { (forced, paid, $0) } }
  }

  let pack: InventedPack
  private let terms: [[Term]]

  private enum Term: CaseIterable {
    case forced
    case notForced
    case paid
    case notPaid
    case below17
    case below18

    var text: String {
      switch self {
      case .forced: "forced"
      case .notForced: "{not: forced}"
      case .paid: "paid"
      case .notPaid: "{not: paid}"
      case .below17: "{age: {below: 17 years}}"
      case .below18: "{age: {below: 18 years}}"
      }
    }

    func isTrue(_ told: Told) -> Bool {
      switch self {
      case .forced: told.forced
      case .notForced: !told.forced
      case .paid: told.paid
      case .notPaid: !told.paid
      case .below17: told.age < 17
      case .below18: told.age < 18
      }
    }
  }

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    terms = (0..<2).map { _ in
      (0..<2).map { _ in Term.allCases.randomElement(using: &random) ?? .paid }
    }
    let grounds = terms.map { "{clause: s1, holds_if: {all: [\($0.map(\.text).joined(separator: ", "))]}}" }
    pack = InventedPack(
      facts: """
        forced: {type: yes_no}
        paid: {type: yes_no}
        age: {type: quantity, unit: years, range: [0, 130]}
        """,
      rules: "wrong: {grounds: [\(grounds.joined(separator: ", "))]}")
  }

  func answer(_ told: Told) -> Bool { terms.contains { $0.allSatisfy { $0.isTrue(told) } } }
}
