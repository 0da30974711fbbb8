// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Ledger
internal import LawspeakerCore
internal import Spool
internal import SystemPackage

/// The newest version of cases handed in again, to be decided under the active packs (decision 021).
package struct RedecideCases: DeskCommand {
  package static let name = "redecide"
  package static let rights: [AccessRight] = [.operate]

  package var cases: [String]
  package var json: Bool

  package init(_ cases: [String], json: Bool) {
    self.cases = cases
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let found = try cases.map { try visit.decision(CaseVersion(reference: $0)) }
    let folder = visit.configuration.spool
    let handIn: HandIn
    do throws(SpoolFault) { handIn = try HandIn(root: FilePath(folder)) } catch {
      throw Failure.later("\(folder): error: \(error) [spool]")
    }
    for stored in found {
      let name = RedecidedFile.name(like: stored.fileName, unique: UUID().uuidString.lowercased())
      do throws(HandInRefused) { try handIn.submit(stored.caseBytes, as: SpoolName(name)) } catch {
        throw Failure.later("\(stored.reference): error: \(error) [not-handed-in]")
      }
      let document = JSON.object([
        "case": .string(stored.reference), "version": .integer(stored.version), "name": .string(name),
      ])
      if json {
        try visit.say(document)
      } else {
        try visit.say("\(stored.reference)@\(stored.version): handed in to be decided again")
      }
    }
    return 0
  }
}
