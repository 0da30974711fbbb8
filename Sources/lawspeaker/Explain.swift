// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry

struct Explain: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Draws the reason of one conclusion as a tree in the law's shape.",
    discussion: """
      Example: lawspeaker explain EX-CHILD-01 palermo.trafficking --lang nb

      ✓ holds in every completion, ✗ fails in every completion, ? open.
      """)

  @Argument(help: "The case's reference, with @V for a version.")
  var decision: CaseVersion

  @Argument(help: "The conclusion, such as palermo.trafficking.")
  var conclusion: String

  @Option(help: "The language: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    let (_, verdict) = try settings.verdict(decision)
    let rules = verdict.generation.rules
    guard let rule = rules.indices.first(where: { rules[$0].id == conclusion }) else {
      let known = rules.map(\.id).joined(separator: ", ")
      throw Failure.input(
        "\(conclusion): error: there is no such conclusion [unknown-rule]\n    hint: known: \(known)")
    }
    let decided = verdict.decision.answer.conclusions.first { $0.rule == rule }
    let tree = ExplanationTree(
      rule, on: verdict.file, under: verdict.generation, in: lang, concluding: decided)
    if json { Terminal.say(tree.json) } else { Terminal.say(tree.drawing) }
  }
}

extension Settings {
  /// A recorded decision whose bytes are those that the ledger names.
  func stored(_ wanted: CaseVersion) throws -> StoredDecision {
    guard let stored = try ledger().decision(wanted.reference, version: wanted.version) else {
      throw Failure.input("\(wanted.reference): error: there is no such decision [no-decision]")
    }
    guard ContentDigest(of: stored.decision) == stored.decisionSHA256 else {
      throw Failure.ours(
        "\(wanted.reference): error: the recorded bytes are not those of the recorded digest [changed]")
    }
    return stored
  }

  /// A recorded decision, computed again under the packs of its time.
  func verdict(_ wanted: CaseVersion) throws -> (StoredDecision, Verdict) {
    let stored = try stored(wanted)
    let set = try archived(stored.packs, in: configuration())
    do { return (stored, try Verdict(stored, under: set.generation)) } catch let differs as ReplayDiffers {
      throw Failure.ours("\(wanted.reference): error: \(differs) [replay-differs]")
    }
  }
}
