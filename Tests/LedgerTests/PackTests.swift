// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Ledger

@Suite("Packs in the ledger") struct PackTests {
  let folder: TemporaryFolder
  let ledger: Ledger

  init() throws {
    folder = try TemporaryFolder()
    ledger = try Ledger(path: folder.ledger, root: root)
  }

  @Test("a version is archived once, and other bytes under it are a conflict that records nothing")
  func archiving() throws {
    let outcomes = try ledger.write { tx in
      try [
        tx.archivePack(pack("palermo"), at: noon), tx.archivePack(pack("palermo"), at: noon),
        tx.archivePack(pack("palermo", bytes: "edited"), at: noon),
        tx.archivePack(pack("palermo", "1.0.1"), at: noon),
      ]
    }

    #expect(
      outcomes == [
        .new(entry: 1), .known, .conflict(existing: pack("palermo").sha256), .new(entry: 2),
      ])
  }

  @Test("the last activation is given back with its packs in order")
  func activations() throws {
    let packs = [pack("zeta"), pack("alpha", "3.1.4")]
    #expect(try ledger.lastActivation() == nil)
    try ledger.write { tx in
      try tx.activate(generation: 1, packs: [], at: noon)
      try tx.activate(generation: 2, packs: packs, at: "2026-11-24T00:00:00Z")
    }

    let last = try #require(try ledger.lastActivation())

    #expect(last == Activation(entry: 2, at: "2026-11-24T00:00:00Z", generation: 2, packs: packs))
    #expect(try ledger.reader.activations().map(\.generation) == [2, 1])
  }

  @Test("the last refusal of a pack is given back with all its diagnostics, however many")
  func refusals() throws {
    let diagnostics = String(repeating: "norway/rules.yaml:14:9: error: unknown fact `purpos`\n", count: 5000)
    try ledger.write { tx in
      try tx.packRefused(folder: "palermo", diagnostics: "first", at: noon)
      try tx.packRefused(folder: "norway", diagnostics: diagnostics, at: noon)
    }

    let last = try #require(try ledger.reader.lastPackRefusal())

    #expect(last.folder == "norway")
    #expect(last.diagnostics == diagnostics)
  }

  @Test("a digest is read from hexadecimal digits with or without its name, and nothing else")
  func digests() {
    let digest = ContentDigest(of: Array("abc".utf8))
    let hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

    #expect(digest.hex == hex)
    #expect(ContentDigest(hex: hex) == digest && ContentDigest(hex: "sha256:" + hex) == digest)
    for other in [hex.uppercased(), String(hex.dropLast()), hex + "0", "sha512:" + hex, ""] {
      #expect(ContentDigest(hex: other) == nil)
    }
  }
}
