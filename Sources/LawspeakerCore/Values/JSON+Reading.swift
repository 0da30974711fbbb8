// SPDX-License-Identifier: Apache-2.0

import YAMLTree

extension JSON {
  /// Reads back what ``canonicalBytes`` wrote, of whatever length; nil for anything else that is no JSON value.
  package init?(reading bytes: [UInt8]) {
    var limits = YAMLLimits()
    (limits.bytes, limits.nodes, limits.scalarBytes) = (.max, .max, .max)
    guard let root = try? readYAML(bytes, file: "", limits: limits).first else { return nil }
    self.init(root)
  }

  private init?(_ node: YAMLNode) {
    switch node.content {
    case .scalar(let scalar) where !scalar.isPlain: self = .string(scalar.text)
    case .scalar(let scalar):
      switch scalar.text {
      case "null": self = .null
      case "true", "false": self = .bool(scalar.text == "true")
      default:
        guard let number = Int(scalar.text) else { return nil }
        self = .integer(number)
      }
    case .sequence(let nodes):
      let items = nodes.compactMap { JSON($0) }
      guard items.count == nodes.count else { return nil }
      self = .array(items)
    case .mapping(let nodes):
      let entries = nodes.compactMap { entry in JSON(entry.value).map { (entry.key, $0) } }
      guard entries.count == nodes.count else { return nil }
      self = .object(Dictionary(entries) { first, _ in first })
    }
  }
}
