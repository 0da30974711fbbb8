// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import YAMLTree

struct Decide: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Decides case files and prints the decisions; records nothing.",
    discussion: """
      Example: lawspeaker decide examples/02-child-no-means.yaml --packs rulepacks --lang nb

      With --json each line of output is one decision document (RFC 8785). Any status exits 0; a file that cannot be
      read exits 1, after the other files have been decided.
      """)

  @Argument(help: "Case files, YAML or JSON.")
  var files: [String] = []

  @Option(help: "A folder of packs, instead of the active generation.")
  var packs: String?

  @Option(help: "The day of assessment for files that state none; else today.")
  var on: String?

  @Option(
    help: "Another reading than the usual one: NAME=VARIANT, or NAME where there is one other. Repeatable.")
  var reading: [ChosenReading] = []

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print decision documents.")
  var json = false

  @Flag(help: "Read one case a line (JSON) from standard input, and print one decision document a line.")
  var stream = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if files.isEmpty != stream { throw ValidationError("name case files, or give --stream") }
    if let on, CivilDate(on) == nil {
      throw ValidationError("--on is not a day that exists; write 2024-03-18")
    }
  }

  func run() throws {
    let configuration = try settings.configuration()
    let set = try settings.packs(named: packs)
    let today = on.flatMap { CivilDate($0) } ?? LocalDay.day(of: Date(), in: configuration.timeZone)
    let defaults = CaseDefaults(jurisdiction: configuration.jurisdiction, today: today)
    let readings = try set.generation.variants(chosen: reading)
    var isFine = true
    for (name, bytes) in try inputs() {
      isFine = decide(try bytes(), name, under: set.generation, defaults, readings) && isFine
    }
    if !isFine { throw ExitCode(1) }
  }

  private func inputs() throws -> [(name: String, bytes: () throws -> [UInt8])] {
    guard stream else { return files.map { file in (file, { try Terminal.bytes(of: file) }) } }
    var number = 0
    var lines: [(name: String, bytes: () throws -> [UInt8])] = []
    while let line = readLine(strippingNewline: false) {
      number += 1
      let name = "standard input, line \(number)"
      if line.contains(where: { !$0.isWhitespace }) { lines.append((name, { Array(line.utf8) })) }
    }
    return lines
  }

  /// Prints one decision, or what is wrong with the file; false for the latter.
  private func decide(
    _ bytes: [UInt8], _ name: String, under generation: Generation, _ defaults: CaseDefaults,
    _ readings: [Int: Int]
  ) -> Bool {
    do throws(CaseRefused) {
      var file = try readCase(bytes, file: name, under: generation, defaults: defaults)
      file.readings = readings
      let decision = LawspeakerCore.decide(file, caseSHA256: sha256Hex(bytes), under: generation)
      if json || stream {
        Terminal.say(decision.json(under: generation))
      } else {
        Terminal.say(decision.markdown(in: lang, version: nil, of: file, under: generation))
      }
      return true
    } catch {
      Terminal.complain(error.diagnostics.text)
      return false
    }
  }
}
