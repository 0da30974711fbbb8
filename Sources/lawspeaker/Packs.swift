// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import YAMLTree

struct Packs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "For those who keep packs: check, test, prove, compare, draw, lock and activate them.",
    discussion: "Example: lawspeaker packs check rulepacks",
    subcommands: [
      List.self, Check.self, Test.self, Prove.self, Coverage.self, Promote.self, Graph.self, Describe.self,
      Diff.self, CompareLaws.self, Schema.self, New.self, Format.self, Sources.self, Lock.self, Activate.self,
      Rollback.self,
    ])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Lists the active packs, or those of a folder.",
      discussion: "Example: lawspeaker packs list --json")

    @Argument(help: "A folder of packs; else the active generation.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let set = try settings.packs(named: folder)
      if json {
        Terminal.say(.array(set.references.map(\.json)))
      } else {
        for pack in set.generation.packs {
          Terminal.say(
            "\(pack.id) \(pack.version) (\(pack.jurisdiction)) \(pack.sha256)\n    \(pack.source.cite)")
        }
      }
    }
  }
}
