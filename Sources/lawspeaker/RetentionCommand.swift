// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

struct RetentionCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "retention",
    abstract: "Lets go what the configuration does not keep any longer, as the daemon does once a day.",
    discussion: """
      Example: lawspeaker retention --dry-run

      The rules stand under `retention`; of those for cases the first that fits counts. A case is as old as its newest
      decision, a file as old as it lies where it is. A review that is still to come holds nothing back.
      """)

  @Flag(help: "List what would go, and do nothing.")
  var dryRun = false

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws { try settings.ask(KeepRetention(isRehearsal: dryRun, json: json)) }
}
