// SPDX-License-Identifier: Apache-2.0
import Foundation
import Ledger

/// A folder of a test's own, gone with the last reference to it.
final class TemporaryFolder: Sendable {
  let path: String

  init() throws {
    path = NSTemporaryDirectory() + "lawspeaker-ledger-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  var ledger: String { path + "/ledger.db" }
}

/// The key above all keys of these tests; no secret.
let root = invented(7)

func invented(_ byte: UInt8) -> SealingKey {
  guard let key = SealingKey([UInt8](repeating: byte, count: 32)) else { preconditionFailure("32 bytes") }
  return key
}

extension Ledger {
  /// What is wrong with the whole ledger.
  func problems() throws -> [String] { try reader.verify().problems }
}

let noon = "2026-11-23T12:00:00Z"

func digest(_ text: String) -> ContentDigest { ContentDigest(of: Array(text.utf8)) }

func pack(_ id: String, _ version: String = "1.0.0", bytes: String = "bytes") -> PackReference {
  PackReference(id: id, version: version, sha256: digest("\(id) \(version) \(bytes)"))
}

/// A decision about an invented case, whose contents all follow from the arguments.
func decision(
  _ reference: String, version: Int = 1, at: String = noon, person: String? = nil,
  packs: [PackReference] = [pack("palermo")],
  conclusions: [FoundConclusion] = [FoundConclusion(id: "palermo.trafficking", status: "holds")],
  clauses: [String] = ["palermo.art3a"]
) -> DecisionRecord {
  let caseBytes = Array("case: \(reference) \(version)\n".utf8)
  let document = Array("{\"case\":\"\(reference)\",\"n\":\(version)}".utf8)
  return DecisionRecord(
    reference: reference, owner: 1001, person: person, version: version, at: at, assessedOn: "2026-11-20",
    jurisdiction: "NOR",
    fileName: "\(reference).yaml", caseBytes: caseBytes, decision: document,
    envelope: Array("{\"version\":\(version)}".utf8), caseSHA256: ContentDigest(of: caseBytes),
    decisionSHA256: ContentDigest(of: document), answerSHA256: digest("answer"), packs: packs,
    conclusions: conclusions, clauses: clauses)
}

func refusal(_ fileName: String) -> SetAsideRecord {
  SetAsideRecord(
    at: noon, fileName: fileName, sha256: digest(fileName), codes: ["cut-off"],
    diagnostics: "\(fileName):1:1: error: the file is cut off [cut-off]")
}
