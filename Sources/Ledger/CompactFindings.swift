// SPDX-License-Identifier: Apache-2.0

/// What a decision came to, in few bytes: a letter a conclusion instead of a row, for who reads very many of them.
///
/// The names of conclusions are those of the packs that applied, always the same in the same order; they stand here as
/// a digest, and are read once from the tables.
package struct CompactFindings: Hashable, Sendable {
  /// Stands for the names of the conclusions and their order.
  package let names: [UInt8]
  /// A status a conclusion, by its place in ``words``.
  package let letters: [UInt8]
  /// The clauses applied, a line each.
  private let clauseLines: [UInt8]

  /// The clauses applied, in byte order.
  package var clauses: [String] {
    String(decoding: clauseLines, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Every status that has a letter; new ones are added at the end.
  package static let words = ["holds", "fails", "undetermined", "contradictory", "not_in_force", "unsettled"]

  /// - Throws: ``LedgerFault/damaged(_:)`` if a status has no letter.
  init(_ found: Found) throws(LedgerFault) {
    letters = try Self.letters(of: found.conclusions)
    clauseLines = Array(found.clauses.joined(separator: "\n").utf8)
    names = Self.names(of: found.conclusions.map(\.id))
  }

  /// What stands for the names of conclusions and their order.
  static func names(of conclusions: [String]) -> [UInt8] {
    Array(ContentDigest(of: Packed.pack(conclusions.map { Array($0.utf8) })).bytes.prefix(16))
  }

  /// A letter for each status.
  ///
  /// - Throws: ``LedgerFault/damaged(_:)`` if a status has none.
  static func letters(of conclusions: [FoundConclusion]) throws(LedgerFault) -> [UInt8] {
    var letters: [UInt8] = []
    letters.reserveCapacity(conclusions.count)
    for conclusion in conclusions {
      guard let letter = words.firstIndex(of: conclusion.status) else {
        throw .damaged("a decision has a status that the ledger has no letter for")
      }
      letters.append(UInt8(letter))
    }
    return letters
  }

  /// The statuses that letters stand for; `nil` if one stands for none.
  static func words(_ letters: [UInt8]) -> [String]? {
    letters.allSatisfy { Int($0) < words.count } ? letters.map { words[Int($0)] } : nil
  }

  var bytes: [UInt8] { Packed.pack([names, letters, clauseLines]) }

  /// Reads ``bytes`` back; `nil` if a later release wrote a letter that this one does not know.
  init?(_ bytes: [UInt8]) {
    guard let parts = Packed.unpack(bytes, parts: 3), parts[1].allSatisfy({ Int($0) < Self.words.count })
    else {
      return nil
    }
    (names, letters, clauseLines) = (parts[0], parts[1], parts[2])
  }
}
