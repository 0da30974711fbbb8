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
        Exits 1 if less than the threshold is shown, or if a mutant survives.
        """)

    @Argument(help: "The folder that holds the packs, imported ones too.")
    var folder: String?

    @Option(help: "Only this pack.")
    var pack: String?

    @Option(help: "How much must be shown, in per cent.")
    var threshold = 100

    @Flag(help: "Write a test for each thing that is not shown into the packs' tests/generated-*.yaml.")
    var writeMissing = false

    @Flag(
      help: "Also put every condition and exception otherwise, one at a time, and see whether a test notices."
    )
    var mutants = false

    @Flag(help: "List what no case could show, too.")
    var impossible = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      var generation = try tested()
      var measured = coverage(of: ids, in: generation, writingMissing: writeMissing)
      if !measured.missing.isEmpty {
        try write(measured.missing, below: folder ?? settings.configuration().packs)
        generation = try tested()
        measured = coverage(of: ids, in: generation)
      }
      let mutation = mutants ? mutate(ids, in: generation, progress: Self.progress) : nil
      if mutants { AnswerOutput.progress(nil) }
      if json {
        say(json: measured.coverage, mutation)
      } else {
        say(measured.coverage, mutation)
      }
      let isEnough = measured.coverage.percent >= threshold
      if !isEnough || !(mutation?.survivors.isEmpty ?? true) { throw ExitCode(1) }
    }

    private var ids: Set<String>? { pack.map { [$0] } }

    private static func progress(_ tried: Int, _ all: Int) {
      AnswerOutput.progress("\(tried) of \(all) mutants")
    }

    private func say(_ coverage: PackChecker.Coverage, _ mutation: Mutation?) {
      let problems = coverage.diagnostics + (mutation?.diagnostics ?? [])
      if !problems.isEmpty { Terminal.complain(problems.text) }
      for item in impossible ? coverage.impossible : [] {
        Terminal.say("\(item.location): no case could show that \(item.sentence)")
      }
      Terminal.say(coverage.table)
      if let mutation { Terminal.say(mutation.line) }
    }

    private func say(json coverage: PackChecker.Coverage, _ mutation: Mutation?) {
      guard case .object(var document) = coverage.json else { return }
      document["mutants"] = mutation?.json ?? .null
      Terminal.say(.object(document))
    }

    /// The packs, whose tests must pass: what a failing test shows is nothing.
    private func tested() throws -> Generation {
      let generation = try settings.untestedPacks(named: folder, with: pack)
      let failures = runTests(of: ids, in: generation).flatMap(\.failures)
      guard failures.isEmpty else { throw Failure.input(failures.text) }
      return generation
    }

    private func write(_ missing: [MissingTests], below folder: String) throws {
      for tests in missing {
        let home =
          FileManager.default.fileExists(atPath: folder + "/pack.yaml") ? folder : "\(folder)/\(tests.pack)"
        let path = "\(home)/tests/\(tests.file)"
        let before = FileManager.default.contents(atPath: path).map {
          String(decoding: $0, as: UTF8.self) + "---\n"
        }
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
