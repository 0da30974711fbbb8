// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import YAMLTree

extension Packs {
  struct Format: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes the files of packs in the one canonical layout, with every comment kept.",
      discussion: """
        Example: lawspeaker packs format rulepacks --check

        Two spaces a level, one after `:`, `,` and `-`, none inside brackets, at most one empty line. Where a line ends
        stays yours, and no value is spelt anew: each file is read before and after, and left alone unless both say the
        same. A pack that has served gets another digest by it, so raise its version.

        Exits 1 if a file cannot be read or, with --check, if one is not in the layout.
        """)

    @Argument(help: "Folders of packs, packs or single YAML files; else the configuration's packs.")
    var paths: [String] = []

    @Flag(help: "Write nothing; say which files are not in the layout.")
    var check = false

    @Flag(help: "Print JSON.")
    var json = false

    @OptionGroup var settings: Settings

    func run() throws {
      let paths = try paths.isEmpty ? [settings.configuration().packs] : paths
      let found = try Self.layOut(paths, isWriting: !check)
      say(found)
      if !found.problems.isEmpty { throw ExitCode(1) }
    }

    /// What came of laying files out.
    struct Outcome {
      /// How many files were looked at.
      var count = 0
      /// Those that are not in the layout, or were not until they were written.
      var changed: [String] = []
      var problems: [Diagnostic] = []
    }

    /// Puts the files that paths name into the layout; one that cannot be read is left alone.
    ///
    /// - Parameters:
    ///   - paths: Folders of packs, packs or single YAML files.
    ///   - isWriting: False to say which files are not in the layout, each a problem, and to write nothing.
    /// - Returns: What was looked at and what came of it.
    /// - Throws: ``Failure`` if a path cannot be read, or a file not be written.
    static func layOut(_ paths: [String], isWriting: Bool) throws -> Outcome {
      let files = try paths.flatMap(Self.files)
      var outcome = Outcome(count: files.count)
      for (path, bytes) in files {
        guard let written = layout(of: bytes, path, &outcome.problems), written != bytes else { continue }
        outcome.changed.append(path)
        if isWriting {
          try write(written, to: path)
        } else {
          outcome.problems.append(Diagnostic(at: firstDifference(bytes, written, path), .notCanonical))
        }
      }
      return outcome
    }

    private func say(_ outcome: Outcome) {
      let (changed, problems) = (outcome.changed, outcome.problems)
      if json {
        return Terminal.say(
          .object([
            "files": .integer(outcome.count), "changed": .strings(changed),
            "diagnostics": .array(problems.map(\.json)),
          ]))
      }
      if !problems.isEmpty { Terminal.complain(problems.text) }
      if !check { for path in changed { Terminal.say("\(path): written") } }
      if problems.isEmpty, changed.isEmpty { Terminal.say("\(outcome.count) files, all in the layout") }
    }

    private static func layout(
      of bytes: [UInt8], _ path: String, _ problems: inout [Diagnostic]
    ) -> [UInt8]? {
      do throws(NotLaidOut) { return try laidOut(bytes, file: path) } catch {
        problems += error.diagnostics
        return nil
      }
    }

    /// The YAML files that a path names: itself, or those of every pack below it.
    private static func files(_ path: String) throws -> [(path: String, bytes: [UInt8])] {
      if path.hasSuffix(".yaml") { return [(path, try Terminal.bytes(of: path))] }
      do throws(PackRejected) {
        return try readSources(below: path).flatMap { source in
          source.files.filter { $0.path.hasSuffix(".yaml") }.map { ("\(source.folder)/\($0.path)", $0.bytes) }
        }
      } catch { throw Failure.input(error.diagnostics.text) }
    }

    private static func firstDifference(_ a: [UInt8], _ b: [UInt8], _ path: String) -> SourceLocation {
      let same = zip(a, b).prefix { $0 == $1 }.count
      return SourceLocation(file: path, line: a.prefix(same).count { $0 == UInt8(ascii: "\n") } + 1)
    }

    /// Writes a file whole or not at all, with the rights it had.
    private static func write(_ bytes: [UInt8], to path: String) throws {
      do {
        let rights = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions]
        try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
        if let rights {
          try FileManager.default.setAttributes([.posixPermissions: rights], ofItemAtPath: path)
        }
      } catch {
        throw Failure.input("\(path): error: the file cannot be written: \(error) [unwritable-file]")
      }
    }
  }
}
