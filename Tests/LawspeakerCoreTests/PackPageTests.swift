// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import TestSupport
import Testing

private let shipped = ["palermo", "norway", "child-welfare"]

private let generation = Result {
  try Generation.link(try shipped.compactMap { readPack(try Repository.pack($0)).pack })
}

private func page(_ id: String, _ language: Language) throws -> String {
  let generation = try generation.get()
  let number = try #require(generation.packs.firstIndex { $0.id == id })
  return generation.page(ofPack: number, in: language)
}

@Suite("Pages of law") struct PackPageTests {
  @Test("the committed page is what the pack gives; `make docs` writes it", arguments: shipped)
  func committed(id: String) throws {
    let file = Repository.root.appendingPathComponent("docs/law/\(id).md")
    let committed = try String(contentsOf: file, encoding: .utf8)
    let drawn = try page(id, .en)
    let different = zip(committed.split(separator: "\n"), drawn.split(separator: "\n")).first { $0 != $1 }
    let first = different.map { "\n- \($0.0)\n+ \($0.1)" } ?? ""
    #expect(committed == drawn, "docs/law/\(id).md is not what the pack gives; run `make docs`\(first)")
  }

  @Test("nothing that a pack declares is left out, in either language", arguments: shipped, Language.allCases)
  func whole(id: String, language: Language) throws {
    let pack = try #require(try generation.get().packs.first { $0.id == id })
    let texts = try #require(pack.texts[language])
    let page = try page(id, language)

    var said: [String] = pack.rules.map { "`\($0.name)`" } + pack.readings.map { "`\($0.name)`" }
    said += pack.rules.compactMap { texts.rules[$0.name] }.map { "### \($0)\n" }
    said += pack.readings.flatMap { $0.variants.map { "`\($0.name)`" } }
    said += pack.readings.flatMap { $0.variants.compactMap { $0.cite[language] } }
    said += pack.clauses.compactMap { $0.cite[language] } + pack.clauses.compactMap(\.officialID)
    said += pack.duties.compactMap { texts.duties[$0.name] }
    said += pack.cautions.compactMap { texts.cautions[$0.name] }
    said += pack.changes.compactMap { $0.reason[language] }
    said += texts.bodies.values
    said += pack.facts.map { "`\($0.name)`" } + pack.facts.compactMap { texts.facts[$0.name]?.question }
    said += pack.comparisons.compactMap { texts.comparisons[$0.name]?.title }
    let missing = said.filter { !page.contains($0) }
    #expect(missing == [])
  }

  @Test("law that is adopted and not in force is named as that", arguments: shipped)
  func pending(id: String) throws {
    let pack = try #require(try generation.get().packs.first { $0.id == id })
    let page = try page(id, .en)
    for clause in pack.clauses where clause.isPending {
      let cite = try #require(clause.cite[.en])
      #expect(page.contains("**\(cite)** (adopted; the day it comes into force is not confirmed)"))
    }
  }

  @Test("a rule that is named leads to where it stands, also on another pack's page", arguments: shipped)
  func links(id: String) throws {
    let own = try page(id, .en)
    let targets = own.components(separatedBy: "`](").dropFirst().map { String($0.prefix { $0 != ")" }) }
    var pages: [String: String] = ["": own]
    for pack in shipped { pages[pack + ".md"] = try page(pack, .en) }
    let lost = Set(targets).filter { target in
      let parts = target.components(separatedBy: "#")
      return pages[parts[0]]?.contains("<a name=\"\(parts[1])\"></a>") != true
    }
    #expect(!targets.isEmpty && lost.isEmpty, "\(lost)")
  }

  @Test("every link to a section has its heading", arguments: shipped, Language.allCases)
  func contents(id: String, language: Language) throws {
    let lines = try page(id, language).components(separatedBy: "\n")
    let links = lines.filter { $0.hasPrefix("- [") && $0.contains("](#") }.map {
      String($0.dropFirst(3).prefix { $0 != "]" })
    }
    #expect(links == lines.filter { $0.hasPrefix("## ") }.map { String($0.dropFirst(3)) })
  }
}
