// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc
import LawspeakerDaemon
import LocalSocket

/// Where an answer of the desk goes: the terminal, and files below a folder that the user named.
final class AnswerOutput: @unchecked Sendable {  // used by one thread after another, never by two
  private let folder: String?
  private let kept: AnswerBytes?
  /// The file that is being written, and all that this answer has made: most come one after the other.
  private var current: (path: String, file: FileHandle)?
  private var made: Set<String> = []
  /// Why a piece of an answer that this process gives itself could not be taken.
  private(set) var fault: (any Error)?
  private var isInProgress = false

  /// An answer for the terminal, with its files below a folder.
  init(folder: String?) { (self.folder, kept) = (folder, nil) }

  /// An answer of which the text is for the program itself.
  init(keeping bytes: AnswerBytes) { (folder, kept) = (nil, bytes) }

  /// For what this process answers itself.
  var reply: ReplyWriter {
    ReplyWriter { frame throws(ReplyFault) in
      do { try self.take(frame) } catch {
        self.fault = error
        throw .clientGone
      }
    }
  }

  func take(_ frame: ReplyFrame) throws {
    switch frame {
    case .out(let text):
      if let kept { return kept.bytes += Array(text.utf8) }
      endProgress()
      FileHandleStream.standardOutput.write(text)
    case .err(let text):
      endProgress()
      FileHandleStream.standardError.write(text)
    case .progress(let text):
      Self.progress(text)
      isInProgress = true
    case .file(let path, let bytes): try add(bytes, to: path)
    case .exit: break
    }
  }

  /// Takes what was last said of progress off the terminal.
  func endProgress() {
    guard isInProgress else { return }
    Self.progress(nil)
    isInProgress = false
  }

  /// Says on a terminal how far long work has come, in the place of what was said before; nil takes it away.
  static func progress(_ text: String?) {
    guard isatty(2) == 1 else { return }
    FileHandleStream.standardError.write("\r\u{1B}[K" + (text ?? ""))
  }

  /// Adds to a file; the first bytes of each make it, and one that is there is left alone.
  private func add(_ bytes: [UInt8], to path: String) throws {
    guard let folder else { throw Failure.ours("error: the answer has files and no place for them [file]") }
    if current?.path != path {
      current = (path, try file(at: folder + "/" + path, isNew: made.insert(path).inserted))
    }
    do { try current?.file.write(contentsOf: Data(bytes)) } catch {
      throw Failure.input("\(folder)/\(path): error: the file cannot be written [cannot-write]")
    }
  }

  private func file(at path: String, isNew: Bool) throws -> FileHandle {
    let parent = String(path[..<(path.lastIndex(of: "/") ?? path.endIndex)])
    do {
      try FileManager.default.createDirectory(
        atPath: parent, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch { throw Failure.input("\(parent): error: the folder cannot be made [cannot-write]") }
    let flags = isNew ? O_CREAT | O_EXCL : O_APPEND
    let file = unsafe open(path, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | flags, 0o600)
    guard file >= 0 else {
      let reason = isNew && errno == EEXIST ? "there is a file already" : "the file cannot be made"
      throw Failure.input("\(path): error: \(reason) [cannot-write]")
    }
    return FileHandle(fileDescriptor: file, closeOnDealloc: true)
  }
}

/// What an answer said, for the program itself.
final class AnswerBytes {
  var bytes: [UInt8] = []
}
