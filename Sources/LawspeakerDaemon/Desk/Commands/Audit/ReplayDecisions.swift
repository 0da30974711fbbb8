// SPDX-License-Identifier: Apache-2.0

package import Ledger
internal import LawspeakerCore
package import LocalSocket
package import PackRegistry
internal import YAMLTree

/// Past decisions computed again from what was recorded, which must come to the same answers.
package struct ReplayDecisions: DeskCommand {
  package static let name = "audit replay"
  package static let rights: [AccessRight] = [.audit]

  package var since: String?
  package var pack: String?
  package var packVersion: String?
  package var clause: String?
  /// How many, chosen by the number itself and those of the entries: the same again each time.
  package var sample: Int?
  package var json = false

  package init() {}

  package func answer(_ visit: Visit) throws -> Int32 {
    try visit.recordReading(detail: words)
    var filter = DecisionFilter()
    filter.since = since
    filter.pack = pack
    filter.packVersion = packVersion
    filter.clause = clause
    let entries = chosen(from: try visit.ledger.decisionEntries(filter))
    var replay = Replay(PackArchive(folder: visit.configuration.archivePath))
    for start in stride(from: 0, to: entries.count, by: Self.batch) {
      // read in one short go, computed after
      let decisions = try visit.ledger.decisions(at: entries[start..<min(start + Self.batch, entries.count)])
      for decision in decisions { replay.take(decision) }
      try visit.reply.progress("\(start + decisions.count) of \(entries.count) decisions")
    }
    return try replay.write(json: json, to: visit.reply)
  }

  private static let batch = 256

  /// The same of an export, which needs no ledger.
  ///
  /// - Throws: ``LedgerFault`` if a file of it cannot be read, ``ReplyFault``.
  package func answer(_ export: LedgerExport, _ reply: ReplyWriter) throws -> Int32 {
    var entries: [Int64] = []
    if sample != nil { try export.eachDecision { if matches($0) { entries.append($0.entry) } } }
    let wanted = sample.map { _ in Set(chosen(from: entries)) }
    var replay = Replay(PackArchive(folder: export.folder + "/" + LedgerExport.packsName))
    try export.eachDecision { stored in
      guard matches(stored), wanted?.contains(stored.entry) ?? true else { return }
      replay.take(.stored(stored))
      if replay.count.isMultiple(of: Self.batch) { try reply.progress("\(replay.count) decisions") }
    }
    return try replay.write(json: json, to: reply)
  }

  private func matches(_ stored: StoredDecision) -> Bool {
    if let since, stored.at < since { return false }
    if let clause, !stored.clauses.contains(clause) { return false }
    if pack == nil { return true }
    return stored.packs.contains { $0.id == pack && (packVersion == nil || $0.version == packVersion) }
  }

  /// Those with the smallest digests of sample size and entry number: spread evenly, and nobody's choice.
  private func chosen(from entries: [Int64]) -> [Int64] {
    guard let sample, sample < entries.count else { return entries }
    let ranked = entries.map { (ContentDigest(of: Array("\(sample) \($0)".utf8)).hex, $0) }
    return ranked.sorted { $0 < $1 }.prefix(sample).map(\.1).sorted()
  }

  private var words: String? {
    let parts = [
      since.map { "since \($0)" }, pack.map { "pack \($0)" }, packVersion.map { "version \($0)" },
      clause.map { "clause \($0)" }, sample.map { "sample \($0)" },
    ]
    let words = parts.compactMap { $0 }.joined(separator: ", ")
    return words.isEmpty ? nil : words
  }
}

/// Decisions computed again, one after the other.
package struct Replay {
  /// A decision that is not the same again, or cannot be computed.
  private struct Mismatch {
    var name: String
    var entry: Int64
    var reason: String
    var code: String
  }

  private let archive: PackArchive
  private var sets: [[String]: Result<PackSet, PackRejected>] = [:]
  private var mismatches: [Mismatch] = []
  /// How many were computed again, or could not be.
  package private(set) var count = 0
  private var whole = 0

  /// A replay with packs of an archive.
  package init(_ archive: PackArchive) { self.archive = archive }

  /// Computes a decision again.
  package mutating func take(_ decision: AuditedDecision) {
    count += 1
    switch decision {
    case .unreadable(let entry, let fault):
      mismatches.append(
        .init(name: "entry \(entry)", entry: entry, reason: "\(fault)", code: "not-as-recorded"))
    case .stored(let stored): take(stored)
    }
  }

  private mutating func take(_ stored: StoredDecision) {
    func differs(_ reason: String, _ code: String) -> Mismatch {
      Mismatch(name: "\(stored.reference)@\(stored.version)", entry: stored.entry, reason: reason, code: code)
    }
    guard ContentDigest(of: stored.decision) == stored.decisionSHA256 else {
      mismatches.append(differs("the recorded bytes are not those of the recorded digest", "changed"))
      return
    }
    switch packs(stored.packs) {
    case .failure(let rejected):
      let what = rejected.diagnostics.map(\.description).joined(separator: "; ")
      mismatches.append(differs("its packs cannot be had from the archive: \(what)", "no-packs"))
    case .success(let set):
      guard let verdict = try? Verdict(stored, under: set.generation) else {
        mismatches.append(differs("the answer is not the same when computed again", "replay-differs"))
        return
      }
      if verdict.bytes == stored.decision { whole += 1 }
    }
  }

  private mutating func packs(_ packs: [PackReference]) -> Result<PackSet, PackRejected> {
    let digests = packs.map(\.sha256.hex)
    if let known = sets[digests] { return known }
    let set: Result<PackSet, PackRejected>
    do throws(PackRejected) { set = .success(try archive.packSet(digests)) } catch { set = .failure(error) }
    if sets.count > 32 { sets = [:] }
    sets[digests] = set
    return set
  }

  /// Writes what came of it; returns the exit code.
  package func write(json: Bool, to reply: ReplyWriter) throws(ReplyFault) -> Int32 {
    if json {
      let differ = mismatches.map { mismatch in
        JSON.object([
          "decision": .string(mismatch.name), "entry": .integer(Int(mismatch.entry)),
          "because": .string(mismatch.reason), "code": .string(mismatch.code),
        ])
      }
      let document = JSON.object([
        "replayed": .integer(count), "same_answer": .integer(count - mismatches.count),
        "same_document": .integer(whole), "differ": .array(differ),
      ])
      try reply.line(document.canonicalText)
    } else {
      for mismatch in mismatches {
        try reply.err("\(mismatch.name): error: \(mismatch.reason) [\(mismatch.code)]\n")
      }
      try reply.line(
        "\(count) decisions replayed: \(count - mismatches.count) with the same answer, \(whole) of them with the same "
          + "bytes throughout" + (mismatches.isEmpty ? "" : "; \(mismatches.count) differ"))
    }
    return mismatches.isEmpty ? 0 : 1
  }
}
