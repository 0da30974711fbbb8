// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon

extension Audit {
  struct Replay: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Computes past decisions again from their case files and packs; exits 1 unless every answer has the same bytes.",
      discussion: """
        Example: lawspeaker audit replay --since 2024-01-01 --pack palermo@1.0.0 --sample 500

        A sample is the same each time it has the same size over the same decisions. What a decision advises may differ
        from what an earlier release wrote; how many are the same throughout is told.
        """)

    @Option(help: "Decisions taken on this day or later (UTC).")
    var since: Day?

    @Option(help: "Decisions under this pack, with @V for one version.")
    var pack: PackVersion?

    @Option(help: "Decisions that applied this clause, such as palermo.art3a.")
    var clause: String?

    @Option(help: "Only so many of them, spread evenly.")
    var sample: Int?

    @Option(help: "A folder that `audit export` wrote, instead of a ledger.")
    var export: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func validate() throws {
      if let sample, sample < 1 { throw ValidationError("--sample is at least 1") }
    }

    func run() throws {
      var command = ReplayDecisions()
      command.since = since?.text
      command.pack = pack?.id
      command.packVersion = pack?.version
      command.clause = clause
      command.sample = sample
      command.json = json
      guard let export else { return try settings.ask(command) }
      let output = AnswerOutput(folder: nil)
      let code: Int32
      do { code = try command.answer(LedgerExport(folder: export), output.reply) } catch let fault
        as LedgerFault
      {
        throw Failure.input("\(export): error: \(fault) [not-as-recorded]")
      }
      output.endProgress()
      if code != 0 { throw ExitCode(code) }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a folder that a stranger can verify and replay with nothing but this program.",
      discussion: """
        Example: lawspeaker audit export /media/encrypted/audit-2026

        Then: lawspeaker audit verify --export DIR --key KEY, and: lawspeaker audit replay --export DIR

        The content of decisions is IN THE CLEAR in it, except what was erased. That it was exported is recorded.
        """)

    @Argument(help: "The folder to make.")
    var folder: String

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
      guard names?.isEmpty ?? !FileManager.default.fileExists(atPath: folder) else {
        throw Failure.input(
          "\(folder): error: there is something already [folder-exists]\n    hint: name a new folder")
      }
      do {
        try FileManager.default.createDirectory(
          atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
      } catch { throw Failure.input("\(folder): error: the folder cannot be made [cannot-write]") }
      try settings.ask(ExportLedger(json: json), into: folder)
    }
  }
}
