// SPDX-License-Identifier: Apache-2.0

/// A node of a YAML or JSON document: what was written, raw, and where.
///
/// Scalars are never resolved: `NO`, `3:46`, `24e1`, `1.10` and `0123` stay the text they are. What a scalar means is
/// for the grammar that reads it.
public struct YAMLNode: Hashable, Sendable {
  /// What stands at a place.
  public enum Content: Hashable, Sendable {
    case scalar(Scalar)
    case sequence([YAMLNode])
    /// Entries in the order of the file; keys are distinct as bytes.
    case mapping([Entry])
  }

  /// The text of a scalar.
  public struct Scalar: Hashable, Sendable {
    /// The text after YAML's own escapes and folding.
    public var text: String
    /// True if it was written without quotes or block indicators.
    public var isPlain: Bool
  }

  /// A key with its value.
  public struct Entry: Hashable, Sendable {
    /// The key's text.
    public var key: String
    /// Where the key stands.
    public var keyMark: Mark
    /// The value.
    public var value: YAMLNode
  }

  /// Line and column, both from 1, the column in Unicode scalars.
  public struct Mark: Hashable, Sendable {
    /// The line, from 1.
    public var line: Int
    /// The column in Unicode scalars, from 1.
    public var column: Int
  }

  /// What was written.
  public var content: Content
  /// Where it begins.
  public var mark: Mark
  /// True for `[…]` and `{…}`.
  public var isFlow: Bool = false
}

extension YAMLNode {
  /// The text of a scalar, else nil.
  public var text: String? {
    if case .scalar(let scalar) = content { scalar.text } else { nil }
  }

  /// The value of a key in a mapping, else nil; keys are compared as bytes.
  public subscript(key: String) -> YAMLNode? {
    guard case .mapping(let entries) = content else { return nil }
    return entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// What kind of node it is, in an author's words.
  public var kind: String {
    switch content {
    case .scalar: "a single value"
    case .sequence: "a list"
    case .mapping: "a mapping"
    }
  }
}
