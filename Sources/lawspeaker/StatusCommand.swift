// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says how the daemon, the packs, the spool and the ledger are; exits 1 when something is red.",
    discussion: """
      Example: lawspeaker status --json

      It needs neither keys nor a daemon where you may read the state folder; else it asks the daemon, for which you need
      the right `operate` or `read`.
      """)

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    if try settings.mustAsk() { return try settings.ask(ReadStatus(json: json)) }
    let report = try StatusReport(settings.configuration(), ledger: settings.ledger())
    if json { Terminal.say(report.json) } else { Terminal.say(report.text) }
    if !report.red.isEmpty { throw ExitCode(1) }
  }
}
