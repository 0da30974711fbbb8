// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What decisions under the same packs have in common: the packs and, in order, their conclusions.
struct FoundList: Hashable, Sendable {
  var packs: [PackReference]
  /// The ids of the conclusions.
  var conclusions: [String]

  /// Finds a list that is stored already.
  var digest: ContentDigest {
    ContentDigest(of: Packed.pack([packs.packed, Packed.pack(conclusions.map { Array($0.utf8) })]))
  }

  var content: EntryBody {
    ["conclusions": .list(conclusions.map { .text($0) }), "packs": .list(packs.map(\.body))]
  }

  init(packs: [PackReference], conclusions: [String]) {
    self.packs = packs
    self.conclusions = conclusions
  }

  /// Reads ``content`` back; `nil` if it is another text.
  init?(_ content: EntryBody) {
    guard let packs = content["packs"]?.items.map({ PackReference($0) }),
      let conclusions = content["conclusions"]?.items.map(\.string), !packs.contains(nil),
      !conclusions.contains(nil)
    else { return nil }
    self.init(packs: packs.compactMap(\.self), conclusions: conclusions.compactMap(\.self))
  }
}

extension [PackReference] {
  /// As digests are taken over them.
  var packed: [UInt8] {
    Packed.pack(self.map { Packed.pack([[UInt8]($0.id.utf8), [UInt8]($0.version.utf8), $0.sha256.bytes]) })
  }
}

/// What queries find one decision by.
struct Found {
  var packs: [PackReference]
  var conclusions: [FoundConclusion]
  /// In byte order.
  var clauses: [String]

  static let none = Found(packs: [], conclusions: [], clauses: [])
}

extension DecisionRecord {
  var found: Found { Found(packs: packs, conclusions: conclusions, clauses: Set(clauses).sorted()) }
}

/// Lists with their numbers.
typealias FoundLists = [(number: Int64, list: FoundList)]

extension FoundLists {
  /// Whether a conclusion, or any, has a status, or any: a condition on the table `found_answers`, called `found`.
  func condition(conclusion: String?, status: String?) -> SQL {
    let letter = status.map { [UInt8](CompactFindings.words.firstIndex(of: $0).map { [UInt8($0)] } ?? []) }
    if letter == [] { return "FALSE" }
    guard let conclusion else {
      return letter.map { "instr(found.statuses, \(StoredBytes($0))) > 0" } ?? "TRUE"
    }
    var numbers: [Int: [Int64]] = [:]
    for (number, list) in self {
      if let place = list.conclusions.firstIndex(of: conclusion) {
        numbers[place, default: []].append(number)
      }
    }
    let ways = numbers.sorted { $0.key < $1.key }.map { place, numbers -> SQL in
      guard let letter else { return "found.list IN \(numbers)" }
      return """
        (found.list IN \(numbers) AND substr(found.statuses, \(place + 1), 1) = \(StoredBytes(letter)))
        """
    }
    return ways.isEmpty ? "FALSE" : "(\(ways.joined(operator: .or)))"
  }
}

/// The index of decisions, as far as one reading asks for it.
///
/// A class, since lists that decisions share are read once for all who ask.
final class FoundIndex {
  private let db: Database
  private var lists: [Int64: FoundList] = [:]

  init(_ db: Database) { self.db = db }

  /// A list by its number.
  func list(_ number: Int64) throws -> FoundList? {
    if let known = lists[number] { return known }
    let content = try String.fetchOne(
      db, literal: "SELECT content FROM found_lists WHERE number = \(number)")
    guard let list = content.flatMap({ EntryBody(text: $0) }).flatMap({ FoundList($0) }) else { return nil }
    lists[number] = list
    return list
  }

  /// Every list with its number, in the order in which they were met.
  func all() throws -> FoundLists {
    try Int64.fetchAll(db, sql: "SELECT number FROM found_lists ORDER BY number").compactMap { number in
      try list(number).map { (number, $0) }
    }
  }

  /// What the decision of an entry is found by; nothing, if that is missing or cannot be read.
  func found(_ entry: Int64) throws -> Found {
    let row = try Row.fetchOne(
      db, literal: "SELECT list, statuses FROM found_answers WHERE entry = \(entry)")
    guard let row, let list = try list(row.decode(forColumn: "list")),
      let statuses = CompactFindings.words(try row.bytes("statuses")),
      statuses.count == list.conclusions.count
    else { return .none }
    let clauses = try String.fetchAll(
      db,
      literal: """
        SELECT id FROM found_clauses JOIN clauses ON number = clause WHERE entry = \(entry) ORDER BY id
        """)
    return Found(
      packs: list.packs,
      conclusions: zip(list.conclusions, statuses).map { FoundConclusion(id: $0, status: $1) },
      clauses: clauses)
  }
}

extension Ledger.Transaction {
  /// Records what queries find a decision by: a row for all its answers, and one for each clause applied.
  ///
  /// - Throws: ``LedgerFault/damaged(_:)`` if a status has no letter.
  func insert(_ found: Found, entry: Int64) throws {
    let letters = try CompactFindings.letters(of: found.conclusions)
    let list = try number(of: FoundList(packs: found.packs, conclusions: found.conclusions.map(\.id)))
    try db.run(
      """
      INSERT INTO found_answers (entry, list, statuses) VALUES (\(entry), \(list), \(StoredBytes(letters)))
      """)
    let insert = try db.cachedStatement(
      sql: "INSERT INTO found_clauses (entry, clause) SELECT ?, number FROM clauses WHERE id = ?")
    for clause in found.clauses {
      try insert.execute(arguments: [entry, clause])
      if db.changesCount == 1 { continue }
      try db.run("INSERT INTO clauses (id) VALUES (\(clause))")
      try insert.execute(arguments: [entry, clause])
    }
  }

  private func number(of list: FoundList) throws -> Int64 {
    let digest = list.digest
    if let known = try Int64.fetchOne(
      db, literal: "SELECT number FROM found_lists WHERE digest = \(digest)")
    {
      return known
    }
    try db.run("INSERT INTO found_lists (digest, content) VALUES (\(digest), \(list.content.text))")
    return db.lastInsertedRowID
  }
}
