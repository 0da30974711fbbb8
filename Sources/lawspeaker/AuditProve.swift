// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import TransparencyLog

extension Audit {
  struct Prove: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Writes a file that proves by itself that a decision or an entry is recorded, or that the ledger only grew.",
      discussion: """
        Example: lawspeaker audit prove EX-ADULT-01@1 --out ex-adult-01.tlog-proof
        Example: lawspeaker audit prove --from 120 --to 480 --out grown.proof

        The file is a C2SP tlog-proof, checked by `lawspeaker audit check` or by other programs, with nothing but the
        public key. It holds nothing of the case; --open writes a second file with the document and what matches it to
        the entry. --from and --to are numbers of entries over which heads were signed, or files of checkpoints.
        """)

    @Argument(help: "The case's reference, with @V for a version.")
    var decision: CaseVersion?

    @Option(help: "An entry, from 1.")
    var entry: Int?

    @Option(help: "The smaller log: how many entries, or a checkpoint's file.")
    var from: String?

    @Option(help: "The larger log; else the newest head.")
    var to: String?

    @Option(help: "The file to write; else the proof is printed.")
    var out: String?

    @Option(help: "A second file to write, with the decision IN THE CLEAR.")
    var open: String?

    @OptionGroup var settings: Settings

    func validate() throws {
      let asked = [decision != nil, entry != nil, from != nil].count { $0 }
      guard asked == 1 else { throw ValidationError("name one of CASE@V, --entry and --from") }
      if to != nil, from == nil { throw ValidationError("--to needs --from") }
      if let entry, entry < 1 { throw ValidationError("--entry counts from 1") }
      if open != nil, decision == nil { throw ValidationError("--open needs CASE@V") }
      if let open, open == out { throw ValidationError("--open and --out are two files") }
    }

    func run() throws {
      // Both files are named from one folder, the only one that an answer writes below.
      let folder = FileManager.default.currentDirectoryPath
      let place = (out ?? open).map { Self.folder(of: $0) } ?? folder
      if let out, let open, Self.folder(of: out) != Self.folder(of: open) {
        throw Failure.input("\(open): error: --out and --open name files of two folders [two-folders]")
      }
      let file = out.map(Self.name(of:))
      if let from {
        let command = try ProveConsistency(from: Self.head(from), to: to.map(Self.head), file: file)
        try settings.ask(command, into: place)
      } else {
        let entry = entry.map { Int64($0) }
        try settings.ask(
          ProveEntry(decision, entry: entry, file: file, opening: open.map(Self.name(of:))), into: place)
      }
    }

    private static func head(_ text: String) throws -> String {
      Int64(text) == nil ? String(decoding: try Terminal.bytes(of: text), as: UTF8.self) : text
    }

    private static func folder(of path: String) -> String {
      path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    }

    private static func name(of path: String) -> String {
      String(path[(path.lastIndex(of: "/").map { path.index(after: $0) } ?? path.startIndex)...])
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Checks a proof or a checkpoint with nothing but the public key, and says what it proves.",
      discussion: """
        Example: lawspeaker audit check ex-adult-01.tlog-proof --key auditor/lawspeaker.vkey

        No ledger and no configuration is needed. With --open the file that `audit prove --open` wrote is held to the
        proof: whether this decision is the one that the entry is about.
        """)

    @Argument(help: "What `audit prove` or `audit checkpoint` wrote.")
    var file: String

    @Option(help: "The public key of the log, or a file of such keys.")
    var key: [VerifierKeys]

    @Option(help: "What `audit prove --open` wrote.")
    var open: String?

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
      if key.isEmpty {
        throw ValidationError("--key is needed: a proof shows nothing without the key of the log")
      }
    }

    func run() throws {
      let check = ProofCheck(file: file, keys: try key.flatMap { try $0.keys() })
      let proven: ProofCheck.Proven
      do { proven = try check.proven(Terminal.bytes(of: file)) } catch let error as MalformedLogText {
        throw Failure.input("\(file):\(error.line):1: error: expected \(error.expected) [bad-proof]")
      }
      let opened = try open.map { try check.open(Terminal.bytes(of: $0), named: $0, in: proven) }
      if json {
        Terminal.say(.object(proven.json.merging(opened.map { ["opened": .string($0)] } ?? [:]) { $1 }))
      } else {
        Terminal.say(proven.text)
        if let opened { Terminal.say(opened) }
      }
    }
  }
}
