// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import Glibc
import LawspeakerDaemon
import Logging
import ServiceLifecycle
import UnixSignals
import YAMLTree

/// The daemon: watches the spool, decides, records, puts out.
@main struct Program: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lawspeakerd",
    abstract:
      "Decides the case files that are put into a spool folder, under the rule packs that are active.",
    discussion: """
      Example: lawspeakerd --config /etc/lawspeaker/lawspeaker.yaml

      Signals: TERM and INT finish the group in hand and stop; HUP looks at the packs at once.
      Exit codes: 0 fine, 1 the configuration is at fault, 2 usage, 70 our fault, 75 try later.
      """,
    version: "0.1.0")

  @Option(help: "The configuration file; else /etc/lawspeaker/lawspeaker.yaml where there is one.")
  var config: String?

  @Flag(help: "Decide what lies in the spool, and exit.")
  var once = false

  static func main() async {
    do {
      var command = try parseAsRoot()
      if var daemon = command as? Program { try await daemon.run() } else { try command.run() }
    } catch {
      guard exitCode(for: error) == .validationFailure else { exit(withError: error) }
      complain(fullMessage(for: error))
      exit(withError: ExitCode(2))
    }
  }

  mutating func run() async throws {
    let configuration = try readConfiguration()
    signal(SIGPIPE, SIG_IGN)
    forbidCoreDumps()
    var log = Logger(label: "lawspeakerd") { label in StreamLogHandler.standardError(label: label) }
    log.logLevel = Logger.Level(rawValue: configuration.log) ?? .info
    guard let control = try? DaemonControl() else {
      log.critical("ended: no event descriptor could be had")
      throw ExitCode(70)
    }
    let notify = Notify(path: ProcessInfo.processInfo.environment["NOTIFY_SOCKET"])
    let daemon = DaemonService(configuration, control: control, log: log, notify: notify, isOnce: once)
    var quiet = log
    quiet.logLevel = .error  // the group's own lines say nothing an operator needs
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: daemon, successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: ReloadService(control: control)),
        ], gracefulShutdownSignals: [.sigterm, .sigint], logger: quiet))
    do { try await group.run() } catch {
      log.critical("ended: \(Daemon.logText(of: error))")
      throw ExitCode(code(for: error))
    }
  }

  /// Case data lives in memory: none of it to a file of a crash, whoever started the daemon.
  private func forbidCoreDumps() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = unsafe setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }

  private func code(for error: any Error) -> Int32 {
    switch error {
    case let fault as DaemonFault where fault.isForNow: 75
    case DaemonFault.noPacks, is KeyFault: 1
    default: 70
    }
  }

  private func readConfiguration() throws -> Configuration {
    let installed = "/etc/lawspeaker/lawspeaker.yaml"
    guard let path = config ?? (FileManager.default.fileExists(atPath: installed) ? installed : nil) else {
      return Configuration()
    }
    guard let bytes = FileManager.default.contents(atPath: path) else {
      Self.complain("\(path): error: the file cannot be read [unreadable-file]")
      throw ExitCode(1)
    }
    do throws(ConfigurationRefused) { return try Configuration(Array(bytes), file: path) } catch {
      Self.complain(error.diagnostics.map(\.description).joined(separator: "\n"))
      throw ExitCode(1)
    }
  }

  private static func complain(_ text: String) {
    let line = Array((text + "\n").utf8)
    _ = unsafe line.withUnsafeBytes { unsafe write(2, $0.baseAddress, $0.count) }
  }
}
