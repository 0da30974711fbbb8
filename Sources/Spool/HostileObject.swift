// SPDX-License-Identifier: Apache-2.0

/// An object in `incoming/` that is not to be read: a result for that object, never an error of the daemon.
package struct HostileObject: Hashable, Sendable {
  /// Why an object is not read.
  package enum Reason: String, Hashable, Sendable, CaseIterable {
    case nameNotPlain = "name-not-plain"
    case folder = "folder"
    case link = "link"
    case pipe = "pipe"
    case socket = "socket"
    case device = "device"
    case tooLarge = "too-large"
    case unreadable = "unreadable"
  }

  package var name: SpoolName
  package var reason: Reason
  /// The most bytes a case file may have, by which `tooLarge` was found.
  package var maximumBytes: Int
  /// What stood there, for moving away exactly that; `nil` if it could not be told.
  package var identity: FileIdentity?
  /// The owner's uid; `nil` if it could not be told.
  package var owner: UInt32?
}

extension HostileObject.Reason {
  /// The stable code, as in `[too-large]`.
  package var code: String { rawValue }
}

extension HostileObject {
  /// One sentence: lower case, no full stop, nothing of what a file contains.
  package var message: String {
    switch reason {
    case .nameNotPlain:
      "the file's name is not plain: at most \(SpoolName.maximumBytes) bytes of printable UTF-8"
    case .folder: "a folder was put where a case file goes"
    case .link: "a symbolic link was put where a case file goes"
    case .pipe: "a named pipe was put where a case file goes"
    case .socket: "a socket was put where a case file goes"
    case .device: "a device was put where a case file goes"
    case .tooLarge: "the file is larger than \(maximumBytes) bytes"
    case .unreadable: "the daemon may not read the file"
    }
  }

  /// The way out, as a sentence.
  package var hint: String {
    switch reason {
    case .nameNotPlain: "rename the file to letters, digits, dots and hyphens, and hand it in again"
    case .folder: "hand in each case file itself, directly in `incoming/`"
    case .link: "hand in a copy of the file that the link points to"
    case .pipe, .socket, .device: "write the case to an ordinary file and hand that in"
    case .tooLarge:
      "one case file is about one person and one course of conduct: split it, and refer to attachments"
    case .unreadable: "give the daemon's group the right to read the file, and hand it in again"
    }
  }
}
