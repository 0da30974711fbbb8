// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

struct Packs: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "For those who keep packs: list, check, test, describe, lock and activate them.",
    discussion: "Example: lawspeaker packs check rulepacks",
    subcommands: [
      List.self, Check.self, Test.self, Describe.self, Lock.self, Activate.self, Rollback.self,
      Prove.self,
      Sources.self,
      Graph.self, Schema.self, New.self, Format.self,
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

  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the packs' own tests.",
      discussion: "Example: lawspeaker packs test rulepacks")

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let outcomes = runTests(in: try generation())
      let failed = outcomes.filter { !$0.failures.isEmpty }
      if json {
        Terminal.say(.array(outcomes.map(Self.json)))
      } else {
        if !failed.isEmpty { Terminal.complain(failed.flatMap(\.failures).text) }
        Terminal.say("\(outcomes.count - failed.count) passed, \(failed.count) failed")
      }
      if !failed.isEmpty { throw ExitCode(1) }
    }

    /// The packs as they are, whatever their tests say.
    private func generation() throws -> Generation {
      let folder = try folder ?? settings.configuration().packs
      do throws(PackRejected) {
        return try PackSet(readSources(below: folder), tests: .readOnly).generation
      } catch {
        throw Failure.input(error.diagnostics.text)
      }
    }

    private static func json(_ outcome: TestOutcome) -> JSON {
      .object([
        "pack": .string(outcome.pack), "test": .string(outcome.test),
        "passed": .bool(outcome.failures.isEmpty),
        "failures": .array(outcome.failures.map(\.json)),
      ])
    }
  }
}
