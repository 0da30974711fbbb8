// SPDX-License-Identifier: Apache-2.0
import SystemPackage

/// An operation of the spool that the operating system refused.
///
/// It names what was tried, on what, and the system's own word for why. It never carries what a file contains.
package struct SpoolFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Hashable, Sendable {
    case open, list, inspect, read, write, rename, link, remove, sync, watch, wait, wake, lock
    case createFolder = "create the folder"
  }

  /// What was tried.
  package var operation: Operation
  /// The object's path below the spool's root, or the path the caller gave; control characters are escaped.
  package var path: String
  /// The system's reason.
  package var reason: Errno

  package init(_ operation: Operation, _ path: String, _ reason: Errno) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// Whether nothing written before can be relied on any more, so that the process must end without acknowledging.
  ///
  /// After a failed `fsync` the kernel drops the error and calls the pages clean: trying again proves nothing.
  package var isFatal: Bool { operation == .sync }

  /// The same for a log: of what lies below the spool's root the folder alone is named, since files are named by people.
  package var descriptionWithoutNames: String {
    let parts = path.split(separator: "/", maxSplits: 1)
    let place = path.hasPrefix("/") || parts.count < 2 ? path : "\(parts[0])/…"
    return "cannot \(operation.rawValue) `\(place)`: \(reason.description)"
  }

  /// One sentence, as for whoever gave the path.
  package var description: String { "cannot \(operation.rawValue) `\(path)`: \(reason.description)" }
}
