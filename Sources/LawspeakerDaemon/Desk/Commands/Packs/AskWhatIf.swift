// SPDX-License-Identifier: Apache-2.0

internal import Ledger
package import LawspeakerCore
internal import LocalSocket
package import PackChecker
internal import PackRegistry

/// Some of the past cases under other packs: one part of a long question, so that nothing is held for long and the whole
/// can be broken off and gone on with.
package struct AskWhatIf: DeskCommand {
  package static let name = "what-if"
  package static let rights: [AccessRight] = [.packs, .audit]
  /// How many entries a part looks at, if nobody says otherwise.
  package static let span: Int64 = 100_000

  /// A file of a pack, as it is sent.
  package struct File: Codable, Sendable {
    package var folder: String
    package var path: String
    package var text: String
  }

  package var files: [File]
  /// The first entry that is looked at.
  package var first: Int64
  /// The last entry of the whole question, as the first part gave it; nil in the first part.
  package var horizon: Int64?
  /// How many entries are looked at.
  package var span: Int64

  package init(_ sources: [PackSource], first: Int64 = 1, horizon: Int64? = nil, span: Int64 = Self.span) {
    files = sources.flatMap { source in
      source.files.map {
        File(folder: source.folder, path: $0.path, text: String(decoding: $0.bytes, as: UTF8.self))
      }
    }
    (self.first, self.horizon, self.span) = (first, horizon, span)
  }

  package func answer(_ visit: Visit) throws -> Int32 {
    let set = try visit.desk.candidate(sources)
    let size = try visit.ledger.size()
    let horizon = min(horizon ?? size, size)
    guard first > 0, first <= horizon, span > 0 else {
      throw Failure.input(
        "error: there is no entry \(first) among the \(horizon) that are asked about [no-entry]\n"
          + "    hint: begin anew, with another --report or without the unfinished one")
    }
    let last = horizon - first < span ? horizon : first + span - 1
    let names = set.references.map { "\($0.id) \($0.version)" }.joined(separator: ", ")
    try visit.recordReading(detail: "entries \(first) to \(last) under \(names)")
    let desk = visit.desk
    let tally = try PastCases.tally(
      first...last, asOf: horizon, under: set.generation,
      archived: { (try? desk.archived($0))?.generation },  // without them everything is worked out
      path: visit.configuration.ledgerPath, keys: desk.ledger.keys, threads: 2
    ) { done in try visit.reply.progress("\(first + done - 1) of \(horizon) entries") }
    try visit.say(Part(tally: tally, next: last < horizon ? last + 1 : nil, horizon: horizon).json)
    return 0
  }

  private var sources: [PackSource] {
    Dictionary(grouping: files, by: \.folder).sorted { $0.key < $1.key }.map { folder, files in
      let files = files.map { PackSource.File(path: $0.path, bytes: Array($0.text.utf8)) }
      return PackSource(folder: folder, files: files, sha256: packDigest(files))
    }
  }

  /// What a part came to.
  package struct Part: Sendable {
    package var tally: WhatIfTally
    /// The entry to go on with; nil if this was the last part.
    package var next: Int64?
    /// The last entry of the whole question: what is recorded after it is another question.
    package var horizon: Int64

    init(tally: WhatIfTally, next: Int64?, horizon: Int64) {
      (self.tally, self.next, self.horizon) = (tally, next, horizon)
    }

    var json: JSON {
      .object([
        "horizon": .integer(Int(horizon)), "next": next.map { .integer(Int($0)) } ?? .null,
        "tally": tally.snapshot,
      ])
    }

    /// Reads an answer back; nil if it is none.
    package init?(reading bytes: [UInt8]) {
      guard let json = JSON(reading: bytes), case .integer(let horizon) = json["horizon"],
        let tally = WhatIfTally(json["tally"])
      else { return nil }
      self.tally = tally
      self.horizon = Int64(horizon)
      if case .integer(let next) = json["next"] { self.next = Int64(next) }
    }
  }
}
