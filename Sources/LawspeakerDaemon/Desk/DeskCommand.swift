// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials

/// What somebody asks of the ledger: sent over the socket to the daemon, or answered by the command line itself where
/// no daemon runs.
package protocol DeskCommand: Codable, Sendable {
  /// What the command line calls it: `show`, `audit verify`.
  static var name: String { get }
  /// Any of these rights is enough.
  static var rights: [AccessRight] { get }

  /// Answers; returns the exit code.
  ///
  /// Content of a case is had through the visit alone, which records that it is read before it is given.
  /// - Throws: ``Failure`` with what is said to whoever asks.
  func answer(_ visit: Visit) throws -> Int32
}

/// A command as it is sent.
package struct DeskRequest<Command: DeskCommand>: Codable {
  /// ``DeskCommand/name``.
  package var name: String
  /// Why it is asked, in the words of who asks.
  package var purpose: String?
  package var command: Command

  /// A request for the socket.
  package init(_ command: Command, purpose: String?) {
    name = Command.name
    self.purpose = purpose
    self.command = command
  }

  /// The bytes that are sent.
  package func bytes() throws -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    return Array(try encoder.encode(self))
  }
}

/// What every request says, whichever command it is.
struct RequestHead: Codable {
  var name: String
  var purpose: String?
}
