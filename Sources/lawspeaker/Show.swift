// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry

/// `CASE` or `CASE@V`.
struct CaseVersion: ExpressibleByArgument {
  let reference: String
  let version: Int?

  init?(argument: String) {
    let parts = argument.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    guard parts.count <= 2, let first = parts.first, !first.isEmpty else { return nil }
    reference = first
    guard parts.count == 2 else {
      version = nil
      return
    }
    guard let number = Int(parts[1]), number > 0 else { return nil }
    version = number
  }
}

struct Show: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Shows one decision, the newest version unless one is named.",
    discussion: """
      Example: lawspeaker show EX-ADULT-01@1 --lang nb

      The text is written again from the recorded case file under the recorded packs, and only shown if it comes to the
      recorded answer.
      """)

  @Argument(help: "The case's reference, with @V for a version.")
  var decision: CaseVersion

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print the envelope as it was recorded.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    if json {
      return Terminal.say(String(decoding: try settings.stored(decision).envelope, as: UTF8.self))
    }
    let (stored, verdict) = try settings.verdict(decision)
    Terminal.say(
      verdict.decision.markdown(
        in: lang, version: stored.version, of: verdict.file, under: verdict.generation))
  }
}
