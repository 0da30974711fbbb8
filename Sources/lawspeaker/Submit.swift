// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import Spool
import SystemPackage
import YAMLTree

struct Submit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Hands case files in safely: written beside the spool's folder, synced and renamed in.",
    discussion: """
      Example: lawspeaker submit case.yaml --wait

      An .ndjson file is handed in one file a line. With --wait the decision is printed when it is there; a file that
      is refused exits 1 and prints what is wrong, and the others are handed in all the same.
      """)

  @Argument(help: "Case files, YAML, JSON, or NDJSON with one case a line.")
  var files: [String]

  @Flag(help: "Wait for the decision of each file and print it.")
  var wait = false

  @Option(help: "How many seconds to wait for one decision.")
  var timeout = 60

  @Option(help: "The language of the printed decision: en or nb.")
  var lang: Language = .en

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "The spool folder, instead of the configuration's.")
  var spool: String?

  @OptionGroup var settings: Settings

  func run() throws {
    let folder = try spool ?? settings.configuration().spool
    let handIn: HandIn
    do throws(SpoolFault) { handIn = try HandIn(root: FilePath(folder)) } catch {
      throw Failure.later("\(folder): error: \(error) [spool]")
    }
    var code: Int32 = 0
    for file in files {
      var parts: [(bytes: [UInt8], ending: String)] = []
      code = max(code, try saying { parts = try self.parts(of: file) })
      for part in parts {
        let said = try saying { try hand(part.bytes, ending: part.ending, from: file, to: handIn, folder) }
        code = max(code, said)
      }
    }
    if code != 0 { throw ExitCode(code) }
  }

  /// What is wrong with one file is said, and keeps no other from being handed in; where none can be, it ends.
  private func saying(_ body: () throws -> Void) throws -> Int32 {
    do {
      try body()
      return 0
    } catch let failure as Failure where failure.code != 75 {
      Terminal.complain(failure.message)
      return failure.code
    }
  }

  private func parts(of file: String) throws -> [(bytes: [UInt8], ending: String)] {
    let bytes = try Terminal.bytes(of: file)
    let ending = file.split(separator: "/").last?.split(separator: ".").last.map(String.init) ?? "yaml"
    guard ending == "ndjson" else { return [(bytes, ending)] }
    return bytes.split(separator: UInt8(ascii: "\n")).map { (Array($0) + [UInt8(ascii: "\n")], "json") }
  }

  /// Hands in one case under a name of its own, so that no two senders ever want the same.
  private func hand(_ bytes: [UInt8], ending: String, from file: String, to handIn: HandIn, _ folder: String)
    throws
  {
    let name = "\(stem(of: file))\(UUID().uuidString.lowercased().prefix(13)).\(ending)"
    do throws(HandInRefused) { try handIn.submit(bytes, as: SpoolName(name)) } catch {
      throw Failure.later("\(file): error: \(error) [not-handed-in]")
    }
    guard wait else {
      Terminal.say(
        json
          ? JSON.object(["file": .string(file), "name": .string(name)]).canonicalText : "\(file): handed in")
      return
    }
    try waitFor(name, bytes, from: file, in: folder)
  }

  /// The file's own name, where it is plain, so that its sender knows it again under `refused/`.
  private func stem(of file: String) -> String {
    let name = file.split(separator: "/").last?.split(separator: ".").first.map(String.init) ?? ""
    let isPlain = name.utf8.allSatisfy { byte in
      Character(Unicode.Scalar(byte)).isLetter || Character(Unicode.Scalar(byte)).isNumber
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
    return isPlain && (1...64).contains(name.utf8.count) ? name + "-" : ""
  }

  /// Waits until the file has left `incoming/`, then says what came of it.
  private func waitFor(_ name: String, _ bytes: [UInt8], from file: String, in folder: String) throws {
    let deadline = Date().addingTimeInterval(Double(timeout))
    let diagnostics = "\(folder)/refused/\(name).diagnostics"
    while FileManager.default.fileExists(atPath: "\(folder)/incoming/\(name)") {
      if Date() > deadline {
        throw Failure.later(
          "\(file): handed in, and not decided within \(timeout) seconds; it is safe in the spool")
      }
      usleep(20_000)
    }
    if let said = FileManager.default.contents(atPath: diagnostics) {
      let text = String(decoding: said, as: UTF8.self).replacing("\(name):", with: "\(file):")
      throw Failure.input(text)
    }
    if FileManager.default.fileExists(atPath: "\(folder)/held/\(name)") {
      throw Failure.ours("\(file): error: the daemon failed on this file and put it into held/ [held]")
    }
    try show(reference(in: bytes, file), folder)
  }

  private func reference(in bytes: [UInt8], _ file: String) throws -> String {
    guard let root = try? readYAML(bytes, file: file).first, let reference = root["case"]?.text else {
      throw Failure.ours("\(file): error: decided, and its reference cannot be read here [reference]")
    }
    return reference
  }

  /// Shows the newest decision from the spool; where folders there have pseudonyms, the daemon is asked for it.
  private func show(_ reference: String, _ folder: String) throws {
    let path = "\(folder)/decisions/\(reference)/latest.\(json ? "json" : "\(lang.rawValue).md")"
    guard FileManager.default.fileExists(atPath: path) else {
      let newest = CaseVersion(reference: reference)
      return try settings.ask(ShowDecision(newest, language: lang, json: json))
    }
    Terminal.say(String(decoding: try Terminal.bytes(of: path), as: UTF8.self))
  }
}
