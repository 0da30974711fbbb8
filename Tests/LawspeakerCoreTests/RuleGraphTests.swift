// SPDX-License-Identifier: Apache-2.0

import Foundation
import LawspeakerCore
import TestSupport
import Testing

@Suite("Rules as a graph") struct RuleGraphTests {
  @Test("the law alone, one conclusion and all, is the golden DOT", arguments: Language.allCases)
  func law(language: Language) throws {
    let generation = try goodPacks()
    let punishable = try rule("local.punishable", generation)
    let one = RuleGraph(of: punishable, under: generation, in: language).dot(titled: "local.punishable")
    let all = RuleGraph(under: generation, in: language).dot(titled: "full, local")
    for (dot, name) in [(one, "one"), (all, "all")] {
      let difference = try differenceFromGolden(dot, "graphs/\(name).\(language.rawValue).dot")
      #expect(difference == nil, "\(difference ?? "")")
    }
  }

  @Test("a case marks what decides, what defeats it and what is missing")
  func onACase() throws {
    let generation = try goodPacks()
    let liable = try rule("full.liable", generation)
    let excepted = try readCase(
      """
      lawspeaker: 1
      case: K-1
      jurisdiction: NOR
      assessed_on: 2024-06-01
      facts: {act_date: 2022-06-01, harm: yes, acts: [blow], age: 12 years, warned: no}

      """, under: generation)
    let graph = RuleGraph(of: liable, on: excepted, under: generation, in: .en)
    let dot = graph.dot(titled: "K-1")

    let difference = try differenceFromGolden(dot, "graphs/case.en.dot")
    #expect(difference == nil, "\(difference ?? "")")
    let exception = try #require(graph.nodes.firstIndex { $0.kind == .exception && $0.status == .holds })
    #expect(graph.nodes[exception].isDeciding)
    #expect(graph.edges.contains { $0.to == exception && $0.isException && $0.isDeciding })
    #expect(dot.contains("label=\"excepted\""))
    // what is known and in the way is marked; what nobody asked about and what cannot matter now is not
    #expect(graph.nodes.contains { $0.kind == .fact(isMissing: true) && $0.text.hasPrefix("kind?") })
    #expect(
      graph.nodes.contains {
        $0.kind == .fact(isMissing: false) && $0.text.hasPrefix("age?") && $0.isDeciding
      })
  }

  @Test("the words, the shapes and the lines tell answers apart without colour")
  func blackAndWhite() throws {
    let generation = try goodPacks()
    let file = try readCase(
      """
      lawspeaker: 1
      case: K-1
      jurisdiction: NOR
      assessed_on: 2024-06-01
      facts: {act_date: 2021-06-01, harm: yes}

      """, under: generation)
    let graph = RuleGraph(on: file, under: generation, in: .en)
    let dot = graph.dot(titled: "")
    var looks: [Status: Set<String>] = [:]
    for (number, node) in graph.nodes.enumerated() {
      let line = try #require(dot.split(separator: "\n").first { $0.contains(" n\(number) [") })
      let style = try #require(line.firstMatch(of: /style="([a-z,]*)"/)?.1)
      let words = try #require(line.firstMatch(of: /([✓✗?!]) [a-z ]*", penwidth/)?.1)
      looks[try #require(node.status), default: []].insert("\(style) \(words)")
    }
    #expect(looks[.holds] == ["solid ✓"])
    #expect(looks[.fails] == ["dashed ✗"])
    #expect(looks[.undetermined] == ["dotted ?"])
  }

  @Test("the answer of each rule in the drawing of all is the decision's")
  func answers() throws {
    let generation = try generation(
      of: ["palermo", "norway", "child-welfare"].map { try Repository.pack($0) })
    for example in ["01-adult-clear", "02-child-no-means", "03-disputed-age", "06-smuggling-and-trafficking"]
    {
      let url = Repository.root.appendingPathComponent("examples/\(example).yaml")
      let file = try readCase(String(decoding: try Data(contentsOf: url), as: UTF8.self), under: generation)
      let decision = decide(file, caseSHA256: "", under: generation)
      let graph = RuleGraph(on: file, under: generation, in: .nb)
      var drawn: [String: Status] = [:]
      for node in graph.nodes {
        if case .conclusion(let id) = node.kind { drawn[id] = node.status }
        if case .notion(let id) = node.kind { drawn[id] = node.status }
      }
      for conclusion in decision.answer.conclusions where conclusion.parts.isEmpty {
        let id = generation.rules[conclusion.rule].id
        #expect(drawn[id] == conclusion.status, "\(id) in \(example)")
      }
    }
  }

  @Test("quotes, line breaks and backslashes in names end no text")
  func escapes() throws {
    let hard = #"a "b" \ c\n d\"#
    let inQuotes = "\"" + hard.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    var source = InventedAct().source
    for place in source.files.indices {
      let text = String(decoding: source.files[place].bytes, as: UTF8.self)
      source.files[place].bytes = Array(text.replacing("Forced work", with: inQuotes).utf8)
    }
    let generation = try LawspeakerCoreTests.generation(of: [source])
    let dot = RuleGraph(under: generation, in: .en).dot(titled: hard + "\nsecond")
    #expect(dot.contains(#"label="a \"b\" \\ c\\n d\\\nsecond""#))
    #expect(dot.contains(#"a \"b\" \\ c\\n d\\"#))
    for line in dot.split(separator: "\n") where line.contains("label=") {
      // with escapes out of the way, quotes pair
      let bare = line.replacing(#"\\"#, with: "").replacing(#"\""#, with: "")
      #expect(bare.count { $0 == "\"" }.isMultiple(of: 2), "\(line)")
    }
    if let drawn = try drawnByGraphviz([dot]) { #expect(drawn == 1) }
  }

  @Test("Graphviz draws every rule of the packs that come with the program, and all of them together")
  func shipped() throws {
    let generation = try generation(
      of: ["palermo", "norway", "child-welfare"].map { try Repository.pack($0) })
    let graphs = (0..<generation.ownRules).map { rule in
      RuleGraph(of: rule, under: generation, in: .nb).dot(titled: generation.rules[rule].id)
    }
    #expect(graphs.count > 100)
    let all = RuleGraph(under: generation, in: .en).dot(titled: "all")
    if let drawn = try drawnByGraphviz(graphs + [all]) { #expect(drawn == graphs.count + 1) }
  }

  private func rule(_ id: String, _ generation: Generation) throws -> Int {
    try #require(generation.rules.firstIndex { $0.id == id })
  }
}

/// How many pictures `dot` draws of some graphs; nil, and loudly, where it is not installed.
private func drawnByGraphviz(_ graphs: [String]) throws -> Int? {
  let program = URL(fileURLWithPath: "/usr/bin/dot")
  guard FileManager.default.isExecutableFile(atPath: program.path) else {
    print("SKIPPED: no picture was drawn, for Graphviz is not installed (apt install graphviz)")
    return nil
  }
  let process = Process()
  let (input, output) = (Pipe(), Pipe())
  process.executableURL = program
  process.arguments = ["-Tsvg"]
  (process.standardInput, process.standardOutput) = (input, output)
  try process.run()
  let text = Data(graphs.joined().utf8)
  let writer = Thread {
    try? input.fileHandleForWriting.write(contentsOf: text)
    try? input.fileHandleForWriting.close()
  }
  writer.start()
  let drawn = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  #expect(process.terminationStatus == 0)
  return String(decoding: drawn, as: UTF8.self).split(separator: "<svg").count - 1
}
