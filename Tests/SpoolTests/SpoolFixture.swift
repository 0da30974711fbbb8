// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Spool
import SystemPackage

/// A spool of a test's own, gone with the last reference to it.
final class SpoolFixture: Sendable {
  let path: String
  let spool: SpoolFolder

  init() throws {
    path = NSTemporaryDirectory() + "lawspeaker-spool-\(UUID().uuidString)"
    spool = try SpoolFolder(root: FilePath(path))
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func put(_ text: String, at place: String, modified seconds: Int64? = nil) throws {
    try Data(text.utf8).write(to: URL(fileURLWithPath: "\(path)/\(place)"))
    if let seconds { try setTime(seconds, of: place) }
  }

  func setTime(_ seconds: Int64, of place: String) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSince1970: TimeInterval(seconds))],
      ofItemAtPath: "\(path)/\(place)")
  }

  func text(at place: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(place)")), as: UTF8.self)
  }

  /// The names in a folder of the spool, sorted, those hidden too.
  func names(in place: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: "\(path)/\(place)").sorted()
  }

  /// Reads a file that must be readable.
  func take(_ name: SpoolName) throws -> TakenFile {
    guard case .file(let file) = try spool.read(name) else { throw NotTaken(name: name) }
    return file
  }

  /// Reads an object that must be hostile.
  func hostile(_ name: SpoolName, maximumBytes: Int = 1 << 20) throws -> HostileObject {
    guard case .hostile(let object) = try spool.read(name, maximumBytes: maximumBytes) else {
      throw NotTaken(name: name)
    }
    return object
  }

  struct NotTaken: Error { var name: SpoolName }
}

/// Makes an object that is no file in `incoming/` of a spool.
enum HostileKind: String, CaseIterable {
  case folder, link, dangling, pipe, socket

  func make(at path: String) throws {
    let made: CInt =
      switch self {
      case .folder: unsafe mkdir(path, 0o755)
      case .link: unsafe symlink("/etc/passwd", path)
      case .dangling: unsafe symlink("nowhere", path)
      case .pipe: unsafe mkfifo(path, 0o644)
      case .socket: unsafe mknod(path, S_IFSOCK | 0o644, 0)
      }
    guard made == 0 else { throw Errno(rawValue: errno) }
  }

  var reason: HostileObject.Reason {
    switch self {
    case .folder: .folder
    case .link, .dangling: .link
    case .pipe: .pipe
    case .socket: .socket
    }
  }
}

func bytes(_ text: String) -> [UInt8] { Array(text.utf8) }
