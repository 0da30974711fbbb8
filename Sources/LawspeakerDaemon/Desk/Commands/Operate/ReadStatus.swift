// SPDX-License-Identifier: Apache-2.0

/// How the daemon, the packs and the spool are: nothing of a case.
package struct ReadStatus: DeskCommand {
  package static let name = "status"
  package static let rights: [AccessRight] = [.operate, .read]

  package var json: Bool

  package init(json: Bool) { self.json = json }

  package func answer(_ visit: Visit) throws -> Int32 {
    let report = try StatusReport(visit.configuration, ledger: visit.ledger)
    if json { try visit.say(report.json) } else { try visit.say(report.text) }
    return report.red.isEmpty ? 0 : 1
  }
}
