// SPDX-License-Identifier: Apache-2.0

public import YAMLTree

/// What must be so of a conclusion in every case, under every reading and on every day (decision 040).
public struct Property: Sendable, Hashable {
  /// A sentence, or a few words.
  public var name: String
  /// The conclusion.
  public var rule: Name
  /// What must be so of it.
  public var claim: Claim
  /// Where it is declared.
  public var location: SourceLocation

  /// What must be so of a conclusion.
  public enum Claim: Sendable, Hashable {
    /// It holds in every case in which the condition is true.
    case always(Condition)
    /// It holds in no case in which the condition is true.
    case never(Condition)
    /// It holds where the condition is true, and nowhere else.
    case sameAs(Condition)
    /// More of the fact never turns it from holding into failing.
    case risesWith(Name)
    /// Less of the fact never turns it from holding into failing.
    case fallsWith(Name)

    /// The word of the grammar.
    public var word: String {
      switch self {
      case .always: "always"
      case .never: "never"
      case .sameAs: "same_as"
      case .risesWith: "rises_with"
      case .fallsWith: "falls_with"
      }
    }
  }
}

extension TreeReader {
  private static var claimWords: [String] { ["always", "never", "same_as", "rises_with", "falls_with"] }

  mutating func properties(_ node: YAMLNode) -> [Property]? {
    list(node, "`properties`")?.compactMap { property($0) }
  }

  private mutating func property(_ node: YAMLNode) -> Property? {
    guard
      let form = form(node, "a property", required: ["name", "of"], optional: Self.claimWords)
    else { return nil }
    let words = Self.claimWords.filter { form[$0] != nil }
    if words.count != 1 { report(.oneClaim(Self.claimWords), at: node.mark) }
    let title = form["name"].flatMap { text($0, "`name`") }
    let rule = form["of"].flatMap { name($0, "`of`") }
    guard words.count == 1, let inner = form[words[0]], let title, let rule,
      let claim = claim(words[0], inner)
    else { return nil }
    return Property(name: title, rule: rule, claim: claim, location: location(node.mark))
  }

  private mutating func claim(_ word: String, _ node: YAMLNode) -> Property.Claim? {
    switch word {
    case "always": topCondition(node).map(Property.Claim.always)
    case "never": topCondition(node).map(Property.Claim.never)
    case "same_as": topCondition(node).map(Property.Claim.sameAs)
    case "rises_with": name(node, "`rises_with`").map(Property.Claim.risesWith)
    default: name(node, "`falls_with`").map(Property.Claim.fallsWith)
    }
  }
}

extension Diagnostic.Message {
  static func oneClaim(_ words: [String]) -> Self {
    .init(
      code: "one-claim", text: "a property claims one thing",
      hint: "write one of \(words.map { "`\($0)`" }.joined(separator: ", "))")
  }

  static func notRising(_ fact: String) -> Self {
    .init(
      code: "not-rising", text: "`\(fact)` has no more and less",
      hint: "name a quantity, a date, a yes_no fact or a set")
  }
}
