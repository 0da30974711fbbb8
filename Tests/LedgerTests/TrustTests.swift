// SPDX-License-Identifier: Apache-2.0
import Testing
import TransparencyLog

@testable import Ledger

@Suite("Keys that vouch for keys") struct TrustTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in _ = try tx.append(.start, at: noon, body: [:]) }
  }

  private func key(_ byte: UInt8) throws -> NoteSigningKey {
    try #require(NoteSigningKey(name: "lawspeaker.example/tests", seed: [UInt8](repeating: byte, count: 32)))
  }

  @Test("after a change of keys the old key and the new each check every head")
  func change() throws {
    let (old, new) = (try key(1), try key(2))
    _ = try ledger.signHead(with: [old], at: noon)
    try ledger.announce(new.verifier, at: noon)
    _ = try ledger.signHead(with: [new, old], at: noon)
    try ledger.write { tx in _ = try tx.append(.stop, at: noon, body: [:]) }
    _ = try ledger.signHead(with: [new], at: noon)

    for trusted in [old, new] {
      let verification = try ledger.reader.verify(trusted: [trusted.verifier])
      #expect(verification.problems == [] && verification.heads == 3)
    }
  }

  @Test("a key that signs beside a believed one, and that no entry under it names, is not believed")
  func intruder() throws {
    let (old, intruder) = (try key(1), try key(3))
    _ = try ledger.signHead(with: [old], at: noon)
    try ledger.write { tx in _ = try tx.append(.stop, at: noon, body: [:]) }
    _ = try ledger.signHead(with: [intruder], at: noon)

    let problems = try ledger.reader.verify(trusted: [old.verifier]).problems

    #expect(problems.count == 1 && problems[0].contains("is not signed as it must be"), "\(problems)")
    #expect(try ledger.problems() == [])
  }
}
