// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

extension Packs {
  struct Activate: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Looks at the folder of packs at once, and says what came of it.",
      discussion: """
        Example: lawspeaker packs activate

        If every pack is sound they serve from the next case on; else what serves goes on, what is wrong is printed,
        and the exit code is 1. A pack whose folder was removed goes out of service by this command alone. It also ends
        what `packs rollback` began: from then on the folder is watched again.
        """)

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws { try settings.ask(ChangePacks.activate(json: json)) }
  }

  struct Rollback: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Returns to an earlier generation of packs, from the archive.",
      discussion: """
        Example: lawspeaker packs rollback 3

        Without a number it is the newest generation before the one that serves whose packs are others. It serves under
        a new number. Whatever lies in the folder of packs, nothing is activated after it, not even at a restart, until
        `lawspeaker packs activate`.
        """)

    @Argument(help: "The number of the generation, as `lawspeaker status` said while it served.")
    var generation: Int?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func validate() throws {
      if let generation, generation < 1 { throw ValidationError("generations are numbered from 1") }
    }

    func run() throws { try settings.ask(ChangePacks.rollBack(to: generation, json: json)) }
  }
}
