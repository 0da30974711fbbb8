// SPDX-License-Identifier: Apache-2.0
package import SystemPackage

/// An operation on the daemon's socket that the operating system refused.
package struct SocketFault: Error, Hashable, Sendable, CustomStringConvertible {
  /// What was tried.
  package enum Operation: String, Hashable, Sendable {
    case openFolder = "open the folder of"
    case removeStale = "take the place of"
    case make
    case makeAccessible = "open to its group"
    case listen = "listen on"
    case accept = "take a connection on"
    case serve = "start a thread for"
  }

  /// What was tried.
  package var operation: Operation
  /// The socket's path.
  package var path: String
  /// The system's reason.
  package var reason: Errno

  init(_ operation: Operation, _ path: String, _ reason: Errno) {
    self.operation = operation
    self.path = path
    self.reason = reason
  }

  /// One sentence, as for a log.
  package var description: String { "cannot \(operation.rawValue) `\(path)`: \(reason.description)" }
}
