// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing
import TestSupport
import TransparencyLog

@testable import Ledger

@Suite("Verifying a ledger") struct VerificationTests {
  let folder: TemporaryFolder
  let ledger: Ledger
  let signer: NoteSigningKey

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
    signer = try #require(
      NoteSigningKey(name: "lawspeaker.example/tests", seed: [UInt8](repeating: 3, count: 32)))
    try ledger.write { tx in
      try tx.append(.start, at: noon, body: [:])
      _ = try tx.archivePack(pack("palermo"), at: noon)
      try tx.packRefused(folder: "rulepacks", diagnostics: "pack.yaml:1:1: error: no", at: noon)
      _ = try tx.record(decision("K-1"))
      _ = try tx.refuse(refusal("bad.yaml"))
      try tx.record(Act(.access, at: noon, reference: "K-1", sealed: ["who": "CD"]))
    }
    _ = try ledger.signHead(with: [signer], at: noon)
    try ledger.write { tx in
      _ = try tx.record(decision("K-1", version: 2))
      try tx.append(.stop, at: noon, body: [:])
    }
  }

  @Test("a ledger that nobody touched verifies, with and without keys")
  func whole() throws {
    let (opened, closed) = try (ledger.reader.verify(), LedgerReader(path: folder.ledger).verify())

    #expect(opened.problems == [] && closed.problems == [])
    #expect(opened.isOpened && !closed.isOpened)
    #expect(opened.entries == 10 && opened.decisions == 2 && opened.heads == 1)
    #expect(try opened.root == ledger.reader.root(ofSize: 10))
  }

  @Test(
    "whatever is edited under the ledger is found and named",
    arguments: [
      ("UPDATE entries SET at = '2026-11-23T12:00:01Z' WHERE seq = 4", "entry 4 is not what was recorded"),
      ("UPDATE entries SET body = json_set(body, '$.version', 7) WHERE seq = 4", "entry 4 is not"),
      ("DELETE FROM entries WHERE seq = 3", "entry 3 is missing"),
      ("DELETE FROM entries WHERE seq >= 6", "that of entry 9, which is about another or none"),
      (
        "UPDATE entries SET seq = -1 WHERE seq = 5; UPDATE entries SET seq = 5 WHERE seq = 6;"
          + " UPDATE entries SET seq = 6 WHERE seq = -1", "entry 5 is not what was recorded"
      ),
      ("INSERT INTO entries (kind, at, body) VALUES ('stop', 'x', '{}')", "tree"),
      ("UPDATE tree SET hash = zeroblob(32) WHERE level = 1 AND place = 1", "over entries 3 to 4"),
      ("DELETE FROM tree WHERE level = 0 AND place = 9", "entry 10"),
      ("INSERT INTO tree VALUES (0, 99, zeroblob(32))", "nodes over entries that are not there"),
      ("UPDATE heads SET note = replace(note, 'tests', 'other')", "head over 6 entries"),
      ("DELETE FROM heads", "the head that entry"),
      ("UPDATE decided SET body = zeroblob(99) WHERE version = 1", "decision of entry 4"),
      ("UPDATE decided SET head = (SELECT head FROM decided WHERE version = 2)", "decision of entry 4"),
      ("DELETE FROM decided WHERE version = 2", "decision of entry 9 is missing"),
      ("UPDATE decided SET version = version + 5", "about another or none"),
      ("UPDATE found_answers SET statuses = x'01' WHERE entry = 4", "index of the decision of entry 4"),
      ("UPDATE found_answers SET statuses = x'ff' WHERE entry = 4", "index of the decision of entry 4"),
      ("DELETE FROM found_answers WHERE entry = 4", "index of the decision of entry 4"),
      ("DELETE FROM found_clauses WHERE entry = 9", "index of the decision of entry 9"),
      ("UPDATE clauses SET id = 'palermo.art3b'", "index of the decision of entry 4"),
      ("UPDATE found_lists SET content = '{}'", "index of the decision of entry 9"),
      (
        "UPDATE found_lists SET content = replace(content, 'palermo.trafficking', 'palermo.child')",
        "index of the decision of entry 4"
      ),
      ("UPDATE cases SET reference = 'K-7'", "reference of the decision of entry 4"),
      ("UPDATE cases SET latest_version = 1", "another newest version"),
      ("UPDATE keys SET wrapped = zeroblob(60)", "key"),
      ("DELETE FROM keys WHERE number > 0", "key"),
      ("UPDATE set_aside SET sealed = zeroblob(50)", "set aside with entry 5"),
      ("DELETE FROM set_aside", "set aside with entry 5 is missing"),
      ("UPDATE acts SET sealed = zeroblob(50)", "entry 6 sealed"),
      ("UPDATE acts SET case_number = NULL", "entry 6 sealed"),
      ("DELETE FROM acts", "entry 6 sealed is missing"),
      ("UPDATE packs_known SET sha256 = zeroblob(32)", "pack that entry 2 records"),
      ("DELETE FROM packs_known", "pack that entry 2 records"),
      ("UPDATE packs_refused SET diagnostics = 'all is well'", "entry 3 said of a pack"),
      ("UPDATE acts SET kind = 'review'", "row of `acts` for entry 6, which is none of its kind"),
      ("UPDATE acts SET version = 1", "entry 6 sealed"),
      ("INSERT INTO acts SELECT 1, 'access', NULL, NULL, key, sealed FROM acts", "`acts` for entry 1,"),
      ("INSERT INTO packs_refused VALUES (2, 'rulepacks', '')", "row of `packs_refused` for entry 2,"),
      ("INSERT INTO set_aside VALUES (1, 5, zeroblob(50))", "row of `set_aside` for entry 1,"),
      ("UPDATE outbox SET kind = 'held' WHERE kind = 'refusal'", "`outbox` for entry 5,"),
      ("UPDATE cases SET erased_entry = 6, erased_version = 2", "erased where none was"),
      ("UPDATE cases SET person = zeroblob(32)", "person of the decision of entry 9"),
      ("UPDATE cases SET owner = owner + 1", "owner of the decision of entry 4"),
      ("UPDATE decided SET at = '2020-01-01T00:00:00Z' WHERE version = 2", "time of the decision of entry 9"),
      ("DROP INDEX decided_by_day", "the index `decided_by_day` is missing"),
      ("CREATE TABLE more (x)", "the table `more` is none of a ledger's"),
      ("SELECT 1", "the trigger `entries_keep_update` is missing"),
      (
        "CREATE TRIGGER heads_keep_delete BEFORE DELETE ON heads BEGIN SELECT 1; END",
        "the trigger `heads_keep_delete` is another than a ledger's"
      ),
    ])
  func edited(edit: String, words: String) throws {
    let published = try #require(try ledger.reader.lastHead())
    try tamper(edit)

    let problems = try ledger.reader.verify(
      published: [PublishedHead(place: "checkpoints/6", note: Array(published.note.utf8))]
    ).problems

    #expect(problems.contains { $0.contains(words) }, "\(problems)")
  }

  /// Edits as somebody does who has the file and another program, which minds neither triggers nor references.
  private func tamper(_ edit: String) throws {
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false
    let other = try DatabaseQueue(path: folder.ledger, configuration: configuration)
    try other.write { db in
      for table in ["entries", "tree", "heads"] {
        for act in ["update", "delete", "replace"] {
          try db.execute(sql: "DROP TRIGGER \(table)_keep_\(act)")
        }
      }
      try db.execute(sql: edit)
    }
    try other.close()
  }

  @Test("a whole new ledger that agrees with itself is found out by a head that was published before")
  func rewritten() throws {
    let published = try #require(try ledger.reader.lastHead())
    let other = try TemporaryFolder()
    let forged = try Ledger(path: other.ledger, root: root)
    try forged.write { tx in for _ in 1...20 { try tx.append(.start, at: noon, body: [:]) } }
    let head = PublishedHead(place: "checkpoints/6", note: Array(published.note.utf8))

    #expect(try forged.problems() == [])
    let problems = try forged.reader.verify(trusted: [signer.verifier], published: [head]).problems
    #expect(
      problems == [
        "the published head `checkpoints/6` was signed over other entries than the first 6 of this ledger"
      ])
  }

  @Test("a head of another key, of another log or that is none is refused, each by its name")
  func foreignHeads() throws {
    let note = try #require(try ledger.reader.lastHead()).note
    let other = try #require(
      NoteSigningKey(name: "lawspeaker.example/tests", seed: [UInt8](repeating: 4, count: 32)))
    let heads = [
      PublishedHead(place: "a", note: Array("no note".utf8)),
      PublishedHead(place: "b", note: Array(note.utf8)),
    ]

    let problems = try ledger.reader.verify(trusted: [other.verifier], published: heads).problems

    #expect(problems.count == 3)
    #expect(problems.contains { $0.contains("head over 6 entries is not signed") })
    #expect(problems.contains { $0.contains("`a` is no signed head") })
    #expect(problems.contains { $0.contains("`b` is not signed") })
  }

  @Test("any entry is proven against any later head, and heads against each other")
  func proofs() throws {
    let second = try #require(try ledger.signHead(with: [signer], at: noon))
    let first = try #require(try ledger.reader.heads().last)
    let heads = try [first, second].map { try SignedCheckpoint(parsing: Array($0.note.utf8)) }

    for number in 1...first.size {
      let proof = EntryProof(
        entry: try #require(try ledger.reader.entry(number)).leaf, index: number - 1,
        path: try ledger.reader.inclusionProof(of: number, inSize: first.size), checkpoint: heads[0])
      #expect(try proof.check(with: [signer.verifier]).size == first.size)
    }
    let consistency = ConsistencyProof(
      old: heads[0], new: heads[1],
      path: try ledger.reader.consistencyProof(from: first.size, to: second.size))
    #expect(throws: Never.self) { try consistency.check(with: [signer.verifier]) }
  }

  @Test("no head is signed over a tree that is not that of the last head, nor twice over nothing new")
  func signing() throws {
    #expect(try ledger.signHead(with: [signer], at: noon) != nil)
    #expect(try ledger.signHead(with: [signer], at: noon) == nil)
    #expect(try ledger.signHead(with: [signer], at: noon, isForced: true) != nil)
    try ledger.write { tx in _ = try tx.append(.start, at: noon, body: [:]) }
    try tamper("UPDATE tree SET hash = zeroblob(32)")

    let fault = #expect(throws: LedgerFault.self) { try ledger.signHead(with: [signer], at: noon) }

    #expect(fault?.isFatal == true)
  }

  @Test("a key that takes over is recorded, and both sign the head over the change")
  func rotation() throws {
    let next = try #require(
      NoteSigningKey(name: "lawspeaker.example/tests", seed: [UInt8](repeating: 4, count: 32)))
    let head = try #require(try ledger.signHead(with: [next, signer], at: noon))

    let signed = try SignedCheckpoint(parsing: Array(head.note.utf8))
    #expect(try ledger.reader.keyTexts() == [signer.verifier.text, next.verifier.text])
    #expect(signed.signatures.count == 2)
    #expect(throws: Never.self) { try signed.check(with: [signer.verifier]) }
    #expect(throws: Never.self) { try signed.check(with: [next.verifier]) }
    #expect(try ledger.problems() == [])
  }
}
