// SPDX-License-Identifier: Apache-2.0

package import Ledger
internal import Spool
internal import Synchronization

/// What somebody asks of the packs that serve.
package enum PackRequest: Hashable, Sendable {
  /// To look at the folder at once.
  case activate
  /// To return to an earlier generation; nil for the one before.
  case rollBack(to: Int?)
}

/// What came of looking at packs, or of returning to earlier ones.
package enum PackOutcome: Hashable, Sendable {
  case activated(generation: Int, packs: [PackReference])
  /// The folder holds what serves already.
  case unchanged(generation: Int)
  /// An earlier generation serves under a new number.
  case rolledBack(generation: Int, to: Int)
  /// What is wrong, in words for people; the generation before goes on.
  case refused(String)
  case noSuchGeneration(Int?)
  /// The folder is being written.
  case changing
}

/// A request for the daemon's thread, and the answer to it.
final class PostedRequest: Sendable {
  let request: PackRequest
  private let answered: WakeEvent
  private let outcome = Mutex<PackOutcome?>(nil)

  init(_ request: PackRequest) throws {
    self.request = request
    answered = try WakeEvent()
  }

  /// Lets who waits go on; nil says that there will be no answer.
  func answer(_ outcome: PackOutcome?) {
    self.outcome.withLock { $0 = outcome }
    answered.signal()
  }

  /// Waits for the answer, on a thread that may block.
  func wait() throws -> PackOutcome? {
    _ = try waitForAny([answered.descriptor])
    return outcome.withLock { $0 }
  }
}
