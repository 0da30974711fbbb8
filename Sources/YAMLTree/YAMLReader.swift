// SPDX-License-Identifier: Apache-2.0

/// What a reader may spend on one file.
///
/// All limits hold before memory is taken for what exceeds them.
public struct YAMLLimits: Hashable, Sendable {
  /// The most bytes of a file.
  public var bytes = 1 << 20
  /// The deepest nesting.
  public var depth = 64
  /// The most nodes, keys counted too.
  public var nodes = 100_000
  /// The most bytes of one scalar.
  public var scalarBytes = 1 << 16

  /// The limits of design section 5: 1 MiB, depth 64.
  public init() {}
}

/// How many documents a file may hold.
public enum YAMLDocuments: Sendable {
  case one
  case many
}

/// A file could not be read; every problem that was found, sorted by place.
public struct YAMLRefused: Error, Hashable, Sendable {
  /// At least one.
  public let diagnostics: [Diagnostic]
}

/// Reads YAML 1.1/1.2 as libyaml does, and JSON, into a tree that knows every place.
///
/// Anchors, aliases, tags, merge keys, duplicate keys, keys that are not scalars, NUL and invalid UTF-8 are refused.
/// - Parameters:
///   - bytes: The file.
///   - file: The name to show in diagnostics.
///   - limits: What may be spent on it.
///   - documents: Whether several documents may stand in it.
/// - Returns: One node a document; exactly one for ``YAMLDocuments/one``.
/// - Throws: ``YAMLRefused`` with every problem found.
public func readYAML(
  _ bytes: [UInt8], file: String, limits: YAMLLimits = YAMLLimits(), documents: YAMLDocuments = .one
) throws(YAMLRefused) -> [YAMLNode] {
  if bytes.count > limits.bytes {
    throw YAMLRefused(diagnostics: [
      Diagnostic(at: SourceLocation(file: file), .tooManyBytes(limit: limits.bytes))
    ])
  }
  // Left to libyaml the mark would be a column of the first line, and its siblings would stand too far left.
  let bytes = bytes.starts(with: byteOrderMark) ? Array(bytes.dropFirst(byteOrderMark.count)) : bytes
  if let (offset, message) = firstBadByte(in: bytes) {
    throw YAMLRefused(diagnostics: [Diagnostic(at: location(of: offset, in: bytes, file: file), message)])
  }
  var composer = Composer(file: file, limits: limits, documents: documents)
  readEvents(bytes, scalarLimit: limits.scalarBytes) { composer.take($0) }
  guard composer.problems.isEmpty else { throw YAMLRefused(diagnostics: composer.problems.sorted()) }
  return composer.roots
}

private let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

/// Finds the first byte that no text may hold: a NUL, a break of UTF-8, or a line break that nobody sees.
///
/// libyaml ends a line at U+0085, U+2028 and U+2029: what looks like one value could hold a second key.
private func firstBadByte(in bytes: [UInt8]) -> (offset: Int, Diagnostic.Message)? {
  let (hasNul, isASCII) = bytes.reduce((false, true)) { ($0.0 || $1 == 0, $0.1 && $1 < 0x80) }
  if hasNul, let nul = bytes.firstIndex(of: 0) { return (nul, .nulByte) }
  if isASCII { return nil }
  if String(validating: bytes, as: UTF8.self) != nil {
    return invisibleBreak(in: bytes).map { ($0, .invisibleBreak) }
  }
  var decoder = UTF8()
  var iterator = bytes.makeIterator()
  var offset = 0
  while case .scalarValue(let scalar) = decoder.decode(&iterator) { offset += UTF8.width(scalar) }
  return (offset, .invalidUTF8)
}

private func invisibleBreak(in bytes: [UInt8]) -> Int? {
  bytes.indices.dropLast().first { index in
    switch (bytes[index], bytes[index + 1]) {
    case (0xC2, 0x85): true
    case (0xE2, 0x80): index + 2 < bytes.count && (0xA8...0xA9).contains(bytes[index + 2])
    default: false
    }
  }
}

/// Turns a byte offset into line and column, with libyaml's line breaks (YAML 1.1, section 4.2).
func location(of offset: Int, in bytes: [UInt8], file: String) -> SourceLocation {
  var place = SourceLocation(file: file)
  var previous: Unicode.Scalar?
  for scalar in String(decoding: bytes.prefix(offset), as: UTF8.self).unicodeScalars {
    switch scalar {
    case "\n" where previous == "\r": break
    case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}":
      place.line += 1
      place.column = 1
    default: place.column += 1
    }
    previous = scalar
  }
  return place
}
