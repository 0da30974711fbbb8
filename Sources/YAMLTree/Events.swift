// SPDX-License-Identifier: Apache-2.0

private import CLibYAML

/// What libyaml reports, reduced to what the composer needs.
enum YAMLEvent {
  case documentStart(hasDirective: Bool)
  case documentEnd
  case alias
  /// The text of a scalar; nil if it is longer than is read.
  case scalar(text: String?, isPlain: Bool)
  case sequenceStart(isFlow: Bool)
  case sequenceEnd
  case mappingStart(isFlow: Bool)
  case mappingEnd
  case streamEnd
  case failure(problem: String)
}

/// An event with its place and the marks of a node that the reader refuses.
struct PlacedEvent {
  var event: YAMLEvent
  var mark: YAMLNode.Mark
  var hasAnchor = false
  var hasTag = false
}

/// Pulls libyaml's events one by one until the consumer has had enough or the stream ends; no text is made of a scalar
/// that is longer than a limit.
func readEvents(_ bytes: [UInt8], scalarLimit: Int, consumer: (PlacedEvent) -> Bool) {
  let parser = UnsafeMutablePointer<yaml_parser_t>.allocate(capacity: 1)
  defer { unsafe parser.deallocate() }
  guard unsafe yaml_parser_initialize(parser) == 1 else {
    preconditionFailure("libyaml found no memory to start")
  }
  defer { unsafe yaml_parser_delete(parser) }
  unsafe bytes.withUnsafeBufferPointer { input in
    unsafe yaml_parser_set_input_string(parser, input.baseAddress, input.count)
    unsafe yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    var wanted = true
    while wanted {
      var event = unsafe yaml_event_t()
      guard unsafe yaml_parser_parse(parser, &event) == 1 else {
        _ = consumer(unsafe failure(of: parser, in: bytes))
        return
      }
      wanted = unsafe placed(event, scalarLimit).map(consumer) ?? true
      let isLast = unsafe event.type == YAML_STREAM_END_EVENT
      unsafe yaml_event_delete(&event)
      if isLast { return }
    }
  }
}

private func placed(_ event: yaml_event_t, _ scalarLimit: Int) -> PlacedEvent? {
  let mark = unsafe YAMLNode.Mark(
    line: Int(event.start_mark.line) + 1, column: Int(event.start_mark.column) + 1)
  switch unsafe event.type {
  case YAML_DOCUMENT_START_EVENT:
    let start = unsafe event.data.document_start
    let tagged = unsafe start.tag_directives.start != start.tag_directives.end
    return PlacedEvent(event: .documentStart(hasDirective: tagged), mark: mark)
  case YAML_DOCUMENT_END_EVENT: return PlacedEvent(event: .documentEnd, mark: mark)
  case YAML_ALIAS_EVENT: return PlacedEvent(event: .alias, mark: mark)
  case YAML_SCALAR_EVENT: return unsafe placed(event.data.scalar, mark, scalarLimit)
  case YAML_SEQUENCE_START_EVENT:
    let start = unsafe event.data.sequence_start
    return unsafe PlacedEvent(
      event: .sequenceStart(isFlow: start.style == YAML_FLOW_SEQUENCE_STYLE), mark: mark,
      hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
  case YAML_SEQUENCE_END_EVENT: return PlacedEvent(event: .sequenceEnd, mark: mark)
  case YAML_MAPPING_START_EVENT:
    let start = unsafe event.data.mapping_start
    return unsafe PlacedEvent(
      event: .mappingStart(isFlow: start.style == YAML_FLOW_MAPPING_STYLE), mark: mark,
      hasAnchor: start.anchor != nil, hasTag: start.tag != nil)
  case YAML_MAPPING_END_EVENT: return PlacedEvent(event: .mappingEnd, mark: mark)
  case YAML_STREAM_END_EVENT: return PlacedEvent(event: .streamEnd, mark: mark)
  default: return nil
  }
}

private typealias ScalarData = yaml_event_s.__Unnamed_union_data.__Unnamed_struct_scalar

private func placed(_ scalar: ScalarData, _ mark: YAMLNode.Mark, _ limit: Int) -> PlacedEvent {
  let bytes = unsafe UnsafeBufferPointer(start: scalar.value, count: scalar.length)
  let text = unsafe bytes.count <= limit ? String(decoding: bytes, as: UTF8.self) : nil
  return unsafe PlacedEvent(
    event: .scalar(text: text, isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), mark: mark,
    hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
}

/// libyaml places a scanner's or parser's problem by line and column, and a reader's by byte offset.
private func failure(of parser: UnsafeMutablePointer<yaml_parser_t>, in bytes: [UInt8]) -> PlacedEvent {
  let problem = unsafe parser.pointee.problem.map { unsafe String(cString: $0) } ?? "it is malformed"
  let mark: YAMLNode.Mark
  if unsafe parser.pointee.error == YAML_READER_ERROR {
    let place = unsafe location(of: Int(parser.pointee.problem_offset), in: bytes, file: "")
    mark = YAMLNode.Mark(line: place.line, column: place.column)
  } else {
    let place = unsafe parser.pointee.problem_mark
    mark = YAMLNode.Mark(line: Int(place.line) + 1, column: Int(place.column) + 1)
  }
  return PlacedEvent(event: .failure(problem: problem), mark: mark)
}
