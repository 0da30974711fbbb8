// SPDX-License-Identifier: Apache-2.0
import YAMLTree

/// Reads a text that holds one document.
func read(_ text: String) throws -> YAMLNode {
  let roots = try readYAML(Array(text.utf8), file: "case.yaml")
  return roots[0]
}

/// What is wrong with a text, as `line:column code` in the order of the reader; empty if it is read.
func problems(
  _ text: String, limits: YAMLLimits = YAMLLimits(), documents: YAMLDocuments = .one
) -> [String] {
  problems(Array(text.utf8), limits: limits, documents: documents)
}

/// The same for bytes that may be no text.
func problems(
  _ bytes: [UInt8], limits: YAMLLimits = YAMLLimits(), documents: YAMLDocuments = .one
) -> [String] {
  diagnostics(bytes, limits: limits, documents: documents).map {
    "\($0.location.line):\($0.location.column) \($0.message.code)"
  }
}

/// The diagnostics of a file; empty if it is read.
func diagnostics(
  _ bytes: [UInt8], limits: YAMLLimits = YAMLLimits(), documents: YAMLDocuments = .one
) -> [Diagnostic] {
  do throws(YAMLRefused) {
    _ = try readYAML(bytes, file: "case.yaml", limits: limits, documents: documents)
    return []
  } catch {
    return error.diagnostics
  }
}

extension YAMLNode {
  /// Line and column as a person would say them.
  var place: String { mark.place }

  /// What was read, without its places.
  var shape: Shape { Shape(self) }

  /// The items of a list; none for anything else.
  var items: [YAMLNode] {
    if case .sequence(let items) = content { items } else { [] }
  }

  /// The entries of a mapping; none for anything else.
  var entries: [Entry] {
    if case .mapping(let entries) = content { entries } else { [] }
  }
}

extension YAMLNode.Mark {
  /// Line and column as a person would say them.
  var place: String { "\(line):\(column)" }
}
