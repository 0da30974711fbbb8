// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// Conclusions that are easily taken for each other, side by side (decision 022).
public struct Comparison: Sendable, Hashable {
  /// The name without its pack.
  public var name: String
  /// The conclusions, at least two.
  public var rules: [Name]
  /// In which respects they are compared; the words are in the texts.
  public var aspects: [String]
  /// The clause that says so.
  public var clause: Name
  /// Where it is declared.
  public var location: SourceLocation
}

extension PackTexts {
  /// The words of one comparison.
  public struct ComparisonText: Sendable, Hashable {
    /// What is compared.
    public var title: String
    /// The name of each aspect.
    public var aspects: [String: String]
    /// For each conclusion what is to be said of it in each aspect.
    public var words: [String: [String: String]]
  }
}

extension TreeReader {
  mutating func comparisons(_ node: YAMLNode) -> [Comparison]? {
    entries(node, "`comparisons`")?.compactMap { comparison($0) }
  }

  private mutating func comparison(_ entry: YAMLNode.Entry) -> Comparison? {
    let isName = name(entry.key, "a comparison", at: entry.keyMark)
    guard let form = form(entry.value, "a comparison", required: ["of", "aspects", "clause"]) else {
      return nil
    }
    let rules = form["of"].flatMap { someNames($0, "`of`") }
    if let node = form["of"], let rules, rules.count < 2 { report(.comparesOne, at: node.mark) }
    let aspects = form["aspects"].flatMap { someNames($0, "`aspects`") }
    let clause = form["clause"].flatMap { name($0, "`clause`") }
    guard isName, let rules, rules.count > 1, let aspects, let clause else { return nil }
    return Comparison(
      name: entry.key, rules: rules, aspects: aspects.map(\.text), clause: clause,
      location: location(entry.keyMark))
  }

  mutating func comparisonText(_ node: YAMLNode) -> PackTexts.ComparisonText? {
    guard let form = form(node, "a comparison's text", required: ["title", "aspects", "words"]) else {
      return nil
    }
    let title = form["title"].flatMap { text($0, "`title`") } ?? ""
    var words: [String: [String: String]] = [:]
    for entry in form["words"].flatMap({ entries($0, "`words`") }) ?? [] {
      words[entry.key] = sentences(entry.value, "`\(entry.key)`")
    }
    return .init(title: title, aspects: sentences(form["aspects"], "`aspects`"), words: words)
  }
}

extension Diagnostic.Message {
  static let comparesOne = Self(
    code: "compares-one", text: "a comparison names one conclusion", hint: "name two or more under `of`")
}
