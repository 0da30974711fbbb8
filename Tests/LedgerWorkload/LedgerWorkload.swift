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

  /// What is asked about every past case.
  public enum Question: String, CaseIterable, Sendable {
    /// The packs that cases were decided under.
    case samePacks = "the same packs"
    /// One rule of the pack on which the others build is another.
    case palermo = "one rule of palermo changed"
    /// One rule of a pack on which none builds is another.
    case norway = "one rule of norway changed"
    /// The packs that cases were decided under, as if they were not in the archive any more.
    case everything = "everything worked out again"
  }

  /// Asks about every past case under other packs; returns how many there were and how many would be otherwise.
  public func whatIf(_ question: Question, threads: Int) throws -> (cases: Int, changed: Int) {
    let archive = PackArchive(folder: folder + "/state/packs")
    let tally = try PastCases.tally(
      1...size(), asOf: size(), under: generation(question),
      archived: { packs in
        question == .everything ? nil : (try? archive.packSet(packs.map(\.sha256.hex)))?.generation
      }, path: path, keys: opened().keys, threads: threads)
    return (tally.cases, tally.changed.count)
  }

  private func generation(_ question: Question) throws -> Generation {
    switch question {
    case .samePacks, .everything: packs.generation
    case .palermo:
      try edited(
        "palermo", "rules.yaml", "art3c, holds_if: {all: [child, has_act, has_aim]}",
        "art3c, holds_if: {all: [child, has_act, has_means, has_aim]}")
    case .norway:
      try edited(
        "norway", "criminal-trafficking.yaml", "no257_1, holds_if: {all: [own_conduct, means_or_child]}",
        "no257_1, holds_if: own_conduct")
    }
  }

  private func edited(_ pack: String, _ file: String, _ old: String, _ new: String) throws -> Generation {
    var sources = packs.sources
    for source in sources.indices where sources[source].folder.hasSuffix("/" + pack) {
      for place in sources[source].files.indices where sources[source].files[place].path == file {
        let text = String(decoding: sources[source].files[place].bytes, as: UTF8.self)
        precondition(text.contains(old), "the rule is there to be changed")
        sources[source].files[place].bytes = Array(text.replacingOccurrences(of: old, with: new).utf8)
      }
    }
    return try PackSet(sources, tests: .leaveOut).generation
  }

  /// Seals every key anew, as an erasure does.
  public func retireEpoch() throws { try opened().retireEpoch() }
}
