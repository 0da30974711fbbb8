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

  func takeReload() -> Bool {
    asked.withLock { asked in
      defer { asked.reload = false }
      return asked.reload
    }
  }
}
