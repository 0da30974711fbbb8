// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import YAMLTree

extension Packs {
  struct Lock: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Pins the content of imported packs: writes pack.lock beside pack.yaml of each pack that imports.",
      discussion: """
        Example: lawspeaker packs lock rulepacks

        Look at what changed in the imported packs first: a lock says that someone has. The importing pack gets another
        digest with it, so raise its version if it has served.
        """)

    @Argument(help: "The folder that holds the packs, imported ones too.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let locks = try locks(below: folder ?? settings.configuration().packs)
      for lock in locks {
        do { try lock.write() } catch {
          throw Failure.input("\(lock.path): error: the file cannot be written [unwritable-file]")
        }
      }
      if json { return Terminal.say(.array(locks.map(Self.json))) }
      if locks.isEmpty { Terminal.say("no pack imports another; nothing to lock") }
      for lock in locks { Terminal.say(Self.line(lock)) }
    }

    private func locks(below folder: String) throws -> [LockedPack] {
      do throws(PackRejected) { return try PackRegistry.locks(for: readSources(below: folder)) } catch {
        throw Failure.input(error.diagnostics.text)
      }
    }

    private static func line(_ lock: LockedPack) -> String {
      let done =
        lock.bytes == nil
        ? "removed: the pack imports nothing"
        : (lock.isCurrent ? "as it was: " : "written: ") + lock.imports.joined(separator: ", ")
      return "\(lock.path): \(done)"
    }

    private static func json(_ lock: LockedPack) -> JSON {
      .object([
        "pack": .string(lock.id), "file": .string(lock.path), "changed": .bool(!lock.isCurrent),
        "imports": .strings(lock.imports),
      ])
    }
  }
}
