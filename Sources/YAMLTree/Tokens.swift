// SPDX-License-Identifier: Apache-2.0

private import CLibYAML

/// One token of a YAML file with the stretch of text it was read from: what a tree leaves out and a layout needs.
package struct YAMLToken: Hashable, Sendable {
  /// What it is.
  package var kind: Kind
  /// Where it stands, in Unicode scalars from the file's first; empty for what is understood and not written.
  package var range: Range<Int>
  /// Where it begins.
  package var mark: YAMLNode.Mark

  /// The kinds of tokens, as YAML's own productions name them.
  package enum Kind: Hashable, Sendable {
    case documentStart
    case documentEnd
    case blockSequenceStart
    case blockMappingStart
    case blockEnd
    case flowStart
    case flowEnd
    /// `-`
    case blockEntry
    /// `,`
    case flowEntry
    /// Before a key; written as `?` or not at all.
    case key
    /// `:`
    case value
    /// Text on one line or several, plain or in quotes.
    case scalar
    /// Text after `|` or `>`.
    case blockScalar
    /// A directive, an anchor, an alias or a tag.
    case other
  }
}

/// Reads the tokens of a file that ``readYAML(_:file:limits:documents:)`` accepts, without a byte order mark.
///
/// - Parameter bytes: The file.
/// - Returns: The tokens in order; nil if the file cannot be read.
package func readTokens(_ bytes: [UInt8]) -> [YAMLToken]? {
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { unsafe parser.deallocate() }
  guard unsafe yaml_parser_initialize(parser) == 1 else {
    preconditionFailure("libyaml found no memory to start")
  }
  defer { unsafe yaml_parser_delete(parser) }
  return unsafe bytes.withUnsafeBufferPointer { input in
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    var tokens: [YAMLToken] = []
    while true {
      var token = unsafe yaml_token_t()
      guard unsafe yaml_parser_scan(parser, &token) == 1 else { return nil }
      let isLast = unsafe token.type == YAML_STREAM_END_TOKEN || token.type == YAML_NO_TOKEN
      if let read = unsafe read(token) { tokens.append(read) }
      unsafe yaml_token_delete(&token)
      if isLast { return tokens }
    }
  }
}

private func read(_ token: yaml_token_t) -> YAMLToken? {
  guard let kind = unsafe kind(of: token) else { return nil }
  let range = unsafe Int(token.start_mark.index)..<Int(token.end_mark.index)
  let mark = unsafe YAMLNode.Mark(
    line: Int(token.start_mark.line) + 1, column: Int(token.start_mark.column) + 1)
  return YAMLToken(kind: kind, range: range, mark: mark)
}

private func kind(of token: yaml_token_t) -> YAMLToken.Kind? {
  switch unsafe token.type {
  case YAML_NO_TOKEN, YAML_STREAM_START_TOKEN, YAML_STREAM_END_TOKEN: return nil
  case YAML_DOCUMENT_START_TOKEN: return .documentStart
  case YAML_DOCUMENT_END_TOKEN: return .documentEnd
  case YAML_BLOCK_SEQUENCE_START_TOKEN: return .blockSequenceStart
  case YAML_BLOCK_MAPPING_START_TOKEN: return .blockMappingStart
  case YAML_BLOCK_END_TOKEN: return .blockEnd
  case YAML_FLOW_SEQUENCE_START_TOKEN, YAML_FLOW_MAPPING_START_TOKEN: return .flowStart
  case YAML_FLOW_SEQUENCE_END_TOKEN, YAML_FLOW_MAPPING_END_TOKEN: return .flowEnd
  case YAML_BLOCK_ENTRY_TOKEN: return .blockEntry
  case YAML_FLOW_ENTRY_TOKEN: return .flowEntry
  case YAML_KEY_TOKEN: return .key
  case YAML_VALUE_TOKEN: return .value
  case YAML_SCALAR_TOKEN:
    let style = unsafe token.data.scalar.style
    let isBlock = style == YAML_LITERAL_SCALAR_STYLE || style == YAML_FOLDED_SCALAR_STYLE
    return isBlock ? .blockScalar : .scalar
  default: return .other
  }
}
