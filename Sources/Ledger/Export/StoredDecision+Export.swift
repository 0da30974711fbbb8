// SPDX-License-Identifier: Apache-2.0
import FoundationEssentials

/// A decision as a line of an export: all of it in the clear, for those who may read it without any key.
extension StoredDecision {
  /// The line, without its end.
  package var exported: EntryBody {
    var members: [String: EntryBody] = [
      "answer_sha256": .text(answerSHA256.description), "assessed_on": .text(assessedOn), "at": .text(at),
      "case": .text(reference), "case_sha256": .text(caseSHA256.description),
      "clauses": .list(clauses.map { .text($0) }),
      "conclusions": .list(conclusions.map { ["id": .text($0.id), "status": .text($0.status)] }),
      "decision": .text(Self.text(decision)), "entry": .integer(entry),
      "envelope": .text(Self.text(envelope)),
      "file_name": .text(fileName), "latest": .bool(isLatest), "packs": .list(packs.map(\.body)),
      "salt": .text(ContentDigest.hex(salt)), "version": .integer(Int64(version)),
    ]
    if let text = String(validating: caseBytes, as: UTF8.self) {
      members["case_file"] = .text(text)
    } else {
      members["case_file_base64"] = .text(Data(caseBytes).base64EncodedString())
    }
    return .object(members)
  }

  /// Reads a line; nil if it is none.
  ///
  /// Nothing of it is believed before it was compared with its entry.
  package init?(exported line: EntryBody) {
    func digest(_ key: String) -> ContentDigest? { line[key]?.string.flatMap { ContentDigest(hex: $0) } }
    func bytes(_ key: String) -> [UInt8]? { line[key]?.string.map { Array($0.utf8) } }
    let inBase64 = line["case_file_base64"]?.string.flatMap { Data(base64Encoded: $0) }.map { Array($0) }
    guard let reference = line["case"]?.string,
      let version = line["version"]?.number.flatMap({ Int(exactly: $0) }),
      let entry = line["entry"]?.number, let at = line["at"]?.string,
      let assessedOn = line["assessed_on"]?.string, let fileName = line["file_name"]?.string,
      let caseBytes = bytes("case_file") ?? inBase64, let decision = bytes("decision"),
      let envelope = bytes("envelope"), let caseSHA256 = digest("case_sha256"),
      let answerSHA256 = digest("answer_sha256"), let salt = digest("salt")?.bytes
    else { return nil }
    self.init(
      reference: reference, name: reference, owner: 0, person: nil, version: version, entry: entry, at: at,
      assessedOn: assessedOn, fileName: fileName, caseBytes: caseBytes, decision: decision,
      envelope: envelope,
      caseSHA256: caseSHA256, decisionSHA256: ContentDigest(of: decision), answerSHA256: answerSHA256,
      packs: line["packs"]?.items.compactMap { PackReference($0) } ?? [],
      conclusions: line["conclusions"]?.items.compactMap { FoundConclusion($0) } ?? [],
      clauses: line["clauses"]?.items.compactMap(\.string) ?? [], isLatest: line["latest"] == .bool(true),
      salt: salt)
  }

  /// What an entry says of the decision.
  package var commitment: ContentDigest { ContentDigest(of: salt + decision) }

  private static func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }
}

extension PackReference {
  /// Reads what ``body`` writes.
  init?(_ body: EntryBody) {
    guard let id = body["id"]?.string, let version = body["version"]?.string,
      let sha256 = body["sha256"]?.string.flatMap({ ContentDigest(hex: $0) })
    else { return nil }
    self.init(id: id, version: version, sha256: sha256)
  }
}

extension FoundConclusion {
  fileprivate init?(_ body: EntryBody) {
    guard let id = body["id"]?.string, let status = body["status"]?.string else { return nil }
    self.init(id: id, status: status)
  }
}
