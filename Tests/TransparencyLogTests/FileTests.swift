// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

@testable import TransparencyLog

@Suite("Checkpoints") struct CheckpointTests {
  @Test("are three lines and signatures") func form() throws {
    let log = try SampleLog()

    let checkpoint = log.checkpoint(70)

    #expect(
      checkpoint.text == """
        lawspeaker.example/oslo-1
        70
        \(log.tree.root(70))

        \(checkpoint.signatures[0].line)

        """)
    #expect(try SignedCheckpoint(parsing: Array(checkpoint.text.utf8)) == checkpoint)
    #expect(try checkpoint.check(with: log.keys) == checkpoint.checkpoint)
  }

  @Test("of an empty log are signed too") func empty() throws {
    let log = try SampleLog(count: 0)

    let checkpoint = try SignedCheckpoint(parsing: Array(log.checkpoint(0).text.utf8))

    #expect(try checkpoint.check(with: log.keys).root == .emptyTree)
  }

  @Test("that a new key signs with the old one are believed by who knows either") func rotation() throws {
    let log = try SampleLog()
    let new = try #require(NoteSigningKey(newNamed: SampleLog.name))
    let checkpoint = log.checkpoint(70, keys: [log.key, new])

    for keys in [[log.key], [new], [new, log.key]] {
      #expect(try checkpoint.check(with: keys.map(\.verifier)).size == 70)
    }
  }

  @Test("that only a witness signed, or a known key of another log, are not believed") func foreign() throws {
    let log = try SampleLog()
    let body = Checkpoint(origin: SampleLog.name, size: 70, root: log.tree.root(70)).body
    let note = SignedNote(signing: body, with: [log.witness])

    let checkpoint = try SignedCheckpoint(parsing: Array(note.text.utf8))

    #expect(throws: NoteRefused.origin(SampleLog.name)) {
      try checkpoint.check(with: [log.witness.verifier, log.key.verifier])
    }
  }

  @Test("are refused in another form", arguments: Array(CheckpointTests.otherForms.enumerated()))
  func malformed(_: Int, change: (from: String, to: String, line: Int)) throws {
    let text = try SampleLog().checkpoint(70).text

    let refused = #expect(throws: MalformedLogText.self) {
      try SignedCheckpoint(
        parsing: Array(text.replacing(change.from, with: change.to, maxReplacements: 1).utf8))
    }

    #expect(refused?.line == change.line)
  }

  static let otherForms: [(from: String, to: String, line: Int)] = [
    ("lawspeaker.example/oslo-1\n", "\n", 1), ("lawspeaker.example", "lawspeaker example", 1),
    ("lawspeaker", "løvspeaker", 1), ("\n70\n", "\n070\n", 2), ("\n70\n", "\n+70\n", 2),
    ("\n70\n", "\n-7\n", 2),
    ("\n70\n", "\n\n", 2), ("\n70\n", "\n9223372036854775808\n", 2), ("\n70\n", "\n\u{0667}\n", 2),
    ("\n70\n", "\n70 \n", 2), ("=\n\n", "=\nextension\n\n", 4), ("=\n\n", "\n\n", 3), ("=\n\n", "=\n\n\n", 5),
  ]
}

@Suite("Proofs of an entry") struct EntryProofTests {
  @Test("hold the entry, the path and the checkpoint") func form() throws {
    let log = try SampleLog(count: 3)

    let proof = log.entryProof(2, in: 3)

    #expect(
      proof.text == """
        c2sp.org/tlog-proof@v1
        extra \(Base64Text.of(log.tree.entries[2]))
        index 2
        \(log.tree.root(2))

        \(log.checkpoint(3).text)
        """)
  }

  @Test("are read again and found good", arguments: 1...20)
  func good(size: Int) throws {
    let log = try SampleLog(seed: UInt64(size))
    for index in 0..<size {
      let proof = log.entryProof(index, in: size)

      let found = try EntryProof(parsing: Array(proof.text.utf8))

      #expect(found == proof)
      #expect(try found.check(with: log.keys).size == Int64(size))
    }
  }

  @Test("are refused for each reason with words that say it") func reasons() throws {
    let log = try SampleLog(count: 5)
    let good = log.entryProof(2, in: 5)
    func reason(_ proof: EntryProof, keys: [NoteVerifierKey]? = nil) -> String? {
      #expect(throws: CheckRefused.self) { try proof.check(with: keys ?? log.keys) }?.description
    }

    #expect(
      reason(EntryProof(entry: [1], index: 2, path: good.path, checkpoint: good.checkpoint))
        == "the proof does not lead to the root that was signed")
    #expect(
      reason(EntryProof(entry: good.entry, index: 5, path: good.path, checkpoint: good.checkpoint))
        == "a log of 5 entries has no entry 5 (they count from 0)")
    #expect(
      reason(EntryProof(entry: good.entry, index: 2, path: [], checkpoint: good.checkpoint))
        == "the proof has 0 hashes, which is not how many it needs")
    #expect(
      reason(
        EntryProof(entry: good.entry, index: 2, path: good.path + good.path, checkpoint: good.checkpoint))
        == "the proof has more hashes than it needs")
    #expect(
      reason(good, keys: [log.witness.verifier])
        == "the checkpoint is not to be believed: none of the known keys has signed this")
  }

  @Test("are refused in another form", arguments: Array(EntryProofTests.otherForms.enumerated()))
  func malformed(_: Int, change: (from: String, to: String, line: Int)) throws {
    let text = try SampleLog(count: 3).entryProof(2, in: 3).text

    let refused = #expect(throws: MalformedLogText.self) {
      try EntryProof(parsing: Array(text.replacing(change.from, with: change.to, maxReplacements: 1).utf8))
    }

    #expect(refused?.line == change.line)
  }

  static let otherForms: [(from: String, to: String, line: Int)] = [
    ("@v1", "@v2", 1), ("extra ", "extra", 2), ("extra ", "extra =", 2), ("extra ", "index 2\nextra ", 2),
    ("index 2", "index 02", 3), ("index 2", "index  2", 3), ("index 2", "index -1", 3),
    ("index 2", "Index 2", 3),
    ("index 2\n", "index 2\n\n", 5), ("=\n\n", "=\n", 5), ("index 2\n", "index 2\nAAAA\n", 4),
    ("index 2\n", "index 2\n" + String(repeating: MerkleHash.emptyTree.base64 + "\n", count: 63), 67),
    ("extra ", "extra " + String(repeating: "AAAA", count: 21_846), 2),
  ]
}

@Suite("Proofs of consistency") struct ConsistencyProofTests {
  @Test("hold both checkpoints, and end as a witness is asked") func form() throws {
    let log = try SampleLog(count: 3)

    let proof = log.consistencyProof(from: 2, to: 3)

    #expect(proof.request == "old 2\n\(MerkleHash.leaf(log.tree.entries[2]))\n\n" + log.checkpoint(3).text)
    #expect(proof.text == "lawspeaker-consistency-proof@v1\n\n\(log.checkpoint(2).text)\n\(proof.request)")
  }

  @Test("are read again and found good", arguments: 1...20)
  func good(size: Int) throws {
    let log = try SampleLog(seed: UInt64(size))
    for old in 1...size {
      let proof = log.consistencyProof(from: old, to: size)

      let found = try ConsistencyProof(parsing: Array(proof.text.utf8))

      #expect(found == proof)
      let (older, newer) = try found.check(with: log.keys)
      #expect((older.size, newer.size) == (Int64(old), Int64(size)))
    }
  }

  @Test("are refused for each reason with words that say it") func reasons() throws {
    let log = try SampleLog(count: 9)
    let other = try SampleLog(seed: 2, count: 9)
    let path = log.tree.consistencyProof(from: 5, to: 9)
    let elsewhere = try #require(NoteSigningKey(newNamed: "lawspeaker.example/bergen"))
    let foreign = SignedCheckpoint(
      signing: Checkpoint(origin: "lawspeaker.example/bergen", size: 9, root: log.tree.root(9)),
      with: [elsewhere])
    let keys = [log.key, other.key, elsewhere].map(\.verifier)
    func reason(
      _ old: SignedCheckpoint, _ new: SignedCheckpoint, keys others: [NoteVerifierKey]? = nil
    ) -> String? {
      #expect(throws: CheckRefused.self) {
        try ConsistencyProof(old: old, new: new, path: path).check(with: others ?? keys)
      }?.description
    }

    #expect(
      reason(other.checkpoint(5), log.checkpoint(9))
        == "the proof does not lead to the older root that was signed")
    #expect(
      reason(log.checkpoint(5), other.checkpoint(9)) == "the proof does not lead to the root that was signed")
    #expect(
      reason(log.checkpoint(9), log.checkpoint(5))
        == "a log of 5 entries cannot be shown to continue one of 9")
    #expect(
      reason(log.checkpoint(5), foreign)
        == "the checkpoints are of different logs, `lawspeaker.example/oslo-1` and `lawspeaker.example/bergen`"
    )
    #expect(
      reason(other.checkpoint(5), log.checkpoint(9), keys: log.keys)
        == "the older checkpoint is not to be believed: none of the known keys has signed this")
    #expect(
      reason(log.checkpoint(5), other.checkpoint(9), keys: log.keys)
        == "the checkpoint is not to be believed: none of the known keys has signed this")
  }

  @Test("are refused in another form", arguments: Array(ConsistencyProofTests.otherForms.enumerated()))
  func malformed(_: Int, change: (from: String, to: String, line: Int)) throws {
    let text = try SampleLog(count: 3).consistencyProof(from: 2, to: 3).text

    let refused = #expect(throws: MalformedLogText.self) {
      try ConsistencyProof(
        parsing: Array(text.replacing(change.from, with: change.to, maxReplacements: 1).utf8))
    }

    #expect(refused?.line == change.line)
  }

  static let otherForms: [(from: String, to: String, line: Int)] = [
    ("@v1", "@v2", 1), ("@v1\n\n", "@v1\n", 2), ("\n2\n", "\n1\n", 9), ("\nold 2\n", "\n", 9),
    ("old 2\n", "old 2\n\n", 12), ("old 2\n", "old 2 \n", 9), ("\n3\n", "\n03\n", 13),
  ]
}
