// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import LawspeakerCore
import LawspeakerDaemon
import PackRegistry
import YAMLTree

extension Packs {
  struct Graph: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Draws rules, exceptions and imports in the law's order, and with a case what decided it.",
      discussion: """
        Example: lawspeaker packs graph rulepacks palermo.trafficking --svg --out trafficking.svg

        Prints DOT, the language of Graphviz; with --svg it is drawn by Graphviz's `dot`. Without a conclusion all rules
        are drawn and the facts are left out. With a case the lines say how each part is answered (solid: met, dashed:
        not met, dotted: open), thick ones what the answer stands on, and what the file does not say is marked.
        """)

    @Argument(
      help: "A folder of packs, else the active generation; then a conclusion such as palermo.trafficking.")
    var about: [String] = []

    @Option(
      name: .customLong("case"), help: "A recorded case, with @V for a version; that it is read is kept.")
    var decision: CaseVersion?

    @Option(help: "A case file, decided under the packs; nothing is recorded.")
    var file: String?

    @Flag(help: "Draw it with Graphviz's `dot`.")
    var svg = false

    @Option(help: "The file to write, which may not be there yet; else standard output.")
    var out: String?

    @Option(help: "The language of the words: en or nb.")
    var lang: Language = .en

    @OptionGroup var settings: Settings

    /// The folder of packs, if the first argument is one.
    private var folder: String? {
      about.first.flatMap { FileManager.default.fileExists(atPath: $0) || about.count == 2 ? $0 : nil }
    }
    private var conclusion: String? { about.count == 2 || folder == nil ? about.last : nil }

    func validate() throws {
      if about.count > 2 { throw ValidationError("name a folder and a conclusion at most") }
      if decision != nil, file != nil { throw ValidationError("give --case or --file, not both") }
      if decision != nil, folder != nil {
        throw ValidationError("a recorded case was decided under its own packs; leave the folder out")
      }
    }

    func run() throws {
      // before any case is read
      let drawer = svg ? try Graphviz() : nil
      let dot = Array(try dot().utf8)
      let drawn = try drawer?.svg(of: dot) ?? dot
      guard let out else { return Terminal.say(String(decoding: drawn, as: UTF8.self)) }
      guard !FileManager.default.fileExists(atPath: out) else {
        throw Failure.input("\(out): error: there is a file already [cannot-write]")
      }
      // a graph of a case says what is in it
      guard
        FileManager.default.createFile(
          atPath: out, contents: Data(drawn), attributes: [.posixPermissions: isOfCase ? 0o600 : 0o644])
      else { throw Failure.input("\(out): error: the file cannot be written [cannot-write]") }
    }

    private var isOfCase: Bool { decision != nil || file != nil }

    private func dot() throws -> String {
      if let decision {
        let answer = AnswerBytes()
        try settings.ask(
          DrawGraph(decision, conclusion: conclusion, language: lang), output: AnswerOutput(keeping: answer))
        return String(decoding: answer.bytes, as: UTF8.self)
      }
      let generation = try settings.packs(named: folder).generation
      let read = try file.map { try readFile($0, under: generation) }
      return try DrawGraph.dot(
        of: conclusion, on: read, titled: read?.reference, under: generation, in: lang)
    }

    private func readFile(_ path: String, under generation: Generation) throws -> Case {
      let configuration = try settings.configuration()
      let defaults = CaseDefaults(
        jurisdiction: configuration.jurisdiction, today: LocalDay.day(of: Date(), in: configuration.timeZone))
      let bytes = try Terminal.bytes(of: path)
      do throws(CaseRefused) {
        return try readCase(bytes, file: path, under: generation, defaults: defaults)
      } catch { throw Failure.input(error.diagnostics.text) }
    }
  }
}

/// Graphviz's program `dot`, which turns the DOT language into a drawing.
private struct Graphviz {
  private let program: URL

  /// Looks for the program.
  ///
  /// - Throws: ``Failure`` with what to install.
  init() throws {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
    let paths = folders.map { "\($0)/dot" }
    guard let path = paths.first(where: { FileManager.default.isExecutableFile(atPath: $0) }) else {
      throw Failure.input(
        "dot: error: Graphviz is not installed, and it draws the picture [no-graphviz]\n"
          + "    hint: `apt install graphviz`, or leave --svg out and take the DOT elsewhere")
    }
    program = URL(fileURLWithPath: path)
  }

  /// Draws through pipes, so that nothing of a case lies in a file.
  func svg(of dot: [UInt8]) throws -> [UInt8] {
    let process = Process()
    let (input, output) = (Pipe(), Pipe())
    process.executableURL = program
    process.arguments = ["-Tsvg"]
    (process.standardInput, process.standardOutput) = (input, output)
    do {
      try process.run()
      // `dot` reads all before it writes anything
      try input.fileHandleForWriting.write(contentsOf: Data(dot))
      try input.fileHandleForWriting.close()
      let drawn = try output.fileHandleForReading.readToEnd() ?? Data()
      process.waitUntilExit()
      if process.terminationStatus == 0, !drawn.isEmpty { return Array(drawn) }
    } catch { throw Failure.ours("\(program.path): error: it cannot be run: \(error) [graphviz]") }
    throw Failure.ours("\(program.path): error: it ended with \(process.terminationStatus) [graphviz]")
  }
}
