// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon

extension CountAnswers.Row: ExpressibleByArgument {}

struct Stats: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract:
      "Counts cases by their conclusions and statuses, without numbers so small that they are about somebody.",
    discussion: """
      Example: lawspeaker stats --by month --csv

      Numbers under `privacy.suppress_below` are not shown, nor those from which they could be worked out. Each table is
      safe by itself; give out one of them, as two over the same decisions may tell more together. By clause, a
      conclusion counts under each clause that it rests on and the decision applied.
      """)

  @Option(help: "What the rows are by: month, clause, conclusion or pack.")
  var by: CountAnswers.Row = .conclusion

  @Flag(help: "Look at superseded decisions too; a case counts once in each number.")
  var all = false

  @Flag(help: "Print JSON.")
  var json = false

  @Flag(help: "Print CSV.")
  var csv = false

  @OptionGroup var settings: Settings

  func run() throws {
    try settings.ask(CountAnswers(by: by, countsAll: all, form: csv ? .csv : json ? .json : .text))
  }
}
