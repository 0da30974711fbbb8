// SPDX-License-Identifier: Apache-2.0

internal import Spool
internal import Synchronization

/// How signals and tests reach a daemon on its thread.
package final class DaemonControl: Sendable {
  let wake: WakeEvent
  private let asked = Mutex(Asked())

  private struct Asked {
    var stop = false
    var reload = false
    var requests: [PostedRequest] = []
    var isClosed = false
  }

  /// A control with nothing asked.
  package init() throws { wake = try WakeEvent() }

  /// Asks the daemon to finish its group and stop.
  package func stop() {
    asked.withLock { $0.stop = true }
    wake.signal()
  }

  /// Asks the daemon to look at the packs at once.
  package func reload() {
    asked.withLock { $0.reload = true }
    wake.signal()
  }

  var isStopping: Bool { asked.withLock { $0.stop } }

  /// Has the daemon's thread do something with its packs, and waits for what comes of it; nil if the daemon is stopping.
  func ask(_ request: PackRequest) throws -> PackOutcome? {
    let posted = try PostedRequest(request)
    let isTaken = asked.withLock { asked in
      if !asked.isClosed { asked.requests.append(posted) }
      return !asked.isClosed
    }
    guard isTaken else { return nil }
    wake.signal()
    return try posted.wait()
  }

  func takeRequests() -> [PostedRequest] {
    asked.withLock { asked in
      defer { asked.requests = [] }
      return asked.requests
    }
  }

  /// From now on nothing is asked any more, and who waits is let go.
  func close() {
    asked.withLock { $0.isClosed = true }
    for posted in takeRequests() { posted.answer(nil) }
  }

  func takeReload() -> Bool {
    asked.withLock { asked in
      defer { asked.reload = false }
      return asked.reload
    }
  }
}
