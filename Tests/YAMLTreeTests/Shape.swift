// SPDX-License-Identifier: Apache-2.0
import YAMLTree

/// A tree without places, to compare what was read with what was meant.
indirect enum Shape: Hashable {
  case scalar(RawText, isPlain: Bool)
  case sequence([Shape], isFlow: Bool)
  case mapping([Pair], isFlow: Bool)

  struct Pair: Hashable {
    var key: RawText
    var value: Shape
  }
}

/// Text compared as bytes: String equality takes `é` and `e` with an accent for the same.
struct RawText: Hashable, CustomStringConvertible {
  var text: String

  init(_ text: String) { self.text = text }

  var description: String { text.debugDescription }

  static func == (a: RawText, b: RawText) -> Bool { a.text.utf8.elementsEqual(b.text.utf8) }

  func hash(into hasher: inout Hasher) {
    for byte in text.utf8 { hasher.combine(byte) }
  }
}

extension Shape {
  static func plain(_ text: String) -> Shape { .scalar(RawText(text), isPlain: true) }

  static func quoted(_ text: String) -> Shape { .scalar(RawText(text), isPlain: false) }

  init(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar): self = .scalar(RawText(scalar.text), isPlain: scalar.isPlain)
    case .sequence(let items): self = .sequence(items.map(Shape.init), isFlow: node.isFlow)
    case .mapping(let entries):
      let pairs = entries.map { Pair(key: RawText($0.key), value: Shape($0.value)) }
      self = .mapping(pairs, isFlow: node.isFlow)
    }
  }
}
