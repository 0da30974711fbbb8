// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry

extension Packs {
  struct Describe: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Prints for a lawyer what packs encode: a page of Markdown for each.",
      discussion: """
        Example: lawspeaker packs describe rulepacks --pack norway --lang nb

        The pages of the packs that come with the program are docs/law/*.md; `make docs` writes them.
        """)

    @Argument(help: "A folder of packs; else the active generation.")
    var folder: String?

    @Option(help: "Only this pack.")
    var pack: String?

    @Option(help: "The language of the page: en or nb.")
    var lang: Language = .en

    @OptionGroup var settings: Settings

    func run() throws {
      let generation = try settings.packs(named: folder).generation
      let numbers = generation.packs.indices.filter { pack == nil || generation.packs[$0].id == pack }
      if let pack, numbers.isEmpty {
        throw Failure.input("\(pack): error: there is no such pack here [unknown-pack]")
      }
      Terminal.say(numbers.map { generation.page(ofPack: $0, in: lang) }.joined(separator: "\n"))
    }
  }
}
