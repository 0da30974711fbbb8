// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import FoundationEssentials
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct Coverage: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what the packs' own tests show of their rules, and what they do not.",
      discussion: """
        Example: lawspeaker packs coverage rulepacks --pack palermo

        To be shown are: each clause carrying an answer, each ground holding alone and failing while in force, each
        exception defeating and not defeating, each condition being so and not being so, and for each condition a pair of
        tests in which it alone decides its ground, one way and the other (masking MC/DC). A test shows what is true in
        every completion of its case, of the rules it expects something of and those they stand on. What no case on any
        day could show is proved to be so and not asked for.
        Exits 1 if less than the threshold is shown.
        """)

    @Argument(help: "The folder that holds the packs, imported ones too.")
    var folder: String?

    @Option(help: "Only this pack.")
    var pack: String?

    @Option(help: "How much must be shown, in per cent.")
    var threshold = 100

    @Flag(help: "Write a test for each thing that is not shown into the packs' tests/generated-*.yaml.")
    var writeMissing = false

    @Flag(help: "List what no case could show, too.")
    var impossible = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let folder = try folder ?? settings.configuration().packs
      var measured = try measure(folder)
      if writeMissing, !measured.missing.isEmpty {
        try write(measured.missing, below: folder)
        measured = try measure(folder)
      }
      let coverage = measured.coverage
      if json {
        Terminal.say(coverage.json)
      } else {
        if !coverage.missing.isEmpty { Terminal.complain(coverage.diagnostics.text) }
        if impossible {
          for item in coverage.impossible {
            Terminal.say("\(item.location): no case could show that \(item.sentence)")
          }
        }
        Terminal.say(coverage.table)
      }
      if coverage.percent < threshold || threshold == 100 && !coverage.missing.isEmpty { throw ExitCode(1) }
    }

    private func measure(_ folder: String) throws -> (coverage: PackChecker.Coverage, missing: [MissingTests]) {
      let generation: Generation
      do throws(PackRejected) {
        generation = try PackSet(readSources(below: folder), tests: .readOnly).generation
      } catch {
        throw Failure.input(error.diagnostics.text)
      }
      if let pack, !generation.packs.contains(where: { $0.id == pack }) {
        throw Failure.input("\(pack): error: there is no such pack here [unknown-pack]")
      }
      let ids = pack.map { Set([$0]) }
      let failures = runTests(of: ids, in: generation).flatMap(\.failures)
      guard failures.isEmpty else { throw Failure.input(failures.text) }
      return PackChecker.coverage(of: ids, in: generation, writingMissing: writeMissing)
    }

    private func write(_ missing: [MissingTests], below folder: String) throws {
      for tests in missing {
        let home = FileManager.default.fileExists(atPath: folder + "/pack.yaml") ? folder : "\(folder)/\(tests.pack)"
        let path = "\(home)/tests/\(tests.file)"
        let before = FileManager.default.contents(atPath: path).map { String(decoding: $0, as: UTF8.self) + "---\n" }
        let text = (before ?? MissingTests.head) + tests.tests.joined(separator: "---\n")
        do {
          try FileManager.default.createDirectory(atPath: "\(home)/tests", withIntermediateDirectories: true)
          try Data(text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
        } catch {
          throw Failure.input("\(path): error: the file cannot be written: \(error) [unwritable-file]")
        }
        Terminal.complain("\(path): \(tests.tests.count) tests written; a person must confirm each")
      }
    }
  }
}
