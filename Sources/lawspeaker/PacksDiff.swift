// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry

extension Packs {
  struct Diff: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Says what another version of packs answers otherwise, each change with a smallest case.",
      discussion: """
        Example: lawspeaker packs diff rulepacks new-rulepacks --cases cases

        Every case that can be told in the words of both versions is looked at, under every reading that both have,
        on every day; a conclusion that is the same in all of them is proved the same. Of a fact that one version
        alone has, no case says anything. Exits 1 if something is not settled; that answers change is no fault.
        """)

    @Argument(help: "The folder of the earlier packs.")
    var before: String

    @Argument(help: "The folder of the later packs.")
    var after: String

    @Option(help: "A folder in which the cases are written, a file for each.")
    var cases: String?

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      let editions = try [before, after].map { folder in
        let set = try Settings.packSet(below: folder)
        return PackEdition(set.generation, set.sources)
      }
      let progress = CheckProgress("conclusions compared")
      let difference = PackDifference(from: editions[0], to: editions[1]) { progress.show($0, of: $1) }
      progress.end()
      if let cases { try CaseFolder.write(difference.cases, to: cases) }
      if json { Terminal.say(difference.json) } else { Terminal.say(difference.text) }
      if !difference.isSettled { throw ExitCode(1) }
    }
  }
}

/// Cases of a check as files.
enum CaseFolder {
  /// Writes each case into a folder, which is made where there is none.
  static func write(_ cases: [(name: String, text: String)], to folder: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
      for file in cases {
        try Data(file.text.utf8).write(
          to: URL(fileURLWithPath: "\(folder)/\(file.name).yaml"), options: .atomic)
      }
    } catch {
      throw Failure.input("\(folder): error: the cases cannot be written [cannot-write]")
    }
  }
}
