// SPDX-License-Identifier: Apache-2.0

@testable import LawspeakerCore
import Testing

@Suite("Why a later version of a case is answered otherwise") struct AttributionTests {
  private func version(
    _ facts: String, _ act: InventedAct = InventedAct(), on day: String = "2024-05-01"
  ) throws -> DecidedCase {
    let text = "lawspeaker: 1\ncase: K-1\njurisdiction: NOR\nassessed_on: \(day)\nfacts: {\(facts)}\n"
    let generation = try act.generation()
    return DecidedCase(
      file: try readCase(text, under: generation), bytes: Array(text.utf8), generation: generation)
  }

  /// What is said of the wrong.
  private func ways(_ old: DecidedCase, _ new: DecidedCase) -> [[ChangeFactor]]? {
    attributeChanges(from: old, to: new).first { $0.conclusion == "act.wrong" }?.ways
  }

  private let amended = InventedAct(version: "2.0.0", wrong: "{any: [forced, debt]}")

  @Test("nothing is said where no answer differs")
  func same() throws {
    #expect(try attributeChanges(from: version("forced: yes"), to: version("forced: yes, minor: no")).isEmpty)
  }

  @Test("the facts alone, the law alone, the day alone")
  func alone() throws {
    #expect(try ways(version("forced: no"), version("forced: yes")) == [[.facts]])
    #expect(try ways(version("forced: no, debt: yes"), version("forced: no, debt: yes", amended)) == [[.law]])
    let later = InventedAct(inForce: "2024-06-01")
    let (before, after) = try (version("forced: yes", later), version("forced: yes", later, on: "2024-07-01"))
    #expect(ways(before, after) == [[.day]])
  }

  @Test("a new version of the pack in which only the usual reading is another is told as the reading")
  func reading() throws {
    let drawn = InventedAct(version: "1.0.1", standing: "debt")
    let change = try #require(
      attributeChanges(from: version("debt: yes"), to: version("debt: yes", drawn)).first)
    #expect(change.ways == [[.reading]] && change.isExact)
    #expect(change.from == .undetermined && change.to == .holds)
  }

  @Test("what leads there only together is told as such, and what does so each by itself")
  func together() throws {
    let both = try ways(version("forced: no, debt: no"), version("forced: no, debt: yes", amended))
    #expect(both == [[.facts, .law]])
    let either = try ways(
      version("forced: no, debt: yes"), version("forced: yes, debt: yes", amended))
    #expect(either == [[.facts], [.law]])
  }

  @Test("a conclusion that is new, or gone, is due to the law")
  func oneSided() throws {
    let other = InventedAct(version: "2.0.0", hasDebtRule: false, hasChildRule: true)
    let changes = try attributeChanges(from: version("minor: yes"), to: version("minor: yes", other))
    #expect(changes.map(\.conclusion) == ["act.owing", "act.young"])
    #expect(changes.allSatisfy { $0.ways == [[.law]] })
    #expect(changes[0].to == nil && changes[1].from == nil)
  }

  @Test("where a file cannot be read under the other packs, it is said that less may be enough")
  func unreadable() throws {
    var source = amended.source  // with another name for the fact
    source.files = source.files.map { file in
      let text = String(decoding: file.bytes, as: UTF8.self).replacing("forced", with: "coerced")
      return .init(path: file.path, bytes: Array(text.utf8))
    }
    let generation = try generation(of: [source])
    let text = "lawspeaker: 1\ncase: K-1\njurisdiction: NOR\nassessed_on: 2024-05-01\nfacts: {coerced: yes}\n"
    let new = DecidedCase(
      file: try readCase(text, under: generation), bytes: Array(text.utf8), generation: generation)

    let change = try #require(attributeChanges(from: version("forced: no"), to: new).first)

    #expect(change.ways == [[.facts, .law]] && !change.isExact)
    #expect(change.sentence(in: .en).hasSuffix("a file cannot be read under the packs of the other version."))
  }

  @Test("the words say what is enough")
  func words() {
    func sentence(_ ways: [[ChangeFactor]], _ language: Language) -> String {
      AttributedChange(conclusion: "c", from: .fails, to: .holds, ways: ways, isExact: true).sentence(
        in: language)
    }
    #expect(sentence([[.facts]], .en) == "The later answer follows from the new facts alone.")
    #expect(sentence([[.day]], .nb) == "Det nye svaret følger av den nye vurderingsdatoen alene.")
    #expect(
      sentence([[.facts, .law]], .en)
        == "The later answer follows only from the new facts and the new rules together.")
    #expect(
      sentence([[.facts, .law]], .nb)
        == "Det nye svaret følger bare av de nye opplysningene og de nye reglene samlet.")
    #expect(
      sentence([[.facts], [.reading]], .en)
        == "The later answer follows from the new facts alone, and likewise from the new reading alone.")
    #expect(
      sentence([[.facts], [.reading]], .nb)
        == "Det nye svaret følger av de nye opplysningene alene, og likeledes av den nye tolkningen alene.")
  }
}
