// SPDX-License-Identifier: Apache-2.0

internal import LawspeakerCore

extension Condition {
  /// The condition on one line, in the words of the pack's language; a long one is cut.
  var words: String {
    let whole = flow
    return whole.count > 120 ? whole.prefix(119) + "…" : whole
  }

  private var flow: String {
    switch kind {
    case .named(let name): name.text
    case .all(let parts): "{all: \(Self.list(parts))}"
    case .any(let parts): "{any: \(Self.list(parts))}"
    case .not(let part): "{not: \(part.flow)}"
    case .atLeast(let count, let parts): "{at_least: \(count), of: \(Self.list(parts))}"
    case .exactly(let count, let parts): "{exactly: \(count), of: \(Self.list(parts))}"
    case .ifThen(let premise, let conclusion): "{if: \(premise.flow), then: \(conclusion.flow)}"
    case .compare(let name, let comparison): "{\(name.text): {\(comparison.flow)}}"
    }
  }

  private static func list(_ parts: [Condition]) -> String {
    "[\(parts.map(\.flow).joined(separator: ", "))]"
  }
}

extension Condition.Comparison {
  fileprivate var flow: String {
    switch self {
    case .isValue(let value): "is: \(value.text)"
    case .oneOf(let values): "one_of: \(Self.list(values))"
    case .below(let value): "below: \(value.text)"
    case .atLeastAs(let value): "at_least_as: \(value.text)"
    case .above(let value): "above: \(value.text)"
    case .atMost(let value): "at_most: \(value.text)"
    case .before(let value): "before: \(value.text)"
    case .after(let value): "after: \(value.text)"
    case .between(let first, let last): "between: \(Self.list([first, last]))"
    case .hasAny: "has: any"
    case .has(let members): members.count == 1 ? "has: \(members[0].text)" : "has: \(Self.list(members))"
    }
  }

  private static func list(_ names: [Name]) -> String { "[\(names.map(\.text).joined(separator: ", "))]" }
}
