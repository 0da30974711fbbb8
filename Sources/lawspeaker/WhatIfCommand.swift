// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import Ledger
import PackChecker
import PackRegistry

struct WhatIfCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "what-if",
    abstract: "Answers every past case under other packs: which conclusions would change, by clause.",
    discussion: """
      Example: lawspeaker what-if --packs new-packs --report what-if

      The newest decision of each case is asked about; nothing is recorded but that it was asked. With --report the
      answer is written to what-if.md and what-if.json; broken off, the same command goes on where it was. The JSON
      names the cases for `lawspeaker redecide --changed what-if.json`.
      """)

  @Option(help: "The folder of the other packs.")
  var packs: String

  @Option(help: "Where the report is written: a path without an ending.")
  var report: String?

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print the report as JSON.")
  var json = false

  @Option(help: .hidden)
  var span: Int64 = AskWhatIf.span

  @OptionGroup var settings: Settings

  func run() throws {
    let set = try Settings.packSet(below: packs)
    var state = try start(set)
    while let first = state.next {
      let answer = AnswerBytes()
      try settings.ask(
        AskWhatIf(set.sources, first: first, horizon: state.horizon, span: span),
        output: AnswerOutput(keeping: answer))
      guard let part = AskWhatIf.Part(reading: answer.bytes) else {
        throw Failure.ours("error: the daemon's answer cannot be read [bad-answer]")
      }
      state.tally.merge(part.tally)
      (state.next, state.horizon) = (part.next, part.horizon)
      if let report, part.next != nil { try write(state.json(set).canonicalBytes, to: report + ".part") }
    }
    try finish(state.tally, set)
  }

  private func finish(_ tally: WhatIfTally, _ set: PackSet) throws {
    let document = tally.report(under: set.generation)
    let text = tally.markdown(in: lang, under: set.generation)
    if let report {
      try write(document.canonicalBytes + [UInt8(ascii: "\n")], to: report + ".json")
      try write(Array(text.utf8), to: report + ".md")
      do { try SecretFile.erase(report + ".part") } catch { throw Self.cannotWrite(report + ".part") }
    }
    if json { Terminal.say(document) } else { Terminal.say(text) }
  }

  /// What is known so far: nothing, or what an earlier run under the same packs wrote.
  private func start(_ set: PackSet) throws -> WhatIfState {
    guard let report, let bytes = FileManager.default.contents(atPath: report + ".part") else {
      return WhatIfState()
    }
    guard let state = WhatIfState(Array(bytes), under: set) else {
      throw Failure.input(
        "\(report).part: error: this is no unfinished report under these packs [other-report]\n"
          + "    hint: remove it, or name another --report")
    }
    Terminal.complain("going on with \(report).part: \(state.tally.cases) cases are looked at")
    return state
  }

  /// Writes a file for its owner alone, since it names cases.
  private func write(_ bytes: [UInt8], to path: String) throws {
    do { try SecretFile.replace(path, with: bytes) } catch { throw Self.cannotWrite(path) }
  }

  private static func cannotWrite(_ path: String) -> Failure {
    .input("\(path): error: the file cannot be written [cannot-write]")
  }
}

/// How far a question has come.
private struct WhatIfState {
  var tally = WhatIfTally()
  /// The entry to go on with; nil at the end.
  var next: Int64? = 1
  /// The last entry that is asked about, whatever is recorded meanwhile; nil before the first part.
  var horizon: Int64?

  init() {}

  init?(_ bytes: [UInt8], under set: PackSet) {
    guard let json = JSON(reading: bytes), case .integer(let next) = json["next"],
      case .integer(let horizon) = json["horizon"], let tally = WhatIfTally(json["tally"]),
      json["packs"] == Self.packs(set)
    else { return nil }
    self.tally = tally
    (self.next, self.horizon) = (Int64(next), Int64(horizon))
  }

  func json(_ set: PackSet) -> JSON {
    .object([
      "horizon": horizon.map { .integer(Int($0)) } ?? .null, "next": next.map { .integer(Int($0)) } ?? .null,
      "packs": Self.packs(set), "tally": tally.snapshot,
    ])
  }

  private static func packs(_ set: PackSet) -> JSON { .strings(set.references.map(\.sha256)) }
}
