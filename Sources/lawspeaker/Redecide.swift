// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import Spool
import SystemPackage
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

  @Option(help: "The spool folder, instead of the configuration's.")
  var spool: String?

  @Flag(help: "Print JSON.")
  var json = false

  @OptionGroup var settings: Settings

  func validate() throws {
    if cases.isEmpty == (changed == nil) {
      throw ValidationError("name cases, or give --changed with a report")
    }
  }

  func run() throws {
    let ledger = try settings.ledger()
    let references = try changed.map { try Self.cases(inReport: $0) } ?? cases
    let found = try references.map { reference in
      guard let stored = try ledger.decision(reference) else {
        throw Failure.input("\(reference): error: there is no decision about this case [no-decision]")
      }
      return stored
    }
    let folder = try spool ?? settings.configuration().spool
    let handIn: HandIn
    do throws(SpoolFault) { handIn = try HandIn(root: FilePath(folder)) } catch {
      throw Failure.later("\(folder): error: \(error) [spool]")
    }
    for stored in found {
      let name = RedecidedFile.name(like: stored.fileName, unique: UUID().uuidString.lowercased())
      do throws(HandInRefused) { try handIn.submit(stored.caseBytes, as: SpoolName(name)) } catch {
        throw Failure.later("\(stored.reference): error: \(error) [not-handed-in]")
      }
      Terminal.say(
        json
          ? JSON.object([
            "case": .string(stored.reference), "version": .integer(stored.version), "name": .string(name),
          ]).canonicalText
          : "\(stored.reference)@\(stored.version): handed in to be decided again")
    }
  }

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
    for entry in entries {
      guard let reference = entry["case"]?.text else {
        throw Failure.input("\(path): error: an entry of `changed` names no `case` [unreadable-report]")
      }
      if !cases.contains(reference) { cases.append(reference) }
    }
    return cases
  }
}
