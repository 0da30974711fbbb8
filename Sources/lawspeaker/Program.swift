// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

/// The command line: what caseworkers, lawyers, auditors and operators ask for by hand.
@main struct Program: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lawspeaker",
    abstract: "Says what follows from a case file under which clause of which rule pack.",
    discussion: """
      Example: lawspeaker decide examples/01-adult-clear.yaml --packs rulepacks

      Exit codes: 0 fine, 1 the input is at fault or a check failed, 2 usage, 70 our fault, 75 try later.
      """,
    version: "0.1.0",
    subcommands: [
      Decide.self, Ask.self, Submit.self, Decisions.self, Show.self, Explain.self, History.self,
      Compare.self, Due.self, Redecide.self, Review.self, Withdraw.self, SubjectAccess.self, Erase.self,
      RetentionCommand.self, Stats.self, WhatIfCommand.self, StatusCommand.self, Packs.self, Audit.self,
      Keys.self, Backup.self, Restore.self, ErrorCommand.self,
    ])

  /// Runs a command and turns what went wrong into the exit codes of design section 11.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let failure as Failure {
      Terminal.complain(failure.message)
      exit(withError: ExitCode(failure.code))
    } catch {
      let usage = ExitCode.validationFailure
      guard exitCode(for: error) == usage else { exit(withError: error) }
      Terminal.complain(fullMessage(for: error))
      exit(withError: ExitCode(2))
    }
  }
}
