// SPDX-License-Identifier: Apache-2.0

/// What the events of a suite's case amount to: the trees, and what of them Lawspeaker refuses.
struct SuiteTree {
  /// The root of each document; an alias stands as an empty plain scalar.
  private(set) var roots: [Shape] = []
  /// The code of every construct that a rule refuses, each as often as it stands there.
  private(set) var refusedConstructs: [String] = []
  private var open: [Branch] = []

  private struct Branch {
    let isMapping: Bool
    let isFlow: Bool
    var children: [Shape] = []
    var aliases: Set<Int> = []
  }

  init(events: String) {
    for line in events.split(separator: "\n") { take(line.drop { $0 == " " }) }
  }

  private mutating func take(_ event: Substring) {
    var rest = event.dropFirst(4)
    switch event.prefix(4) {
    case "+SEQ", "+MAP":
      let isFlow = rest.hasPrefix(" []") || rest.hasPrefix(" {}")
      if isFlow { rest = rest.dropFirst(3) }
      noteProperties(&rest)
      open.append(Branch(isMapping: event.hasPrefix("+MAP"), isFlow: isFlow))
    case "-SEQ", "-MAP": close()
    case "=VAL":
      noteProperties(&rest)
      let style = rest.dropFirst().first
      add(.scalar(RawText(Self.unescaped(rest.dropFirst(2))), isPlain: style == ":"))
    case "=ALI":
      refusedConstructs.append("alias")
      if let last = open.indices.last { open[last].aliases.insert(open[last].children.count) }
      add(.scalar(RawText(""), isPlain: true))
    case "+STR", "-STR", "+DOC", "-DOC": break
    default: preconditionFailure("the suite has an event that this test does not know: \(event)")
    }
  }

  /// Takes ` &anchor` and ` <tag>` off the front.
  private mutating func noteProperties(_ rest: inout Substring) {
    for (sign, code) in [(" &", "anchor"), (" <", "tag")] where rest.hasPrefix(sign) {
      refusedConstructs.append(code)
      rest = rest.dropFirst().drop { $0 != " " }
    }
  }

  private mutating func close() {
    guard let branch = open.popLast() else { preconditionFailure("the suite closes only what it opened") }
    guard branch.isMapping else { return add(.sequence(branch.children, isFlow: branch.isFlow)) }
    var pairs: [Shape.Pair] = []
    var seen: Set<RawText> = []
    for index in stride(from: 0, to: branch.children.count, by: 2) {
      let key = keyText(branch.children[index], isAlias: branch.aliases.contains(index), seen: &seen)
      pairs.append(.init(key: key, value: branch.children[index + 1]))
    }
    add(.mapping(pairs, isFlow: branch.isFlow))
  }

  private mutating func keyText(_ key: Shape, isAlias: Bool, seen: inout Set<RawText>) -> RawText {
    guard case .scalar(let text, let isPlain) = key else {
      refusedConstructs.append("key-not-a-name")
      return RawText("")
    }
    if isAlias { return text }
    if isPlain, text.text == "<<" {
      refusedConstructs.append("merge-key")
    } else if !seen.insert(text).inserted {
      refusedConstructs.append("duplicate-key")
    }
    return text
  }

  private mutating func add(_ shape: Shape) {
    if open.isEmpty { roots.append(shape) } else { open[open.count - 1].children.append(shape) }
  }

  private static func unescaped(_ text: Substring) -> String {
    var result = ""
    var isEscape = false
    for character in text {
      guard isEscape else {
        if character == "\\" { isEscape = true } else { result.append(character) }
        continue
      }
      isEscape = false
      switch character {
      case "n": result.append("\n")
      case "t": result.append("\t")
      case "r": result.append("\r")
      case "b": result.append("\u{8}")
      case "\\": result.append("\\")
      default: preconditionFailure("the suite has an escape that this test does not know: \(character)")
      }
    }
    return result
  }
}
