// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The lines of a file, one after the other, whatever its size.
final class LineReader {
  /// A line of a decision has its case file twice, which is 16 MiB at most each.
  private static let maximumBytes = 256 << 20
  private let path: String
  private let file: CInt
  private var buffer: [UInt8] = []
  private var place = 0
  private var isAtEnd = false

  init(_ path: String) throws {
    self.path = path
    file = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else {
      throw LedgerFault.file(path: path, reason: unsafe String(cString: strerror(errno)))
    }
  }

  deinit { close(file) }

  /// The next line without its end; nil after the last.
  func next() throws -> ArraySlice<UInt8>? {
    var searched = place
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { place = end + 1 }
        return buffer[place..<end]
      }
      searched = buffer.count
      if isAtEnd {
        if place == buffer.count { return nil }
        throw LedgerFault.damaged("`\(path)` is cut off")
      }
      guard buffer.count - place < Self.maximumBytes else {
        throw LedgerFault.damaged("`\(path)` has too long a line")
      }
      searched -= place
      buffer.removeFirst(place)
      place = 0
      try fill()
    }
  }

  private func fill() throws {
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    let count = unsafe read(file, &chunk, chunk.count)
    if count < 0, errno == EINTR { return }
    guard count >= 0 else {
      throw LedgerFault.file(path: path, reason: unsafe String(cString: strerror(errno)))
    }
    isAtEnd = count == 0
    buffer += chunk[..<count]
  }
}
