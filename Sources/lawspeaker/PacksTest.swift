// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct Test: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Runs the packs' own tests, and shows side by side what differs.",
      discussion: """
        Example: lawspeaker packs test rulepacks --pack palermo

        For each test that fails, what it expects stands beside what was found, with what the answer that was found stands
        on.
        """)

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Option(help: "Only this pack.")
    var pack: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let generation = try settings.untestedPacks(named: folder, with: pack)
      let outcomes = runTests(of: pack.map { [$0] }, in: generation)
      let failed = outcomes.filter { !$0.failures.isEmpty }
      if json {
        Terminal.say(.array(outcomes.map(Self.json)))
      } else {
        for outcome in failed {
          Terminal.complain(([outcome.failures.text] + outcome.table).joined(separator: "\n"))
        }
        Terminal.say("\(outcomes.count - failed.count) passed, \(failed.count) failed")
      }
      if !failed.isEmpty { throw ExitCode(1) }
    }

    private static func json(_ outcome: TestOutcome) -> JSON {
      .object([
        "pack": .string(outcome.pack), "test": .string(outcome.test),
        "passed": .bool(outcome.failures.isEmpty),
        "failures": .array(outcome.failures.map(\.json)),
        "beside": .array(
          outcome.beside.map { row in
            .object([
              "name": .string(row.name), "expected": .string(row.expected), "found": .optional(row.found),
              "because": .strings(row.because),
            ])
          }),
      ])
    }
  }
}

extension Settings {
  /// The packs of a folder as they are, whatever their tests say.
  func untestedPacks(named folder: String?, with pack: String? = nil) throws -> Generation {
    let folder = try folder ?? configuration().packs
    let generation: Generation
    do throws(PackRejected) {
      generation = try PackSet(readSources(below: folder), tests: .readOnly).generation
    } catch {
      throw Failure.input(error.diagnostics.text)
    }
    if let pack, !generation.packs.contains(where: { $0.id == pack }) {
      throw Failure.input("\(pack): error: there is no such pack here [unknown-pack]")
    }
    return generation
  }
}

extension TestOutcome {
  /// What is expected beside what was found, in columns.
  fileprivate var table: [String] {
    guard !beside.isEmpty else { return [] }
    let rows = [("", "expected", "found")] + beside.map { ($0.name, $0.expected, $0.found ?? "nothing") }
    func width(_ column: ((String, String, String)) -> String) -> Int {
      rows.map { column($0).unicodeScalars.count }.max() ?? 0
    }
    let (first, second) = (width(\.0), width(\.1))
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(0, width - text.unicodeScalars.count))
    }
    return zip([nil] + beside.map(Optional.some), rows).flatMap { row, cells -> [String] in
      let mark = row.map { $0.expected == $0.found ? "  " : "≠ " } ?? "  "
      let line = "    \(mark)\(padded(cells.0, first))  \(padded(cells.1, second))  \(cells.2)"
      return [line] + (row?.because ?? []).map { "        \($0)" }
    }
  }
}
