// SPDX-License-Identifier: Apache-2.0
import LawspeakerCore
import TestSupport
import Testing

@Suite("The three packs together", .timeLimit(.minutes(15))) struct ShippedPackTests {
  private static let packs = ["palermo", "norway", "child-welfare"]

  @Test("No conclusion is left unsettled in any of the packs' own tests")

  func settled() throws {
    let packs = try Self.packs.map { try #require(readPack(Repository.pack($0)).pack) }
    let generation = try Generation.link(packs)
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
