// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon

/// `ID` or `ID@V`.
struct PackVersion: ExpressibleByArgument {
  let id: String
  let version: String?

  init?(argument: String) {
    let parts = argument.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
    id = parts[0]
    version = parts.count == 2 ? parts[1] : nil
  }
}

extension Status: ExpressibleByArgument {}

struct Decisions: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists past decisions by case, clause, pack and version, status and day, newest first.",
    discussion: """
      Example: lawspeaker decisions --clause palermo.art3c --pack palermo@1.0.0 --status holds --since 2024-01-01
      """)

  @Argument(help: "A case's reference.")
  var reference: String?

  @Option(help: "Decisions that applied this clause, such as palermo.art3a.")
  var clause: String?

  @Option(help: "Decisions under this pack, with @V for one version.")
  var pack: PackVersion?

  @Option(help: "Decisions in which a conclusion has this status.")
  var status: Status?

  @Option(help: "Only this conclusion, such as palermo.trafficking.")
  var conclusion: String?

  @Option(help: "Decisions taken on this day or later (UTC).")
  var since: String?

  @Option(help: "Decisions about this person's pseudonym.")
  var person: String?

  @Flag(help: "Only the newest version of each case.")
  var latest = false

  @Flag(help: "Only newest decisions that wait for somebody to review them.")
  var waiting = false

  @Option(help: "How many at most.")
  var limit = 100

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print CSV.")
  var csv = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if let since, CivilDate(since) == nil {
      throw ValidationError("--since is not a day that exists; write 2024-01-01")
    }
    if limit < 1 { throw ValidationError("--limit is at least 1") }
  }

  func run() throws {
    var list = ListDecisions()
    list.reference = reference
    list.clause = clause
    list.pack = pack?.id
    list.packVersion = pack?.version
    list.status = status?.rawValue
    list.conclusion = conclusion
    list.since = since
    list.person = person
    list.latestOnly = latest
    list.waitingOnly = waiting
    list.limit = limit
    list.form = csv ? .csv : json ? .json : .text
    try settings.ask(list)
  }
}

struct History: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Lists the versions of one case and what changed between them.",
    discussion: "Example: lawspeaker history EX-ADULT-01")

  @Argument(help: "The case's reference.")
  var reference: String

  @Flag(help: "Print JSON: the envelopes without their decisions.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws { try settings.ask(ShowHistory(reference: reference, json: json)) }
}
