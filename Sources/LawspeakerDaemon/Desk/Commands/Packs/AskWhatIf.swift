// SPDX-License-Identifier: Apache-2.0

internal import Foundation
internal import Ledger
package import LawspeakerCore
package import PackChecker
internal import PackRegistry
internal import Synchronization

/// Some of the past cases under other packs: one part of a long question, so that nothing is held for long and the whole
/// can be broken off and gone on with.
package struct AskWhatIf: DeskCommand {
  package static let name = "what-if"
  package static let rights: [AccessRight] = [.packs, .audit]
  /// How many entries a part looks at.
  package static let span: Int64 = 50_000

  /// A file of a pack, as it is sent.
  package struct File: Codable, Sendable {
    package var folder: String
    package var path: String
    package var text: String
  }

  package var files: [File]
  /// The digests of the packs by folder, for knowing them again.
  package var digests: [String: String]
  /// The first entry that is looked at.
  package var first: Int64

  package init(_ sources: [PackSource], first: Int64) {
    files = sources.flatMap { source in
      source.files.map {
        File(folder: source.folder, path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self))
      }
    }
    digests = Dictionary(sources.map { ($0.folder, $0.sha256) }) { first, _ in first }
    self.first = first
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let set = try visit.desk.candidate(sources)
    let size = try visit.ledger.size()
    let last = min(size, first + Self.span - 1)
    let names = set.references.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    try visit.recordReading(detail: "entries \(first) to \(last) under \(names)")
    let tally = try tally(through: last, under: set.generation, visit)
    try visit.say(Part(tally: tally, next: last < size ? last + 1 : nil, size: size).json)
    return 0
  }

  private var sources: [PackSource] {
    Dictionary(grouping: files, by: \.folder).sorted { $0.key < $1.key }.map { folder, files in
      let files = files.map { PackSource.File(path: $0.path, bytes: Array($0.text.utf8)) }
      return PackSource(folder: folder, files: files, sha256: packDigest(files))
    }
  }

  /// Both cores look at a half each, over a connection each.
  private func tally(through last: Int64, under generation: Generation, _ visit: Visit) throws -> WhatIfTally {
    let middle = first + (last - first) / 2
    let halves = [first...middle, (middle + 1)...max(last, middle + 1)]
    let tallies = Mutex<[Result<WhatIfTally, any Error>]>([])
    let desk = visit.desk
    DispatchQueue.concurrentPerform(iterations: 2) { number in
      let result = Result { try Self.tally(halves[number], under: generation, desk) }
      tallies.withLock { $0.append(result) }
    }
    return try tallies.withLock { $0 }.reduce(into: WhatIfTally()) { $0.merge(try $1.get()) }
  }

  private static func tally(_ entries: ClosedRange<Int64>, under generation: Generation, _ desk: Desk) throws
    -> WhatIfTally
  {
    let reader = try LedgerReader(path: desk.configuration.ledgerPath, keys: desk.ledger.keys)
    var question = WhatIf(under: generation)
    var names: LedgerReader.ConclusionNames = [:]
    var next: Int64? = entries.lowerBound
    while let first = next {
      next = try reader.eachPastDecision(from: first, through: entries.upperBound, limit: 1_000, names: &names) {
        question.take(try PastCase($0))
      }
    }
    return question.tally
  }

  /// What a part came to.
  package struct Part: Sendable {
    package var tally: WhatIfTally
    /// The entry to go on with; nil if this was the last part.
    package var next: Int64?
    /// How many entries there are.
    package var size: Int64

    init(tally: WhatIfTally, next: Int64?, size: Int64) {
      (self.tally, self.next, self.size) = (tally, next, size)
    }

    var json: JSON {
      .object([
        "next": next.map { .integer(Int($0)) } ?? .null, "size": .integer(Int(size)), "tally": tally.snapshot,
      ])
    }

    /// Reads an answer back; nil if it is none.
    package init?(reading bytes: [UInt8]) {
      guard let json = JSON(reading: bytes), case .integer(let size) = json["size"],
        let tally = WhatIfTally(json["tally"])
      else { return nil }
      self.tally = tally
      self.size = Int64(size)
      if case .integer(let next) = json["next"] { self.next = Int64(next) }
    }
  }
}

extension PastCase {
  /// A recorded decision as a past case.
  fileprivate init(_ past: PastDecision) throws {
    guard let day = CivilDate(past.assessedOn) else {
      throw LedgerFault.damaged("the day of assessment of a decision is no day")
    }
    self.init(
      reference: past.reference, version: past.version, caseBytes: past.caseBytes,
      jurisdiction: past.jurisdiction, assessedOn: day,
      statuses: try past.conclusions.map { found in
        guard let status = Status(rawValue: found.status) else {
          throw LedgerFault.damaged("a conclusion of a decision has no known status")
        }
        return (found.id, status)
      }, clauses: past.clauses)
  }
}
