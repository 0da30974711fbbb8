// SPDX-License-Identifier: Apache-2.0

package import Ledger
package import LawspeakerCore
internal import PackRegistry
internal import Spool
internal import YAMLTree

/// A decision with everything that is written of it; computed before anything is recorded.
package struct Verdict: Sendable {
  /// The answer itself.
  package let decision: Decision
  /// The case it answers.
  package let file: Case
  /// The packs under which it was taken.
  package let generation: Generation
  /// The decision document.
  package let document: JSON
  /// Its canonical bytes.
  package let bytes: [UInt8]
  /// SHA-256 of the document.
  package let sha256: String
  /// SHA-256 of its `answer`.
  package let answerSHA256: String

  /// Decides a case file's bytes under a generation.
  ///
  /// - Throws: ``CaseRefused`` if the file cannot be read.
  package init(
    _ caseBytes: [UInt8], file name: String, under generation: Generation, defaults: CaseDefaults
  ) throws(CaseRefused) {
    file = try readCase(caseBytes, file: name, under: generation, defaults: defaults)
    decision = decide(file, caseSHA256: sha256Hex(caseBytes), under: generation)
    document = decision.json(under: generation)
    bytes = document.canonicalBytes
    sha256 = sha256Hex(bytes)
    answerSHA256 = sha256Hex(document["answer"].canonicalBytes)
    self.generation = generation
  }

  /// The decision for people in each language, and the envelope for machines.
  func files(version: Int, envelope: [UInt8], languages: [Language]) -> [DecisionFile] {
    [DecisionFile(suffix: "json", bytes: envelope)]
      + languages.map { language in
        let text = decision.markdown(in: language, version: version, of: file, under: generation)
        return DecisionFile(suffix: "\(language.rawValue).md", bytes: Array(text.utf8))
      }
  }
}

extension Verdict {
  /// A stored decision, computed again under the packs of its time.
  ///
  /// What it advises may differ from what an earlier release wrote; what it answers may not.
  /// - Throws: ``ReplayDiffers`` if the answer is not the one that was stored, in the document and by its digest beside
  ///   it, or the case file is not.
  package init(_ stored: StoredDecision, under generation: Generation) throws {
    let differs = ReplayDiffers(reference: stored.reference)
    guard ContentDigest(of: stored.caseBytes) == stored.caseSHA256, let day = CivilDate(stored.assessedOn)
    else { throw differs }
    let document = try YAMLTree.readYAML(stored.decision, file: "decision", limits: .document)[0]
    let defaults = CaseDefaults(jurisdiction: document["jurisdiction"]?.text ?? "NOR", today: day)
    do throws(CaseRefused) {
      try self.init(stored.caseBytes, file: stored.fileName, under: generation, defaults: defaults)
    } catch { throw differs }
    guard answerSHA256 == stored.answerSHA256.hex, bytes == stored.decision || isAnswer(of: stored.decision)
    else { throw differs }
  }

  /// True if a document has the same answer, whatever else stands in it.
  private func isAnswer(of decision: [UInt8]) -> Bool {
    let recorded = EntryBody(text: String(decoding: decision, as: UTF8.self))?["answer"]
    return recorded?.text == document["answer"].canonicalText
  }
}

/// A decision computed again is not the one that was stored.
package struct ReplayDiffers: Error, CustomStringConvertible {
  /// The case's reference.
  package let reference: String

  /// The sentence for a log.
  package var description: String { "the decision of `\(reference)` is not the same when computed again" }
}

extension JSON {
  /// The value of a key that is there, else null.
  package subscript(key: String) -> JSON {
    if case .object(let entries) = self { entries[key] ?? .null } else { .null }
  }
}

/// The document around a decision: its version, what it supersedes, and what changed (design section 7).
struct Envelope {
  let version: Int
  let bytes: [UInt8]

  /// Puts a decision into its envelope.
  ///
  /// - Parameters:
  ///   - verdict: The decision.
  ///   - version: Its number.
  ///   - previous: The decision that this one supersedes.
  ///   - recomputed: The same, computed again under the packs of its time.
  init(_ verdict: Verdict, version: Int, previous: StoredDecision?, recomputed: Verdict?) {
    self.version = version
    let changes = recomputed.map { Changes(from: $0, to: verdict) } ?? Changes()
    let document = JSON.object([
      "version": .integer(version),
      "supersedes": .optional(previous.map { $0.decisionSHA256.description }),
      "changes": .object([
        "facts": .strings(changes.facts), "law": .strings(changes.law), "answers": .strings(changes.answers),
      ]),
      "sha256": .string(verdict.sha256),
      "answer_sha256": .string(verdict.answerSHA256),
      "decision": verdict.document,
    ])
    bytes = document.canonicalBytes + [UInt8(ascii: "\n")]
  }
}

extension YAMLLimits {
  /// For documents that the daemon wrote itself.
  static var document: YAMLLimits {
    var limits = YAMLLimits()
    limits.bytes = 64 << 20
    limits.nodes = 4_000_000
    limits.scalarBytes = 16 << 20
    return limits
  }
}
