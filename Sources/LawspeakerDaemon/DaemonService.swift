// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import Logging
internal import ServiceLifecycle
internal import UnixSignals

/// Runs the daemon on a thread of its own, under signals: TERM and INT stop it, HUP makes it look at the packs.
package struct DaemonService: Service {
  let configuration: Configuration
  let control: DaemonControl
  let log: Logger
  let notify: Notify
  let isOnce: Bool

  /// A service that starts with ``run()``.
  package init(
    _ configuration: Configuration, control: DaemonControl, log: Logger, notify: Notify, isOnce: Bool
  ) {
    self.configuration = configuration
    self.control = control
    self.log = log
    self.notify = notify
    self.isOnce = isOnce
  }

  /// Returns when the daemon has stopped; throws what ended it.
  package func run() async throws {
    try await withGracefulShutdownHandler {
      try await withCheckedThrowingContinuation { (done: CheckedContinuation<Void, any Error>) in
        let thread = Thread { done.resume(with: Result { try work() }) }
        thread.name = "lawspeakerd"
        thread.start()
      }
    } onGracefulShutdown: {
      notify.send("STOPPING=1")
      control.stop()
    }
  }

  private func work() throws {
    let daemon = try Daemon(configuration, control: control, log: log, now: { Date() })
    notify.send("READY=1\nSTATUS=generation \(daemon.packs.number)")
    if isOnce { try daemon.runOnce() } else { try daemon.run() }
  }
}

/// Hands SIGHUP to the daemon.
package struct ReloadService: Service {
  let control: DaemonControl

  /// A service that ends with the group.
  package init(control: DaemonControl) { self.control = control }

  /// Returns when the group stops.
  package func run() async throws {
    for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
      control.reload()
    }
  }
}
