// SPDX-License-Identifier: Apache-2.0
package import TransparencyLog

extension LedgerExport {
  /// Reads the whole folder again: every entry against every head, every decision against its entry.
  ///
  /// - Parameters:
  ///   - trusted: The keys by which heads must be signed; nil for those that the folder itself holds.
  ///   - progress: Told how many entries were hashed by now; what it throws ends the reading.
  /// - Returns: What was found; problems are part of it.
  /// - Throws: ``LedgerFault`` if a file cannot be read.
  package func verify(
    trusted: [NoteVerifierKey]? = nil, progress: (Int64) throws -> Void = { _ in }
  ) throws -> Verification {
    let heads = heads().map { ($0, try? SignedCheckpoint(parsing: $0.note)) }
    var reading = try ExportReading(
      rootsAt: Set(heads.compactMap { $0.1?.checkpoint.size }),
      decisions: LineReader(folder + "/" + Self.decisionsName))
    let lines = try LineReader(folder + "/" + Self.entriesName)
    while let line = try lines.next() {
      guard try reading.take(line) else { break }
      if reading.frontier.size % 10_000 == 0 { try progress(reading.frontier.size) }
    }
    try reading.finish()
    var result = reading.result
    let trust = Trust(
      try trusted ?? ownKeys(), named: reading.named, heads: heads.compactMap(\.1), roots: reading.roots)
    result.signed = trust.size
    result.check(heads, reading.roots, trust.keys)
    return result
  }
}

/// One pass over entries and decisions, which both stand in the order of entries.
private struct ExportReading {
  let sizes: Set<Int64>
  let decisions: LineReader
  var next: StoredDecision?
  var frontier = MerkleFrontier()
  var roots: [Int64: MerkleHash] = [:]
  var named: [(entry: Int64, key: NoteVerifierKey)] = []
  var result = Verification()
  /// Decisions without content, which an erasure must account for.
  private var missing: [(entry: Int64, number: Int64, version: Int64)] = []
  /// The last erased version, by case.
  private var erased: [Int64: Int64] = [:]

  init(rootsAt sizes: Set<Int64>, decisions: LineReader) throws {
    self.sizes = sizes
    self.decisions = decisions
    result.isOpened = true
    next = try LedgerExport.nextDecision(decisions)
  }

  /// Takes an entry; false if nothing after it can be told.
  mutating func take(_ line: ArraySlice<UInt8>) throws -> Bool {
    let number = frontier.size + 1
    frontier.append(.leaf(Array(line)))
    if sizes.contains(frontier.size) { roots[frontier.size] = frontier.root }
    guard let entry = EntryBody(text: String(decoding: line, as: UTF8.self)), entry["seq"]?.number == number,
      let kind = entry["kind"]?.string, let body = entry["body"]
    else {
      result.report("line \(number) of `\(LedgerExport.entriesName)` is not entry \(number)")
      return false
    }
    switch EntryKind(rawValue: kind) {
    case .key:
      if let key = body["key"]?.string.flatMap({ try? NoteVerifierKey(parsing: $0) }) {
        named.append((number, key))
      }
    case .pack:
      if let pack = PackReference(body) { result.packs.append(pack) }
    case .erasure:
      if let number = body["case"]?.number, let version = body["version"]?.number {
        erased[number] = max(erased[number] ?? 0, version)
      }
    case .decision: try takeDecision(number, body)
    default: break
    }
    return true
  }

  private mutating func takeDecision(_ number: Int64, _ body: EntryBody) throws {
    while let stored = next, stored.entry < number {
      result.report("a decision is held as that of entry \(stored.entry), which is none")
      next = try LedgerExport.nextDecision(decisions)
    }
    guard let stored = next, stored.entry == number else {
      missing.append((number, body["case"]?.number ?? 0, body["version"]?.number ?? 0))
      return
    }
    next = try LedgerExport.nextDecision(decisions)
    if let what = stored.difference(from: body) {
      result.report("\(what) of the decision of entry \(number) is not what was recorded")
    } else {
      result.decisions += 1
    }
  }

  mutating func finish() throws {
    while let stored = next {
      result.report("a decision is held as that of entry \(stored.entry), which is none")
      next = try LedgerExport.nextDecision(decisions)
    }
    for decision in missing {
      if decision.version <= erased[decision.number] ?? 0 {
        result.erased += 1
      } else {
        result.report("the decision of entry \(decision.entry) is missing")
      }
    }
    (result.entries, result.root) = (frontier.size, frontier.root)
  }
}

extension StoredDecision {
  /// What of it an entry does not bear out; nil if nothing.
  fileprivate func difference(from body: EntryBody) -> String? {
    if commitment.description != body["commitment"]?.string { return "the document" }
    if packs.map(\.body) != body["packs"]?.items { return "the list of packs" }
    if Int64(version) != body["version"]?.number { return "the version" }
    guard let outer = EntryBody(text: String(decoding: envelope, as: UTF8.self)),
      let inner = outer["decision"], Array(inner.text.utf8) == decision,
      outer["sha256"]?.string == decisionSHA256.hex, outer["version"]?.number == Int64(version)
    else { return "the envelope" }
    if inner["case"]?.string != reference || inner["assessed_on"]?.string != assessedOn {
      return "the reference"
    }
    let claimed = inner["case_sha256"]?.string
    if claimed != caseSHA256.hex || ContentDigest(of: caseBytes) != caseSHA256 { return "the case file" }
    let answer = inner["answer"].map { ContentDigest(of: Array($0.text.utf8)) }
    return answer == answerSHA256 ? nil : "the answer"
  }
}
