// SPDX-License-Identifier: Apache-2.0

import Foundation
import Ledger
import LawspeakerCore
import LawspeakerDaemon
import PackChecker
import PackRegistry
import Synchronization

/// A ledger full of made-up cases, written without a daemon, to measure with: the folder is as a daemon left it, so that
/// the programs can be tried on it too.
public final class LedgerWorkload: Sendable {
  /// The folder, with `lawspeaker.yaml`, `keys` and `state`.
  public let folder: String
  private let packs: PackSet
  private let patterns: [CasePattern]
  private let statuses: Mutex<StatusReader>
  private let ledger: Mutex<Ledger?>

  /// How large the document and the envelope of each decision are, in bytes; what stands in them is not asked for.
  public enum Documents: Int, Sendable {
    /// So that a large ledger fits on a small disk.
    case small = 400
    /// As large as those that the daemon writes about its examples under the three packs.
    case whole = 210_000
  }

  /// Opens the ledger in a folder, making all of it where it is missing.
  public init(folder: String) throws {
    self.folder = folder
    packs = try PackSet(readSources(below: Repository.rulepacks), tests: .leaveOut)
    var reader = StatusReader(packs.generation)
    patterns = try CasePattern.all(&reader)
    statuses = Mutex(reader)
    ledger = Mutex(nil)
    if !FileManager.default.fileExists(atPath: folder + "/state/ledger.db") { try make() }
    try open()
  }

  private func make() throws {
    for name in ["state", "spool"] {
      try FileManager.default.createDirectory(atPath: folder + "/" + name, withIntermediateDirectories: true)
    }
    let text = """
      lawspeaker: 1
      state: state
      packs: \(Repository.rulepacks)
      keys: keys
      spool: {folder: spool, quiet: 0 seconds}

      """
    try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/lawspeaker.yaml"))
    _ = try keys.make(origin: "lawspeaker.example/workload")
    try open()
    let archive = PackArchive(folder: folder + "/state/packs")
    for (pack, source) in zip(packs.generation.packs, packs.sources) {
      try archive.store(source, id: pack.id)
    }
    try writing { tx in
      for pack in references { _ = try tx.archivePack(pack, at: Self.moment) }
      _ = try tx.activate(generation: 1, packs: references, at: Self.moment)
    }
    try close()
  }

  private var keys: KeyFolder { KeyFolder(folder + "/keys", credentials: nil) }
  private var path: String { folder + "/state/ledger.db" }
  private static let moment = "2026-11-23T12:00:00Z"

  private var references: [PackReference] {
    packs.references.map { pack in
      guard let digest = ContentDigest(hex: pack.sha256) else { preconditionFailure("a digest is SHA-256") }
      return PackReference(id: pack.id, version: pack.version, sha256: digest)
    }
  }

  /// Opens the ledger for writing.
  public func open() throws {
    let opened = try Ledger(path: path, root: keys.root())
    ledger.withLock { $0 = opened }
  }

  /// Closes it.
  public func close() throws {
    try ledger.withLock { ledger in
      try ledger?.close()
      ledger = nil
    }
  }

  private func opened() -> Ledger {
    guard let ledger = ledger.withLock({ $0 }) else { preconditionFailure("the ledger is open") }
    return ledger
  }

  private func writing(_ body: (Ledger.Transaction) throws -> Void) throws { try opened().write(body) }

  /// The size of the ledger: how many entries it has.
  public func size() throws -> Int64 { try opened().reader.size() }
}

/// What is measured.
extension LedgerWorkload {
  /// Decisions that are ready to be recorded.
  public struct Batch: Sendable {
    fileprivate var records: [DecisionRecord]
  }

  /// Makes up decisions about new cases.
  ///
  /// - Parameters:
  ///   - numbers: One a case; each always gives the same.
  ///   - documents: How large their documents are.
  /// - Returns: The decisions.
  public func batch(_ numbers: Range<Int>, documents: Documents) -> Batch {
    let packs = references
    return statuses.withLock { reader in
      Batch(
        records: numbers.map { number in
          let (round, pattern) = number.quotientAndRemainder(dividingBy: patterns.count)
          return patterns[pattern].record(
            number, daysEarlier: round % 60, documentBytes: documents.rawValue, packs: packs, &reader)
        })
    }
  }

  /// Records decisions, some at a time in a transaction, as the daemon does.
  public func record(_ batch: Batch, inGroupsOf size: Int = 256) throws {
    for start in stride(from: 0, to: batch.records.count, by: size) {
      try writing { tx in
        for record in batch.records[start..<min(start + size, batch.records.count)] {
          _ = try tx.record(record)
        }
      }
    }
  }

  /// Verifies the ledger; returns how many entries were hashed.
  public func verify(withKeys: Bool) throws -> Int64 {
    let reader = try LedgerReader(path: path, keys: withKeys ? opened().keys : nil)
    let verification = try reader.verify()
    precondition(verification.problems.isEmpty, "the ledger is whole")
    return verification.entries
  }

  /// Asks about every past case under the packs that it was decided under; returns how many there were.
  public func whatIf(threads: Int) throws -> Int {
    let tally = try PastCases.tally(
      1...size(), asOf: size(), under: packs.generation, path: path, keys: opened().keys, threads: threads)
    precondition(tally.cases == tally.unchanged, "under the same packs nothing is otherwise")
    return tally.cases
  }

  /// Seals every key anew, as an erasure does.
  public func retireEpoch() throws { try opened().retireEpoch() }
}
