// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

extension Audit {
  struct ActivePacks: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "packs",
      abstract: "Lists which packs were active when, or on a day.",
      discussion: "Example: lawspeaker audit packs --on 2026-03-03")

    @Option(help: "Only what was active on this day, where the assessor works.")
    var on: Day?

    @OptionGroup var form: ListingFlags
    @OptionGroup var settings: Settings

    func run() throws { try settings.ask(ListActivePacks(on: on?.text, form: form.form)) }
  }

  struct Access: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists who read a case and when, and who was refused, newest first.",
      discussion: """
        Example: lawspeaker audit access EX-ADULT-01 --since 2026-01-01

        Without a case everything that was read is listed, lists across cases included, which name no case. Asking is
        itself recorded.
        """)

    @Argument(help: "The case's reference.")
    var reference: String?

    @Option(help: "From this day on (UTC).")
    var since: Day?

    @OptionGroup var form: ListingFlags
    @OptionGroup var settings: Settings

    func run() throws { try settings.ask(ListAccesses(reference, since: since?.text, form: form.form)) }
  }

  struct Erratum: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the decisions that an erratum of a clause would touch.",
      discussion: """
        Example: lawspeaker audit erratum palermo.art3a --pack palermo@1.0.0

        These are the decisions in which the clause was applied, and those that decided a rule otherwise which has a
        ground on it, or an exception to one: with the clause read in another way they might have come out differently.
        """)

    @Argument(help: "The clause, such as palermo.art3a.")
    var clause: String

    @Option(
      help: "Decisions under this pack, with @V for one version; else under any version of the clause's.")
    var pack: PackVersion?

    @OptionGroup var form: ListingFlags
    @OptionGroup var settings: Settings

    func run() throws {
      try settings.ask(ListTouched(clause, pack: pack?.id, packVersion: pack?.version, form: form.form))
    }
  }
}

/// How a listing is printed.
struct ListingFlags: ParsableArguments {
  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print CSV.")
  var csv = false

  var form: ListingForm { csv ? .csv : json ? .json : .text }
}
