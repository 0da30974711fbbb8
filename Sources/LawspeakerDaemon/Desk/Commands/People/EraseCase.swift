// SPDX-License-Identifier: Apache-2.0

internal import Ledger
internal import LawspeakerCore
internal import LocalSocket
internal import Spool

/// All content of a case erased: its key and what is stored under it, its files, and every older copy of the key.
package struct EraseCase: DeskCommand {
  package static let name = "erase"
  package static let rights: [AccessRight] = [.operate]

  package var reference: String
  package var because: String
  package var json: Bool

  package init(reference: String, because: String, json: Bool) {
    self.reference = reference
    self.because = because
    self.json = json
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    try requireReason(because)
    let act = visit.signed(
      Act(.erasure, at: visit.timestamp, reference: reference, sealed: ["because": .text(because)]))
    let spool = try visit.desk.spool()
    guard !reference.utf8.contains(0), try visit.ledger.standing(of: reference) != nil else {
      throw try visit.missing(CaseVersion(reference: reference))
    }
    let erased: Erased
    do {
      erased = try visit.desk.inTurn { try visit.desk.erase([act], from: spool)[0] }
    } catch LedgerFault.erased { return try again(visit, spool) }
    if !json { try visit.say(Self.words(erased, of: reference)) }
    try sayLeft(erased.files.left, visit)
    let isDead = try retire(visit)
    if json { try visit.say(document(erased.version, erased.entry, erased.files, isDead: isDead)) }
    return isDead && erased.files.left.isEmpty ? 0 : 75
  }

  /// Asked about a case of which nothing is left: what may still be left of its files and keys goes.
  private func again(_ visit: Visit, _ spool: SpoolFolder) throws -> Int32 {
    guard let before = try visit.ledger.erasedCases(reference).first else {
      throw try visit.missing(CaseVersion(reference: reference))
    }
    let files = try visit.desk.inTurn {
      let files = try visit.desk.finishErasure(before, from: spool)
      try spool.sync()
      return files
    }
    if !json {
      try visit.say(
        "\(reference): erased already, on \(before.at.prefix(10)); nothing is recorded of it since")
    }
    try sayLeft(files.left, visit)
    let isDead = try !visit.desk.ledger.hasEpochToRetire || retire(visit)
    if json { try visit.say(document(before.version, before.entry, files, isDead: isDead)) }
    return isDead && files.left.isEmpty ? 0 : 75
  }

  /// Kills every older copy of the key, while the daemon goes on deciding; whoever asked need not wait for it.
  private func retire(_ visit: Visit) throws -> Bool {
    let isDead = try visit.desk.ledger.retireEpoch { count in
      try? visit.reply.progress("\(count) keys sealed anew")  // it goes on where nobody looks
    }
    if isDead {
      if !json { try visit.say(Self.afterwards) }
    } else {
      try visit.complain(
        "\(reference): error: older copies of the key can still be opened, as somebody reads the ledger right now "
          + "[keys-in-use]\n    hint: the daemon makes an end of them by itself; where none runs, ask again")
    }
    return isDead
  }

  private static func words(_ erased: Erased, of reference: String) -> String {
    let versions = erased.version == 1 ? "version 1" : "versions 1 to \(erased.version)"
    return """
      \(reference): erased \(versions), with \(erased.files.removed) files and links in decisions/ and done/
      Files that wait in incoming/ were not touched; one with this reference becomes version \(erased.version + 1).
      """
  }

  private static let afterwards = """
    Older copies of the key are dead: in the ledger, in its log and in every copy of its file.
    Take a backup now: it replaces the `keyring` beside earlier backups, which cannot be read any more from then on.
    """

  private func sayLeft(_ left: [String], _ visit: Visit) throws {
    for path in left {
      try visit.complain(
        "\(path): error: this is left, as it is a folder with something in it or may not be removed [left]\n"
          + "    hint: look at it and remove it by hand")
    }
  }

  private func document(_ version: Int, _ entry: Int64, _ files: Removal, isDead: Bool) -> JSON {
    .object([
      "case": .string(reference), "version": .integer(version), "entry": .integer(Int(entry)),
      "files": .integer(files.removed), "left": .strings(files.left), "older_copies_dead": .bool(isDead),
    ])
  }
}

/// Makes sure that a reason was given that every reader of ours gives back as it was.
///
/// - Throws: ``Failure``.
func requireReason(_ reason: String) throws {
  let isBlank = reason.allSatisfy(\.isWhitespace)
  let isPlain = reason.unicodeScalars.allSatisfy { scalar in
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .unassigned: false
    default: true
    }
  }
  if !isBlank, isPlain, reason.utf8.count <= ReviewAct.longestReason { return }
  throw Failure.input(
    "error: the reason is no single paragraph of 1 to \(ReviewAct.longestReason) bytes [bad-reason]\n"
      + "    hint: say why with `--because`, without breaks of lines; it is kept")
}
