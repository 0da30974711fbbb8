// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct Sources: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "The law that packs were written from.",
      discussion: "Example: lawspeaker packs sources check rulepacks --texts law-texts",
      subcommands: [Check.self])
  }
}

extension Packs.Sources {
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Says which clauses moved, are out of force or pending, and which packs nobody checked lately.",
      discussion: """
        Example: lawspeaker packs sources check rulepacks --texts law-texts --since 2026-01-01

        A clause pins the text that it was written from: text_sha256 in the pack is the SHA-256 of a file. With --texts
        the text of each clause is looked for as PACK/CLAUSE.txt in that folder, such as palermo/art3a.txt, and compared
        byte for byte; of texts that no clause pins the digest is told. Exits 1 if a text moved, else 0.
        """)

    @Argument(help: "The folder that holds the packs.")
    var folder: String?

    @Option(
      help:
        "The day since which packs must have been checked, and of which on ended clauses are told; else a year ago, and all."
    )
    var since: Day?

    @Option(help: "The folder of the clauses' texts.")
    var texts: String?

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let configuration = try settings.configuration()
      let packs = try Settings.packSet(below: folder ?? configuration.packs)
      let today = LocalDay.day(of: Date(), in: configuration.timeZone)
      let found = checkSources(
        of: packs.generation, texts: try texts.map(Self.texts), on: today,
        since: since.flatMap { CivilDate($0.text) })
      if json {
        Terminal.say(.array(found.map(\.json)))
      } else {
        for finding in found { Terminal.complain(finding.text) }
        Terminal.say(Self.summary(found))
      }
      if found.contains(where: { $0.kind == .moved }) { throw ExitCode(1) }
    }

    /// Every text of a folder, with its digest.
    private static func texts(in folder: String) throws -> [SourceText] {
      let files = FileManager.default
      guard let packs = try? files.contentsOfDirectory(atPath: folder) else {
        throw Failure.input("\(folder): error: the folder cannot be read [unreadable-file]")
      }
      return try packs.sorted().flatMap { pack in
        let names = (try? files.contentsOfDirectory(atPath: "\(folder)/\(pack)")) ?? []
        return try names.sorted().filter { $0.hasSuffix(".txt") }.map { name in
          let file = "\(folder)/\(pack)/\(name)"
          let digest = ContentDigest(of: try Terminal.bytes(of: file))
          return SourceText(clause: "\(pack).\(name.dropLast(4))", file: file, sha256: digest.hex)
        }
      }
    }

    private static func summary(_ found: [SourceFinding]) -> String {
      let words: [(SourceFinding.Kind, String)] = [
        (.moved, "moved"), (.expired, "out of force"), (.pending, "pending"),
        (.unchecked, "packs not checked lately"), (.absent, "texts not at hand"),
        (.unpinned, "texts not pinned"), (.stray, "texts of no clause"),
      ]
      let counts = words.compactMap { kind, word in
        let count = found.count { $0.kind == kind }
        return count == 0 ? nil : "\(count) \(word)"
      }
      return counts.isEmpty ? "nothing to look at" : counts.joined(separator: ", ")
    }
  }
}

extension SourceFinding {
  /// As it is shown on a terminal.
  fileprivate var text: String {
    standing.isEmpty
      ? diagnostic.description
      : diagnostic.description + "\n    stands on it: " + standing.joined(separator: ", ")
  }

  fileprivate var json: JSON {
    .object([
      "kind": .string(kind.rawValue), "clause": .optional(clause), "stands_on_it": .strings(standing),
      "diagnostic": diagnostic.json,
    ])
  }
}
