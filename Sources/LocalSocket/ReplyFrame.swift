// SPDX-License-Identifier: Apache-2.0

/// One piece of a reply, as it comes out at the client.
package enum ReplyFrame: Hashable, Sendable {
  /// Text for standard output, as it is.
  case out(String)
  /// Text for standard error, as it is.
  case err(String)
  /// How far long work has come, for a terminal.
  case progress(String)
  /// Bytes to add to a file below the folder that the user named; the first of a path make the file.
  case file(path: String, bytes: [UInt8])
  /// The exit code, which ends the reply.
  case exit(Int32)
}

extension ReplyFrame {
  /// The most bytes that follow a frame's header.
  static let maximumBytes = 1 << 20

  /// The most bytes of a path.
  static let maximumPathBytes = 1024

  /// Whether a path leads from a folder to a place below it: no link to above, nothing empty, nothing invisible.
  static func leadsBelow(_ path: String) -> Bool {
    guard (1...maximumPathBytes).contains(path.utf8.count) else { return false }
    guard path.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { return false }
    let names = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return names.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  }

  /// The frame as it is sent.
  var encoded: [UInt8] {
    switch self {
    case .out(let text): frame(.out, Array(text.utf8))
    case .err(let text): frame(.err, Array(text.utf8))
    case .progress(let text): frame(.progress, Array(text.utf8))
    case .file(let path, let bytes):
      frame(.file, bigEndian(UInt16(path.utf8.count)) + Array(path.utf8) + bytes)
    case .exit(let code): frame(.exit, bigEndian(UInt32(bitPattern: code)))
    }
  }

  /// Reads what stood behind a header; nil for what this program never sends.
  init?(_ type: UInt8, _ payload: [UInt8]) {
    switch FrameType(rawValue: type) {
    case .out:
      guard let text = String(validating: payload, as: UTF8.self) else { return nil }
      self = .out(text)
    case .err:
      guard let text = String(validating: payload, as: UTF8.self) else { return nil }
      self = .err(text)
    case .progress:
      guard let text = String(validating: payload, as: UTF8.self) else { return nil }
      self = .progress(text)
    case .file:
      guard payload.count >= 2 else { return nil }
      let end = 2 + Int(payload[0]) << 8 + Int(payload[1])
      guard end <= payload.count, let path = String(validating: payload[2..<end], as: UTF8.self) else {
        return nil
      }
      guard Self.leadsBelow(path) else { return nil }
      self = .file(path: path, bytes: Array(payload[end...]))
    case .exit:
      guard payload.count == 4 else { return nil }
      self = .exit(Int32(bitPattern: payload.reduce(0) { $0 << 8 | UInt32($1) }))
    case .request, nil: return nil
    }
  }
}
