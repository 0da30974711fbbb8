// SPDX-License-Identifier: Apache-2.0

internal import Foundation
package import LawspeakerCore
package import Ledger
package import PackChecker
internal import Synchronization

/// Recorded cases under other packs, answered on several threads.
package enum PastCases {
  /// How many cases are read at a time, so that no reader keeps the write-ahead log from being copied for long.
  private static let atATime = 500

  /// Answers the cases of some entries and counts what would be otherwise.
  ///
  /// Each case counts once over all entries up to the horizon, whatever is recorded meanwhile: in the newest version that
  /// there is up to there.
  /// - Parameters:
  ///   - entries: The entries that are looked at.
  ///   - horizon: The last entry that is known.
  ///   - generation: The other packs.
  ///   - archived: The packs that decisions were taken under; nil for such as are not at hand any more.
  ///   - path: The ledger's file, to which each thread has a connection of its own.
  ///   - keys: The keys of what is sealed.
  ///   - threads: How many threads answer.
  ///   - progress: Told how many entries are done, by any thread; what it throws ends the work.
  /// - Returns: What was counted.
  /// - Throws: ``LedgerFault``, or what `progress` throws.
  package static func tally(
    _ entries: ClosedRange<Int64>, asOf horizon: Int64, under generation: Generation,
    archived: @escaping @Sendable ([PackReference]) -> Generation?, path: String, keys: KeyRing, threads: Int,
    progress: @escaping @Sendable (Int64) throws -> Void = { _ in }
  ) throws -> WhatIfTally {
    let earlier = KnownPacks { packs in
      archived(packs).map { EarlierPacks($0, besides: generation) }
    }
    let rest = Mutex(entries.lowerBound)
    let tallies = Mutex<[Result<WhatIfTally, any Error>]>([])
    @Sendable func work() throws -> WhatIfTally {
      let reader = try LedgerReader(path: path, keys: keys)
      var question = WhatIf(under: generation)
      var names = LedgerReader.SharedNames()
      var last: (packs: [PackReference], earlier: EarlierPacks?)?
      while let some = rest.withLock({ $0.takeRange(of: Int64(atATime), through: entries.upperBound) }) {
        try reader.eachPastDecision(in: some, asOf: horizon, names: &names) { past in
          if last?.packs != past.packs { last = (past.packs, earlier[past.packs]) }
          try question.take(PastCase(past), decidedUnder: last?.earlier)
        }
        try progress(some.upperBound - entries.lowerBound + 1)
      }
      return question.tally
    }
    DispatchQueue.concurrentPerform(iterations: threads) { _ in
      let result = Result { try work() }
      // nobody waits for what the others would find
      if case .failure = result { rest.withLock { $0 = .max } }
      tallies.withLock { $0.append(result) }
    }
    return try tallies.withLock { $0 }.reduce(into: WhatIfTally()) { $0.merge(try $1.get()) }
  }
}

/// The packs of recorded decisions, read from the archive once for all threads.
private final class KnownPacks: Sendable {
  private let known = Mutex<[[PackReference]: EarlierPacks?]>([:])
  private let read: @Sendable ([PackReference]) -> EarlierPacks?

  init(_ read: @escaping @Sendable ([PackReference]) -> EarlierPacks?) { self.read = read }

  subscript(packs: [PackReference]) -> EarlierPacks? {
    known.withLock { known in
      if let earlier = known[packs] { return earlier }
      let earlier = read(packs)
      known[packs] = earlier
      return earlier
    }
  }
}

extension Int64 {
  /// The next numbers from this one on, at most so many; nil if this one is past the last.
  fileprivate mutating func takeRange(of count: Int64, through last: Int64) -> ClosedRange<Int64>? {
    guard self <= last else { return nil }
    let range = self...(last - self < count ? last : self + count - 1)
    self = range.upperBound == .max ? .max : range.upperBound + 1
    return range
  }
}

extension PastCase {
  /// A recorded decision as a past case.
  fileprivate init(_ past: PastDecision) throws {
    guard let day = CivilDate(past.assessedOn) else {
      throw LedgerFault.damaged("the day of assessment of a decision is no day")
    }
    let statuses = try past.found.letters.map { letter in
      guard let status = Self.statuses[Int(letter)] else {
        throw LedgerFault.damaged("a conclusion of a decision has no known status")
      }
      return status
    }
    let (file, found) = (past.caseFile, past.found)
    self.init(
      reference: past.reference, version: past.version, caseBytes: { try file.open() },
      jurisdiction: past.jurisdiction, assessedOn: day, conclusions: past.conclusions, statuses: statuses,
      clauses: { found.clauses })
  }

  /// The statuses by the ledger's letters.
  private static let statuses = CompactFindings.words.map { Status(rawValue: $0) }
}
