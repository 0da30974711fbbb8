// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import TransparencyLog

struct Keys: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "The two keys that are kept out of the ledger: one seals content, one signs heads.",
    subcommands: [New.self])

  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Makes both keys, once; never overwrites one.",
      discussion: """
        Example: lawspeaker keys new lawspeaker.example/oslo-1

        The name is that of this log: every signature carries it, and no other log may have it. What is printed is
        the public key, with which anybody can check proofs; give it to auditors. Keep a copy of the folder of keys
        apart from the ledger and its backups: without root.key nothing recorded can be read.

        With --after-restore only signing.key is made anew, under another name, for a ledger that was restored from a
        backup: what was recorded after the backup is lost, and heads may have been published that say so.
        """)

    @Argument(help: "The name of the log, such as lawspeaker.example/oslo-1.")
    var origin: String

    @Flag(help: "Make a new signing key with another name, for a ledger that was restored from a backup.")
    var afterRestore = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let keys = KeyFolder(try settings.configuration().keyFolder)
      do {
        let key = try afterRestore ? keys.makeAfterRestore(origin: origin) : keys.make(origin: origin)
        Terminal.say(
          json
            ? JSON.object(["folder": .string(keys.folder), "key": .string(key.text)]).canonicalText : key.text
        )
      } catch let fault as KeyFault { throw Failure.input(fault.description) }
    }
  }
}
