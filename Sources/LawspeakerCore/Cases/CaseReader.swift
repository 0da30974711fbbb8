// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// Reads a case file, YAML or JSON, under the facts of a generation.
///
/// - Parameters:
///   - bytes: The file.
///   - file: The name to show in diagnostics.
///   - generation: The packs that are active.
///   - defaults: What holds where the file is silent.
/// - Returns: The case, ready to be decided under this generation alone.
/// - Throws: ``CaseRefused`` with every problem found.
public func readCase(
  _ bytes: [UInt8], file: String, under generation: Generation, defaults: CaseDefaults
) throws(CaseRefused) -> Case {
  try readCase(bytes, file: file, under: generation, defaults: defaults, facts: nil)
}

/// Reads some facts of a case file that was read whole before: what it says of others is not looked at.
///
/// - Parameters:
///   - bytes: The file.
///   - file: The name to show in diagnostics.
///   - generation: The packs that are active.
///   - defaults: What holds where the file is silent.
///   - facts: Which facts are read, by number; nil for all.
/// - Returns: The case, as far as it was read.
/// - Throws: ``CaseRefused`` with every problem found.
package func readCase(
  _ bytes: [UInt8], file: String, under generation: Generation, defaults: CaseDefaults, facts: [Bool]?
) throws(CaseRefused) -> Case {
  let roots: [YAMLNode]
  do throws(YAMLRefused) { roots = try readYAML(bytes, file: file) } catch {
    throw CaseRefused(diagnostics: error.diagnostics)
  }
  let root = roots[0]
  if !root.isFlow, bytes.last != UInt8(ascii: "\n") {
    let end = SourceLocation(file: file, line: bytes.count { $0 == UInt8(ascii: "\n") } + 1)
    throw CaseRefused(diagnostics: [Diagnostic(at: end, .cutOff)])
  }
  var reader = CaseReader(tree: TreeReader(file: file), generation: generation, defaults: defaults)
  reader.asked = facts
  return try reader.read(root)
}

/// Reads a case from a node, such as a pack's own test.
///
/// - Parameters:
///   - root: The case as it was read.
///   - file: The name to show in diagnostics.
///   - generation: The packs that are active.
///   - defaults: What holds where the case is silent.
///   - extraKeys: Top-level keys that belong to whoever embeds the case.
/// - Returns: The case, ready to be decided under this generation alone.
/// - Throws: ``CaseRefused`` with every problem found.
public func readCase(
  _ root: YAMLNode, file: String, under generation: Generation, defaults: CaseDefaults,
  extraKeys: [String] = []
) throws(CaseRefused) -> Case {
  var reader = CaseReader(tree: TreeReader(file: file), generation: generation, defaults: defaults)
  return try reader.read(root, extraKeys: extraKeys)
}

struct CaseReader {
  var tree: TreeReader
  let generation: Generation
  let defaults: CaseDefaults
  /// The facts that are read, by number; nil for all.
  var asked: [Bool]?
  /// How surely values are found that do not say so themselves.
  var foundTo = Standard.indications
  /// The day on which what is ongoing ends, for the file.
  var assessedOn: CivilDate

  init(tree: TreeReader, generation: Generation, defaults: CaseDefaults) {
    self.tree = tree
    self.generation = generation
    self.defaults = defaults
    assessedOn = defaults.today
  }

  /// Reads the case.
  ///
  /// - Throws: ``CaseRefused`` with every problem found.
  mutating func read(_ root: YAMLNode, extraKeys: [String] = []) throws(CaseRefused) -> Case {
    guard let file = file(root, extraKeys), tree.problems.isEmpty else {
      throw CaseRefused(diagnostics: tree.problems.sorted())
    }
    return file
  }

  private mutating func file(_ root: YAMLNode, _ extraKeys: [String]) -> Case? {
    let optional = ["person", "related", "jurisdiction", "assessed_on", "found_to", "frame"] + extraKeys
    let form = tree.form(root, "a case file", required: ["lawspeaker", "case", "facts"], optional: optional)
    guard let form else { return nil }
    if let node = form["lawspeaker"], node.text != grammarNumber {
      tree.report(.grammar(grammarNumber), at: node.mark)
    }
    let reference = form["case"].flatMap { self.reference($0, "`case`") }
    let person = form["person"].flatMap { self.reference($0, "`person`") }
    let related = form["related"].flatMap { tree.list($0, "`related`") } ?? []
    let stated = form["jurisdiction"].flatMap { tree.jurisdiction($0) }
    let statedDay = form["assessed_on"].flatMap { tree.date($0, "`assessed_on`") }
    assessedOn = defaults.askedDay ?? statedDay ?? defaults.today
    foundTo = form["found_to"].flatMap { tree.standard($0) } ?? .indications
    let frame = form["frame"].flatMap { self.frame($0) } ?? CaseFrame()
    let jurisdiction = stated ?? defaults.jurisdiction
    let packs = generation.applicablePacks(in: jurisdiction)
    let given = form["facts"].map { facts($0, packs: packs) } ?? []
    return Case(
      reference: reference ?? "", person: person,
      related: related.compactMap { self.reference($0, "`related`") },
      jurisdiction: jurisdiction, isJurisdictionStated: stated != nil,
      assessedOn: assessedOn, frame: frame, given: given, packs: packs)
  }

  /// `[A-Za-z0-9][A-Za-z0-9._-]{0,63}`: fit for a folder's name and never a person's.
  private mutating func reference(_ node: YAMLNode, _ what: String) -> String? {
    guard let text = tree.text(node, what) else { return nil }
    let punctuation = Array("._-".utf8)
    let isPlain = text.utf8.allSatisfy { isLetterOrDigit($0) || punctuation.contains($0) }
    if isPlain, text.utf8.count <= 64, let first = text.utf8.first, isLetterOrDigit(first) { return text }
    tree.report(.badReference(what), at: node.mark)
    return nil
  }

  private mutating func facts(_ node: YAMLNode, packs: [Int]) -> [Case.Given] {
    var given: [Int: Case.Given] = [:]
    for entry in tree.entries(node, "`facts`") ?? [] {
      guard let number = factNumber(entry, packs: packs), asked?[number] ?? true else { continue }
      guard given[number] == nil else {
        tree.report(.factTwice(entry.key), at: entry.keyMark)
        continue
      }
      given[number] = self.given(entry.value, to: generation.facts[number], number: number)
    }
    return given.values.sorted { $0.fact < $1.fact }
  }

  /// A fact is written bare if one applicable pack declares it, else as `pack.fact`.
  private mutating func factNumber(_ entry: YAMLNode.Entry, packs: [Int]) -> Int? {
    let named = generation.factsByName[entry.key, default: []]
    // INVARIANT: no two packs that apply to one case declare one name, or they could not be linked
    if let number = named.first(where: { packs.contains(generation.facts[$0].pack) }) { return number }
    if let other = named.first {
      let place = generation.packs[generation.facts[other].pack].jurisdiction
      tree.report(.factOfOtherJurisdiction(entry.key, place), at: entry.keyMark)
    } else {
      let isQualified = entry.key.contains(".")
      let known = generation.facts.filter { packs.contains($0.pack) }.map {
        isQualified ? $0.id : $0.declaration.name
      }
      tree.report(.unknownName(entry.key, "fact", known: known), at: entry.keyMark)
    }
    return nil
  }
}
