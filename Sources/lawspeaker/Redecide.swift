// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import LawspeakerDaemon
import YAMLTree

struct Redecide: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has the newest version of cases decided again under the active packs.",
    discussion: """
      Example: lawspeaker redecide K-2024-0117

      The recorded case file goes into the spool again. The daemon makes a new version of it if the packs, or the day
      of assessment of a file that states none, are others than before; else nothing is new. A case of which a newer
      file has come in the meantime is left alone. With --changed the cases are those of a what-if report: a JSON
      document with an array `changed` of objects that each name a `case`.
      """)

  @Argument(help: "References of cases.")
  var cases: [String] = []

  @Option(help: "A what-if report (JSON) that names the cases.")
  var changed: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if cases.isEmpty == (changed == nil) {
      throw ValidationError("name cases, or give --changed with a report")
    }
  }

  func run() throws {
    let cases = try changed.map { try Self.cases(inReport: $0) } ?? cases
    for first in stride(from: 0, to: cases.count, by: Self.atATime) {
      let some = cases[first..<min(first + Self.atATime, cases.count)]
      try settings.ask(RedecideCases(Array(some), json: json))
    }
  }

  /// How many cases are asked for at a time: a request has a limit, and each case is held until all are found.
  private static let atATime = 200

  /// The cases of a what-if report, each once, in its order.
  private static func cases(inReport path: String) throws -> [String] {
    let bytes = try Terminal.bytes(of: path)
    var limits = YAMLLimits()
    (limits.bytes, limits.nodes, limits.scalarBytes) = (.max, .max, .max)
    guard let root = try? readYAML(bytes, file: path, limits: limits).first,
      case .sequence(let entries)? = root["changed"]?.content
    else {
      throw Failure.input("\(path): error: there is no array `changed` in this report [unreadable-report]")
    }
    var cases: [String] = []
    var seen: Set<String> = []
    for entry in entries {
      guard let reference = entry["case"]?.text else {
        throw Failure.input("\(path): error: an entry of `changed` names no `case` [unreadable-report]")
      }
      if seen.insert(reference).inserted { cases.append(reference) }
    }
    return cases
  }
}
