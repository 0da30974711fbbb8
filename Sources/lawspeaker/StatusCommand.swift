// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import Spool
import SystemPackage

struct StatusCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Says how the daemon, the packs and the spool are; exits 1 when something is red.",
    discussion: "Example: lawspeaker status --json")

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func run() throws {
    let report = try Report(settings.configuration(), ledger: settings.ledger())
    if json { Terminal.say(report.json) } else { Terminal.say(report.text) }
    if !report.red.isEmpty { throw ExitCode(1) }
  }
}

/// What an operator looks at first.
private struct Report {
  let daemon: StateLock.Holder
  let activation: Activation?
  let refusal: PackRefusal?
  let counts: LedgerCounts
  let waiting: Int
  let held: Int

  init(_ configuration: Configuration, ledger: LedgerReader) throws {
    daemon = try StateLock.holder(stateFolder: FilePath(configuration.state))
    let activation = try ledger.lastActivation()
    self.activation = activation
    refusal = try ledger.lastPackRefusal().flatMap { $0.entry > activation?.entry ?? 0 ? $0 : nil }
    counts = try ledger.counts()
    waiting = Self.files(in: configuration.spool + "/incoming")
    held = Self.files(in: configuration.spool + "/held")
  }

  private static func files(in folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { !SpoolName($0).isLeftAlone && !$0.hasSuffix(".fault") }
  }

  /// What somebody must look at.
  var red: [String] {
    var red: [String] = []
    if daemon == .nobody { red.append("no daemon is running on this state folder") }
    if activation == nil { red.append("no packs are active, so nothing is decided") }
    if let refusal {
      red.append(
        "packs were refused at \(refusal.at); the generation before goes on:\n\(refusal.diagnostics)")
    }
    if held > 0 { red.append("\(held) in held/: files that the daemon itself failed on") }
    return red
  }

  private var daemonText: String {
    switch daemon {
    case .nobody: "not running"
    case .process(let pid): "running" + (pid.map { " (pid \($0))" } ?? "")
    }
  }

  var text: String {
    let packs = activation?.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ") ?? "none"
    let lines = [
      "daemon:     \(daemonText)",
      "generation: \(activation.map { "\($0.generation), active since \($0.at)" } ?? "none")",
      "packs:      \(packs)",
      "spool:      \(waiting) waiting, \(held) held",
      "ledger:     \(counts.decisions) decisions, \(counts.refusals) refused, \(counts.unfinished) unfinished",
    ]
    return (lines + red.map { "RED: \($0)" }).joined(separator: "\n")
  }

  var json: JSON {
    .object([
      "running": .bool(daemon != .nobody),
      "generation": activation.map { .integer($0.generation) } ?? .null,
      "active_since": .optional(activation?.at),
      "packs": .array(
        (activation?.packs ?? []).map {
          Decision.PackReference(id: $0.id, version: $0.version, sha256: $0.sha256.hex).json
        }),
      "refused_packs": .optional(refusal?.diagnostics),
      "waiting": .integer(waiting), "held": .integer(held), "decisions": .integer(counts.decisions),
      "refusals": .integer(counts.refusals), "unfinished": .integer(counts.unfinished),
      "red": .strings(red),
    ])
  }
}
