// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct CompareLaws: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "compare",
      abstract: "Says whether one law covers another: the cases that one reaches and the other does not.",
      discussion: """
        Example: lawspeaker packs compare palermo.trafficking norway.trafficking_257 \\
                   --using rulepacks/norway/comparisons/palermo-257.yaml --packs rulepacks

        The map says what is taken as given, what each conclusion is made of, and which gaps are known. With --check it
        exits 1 when a gap is found that the map does not know, or one that it knows is gone.
        """)

    @Argument(help: "The first conclusion, as the map has it.")
    var first: String?

    @Argument(help: "The second conclusion, as the map has it.")
    var second: String?

    @Option(help: "The map: a file of `comparisons/` of a pack.")
    var using: String

    @Option(help: "A folder of packs, instead of the active generation.")
    var packs: String?

    @Option(help: "A folder in which the cases are written, a file for each.")
    var cases: String?

    @Flag(help: "Exit 1 when the gaps are not those that the map expects.")
    var check = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let bytes = try Terminal.bytes(of: using)
      let gaps = try gaps(by: bytes, in: settings.packs(named: packs).generation)
      if let cases { try CaseFolder.write(gaps.cases, to: cases) }
      if json { Terminal.say(gaps.json) } else if !check { Terminal.say(gaps.text) }
      guard check || !gaps.notSettled.isEmpty else { return }
      guard gaps.problems.isEmpty else { throw Failure.input(gaps.problems.text) }
      if !json { Terminal.say("\(using): \(gaps.families.count) gaps, all as the map expects") }
    }

    private func gaps(by bytes: [UInt8], in generation: Generation) throws -> LawGaps {
      do throws(PackRejected) {
        let map = try LawComparison(reading: bytes, file: using)
        for (asked, name) in [(first, map.first), (second, map.second)] {
          guard let asked, asked != name.text else { continue }
          throw PackRejected(diagnostics: [Diagnostic(at: name.location, .otherConclusion(asked))])
        }
        return LawGaps(try ComparedLaws(map, in: generation))
      } catch {
        throw Failure.input(error.diagnostics.text)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func otherConclusion(_ name: String) -> Self {
    .init(
      code: "other-conclusion", text: "the map compares another conclusion than `\(name)`",
      hint: "name the two conclusions as the map does, or leave them out")
  }
}
