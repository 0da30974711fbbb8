// SPDX-License-Identifier: Apache-2.0
import LawspeakerCore
import TestSupport
import Testing

@Suite("The three packs together", .timeLimit(.minutes(30))) struct ShippedPackTests {
  private static let packs = ["palermo", "norway", "child-welfare"]

  private func generation() throws -> Generation {
    try Generation.link(Self.packs.map { try #require(readPack(Repository.pack($0)).pack) })
  }

  @Test("What the file says of a matter that a body decides shows, though the scope of the law is open")

  func scopeIsOpen() throws {
    let generation = try generation()
    let text = """
      lawspeaker: 1
      case: K-1
      jurisdiction: NOR
      assessed_on: 2026-03-10
      found_to: probable
      facts: {born: 2010-05-05, police_sees_imminent_danger: yes, other_information_shows_danger: yes}

      """
    let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-03-10")))
    let file = try readCase(Array(text.utf8), file: "case.yaml", under: generation, defaults: defaults)

    let open = decide(file, caseSHA256: "", under: generation).advice.open

    let stay = try #require(open.first { generation.rules[$0.rule].id == "child-welfare.protection_stay" })
    #expect(!stay.isUntouched)
  }

  @Test("No conclusion is left unsettled in any of the packs' own tests")

  func settled() throws {
    let generation = try generation()
    let defaults = CaseDefaults(jurisdiction: "NOR", today: try #require(CivilDate("2026-07-02")))
    let tests = generation.packs.flatMap(\.tests)
    var asked = 0

    for test in tests {
      let file = try readCase(
        test.node, file: "test", under: generation, defaults: defaults, extraKeys: PackTest.ownKeys)
      let statuses = statuses(of: file, under: generation)
      #expect(!statuses.contains { $0.status == .unsettled }, "\(test.name)")
      asked += statuses.count
    }
    #expect(asked > 150_000)
  }
}
