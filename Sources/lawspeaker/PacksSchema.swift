// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry

extension Packs {
  struct Schema: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints a JSON Schema with which editors complete and check packs and case files.",
      discussion: """
        Example: lawspeaker packs schema --case > case.schema.json

        Without a flag it is for pack.yaml and the files beside it. In VS Code with the YAML extension put
        `# yaml-language-server: $schema=case.schema.json` at the top of a file. It is written in the words of draft-07
        (what that extension reads) that mean the same in 2020-12. A schema sees shapes and words;
        `packs check` and `decide` see the rest.
        """)

    @Flag(exclusivity: .exclusive, help: "Which files it is for.")
    var kind: Kind = .pack

    @Option(help: "For --case and --test: a folder of packs, instead of the active generation.")
    var packs: String?

    @Option(help: "The language of questions and labels: en or nb.")
    var lang: Language = .en

    @OptionGroup var settings: Settings

    enum Kind: String, EnumerableFlag {
      case pack
      case text
      case test
      case `case`
    }

    func run() throws {
      switch kind {
      case .pack: Terminal.say(packSchema())
      case .text: Terminal.say(packTextSchema())
      case .case: Terminal.say(caseSchema(under: try settings.packs(named: packs).generation, in: lang))
      case .test:
        let generation = try settings.packs(named: packs).generation
        Terminal.say(caseSchema(under: generation, in: lang, isTest: true))
      }
    }
  }
}
