// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import Logging
internal import Spool

extension Daemon {
  /// Takes away the files of cases whose erasure was broken off after their content was erased.
  func finishErasures() throws {
    let erased = try ledger.reader.erasedCases()
    if erased.isEmpty { return }
    var present: Set<String> = []
    for kind in CaseFolders.allCases { present.formUnion(try spool.cases(in: kind)) }
    var files = Removal()
    for one in erased where present.contains(one.name) {
      files += try desk.finishErasure(one, from: spool)
    }
    guard files != Removal() else { return }
    try spool.sync()
    log.notice("finished erasures", metadata: ["files": "\(files.removed)", "left": "\(files.left.count)"])
  }

  /// Lets go what is due to, once a day by the calendar of where the assessor works; cases are decided in between.
  func keepRetention() throws {
    if configuration.retention.isEmpty { return }
    let today = LocalDay.day(of: now(), in: configuration.timeZone)
    if retentionDay == today { return }
    retentionDay = today
    let sweep = RetentionSweep(desk: desk, spool: spool, today: today)
    do {
      let report = try sweep.carryOut(signed: { $0 }, between: decideWhatWaits)
      guard report.isWorthALine else { return }
      log.notice(
        "retention",
        metadata: [
          "cases": "\(report.cases.count)", "set_aside": "\(report.setAside)", "files": "\(report.files)",
          "left": "\(report.left.count)",
        ])
    } catch let fault as SpoolFault where !fault.isFatal {
      log.error("what is due to go could not all go; it is tried again tomorrow: \(fault)")
    }
  }

  /// Decides what lies in the spool by now; false if the daemon is to stop.
  private func decideWhatWaits() throws -> Bool {
    while !control.isStopping, try desk.inTurn({ try decideGroup() }) {}
    return !control.isStopping
  }
}
