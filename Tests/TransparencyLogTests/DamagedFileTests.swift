// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing
import TransparencyLog

@Suite("Damaged files") struct DamagedFileTests {
  /// Each kind of file: a good one, and what reading and checking it makes of other bytes.
  enum Kind: CaseIterable, Sendable {
    case note
    case checkpoint
    case entryProof
    case consistencyProof

    func good(_ log: SampleLog) -> String {
      switch self {
      case .note: SignedNote(signing: "one\n\n— two\n", with: [log.key]).text
      case .checkpoint: log.checkpoint(5).text
      case .entryProof: log.entryProof(2, in: 5).text
      case .consistencyProof: log.consistencyProof(from: 3, to: 5).text
      }
    }

    /// Reads a file, and returns it as written again.
    func readAgain(_ bytes: [UInt8]) throws(MalformedLogText) -> String {
      switch self {
      case .note: try SignedNote(parsing: bytes).text
      case .checkpoint: try SignedCheckpoint(parsing: bytes).text
      case .entryProof: try EntryProof(parsing: bytes).text
      case .consistencyProof: try ConsistencyProof(parsing: bytes).text
      }
    }

    /// Reads and checks a file.
    func check(_ bytes: [UInt8], with keys: [NoteVerifierKey]) throws {
      switch self {
      case .note: _ = try SignedNote(parsing: bytes).signers(among: keys)
      case .checkpoint: try SignedCheckpoint(parsing: bytes).check(with: keys)
      case .entryProof: try EntryProof(parsing: bytes).check(with: keys)
      case .consistencyProof: try ConsistencyProof(parsing: bytes).check(with: keys)
      }
    }
  }

  @Test(
    "are refused whichever byte has a bit changed", arguments: Kind.allCases, 0..<2 as Range<UInt64>)
  func bits(kind: Kind, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let log = try SampleLog(count: 5)
    let good = Array(kind.good(log).utf8)
    try kind.check(good, with: log.keys)

    var unnoticed: [(place: Int, byte: UInt8)] = []
    for place in good.indices {
      var bytes = good
      bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
      if (try? kind.check(bytes, with: log.keys)) != nil { unnoticed.append((place, bytes[place])) }
    }

    #expect(unnoticed.isEmpty)
  }

  @Test("are refused wherever they are cut off", arguments: Kind.allCases)
  func cutOff(kind: Kind) throws {
    let log = try SampleLog(count: 5)
    let good = Array(kind.good(log).utf8)

    for count in good.indices {
      #expect(throws: (any Error).self) { try kind.check(Array(good.prefix(count)), with: log.keys) }
    }
  }

  @Test(
    "are refused when read, or written again byte for byte", arguments: Kind.allCases,
    0..<100 as Range<UInt64>)
  func mutated(kind: Kind, seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let good = Array(kind.good(try SampleLog(seed: seed, count: 5)).utf8)

    for _ in 0..<20 {
      let bytes = good.mutated(using: &random)
      let written: String
      do throws(MalformedLogText) { written = try kind.readAgain(bytes) } catch { continue }
      #expect(Array(written.utf8) == bytes)
    }
  }
}

extension [UInt8] {
  /// The bytes with one to three changes of the kinds that carelessness and malice make.
  fileprivate func mutated(using random: inout SplitMix64) -> [UInt8] {
    var bytes = self
    for _ in 0..<Int.random(in: 1...3, using: &random) {
      let place = Int.random(in: bytes.indices, using: &random)
      let end = Int.random(in: place...Swift.min(place + 50, bytes.count - 1), using: &random)
      switch Int.random(in: 0..<6, using: &random) {
      case 0: bytes[place] = .random(in: 0...255, using: &random)
      case 1: bytes[place] = Array("\n =+/0A—-".utf8).randomElement(using: &random) ?? 0
      case 2: bytes.removeSubrange(place..<end)
      case 3: bytes.insert(contentsOf: bytes[place..<end], at: place)
      case 4: bytes.insert(UInt8(ascii: "\n"), at: place)
      default: bytes.swapAt(place, end)
      }
    }
    return bytes
  }
}
