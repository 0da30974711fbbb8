// SPDX-License-Identifier: Apache-2.0

package import YAMLTree

/// A map between two laws: what is taken as given where they are compared, what each is made of, and the gaps that are
/// known (decision 048).
///
/// It lives beside a pack in `comparisons/*.yaml`, outside the pack's digest: nothing is decided by it.
package struct LawComparison: Sendable {
  /// The conclusion of one law, with its pack: `palermo.trafficking`.
  package var first: Name
  /// That of the other.
  package var second: Name
  /// Who has looked at the map, in words.
  package var review: String
  /// What is taken as given, with the reason.
  package var given: [(condition: Condition, why: String, uncertain: String?)]
  /// What each conclusion is made of.
  package var elements: (first: [Element], second: [Element])
  /// The gaps that are known.
  package var gaps: [Gap]
  /// Where the known gaps are listed.
  package var gapsLocation: SourceLocation

  /// A part of a conclusion, by which gaps are told apart.
  package struct Element: Sendable {
    /// How the map calls it: `aim`.
    package var name: String
    /// When it is there.
    package var condition: Condition
    /// A set fact of which each member is looked at alone where the element is missing.
    package var by: Name?
  }

  /// A gap: cases in which one conclusion holds and the other does not.
  package struct Gap: Sendable {
    /// True if the first conclusion holds alone.
    package var isOfFirst: Bool
    /// The elements of the other conclusion that are missing.
    package var missing: [String]
    /// The members with which it is found alone, `none` and `several` among them.
    ///
    /// Empty if the missing element is not looked at by a fact.
    package var with: [String]
    /// What it means, for a lawyer.
    package var says: String
    /// What is uncertain about it.
    package var uncertain: String?
    /// Where it stands.
    package var location: SourceLocation
  }

  /// Reads a map.
  ///
  /// - Throws: ``PackRejected`` with every problem.
  package init(reading bytes: [UInt8], file: String) throws(PackRejected) {
    let root: YAMLNode
    do throws(YAMLRefused) { root = try readYAML(bytes, file: file)[0] } catch {
      throw PackRejected(diagnostics: error.diagnostics)
    }
    var reader = TreeReader(file: file)
    let map = reader.lawComparison(root)
    guard let map, reader.problems.isEmpty else { throw PackRejected(diagnostics: reader.problems.sorted()) }
    self = map
  }

  fileprivate init(
    first: Name, second: Name, review: String,
    given: [(condition: Condition, why: String, uncertain: String?)],
    elements: (first: [Element], second: [Element]), gaps: [Gap], gapsLocation: SourceLocation
  ) {
    (self.first, self.second, self.review, self.given) = (first, second, review, given)
    (self.elements, self.gaps, self.gapsLocation) = (elements, gaps, gapsLocation)
  }
}

extension TreeReader {
  fileprivate mutating func lawComparison(_ root: YAMLNode) -> LawComparison? {
    let required = ["lawspeaker", "first", "second", "review", "given", "elements", "gaps"]
    guard let form = form(root, "a comparison of laws", required: required) else { return nil }
    if let grammar = form["lawspeaker"], grammar.text != grammarNumber {
      report(.grammar(grammarNumber), at: grammar.mark)
    }
    let first = form["first"].flatMap { name($0, "`first`") }
    let second = form["second"].flatMap { name($0, "`second`") }
    let review = form["review"].flatMap { text($0, "`review`") }
    let given = form["given"].flatMap { list($0, "`given`") }?.compactMap { self.given($0) } ?? []
    var elements: (first: [LawComparison.Element], second: [LawComparison.Element]) = ([], [])
    if let node = form["elements"], let sides = self.form(node, "`elements`", required: ["first", "second"]) {
      elements.first = self.elements(sides["first"])
      elements.second = self.elements(sides["second"])
    }
    let gaps = form["gaps"].flatMap { list($0, "`gaps`") }?.compactMap { gap($0, elements) } ?? []
    guard let first, let second, let review, let place = form["gaps"]?.mark else { return nil }
    return LawComparison(
      first: first, second: second, review: review, given: given, elements: elements, gaps: gaps,
      gapsLocation: location(place))
  }

  private mutating func given(
    _ node: YAMLNode
  ) -> (condition: Condition, why: String, uncertain: String?)? {
    guard let form = form(node, "a given", required: ["holds", "why"], optional: ["uncertain"]) else {
      return nil
    }
    let condition = form["holds"].flatMap { topCondition($0) }
    let why = form["why"].flatMap { text($0, "`why`") }
    let uncertain = form["uncertain"].flatMap { text($0, "`uncertain`") }
    guard let condition, let why else { return nil }
    return (condition, why, uncertain)
  }

  private mutating func elements(_ node: YAMLNode?) -> [LawComparison.Element] {
    guard let node else { return [] }
    return (entries(node, "`elements`") ?? []).compactMap { entry in
      let isName = name(entry.key, "an element", at: entry.keyMark)
      guard let form = form(entry.value, "an element", required: ["holds_if"], optional: ["by"]),
        let condition = form["holds_if"].flatMap({ topCondition($0) }), isName
      else { return nil }
      return .init(name: entry.key, condition: condition, by: form["by"].flatMap { name($0, "`by`") })
    }
  }

  private mutating func gap(
    _ node: YAMLNode, _ elements: (first: [LawComparison.Element], second: [LawComparison.Element])
  ) -> LawComparison.Gap? {
    guard
      let form = form(
        node, "a gap", required: ["only", "missing", "says"], optional: ["with", "uncertain"])
    else { return nil }
    let only = form["only"].flatMap { word($0, "`only`", among: ["first", "second"]) }
    let known = (only == "first" ? elements.second : elements.first).map(\.name)
    let missing = form["missing"].flatMap { list($0, "`missing`") }?.compactMap {
      word($0, "`missing`", among: known)
    }
    let with = form["with"].flatMap { texts($0, "`with`") } ?? []
    let says = form["says"].flatMap { text($0, "`says`") }
    let uncertain = form["uncertain"].flatMap { text($0, "`uncertain`") }
    guard let only, let missing, let says else { return nil }
    return .init(
      isOfFirst: only == "first", missing: missing, with: with, says: says, uncertain: uncertain,
      location: location(node.mark))
  }
}

/// A map with its names resolved: the packs, and a rule for everything the map asks about.
package struct ComparedLaws: Sendable {
  /// The packs and the map's own rules.
  package let generation: Generation
  package let map: LawComparison
  /// The numbers of the two conclusions.
  package let conclusions: (first: Int, second: Int)
  /// The rules that say that what is given is so.
  package let given: [Int]
  /// The rules that say that an element is there.
  package let elements: (first: [Int], second: [Int])

  /// Resolves the names of a map.
  ///
  /// - Throws: ``PackRejected`` with every name that is not known.
  package init(_ map: LawComparison, in generation: Generation) throws(PackRejected) {
    self.map = map
    let asked = Self.asked(by: map)
    guard let last = generation.packs.last, let declared = last.rules.first, !asked.isEmpty else {
      throw PackRejected(diagnostics: [Diagnostic(at: map.first.location, .nothingToCompare)])
    }
    let always = Clause(
      name: "always", path: [], cite: [:], inForce: [.init(from: .first, until: nil)],
      location: map.first.location)
    let imports = generation.packs.map {
      RulePack.Import(pack: $0.id, version: $0.version, location: map.first.location)
    }
    let rules = asked.enumerated().map { number, condition in
      let clause = Name(text: "always", location: condition.location)
      return Rule(
        name: "asked_\(number)", about: nil,
        grounds: [.init(clause: clause, condition: condition, exceptions: [])], location: declared.location)
    }
    let pack = RulePack(
      id: Self.pack, version: "0.0.0",
      jurisdiction: generation.packs.map(\.jurisdiction).first { $0 != "UN" } ?? "UN", source: last.source,
      imports: imports, facts: [], clauses: [always], rules: rules, irrelevances: [], notModelled: [],
      texts: last.texts, tests: [], sha256: last.sha256, location: map.first.location)
    self.generation = try Generation.link(generation.packs + [pack])
    let ids = self.generation.rules.prefix(self.generation.ownRules).map(\.id)
    let first = ids.firstIndex(of: "\(Self.pack).asked_0") ?? 0
    conclusions = (
      ids.firstIndex(of: map.first.text) ?? first, ids.firstIndex(of: map.second.text) ?? first
    )
    given = map.given.indices.map { first + 2 + $0 }
    let elements = first + 2 + map.given.count
    self.elements = (
      map.elements.first.indices.map { elements + $0 },
      map.elements.second.indices.map { elements + map.elements.first.count + $0 }
    )
    try checkMembers()
  }

  /// The name under which the map's own rules stand; no pack can have it.
  private static let pack = "compared laws"

  private static func asked(by map: LawComparison) -> [Condition] {
    [map.first, map.second].map { Condition(kind: .named($0), location: $0.location) }
      + map.given.map(\.condition) + (map.elements.first + map.elements.second).map(\.condition)
  }

  private func checkMembers() throws(PackRejected) {
    var problems: [Diagnostic] = []
    for name in (map.elements.first + map.elements.second).compactMap(\.by) where members(of: name) == nil {
      let sets = generation.facts.filter { if case .set = $0.declaration.type { true } else { false } }
      problems.append(Diagnostic(at: name.location, .unknownName(name.text, "set", known: sets.map(\.id))))
    }
    guard problems.isEmpty else { throw PackRejected(diagnostics: problems) }
  }

  /// The members of a set fact; nil if there is no such.
  package func members(of name: Name) -> [String]? {
    let fact = generation.facts.first { $0.id == name.text }
    guard case .set(let members) = fact?.declaration.type else { return nil }
    return members
  }
}

extension Diagnostic.Message {
  static let nothingToCompare = Self(
    code: "no-packs", text: "the packs have no rule that could be compared",
    hint: "name the folder of the packs with `--packs`")
}
