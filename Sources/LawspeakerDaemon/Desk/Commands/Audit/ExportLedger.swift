// SPDX-License-Identifier: Apache-2.0

internal import FoundationEssentials
internal import Ledger
internal import LawspeakerCore
internal import LocalSocket
internal import PackRegistry

/// A folder that a stranger can verify and replay: what the ledger says, with the content of decisions in the clear.
package struct ExportLedger: DeskCommand {
  package static let name = "audit export"
  package static let rights: [AccessRight] = [.audit]

  package var json: Bool

  package init(json: Bool) { self.json = json }

  private static let batch = 256

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.recordReading(detail: "the whole ledger")
    try visit.reply.file(path: LedgerExport.decisionsName, bytes: [])
    // What is decided meanwhile comes after, so that the head vouches for all of it and nothing is left out.
    let before = try visit.ledger.decisionEntries()
    var count = try decisions(before, visit)
    let head = try visit.signedHead()
    count += try decisions(
      try visit.ledger.decisionEntries().filter { $0 > before.last ?? 0 && $0 <= head.size }, visit)
    try entries(1...head.size, visit)
    for older in try visit.ledger.heads() where older.size <= head.size {
      let digits = String(older.size)
      let name = String(repeating: "0", count: max(0, 12 - digits.count)) + digits
      try visit.reply.file(path: LedgerExport.headsName + "/" + name, bytes: Array(older.note.utf8))
    }
    let keys = try visit.ledger.keyTexts()
    try visit.reply.file(path: LedgerExport.keysName, bytes: Array(keys.map { $0 + "\n" }.joined().utf8))
    let packs = try packs(visit)
    try visit.reply.file(path: "README.md", bytes: Array(Self.guide.utf8))
    try tell(visit, entries: head.size, decisions: count, packs: packs)
    return 0
  }

  private func tell(_ visit: Visit, entries: Int64, decisions: Int, packs: Int) throws {
    if json {
      try visit.say(
        .object([
          "entries": .integer(Int(entries)), "decisions": .integer(decisions), "packs": .integer(packs),
        ]))
    } else {
      try visit.say("\(entries) entries, \(decisions) decisions with their content, \(packs) packs")
    }
    try visit.complain(
      "WARNING: the folder holds the case files and decisions of people IN THE CLEAR; whoever has it can read all of "
        + "them, and an erasure does not reach it. Keep it encrypted, pass it on by a safe way, delete it after use."
    )
  }

  private func decisions(_ entries: [Int64], _ visit: Visit) throws -> Int {
    var count = 0
    for start in stride(from: 0, to: entries.count, by: Self.batch) {
      var lines: [UInt8] = []
      for decision in try visit.ledger.decisions(at: entries[start..<min(start + Self.batch, entries.count)])
      {
        switch decision {
        case .unreadable(let entry, let fault):
          throw Failure.input(
            "error: the decision of entry \(entry) cannot be exported: \(fault) [not-as-recorded]")
        case .stored(let stored):
          lines += Array(stored.exported.text.utf8) + [UInt8(ascii: "\n")]
          count += 1
        }
      }
      try visit.reply.file(path: LedgerExport.decisionsName, bytes: lines)
      try visit.reply.progress("\(start + Self.batch) of \(entries.count) decisions")
    }
    return count
  }

  private func entries(_ numbers: ClosedRange<Int64>, _ visit: Visit) throws {
    var next = numbers.lowerBound
    while next <= numbers.upperBound {
      let entries = try visit.ledger.entries(next...numbers.upperBound, limit: 1_000)
      guard let last = entries.last else {
        throw Failure.input("error: entry \(next) is missing [not-as-recorded]")
      }
      try visit.reply.file(
        path: LedgerExport.entriesName, bytes: entries.flatMap { $0.leaf + [UInt8(ascii: "\n")] })
      try visit.reply.progress("\(last.number) of \(numbers.upperBound) entries")
      next = last.number + 1
    }
  }

  private func packs(_ visit: Visit) throws -> Int {
    let archive = PackArchive(folder: visit.configuration.archivePath)
    let known = try visit.ledger.packsKnown()
    for pack in known {
      for path in archive.files(of: pack.sha256.hex) {
        guard let data = FileManager.default.contents(atPath: archive.folder + "/" + path) else {
          throw Failure.ours("\(archive.folder)/\(path): error: the file cannot be read [unreadable-file]")
        }
        try visit.reply.file(path: LedgerExport.packsName + "/" + path, bytes: Array(data))
      }
    }
    return known.count
  }

  private static let guide = """
    # An export of a Lawspeaker ledger

    Whoever has `lawspeaker` can check this folder; no ledger, daemon, configuration or secret key is needed:

    ```sh
    lawspeaker audit verify --export . --key KEY   # every entry under a signed head, every decision as recorded
    lawspeaker audit replay --export .             # every answer computed again from its case file and packs
    ```

    KEY is the public key of the log, had from elsewhere than this folder: `keys` here vouches for nothing.

    | file | holds |
    |---|---|
    | `entries.ndjson` | the entries, one a line: each line is the bytes of a leaf (RFC 9162 hashing) |
    | `checkpoints/` | signed heads (C2SP tlog-checkpoint, signed-note), named by the number of entries |
    | `keys` | the public keys that signed them, oldest first |
    | `decisions.ndjson` | the decisions that were not erased: case file, document, envelope, salt |
    | `packs/` | every version of every pack, in a folder named by its digest |

    The entry of a decision holds `commitment`: SHA-256 over the 32 bytes of `salt` and the bytes of `decision`. `sealed`
    names ciphertext that stays in the ledger, as does who read and did what.

    THE CONTENT OF `decisions.ndjson` IS ABOUT PEOPLE, AND IN THE CLEAR. Keep the folder encrypted and delete it after use.

    """
}
