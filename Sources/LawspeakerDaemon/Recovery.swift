// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import Logging
internal import Spool

extension Daemon {
  /// Finishes what an earlier run recorded and did not bring to its end: nothing is decided twice, nothing is left.
  ///
  /// A file that still lies in `incoming/` with the name and bytes of a recorded one leaves it undecided; decision
  /// files are written again, with the same bytes.
  func finishEarlierWork() throws {
    let unfinished = try ledger.unfinished()
    guard !unfinished.isEmpty else { return }
    for entry in unfinished {
      switch entry.kind {
      case .decision: try putOutAgain(entry)
      default: try setAsideAgain(entry)
      }
    }
    try spool.sync()
    finished = unfinished.map(\.entry)
    try recordFinished()
    log.notice("finished earlier work", metadata: ["entries": "\(unfinished.count)"])
  }

  private func putOutAgain(_ entry: Unfinished) throws {
    guard let reference = entry.reference, let version = entry.version,
      let stored = try ledger.reader.decision(reference, version: version)
    else { return }
    let envelope = DecisionFile(suffix: "json", bytes: stored.envelope)
    let files =
      recomputed(stored)?.files(
        version: version, envelope: stored.envelope, languages: configuration.languages) ?? [envelope]
    try spool.publish(case: reference, version: version, files: files)
    guard let file = try sameFile(as: entry) else { return }
    try takeAway(file.name, file.identity) { () throws(SpoolFault) in
      try spool.finish(
        file.name, ifUnchanged: file.identity, case: reference, version: version,
        keep: configuration.keepsDone)
    }
  }

  private func setAsideAgain(_ entry: Unfinished) throws {
    let text = Array((entry.diagnostics ?? "").utf8)
    let name = SpoolName(entry.fileName)
    let identity: FileIdentity?
    if entry.sha256 == nil {
      guard case .hostile(let object) = try spool.read(name) else { return }
      identity = object.identity
    } else {
      guard let file = try sameFile(as: entry) else { return }
      identity = file.identity
    }
    try takeAway(name, identity) { () throws(SpoolFault) in
      if entry.kind == .held {
        try spool.hold(name, ifUnchanged: identity, fault: text)
      } else {
        try spool.refuse(name, ifUnchanged: identity, diagnostics: text)
      }
    }
  }

  /// The file in `incoming/` with the name and bytes that an entry recorded.
  private func sameFile(as entry: Unfinished) throws -> TakenFile? {
    guard case .file(let file) = try spool.read(SpoolName(entry.fileName)) else { return nil }
    return ContentDigest(of: file.bytes) == entry.sha256 ? file : nil
  }
}
