// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Glibc
package import Ledger
package import LawspeakerCore
internal import Spool
internal import SystemPackage

/// What an operator looks at first.
package struct StatusReport: Sendable {
  private let daemon: StateLock.Holder
  private let activation: Activation?
  private let refusal: PackRefusal?
  private let counts: LedgerCounts
  private let waiting: Int
  private let held: Int
  private let head: HeadStanding?
  private let epochs: Int
  private let disks: [DiskSpace]

  /// Looks at everything, without keys and whether a daemon runs or not.
  ///
  /// - Throws: ``LedgerFault``, or ``SpoolFault`` if the lock cannot be looked at.
  package init(_ configuration: Configuration, ledger: LedgerReader) throws {
    daemon = try StateLock.holder(stateFolder: FilePath(configuration.state))
    let activation = try ledger.lastActivation()
    self.activation = activation
    refusal = try ledger.lastPackRefusal().flatMap { $0.entry > activation?.entry ?? 0 ? $0 : nil }
    counts = try ledger.counts()
    waiting = Self.files(in: configuration.spool + "/incoming")
    held = Self.files(in: configuration.spool + "/held")
    head = try HeadStanding(configuration, ledger: ledger)
    let ring = FileManager.default.contents(atPath: Ledger.keyRingPath(configuration.ledgerPath))
    epochs = ring.map { KeyRing.epochs(in: Array($0)).count } ?? 0
    disks = [("state", configuration.state), ("spool", configuration.spool)].compactMap {
      DiskSpace($0, at: $1)
    }
  }

  private static func files(in folder: String) -> Int {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.count { !SpoolName($0).isLeftAlone && !$0.hasSuffix(".fault") }
  }

  /// What somebody must look at.
  package var red: [String] {
    var red: [String] = []
    if daemon == .nobody { red.append("no daemon is running on this state folder") }
    if activation == nil { red.append("no packs are active, so nothing is decided") }
    if let refusal {
      red.append(
        "packs were refused at \(refusal.at); the generation before goes on:\n\(refusal.diagnostics)")
    }
    if held > 0 { red.append("\(held) in held/: files that the daemon itself failed on") }
    for folder in head?.missingIn ?? [] { red.append("the last signed head is not in `\(folder)`") }
    for disk in disks where disk.isShort {
      red.append("\(disk.percentFree) % of the disk under the \(disk.name) folder is free")
    }
    return red
  }

  private var daemonText: String {
    switch daemon {
    case .nobody: "not running"
    case .process(let pid): "running" + (pid.map { " (pid \($0))" } ?? "")
    }
  }

  private var generationText: String {
    guard let activation else { return "none" }
    let back = activation.rolledBackTo.map {
      "; it is generation \($0) again, and nothing is activated until `lawspeaker packs activate`"
    }
    return "\(activation.generation), active since \(activation.at)" + (back ?? "")
  }

  /// A line for each, and one for each that is red.
  package var text: String {
    let packs = activation?.packs.map { "\($0.id) \($0.version)" }.joined(separator: ", ") ?? "none"
    var lines = [
      "daemon:     \(daemonText)",
      "generation: \(generationText)",
      "packs:      \(packs)",
      "spool:      \(waiting) waiting, \(held) held",
      "ledger:     \(counts.decisions) decisions, \(counts.refusals) refused, \(counts.unfinished) unfinished",
      "head:       \(head?.text ?? "none signed yet")",
      "disk:       " + disks.map { "\($0.percentFree) % free under \($0.name)" }.joined(separator: ", "),
    ]
    if epochs > 1 { lines.append("keys:       \(epochs) epochs: an erasure is under way") }
    return (lines + red.map { "RED: \($0)" }).joined(separator: "\n")
  }

  /// The same for machines.
  package var json: JSON {
    .object([
      "running": .bool(daemon != .nobody),
      "generation": activation.map { .integer($0.generation) } ?? .null,
      "rolled_back_to": (activation?.rolledBackTo).map { .integer($0) } ?? .null,
      "active_since": .optional(activation?.at),
      "packs": .array(
        (activation?.packs ?? []).map {
          Decision.PackReference(id: $0.id, version: $0.version, sha256: $0.sha256.hex).json
        }),
      "refused_packs": .optional(refusal?.diagnostics),
      "waiting": .integer(waiting), "held": .integer(held), "decisions": .integer(counts.decisions),
      "refusals": .integer(counts.refusals), "unfinished": .integer(counts.unfinished),
      "head": head?.json ?? .null, "epochs": .integer(epochs),
      "disk_percent_free": .object(
        Dictionary(uniqueKeysWithValues: disks.map { ($0.name, .integer($0.percentFree)) })),
      "red": .strings(red),
    ])
  }
}

/// The last signed head, and where its copies are.
private struct HeadStanding {
  let size: Int64
  let at: String
  /// How many entries came after the one that records it.
  let since: Int64
  /// The folders that should have a copy and do not.
  let missingIn: [String]

  /// Nil if no head was signed.
  init?(_ configuration: Configuration, ledger: LedgerReader) throws {
    // between signing a head and copying it the daemon needs a moment
    for attempt in 0..<10 {
      if attempt > 0 { usleep(100_000) }
      guard let head = try ledger.lastHead() else { return nil }
      let missing = configuration.headFolders.filter { !HeadKeeper.hasCopy(of: head, in: $0) }
      guard missing.isEmpty || attempt == 9 else { continue }
      (size, missingIn) = (head.size, missing)
      at = try ledger.entry(head.entry)?.at ?? ""
      since = try ledger.size() - head.entry
      return
    }
    return nil
  }

  var text: String { "over \(size) entries, signed \(at), \(since) since" }

  var json: JSON {
    .object([
      "size": .integer(Int(size)), "at": .string(at), "entries_since": .integer(Int(since)),
      "missing_in": .strings(missingIn),
    ])
  }
}

/// What is left on the disk under a folder.
private struct DiskSpace {
  let name: String
  let percentFree: Int
  let isShort: Bool

  /// Nil if the folder cannot be looked at.
  init?(_ name: String, at folder: String) {
    var status = statvfs()
    guard unsafe statvfs(folder, &status) == 0, status.f_blocks > 0 else { return nil }
    self.name = name
    percentFree = Int(100 * Double(status.f_bavail) / Double(status.f_blocks))
    isShort = status.f_bavail < status.f_blocks / 20
  }
}
