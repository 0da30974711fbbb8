// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import PackChecker
import TestSupport
import Testing
import YAMLTree

@Suite("Gaps between two laws") struct LawGapsTests {
  private let rules = """
    broad: {grounds: [{clause: s1, holds_if: {all: [{any: [forced, young]}, {aim: {has: any}}]}}]}
    narrow: {grounds: [{clause: s2, holds_if: {all: [forced, {aim: {has: work}}]}}]}
    """

  private func gaps(expecting gaps: String, given: String = "[]") throws -> LawGaps {
    let pack = InventedPack(
      facts: """
        forced: {type: yes_no}
        young: {type: yes_no}
        aim: {type: set, of: [work, war]}
        """,
      rules: rules)
    let map = """
      lawspeaker: 1
      first: act.broad
      second: act.narrow
      review: nobody yet
      given: \(given)
      elements:
        first: {aim: {holds_if: {act.aim: {has: any}}}}
        second:
          force: {holds_if: act.forced}
          aim: {holds_if: {act.aim: {has: work}}, by: act.aim}
      gaps: \(gaps)

      """
    let laws = try ComparedLaws(
      LawComparison(reading: Array(map.utf8), file: "map.yaml"), in: linked(pack))
    return LawGaps(laws)
  }

  @Test("Gaps are gathered by the smallest sets of elements that are missing, each with a smallest case")
  func families() throws {
    let gaps = try gaps(expecting: "[]")
    #expect(gaps.families.map(\.missing) == [["force"], ["aim"]])
    #expect(gaps.families.map(\.with) == [nil, "war"])
    #expect(gaps.families.map(\.isOfFirst) == [true, true])
    #expect(
      gaps.families.map { $0.witness?.lines } == [
        ["act.aim: [work]", "act.forced: no", "act.young: yes"],
        ["act.aim: {has: [war], not: [work]}", "act.forced: yes"],
      ])
  }

  @Test("Where the laws cover each other there is no gap the other way")
  func covered() throws {
    #expect(try gaps(expecting: "[]").text.contains("act.broad holds wherever act.narrow does (proved)"))
  }

  @Test("A gap that the map does not know and one that is gone are problems; what it knows is none")
  func expected() throws {
    let known = """
      [{only: first, missing: [force], says: A child needs no force},
       {only: first, missing: [aim], with: [war], says: War is not listed}]
      """
    #expect(try gaps(expecting: known).problems.isEmpty)
    #expect(try gaps(expecting: "[]").problems.map(\.message.code) == ["unreviewed-gap", "unreviewed-gap"])
    let more = known.replacing("[war]", with: "[war, none]")
    #expect(try gaps(expecting: more).problems.map(\.message.code) == ["closed-gap"])
  }

  @Test("What is given closes a gap")
  func given() throws {
    let given = "[{holds: {if: {act.aim: {has: war}}, then: {act.aim: {has: work}}}, why: War is work}]"
    #expect(try gaps(expecting: "[]", given: given).families.map(\.missing) == [["force"]])
  }

  @Test("A name that the packs do not have is reported where it stands")
  func unknown() throws {
    let rejected = try #require(throws: PackRejected.self) {
      try gaps(expecting: "[]", given: "[{holds: act.forsed, why: A slip}]")
    }
    #expect(rejected.diagnostics.map(\.message.code) == ["unknown-name"])
    #expect(rejected.diagnostics.map(\.location.line) == [5])
  }
}

@Suite("The map between the Protocol and § 257") struct PalermoMapTests {
  @Test("The gaps are those that the map expects, and each has a case that shows it")
  func expected() throws {
    let path = Repository.root.appendingPathComponent("rulepacks/norway/comparisons/palermo-257.yaml")
    let map = try LawComparison(reading: Array(try Data(contentsOf: path)), file: "palermo-257.yaml")
    let gaps = LawGaps(try ComparedLaws(map, in: shippedGeneration()))
    #expect(gaps.problems.isEmpty, "\(gaps.problems.map(\.description).joined(separator: "\n"))")
    #expect(gaps.families.count { $0.witness == nil } == 0)
  }
}
