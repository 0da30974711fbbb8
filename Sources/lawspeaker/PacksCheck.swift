// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import YAMLTree

extension Packs {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads packs and says everything that is wrong or odd in them, tests included.",
      discussion: """
        Example: lawspeaker packs check rulepacks

        With --format the files are first put into the one layout, as by `packs format`; every comment stays.

        Exits 1 if a pack cannot be used. Warnings alone exit 0, and 1 with --strict.
        """)

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    @Flag(help: "Exit 1 for warnings too, such as in continuous integration.")
    var strict = false

    @Flag(help: "First write the files in the one layout.")
    var format = false

    @OptionGroup var settings: Settings

    func run() throws {
      let folder = try folder ?? settings.configuration().packs
      // what cannot be read is said by the check
      let written = format ? try Format.layOut([folder], isWriting: true).changed : []
      let (diagnostics, packs) = check(folder)
      let isSound = diagnostics.allSatisfy(\.message.isWarning)
      if json {
        Terminal.say(
          .object([
            "sound": .bool(isSound), "packs": .array(packs.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)), "written": .strings(written),
          ]))
      } else {
        for path in written { Terminal.say("\(path): written") }
        if !diagnostics.isEmpty { Terminal.complain(diagnostics.text) }
        if !diagnostics.isEmpty { Terminal.pointToErrorPages() }
        for pack in packs { Terminal.say("\(pack.id) \(pack.version): sound") }
      }
      if !isSound || strict && !diagnostics.isEmpty { throw ExitCode(1) }
    }

    private func check(_ folder: String) -> ([Diagnostic], [Decision.PackReference]) {
      do throws(PackRejected) {
        let set = try PackSet(below: folder, checks: .all)
        return (set.warnings, set.references)
      } catch {
        return (error.diagnostics, [])
      }
    }
  }
}
