// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A thread of a test's own, as the cooperative pool must not be blocked.
struct Thread: Sendable {
  private let ended = DispatchSemaphore(value: 0)

  static func detached(_ body: @escaping @Sendable () -> Void) -> Thread {
    let thread = Thread()
    Foundation.Thread.detachNewThread {
      body()
      thread.ended.signal()
    }
    return thread
  }

  func join() { ended.wait() }
}
