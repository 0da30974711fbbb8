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
      Diff.self, CompareLaws.self,
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

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Reads packs and says everything that is wrong with them, tests included.",
      discussion: """
        Example: lawspeaker packs check rulepacks

        Exits 1 if a pack cannot be used. Warnings alone exit 0.
        """)

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let (diagnostics, packs) = try check()
      let isSound = diagnostics.allSatisfy(\.message.isWarning)
      if json {
        Terminal.say(
          .object([
            "sound": .bool(isSound), "packs": .array(packs.map(\.json)),
            "diagnostics": .array(diagnostics.map(\.json)),
          ]))
      } else {
        if !diagnostics.isEmpty { Terminal.complain(diagnostics.text) }
        for pack in packs { Terminal.say("\(pack.id) \(pack.version): sound") }
      }
      if !isSound { throw ExitCode(1) }
    }

    private func check() throws -> ([Diagnostic], [Decision.PackReference]) {
      let folder = try folder ?? settings.configuration().packs
      do throws(PackRejected) {
        let set = try PackSet(below: folder)
        return (set.warnings, set.references)
      } catch {
        return (error.diagnostics, [])
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
