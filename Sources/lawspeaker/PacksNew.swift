// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackChecker

extension Packs {
  struct New: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a small pack that passes everything, with comments that teach.",
      discussion: """
        Example: lawspeaker packs new parking --into mypacks

        Then: lawspeaker packs check mypacks, and change it step by step into the law you keep.
        """)

    @Argument(help: "The pack's name: a small letter, then small letters, digits, `_` or `-`.")
    var id: String

    @Option(help: "The folder in which the pack's own folder is made.")
    var into = "."

    @Option(help: "`UN` or three letters; XAA to XZZ belong to no country and are free for practice.")
    var jurisdiction = "XAA"

    @OptionGroup var settings: Settings

    func validate() throws {
      guard isPackName(id) else {
        throw ValidationError(
          "`\(id)` cannot name a pack: write a small letter, then up to 63 small letters, digits, `_` or `-`")
      }
      guard isJurisdiction(jurisdiction) else {
        throw ValidationError("the jurisdiction is `UN` or three capital letters")
      }
    }

    func run() throws {
      let folder = "\(into)/\(id)"
      guard !FileManager.default.fileExists(atPath: folder) else {
        throw Failure.input(
          "\(folder): error: there is something already, and nothing is written over [cannot-write]\n"
            + "    hint: choose another name, or another folder with --into")
      }
      let today = LocalDay.day(of: Date(), in: try settings.configuration().timeZone)
      let files = newPack(id, jurisdiction: jurisdiction, checkedOn: today)
      do {
        for file in files {
          let path = URL(fileURLWithPath: "\(folder)/\(file.path)")
          try FileManager.default.createDirectory(
            at: path.deletingLastPathComponent(), withIntermediateDirectories: true)
          try Data(file.bytes).write(to: path, options: .withoutOverwriting)
        }
      } catch { throw Failure.input("\(folder): error: the pack cannot be written: \(error) [cannot-write]") }
      for file in files { Terminal.say("\(folder)/\(file.path)") }
      Terminal.say("next: lawspeaker packs check \(folder)")
    }
  }
}
