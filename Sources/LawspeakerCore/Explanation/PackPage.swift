// SPDX-License-Identifier: Apache-2.0

extension Generation {
  /// What a pack encodes, for a lawyer: conclusions, the law they stand on and who should look at what.
  ///
  /// It is drawn from the pack alone, and so cannot say anything that the program does not do.
  /// - Parameters:
  ///   - pack: The pack, by its number.
  ///   - language: The language of the page.
  /// - Returns: Markdown, ending in a newline.
  public func page(ofPack pack: Int, in language: Language) -> String {
    var writer = PackPageWriter(generation: self, number: pack, language: language)
    return writer.write()
  }
}

/// Writes the page of one pack, section by section.
struct PackPageWriter {
  let generation: Generation
  let number: Int
  let names: Names
  let index: NameIndex
  var lines: [String] = []
  private var sections: [String] = []

  var wording: Wording { names.wording }
  var pack: RulePack { generation.packs[number] }

  init(generation: Generation, number: Int, language: Language) {
    self.generation = generation
    self.number = number
    names = Names(generation: generation, wording: Wording(language: language))
    index = NameIndex(generation)
  }

  mutating func write() -> String {
    review()
    rules()
    lawInTime()
    readings()
    presumptions()
    duties()
    cautions()
    irrelevances()
    comparisons()
    changes()
    notModelled()
    judgedFacts()
    facts()
    clauses()
    let contents = sections.map { "- [\($0)](#\(anchor($0)))" }
    let all = heading() + contents + lines
    let single = all.indices.filter { !all[$0].isEmpty || $0 > 0 && !all[$0 - 1].isEmpty }.map { all[$0] }
    return (single.last == "" ? single.dropLast() : single).joined(separator: "\n") + "\n"
  }

  /// Begins a section, unless it would be empty.
  mutating func section(_ title: String, _ help: String? = nil) {
    sections.append(title)
    lines += ["", "## \(title)", ""]
    if let help { lines += [help, ""] }
  }

  private func heading() -> [String] {
    let source = pack.source
    let imports = pack.imports.map { "`\($0.pack)` \($0.version)" }.joined(separator: ", ")
    return [
      "# " + wording.pageTitle(pack.id), "",
      "<!-- \(wording.pageIsDrawn) -->", "", wording.pageHelp, "",
      "- \(wording.pack): `\(pack.id)` \(pack.version) (\(pack.jurisdiction))",
      "- \(wording.pageSource): \(source.cite) (\(wording.authenticIn(source.texts.joined(separator: ", "))))",
      "- \(wording.checkedOn(source.checked.description))",
    ] + (imports.isEmpty ? [] : ["- \(wording.buildsOn): \(imports)"]) + ["", wording.contents + ":", ""]
  }

  /// The anchor that GitHub gives a heading.
  private func anchor(_ title: String) -> String {
    String(
      title.lowercased().unicodeScalars.compactMap { scalar -> Character? in
        if scalar == " " { return "-" }
        return scalar.properties.isAlphabetic || scalar.properties.numericType != nil || scalar == "-"
          ? Character(scalar) : nil
      })
  }

  /// A row of a table, with nothing in a cell that would end it.
  mutating func row(_ cells: [String]) {
    let safe = cells.map { cell in
      String(cell.flatMap { $0 == "|" ? Array("\\|") : $0.isNewline ? [" "] : [$0] })
    }
    lines.append("| " + safe.joined(separator: " | ") + " |")
  }

  mutating func table(_ head: [String]) {
    row(head)
    lines.append("|" + head.map { _ in "---" }.joined(separator: "|") + "|")
  }

  /// A title with the name to look for in the pack, which leads to where the rule stands.
  func title(_ number: Int) -> String {
    let rule = generation.rules[number]
    let page = rule.pack == self.number ? "" : generation.packs[rule.pack].id + ".md"
    let name = "[`\(index.short(rule.id, in: pack.id))`](\(page)#\(rule.declaration.name))"
    return "\(wording.quoted(names.title(ofRule: number))) (\(name))"
  }

  func bodies(_ words: [String], of pack: Int) -> String {
    words.map { names.body($0, of: pack) }.joined(separator: ", ")
  }

  /// A clause as it is cited, with the days on which it is in force.
  func cite(_ reference: Generation.ClauseReference) -> String {
    "**\(names.cite(reference))** (\(force(generation.clause(reference))))"
  }

  func force(_ clause: Clause) -> String {
    if clause.isPending { return wording.pending }
    return clause.inForce.map { span in
      let until = span.until.map { " \(wording.until) \($0)" } ?? ""
      return "\(wording.from) \(span.from)\(until)"
    }.joined(separator: "; ")
  }
}

/// What the names of packs stand for, by pack and name: `palermo.age`.
struct NameIndex {
  let rules: [String: Int]
  let facts: [String: Int]
  let clauses: [String: Generation.ClauseReference]

  init(_ generation: Generation) {
    rules = Dictionary(
      generation.rules.indices.prefix(generation.ownRules).map { (generation.rules[$0].id, $0) }
    ) {
      first, _ in first
    }
    facts = Dictionary(generation.facts.indices.map { (generation.facts[$0].id, $0) }) { first, _ in first }
    var clauses: [String: Generation.ClauseReference] = [:]
    for (number, pack) in generation.packs.enumerated() {
      for (place, clause) in pack.clauses.enumerated() {
        clauses[pack.id + "." + clause.name] = .init(pack: number, clause: place)
      }
    }
    self.clauses = clauses
  }

  /// The name as another pack writes it.
  func full(_ name: Name, in pack: String) -> String {
    name.text.contains(".") ? name.text : pack + "." + name.text
  }

  /// The name as the pack itself writes it.
  func short(_ id: String, in pack: String) -> String {
    id.hasPrefix(pack + ".") ? String(id.dropFirst(pack.utf8.count + 1)) : id
  }
}
