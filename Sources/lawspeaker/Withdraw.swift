// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

struct Withdraw: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Marks a version of a decision as sent in error.",
    discussion: """
      Example: lawspeaker withdraw K-2024-0117@2 --because "it was another person's file"

      The version stays, and wherever it is listed or shown that is said first. A corrected file with the same reference
      becomes the next version, in which facts, law and answers are compared.
      """)

  @Argument(help: "The case's reference with @V, the version that is withdrawn.")
  var decision: CaseVersion

  @Option(help: "Why it is withdrawn; erased with the case.")
  var because: String

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws { try settings.ask(WithdrawVersion(decision, because: because, json: json)) }
}
