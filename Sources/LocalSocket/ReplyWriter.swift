// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// Where a command writes its answer, be it to a client of the socket or to this process's own terminal.
///
/// Any thread may write; each frame goes out whole. Every call throws ``ReplyFault`` once the client is gone, so that
/// work nobody waits for can end.
package struct ReplyWriter: Sendable {
  private let send: @Sendable (ReplyFrame) throws(ReplyFault) -> Void

  /// Hands each frame on; what is long comes in several, and ``ReplyFrame/exit(_:)`` never comes.
  package init(_ send: @escaping @Sendable (ReplyFrame) throws(ReplyFault) -> Void) { self.send = send }

  /// Writes text to standard output, as it is.
  package func out(_ text: String) throws(ReplyFault) {
    for part in parts(of: text) { try send(.out(part)) }
  }

  /// Writes text to standard error, as it is.
  package func err(_ text: String) throws(ReplyFault) {
    for part in parts(of: text) { try send(.err(part)) }
  }

  /// Says how far long work has come.
  package func progress(_ text: String) throws(ReplyFault) {
    for part in parts(of: text) { try send(.progress(part)) }
  }

  /// Adds bytes to a file that the client writes below the folder its user named.
  ///
  /// The path is relative, with `/` between names and at most 1,024 bytes. The first call with a path makes the file,
  /// also with no bytes.
  package func file(path: String, bytes: [UInt8]) throws(ReplyFault) {
    guard ReplyFrame.leadsBelow(path) else { throw .pathLeadsElsewhere }
    let room = ReplyFrame.maximumBytes - 2 - path.utf8.count
    var rest = bytes[...]
    repeat {
      try send(.file(path: path, bytes: Array(rest.prefix(room))))
      rest = rest.dropFirst(room)
    } while !rest.isEmpty
  }
}

/// Why nothing more of a reply goes out.
package enum ReplyFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// The client went away, or its reply has ended.
  case clientGone
  /// The client did not read for as long as is waited.
  case clientTooSlow
  /// A file's path is not one below a folder: the one that is not the client's doing.
  case pathLeadsElsewhere
  case failed(Errno)

  /// One sentence, as for a log.
  package var description: String {
    switch self {
    case .clientGone: "the client went away before the reply ended"
    case .clientTooSlow: "the client did not read its reply"
    case .pathLeadsElsewhere: "a file of the reply has no path below the client's folder"
    case .failed(let reason): "the reply cannot be sent: \(reason.description)"
    }
  }
}

/// A text in parts that fit a frame, cut between characters' bytes; none if it is empty.
func parts(of text: String, atMost room: Int = ReplyFrame.maximumBytes) -> [String] {
  var parts: [String] = []
  var rest = Array(text.utf8)[...]
  while rest.count > room {
    var end = rest.startIndex + room
    while rest[end] & 0xC0 == 0x80 { end -= 1 }  // a byte inside a character
    parts.append(String(decoding: rest[..<end], as: UTF8.self))
    rest = rest[end...]
  }
  if !rest.isEmpty { parts.append(String(decoding: rest, as: UTF8.self)) }
  return parts
}
