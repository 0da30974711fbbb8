// SPDX-License-Identifier: Apache-2.0
import Foundation
import GRDB
import Testing

@testable import Ledger

@Suite("Sealing") struct SealingTests {
  let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  @Test("what is sealed opens under its key and context alone, and not after any byte was changed")
  func opening() throws {
    let (key, plain) = (invented(1), Array("what the person said".utf8))
    let sealed = try key.seal(plain, context: "here")

    #expect(key.open(sealed, context: "here") == plain)
    #expect(key.open(sealed, context: "there") == nil)
    #expect(invented(2).open(sealed, context: "here") == nil)
    for place in sealed.indices {
      var changed = sealed
      changed[place] ^= 1
      #expect(key.open(changed, context: "here") == nil)
    }
    for count in 0..<sealed.count { #expect(key.open(Array(sealed.prefix(count)), context: "here") == nil) }
  }

  @Test("parts come back as they were packed, and a cut-off or longer row of them does not")
  func packing() {
    let parts: [[UInt8]] = [[], [0], Array("parts".utf8), [UInt8](repeating: 9, count: 300)]
    let packed = Packed.pack(parts)

    #expect(Packed.unpack(packed, parts: 4) == parts)
    #expect(Packed.unpack(packed, parts: 3) == nil)
    #expect(Packed.unpack(packed + [0], parts: 4) == nil)
    for count in 0..<packed.count { #expect(Packed.unpack(Array(packed.prefix(count)), parts: 4) == nil) }
  }

  @Test("nothing of a case can be read in the file or its log: neither content nor names of files and people")
  func unreadable() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    var secret = decision("K-1", person: "P-canary-person")
    secret.caseBytes = Array("note: canary-in-the-case\n".utf8)
    secret.caseSHA256 = ContentDigest(of: secret.caseBytes)
    secret.fileName = "canary-file-name.yaml"
    try ledger.write { tx in
      _ = try tx.record(secret)
      _ = try tx.refuse(refusal("canary-refused.yaml"))
      _ = try tx.noteAttempt(fileName: "canary-tried.yaml", sha256: digest("x"), at: noon)
      try tx.record(Act(.access, at: noon, reference: "K-1", sealed: ["who": "canary-reader"]))
    }

    let raw = try Raw(folder)
    #expect(raw.finds("K-1"))
    #expect(!raw.finds("canary"))
    #expect(!raw.finds(secret.caseSHA256))
    #expect(try ledger.unfinished().map(\.fileName) == ["canary-file-name.yaml", "canary-refused.yaml"])
    #expect(try ledger.reader.attempted(among: ["canary-tried.yaml", "other"]) == ["canary-tried.yaml"])
  }

  @Test("another root key is refused, and so is a ledger without its keys; nothing is made in their place")
  func wrongKeys() throws {
    try Ledger(path: folder.ledger, root: root).close()
    let ring = folder.path + "/keyring"
    let before = try Data(contentsOf: URL(fileURLWithPath: ring))

    #expect(throws: LedgerFault.wrongKey(path: ring)) { try Ledger(path: folder.ledger, root: invented(8)) }
    #expect(try Data(contentsOf: URL(fileURLWithPath: ring)) == before)
    try FileManager.default.removeItem(atPath: ring)
    #expect(throws: LedgerFault.noKeyRing(path: ring)) { try Ledger(path: folder.ledger, root: root) }
    #expect(!FileManager.default.fileExists(atPath: ring))
  }

  @Test("keys sealed with another root key open under it, and no more under the old one")
  func resealing() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.write { tx in _ = try tx.record(decision("K-1")) }
    try ledger.close()
    try KeyRing.reseal(path: folder.path + "/keyring", from: root, to: invented(8))

    #expect(try Ledger(path: folder.ledger, root: invented(8)).reader.decision("K-1") != nil)
    #expect(throws: LedgerFault.self) { try Ledger(path: folder.ledger, root: root) }
  }

  @Test("the file of keys is the owner's alone, and nothing of an older one is left beside it")
  func keyFile() throws {
    let ledger = try Ledger(path: folder.ledger, root: root)
    try ledger.retireEpoch()

    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter {
      $0.hasPrefix("keyring")
    }
    let mode = try FileManager.default.attributesOfItem(atPath: folder.path + "/keyring")[.posixPermissions]
    #expect(names == ["keyring"])
    #expect(mode as? Int == 0o600)
  }
}

/// The bytes of a ledger's files as a thief of the disk has them.
struct Raw {
  let bytes: Data

  init(_ folder: TemporaryFolder) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0 != "packs" }
    bytes = try names.reduce(into: Data()) { all, name in
      all += try Data(contentsOf: URL(fileURLWithPath: folder.path + "/" + name))
    }
  }

  func finds(_ text: String) -> Bool { bytes.range(of: Data(text.utf8)) != nil }
  func finds(_ digest: ContentDigest) -> Bool {
    bytes.range(of: Data(digest.bytes)) != nil || finds(digest.hex)
  }
}
